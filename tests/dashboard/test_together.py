"""Many readers while somebody writes: nobody waits for a lock, nobody sees half of anything."""

import threading
import time

import requests

from storage import visits
from storage.records import NewVisit
from tests.dashboard.examples import DOCUMENT, NOW, SOURCE

READERS = 20
SECONDS = 5
PATHS = ("/", f"/documents/{DOCUMENT}", f"/documents/{DOCUMENT}/compare", f"/sources/{SOURCE}",
         "/search?q=检索", "/api/v1/alerts")  # fmt: skip


def test_readers_beside_a_writer(archive, serve):
    url, until = serve(archive).url, time.monotonic() + SECONDS
    answers, failures, written = [], [], 0

    def read(start):
        with requests.Session() as session:
            for turn in range(10_000):
                if time.monotonic() > until:
                    return
                path = PATHS[(start + turn) % len(PATHS)]
                answer = session.get(url + path, timeout=30)
                answers.append(answer.status_code)
                if answer.status_code != 200:
                    failures.append((path, answer.status_code, answer.text[:300]))

    readers = [threading.Thread(target=read, args=(start,)) for start in range(READERS)]
    for reader in readers:
        reader.start()
    while time.monotonic() < until:
        with archive.writing(durable=False) as conn:
            visits.record(conn, NewVisit(page_id=1, at=NOW, outcome=f"looked {written % 7}"))
        written += 1
    for reader in readers:
        reader.join(60)
    assert failures == []
    assert len(answers) > READERS
    assert written > 10
