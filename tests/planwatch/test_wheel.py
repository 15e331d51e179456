"""The built wheel, in an empty environment outside the checkout: complete, and nothing more."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {"alerts", "dashboard", "monitor", "plans", "planwatch", "reports", "storage"}


def uv() -> str:
    """uv as the developer has it, or as the two commands put it beside the checkout."""
    found = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    assert Path(found).is_file(), "./test puts uv into .tools; run the tests through it"
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [uv(), "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT)], check=True
    )
    return next(folder.glob("*.whl"))


def test_it_holds_the_rooms_and_no_other_top_level_name(wheel):
    with zipfile.ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == ROOMS


def test_it_holds_templates_registry_migrations_and_the_configuration(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "plans/registry/data/agencies.csv" in names
    assert "planwatch/data/sources.yaml" in names
    assert "planwatch/data/ip-power-plan-2024.json" in names
    assert any(name.startswith("storage/migrations/versions/0001") for name in names)
    for room in ("reports/templates/", "alerts/composing/templates/"):
        assert any(name.startswith(room) and name.endswith(".j2") for name in names), room
    assert not [name for name in names if "/tests/" in name or name.endswith(".pyc")]


@pytest.mark.timeout(600)
def test_installed_in_an_empty_environment_it_runs_the_demo(wheel, tmp_path):
    place = tmp_path / "environment"
    subprocess.run([uv(), "venv", "--quiet", "--python", sys.executable, str(place)], check=True)
    python = place / "bin" / "python"
    wanted = tmp_path / "requirements.txt"
    subprocess.run(
        [uv(), "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "-o", str(wanted)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    install = [uv(), "pip", "install", "--quiet", "--python", str(python)]
    subprocess.run([*install, "--requirements", str(wanted)], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment |= {"HOME": str(tmp_path), "PLANWATCH_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [str(place / "bin" / "planwatch"), "demo", "--folder", str(tmp_path / "demo")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "National Data Administration joins" in done.stdout
    checked = subprocess.run(
        [str(place / "bin" / "planwatch"), "sources", "check"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
