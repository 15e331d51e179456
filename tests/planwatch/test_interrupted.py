"""ctrl-C in the middle of an import or a rereading: what was done is kept, and the same command goes on."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

from storage.database import Database
from storage.verify import verify
from tests.monitor.invented import Invented
from tests.monitor.watch import HEAD, START

FILES = 120


def test_an_interrupted_import_goes_on(tmp_path):
    (tmp_path / "sources.yaml").write_text(HEAD, encoding="utf-8")
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in range(FILES):
        text = Invented(2031).with_words(0, 0, f"研究制定《湖泊观测数据登记办法》第{n}稿。").text
        (folder / f"plan-{n:03}.txt").write_text(text, encoding="utf-8")
    database = tmp_path / "kept.sqlite3"
    command = [
        sys.executable, "-m", "planwatch", "--config", "sources.yaml", "--database", str(database),
        "import", "texts", "--json",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    until = time.monotonic() + 60
    while kept(database) < 3 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err.decode()
    assert out, err.decode()
    told = json.loads(out)
    assert 3 <= len(told) < FILES
    assert "goes on" in err.decode()
    assert len(told) <= kept(database) <= len(told) + 1
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=True)
    assert len(json.loads(done.stdout)) == FILES
    assert kept(database) == FILES
    opened = Database.open(str(database), now=START)
    with opened.reading() as conn:
        assert list(verify(conn)) == []
    opened.close()


OWN = (
    "id,zh_full,zh_names,en_full,en_names,successor_of,since,until,member,checked,known_names\n"
    "lakes,湖泊管理总署,湖泊管理总署,Lakes Administration,LA,,,,no,seen,\n"
)


def test_an_interrupted_rereading_goes_on(tmp_path):
    (tmp_path / "sources.yaml").write_text(HEAD, encoding="utf-8")
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in range(16):
        text = Invented(2031).with_words(0, 0, f"研究制定《湖泊观测数据登记办法》第{n}稿。").text
        (folder / f"plan-{n:03}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "planwatch", "--config", "sources.yaml", "--data", "data"]
    subprocess.run([*command, "import", "texts"], cwd=tmp_path, timeout=120, check=True)
    # A body that the registry knows from now on: every text is to be read again.
    (tmp_path / "data" / "registry").mkdir()
    (tmp_path / "data" / "registry" / "agencies.csv").write_text(OWN, encoding="utf-8")
    database = tmp_path / "data" / "planwatch.sqlite3"
    before = count(database, "SELECT count(*) FROM plans")
    process = subprocess.Popen(
        [*command, "reread", "lakes"], cwd=tmp_path, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    until = time.monotonic() + 60
    while count(database, "SELECT count(*) FROM plans") < before + 2 and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err.decode()
    assert "goes on with the rest" in err.decode()
    first = count(database, "SELECT count(*) FROM plans") - before
    assert 2 <= first < 16
    done = subprocess.run(
        [*command, "reread", "lakes", "--json"], cwd=tmp_path, capture_output=True, timeout=120, check=True
    )  # fmt: skip
    assert json.loads(done.stdout)["read"] == 16 - first
    assert count(database, "SELECT count(*) FROM plans") == before + 16


def count(path, query):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as conn:
        return conn.execute(query).fetchone()[0]


def kept(path):
    """How many versions of the document there are."""
    if not path.exists():
        return 0
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as conn:
        try:
            return conn.execute(
                "SELECT count(*) FROM versions WHERE document_id = 'lakes'"
            ).fetchone()[0]
        except sqlite3.OperationalError:
            return 0
