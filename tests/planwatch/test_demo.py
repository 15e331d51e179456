"""The demonstration, as a new user runs it."""

import email
import email.policy
import json
import subprocess
import sys

from slack_sdk.models.blocks import Block


def test_the_demo_shows_an_alert_and_leaves_mail_and_slack_message_to_open(tmp_path):
    folder = tmp_path / "demo"
    done = subprocess.run(
        [sys.executable, "-m", "planwatch", "demo", "--folder", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "COLUMNS": "100", "LANG": "C.UTF-8"},
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert "National Data Administration joins" in done.stdout
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted((folder / "sent").glob("*.eml"))
    ]
    assert len(mails) == 3
    subjects = " ".join(str(mail["Subject"]) for mail in mails)
    assert "2042" in subjects
    for path in (folder / "sent").glob("*.slack.json"):
        for message in json.loads(path.read_text(encoding="utf-8")):
            assert message["text"]
            assert all(Block.parse(block) is not None for block in message["blocks"])
    assert not (tmp_path / ".local").exists()
