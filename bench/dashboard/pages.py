"""Times every page of a served dashboard over a large archive, cold and warm.

    python -m bench.archive.fill TARGET --versions 10000 --tasks 100 --same 0.9
    python -m bench.dashboard.pages TARGET [--rounds 9]

TARGET is a file or a PostgreSQL URL. Cold: each look is at another document, so that nothing of it
is held in memory; warm: the same look again. Milliseconds over loopback, the whole body read.
"""

import argparse
import datetime as dt
import statistics
import time

import requests

from dashboard.app import make_app
from dashboard.options import DashboardOptions
from dashboard.server import DashboardServer
from plans.registry.load import shipped_registry
from storage import documents, versions
from storage.database import Database


def main() -> None:
    """Serve, look, print one line a page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("--rounds", type=int, default=9)
    wanted = parser.parse_args()
    now = dt.datetime.now(dt.UTC)
    database = Database.open(wanted.target, now=now)
    with database.reading() as conn:
        ids = [document.id for document in documents.list_all(conn)]
        newest = max(v.number for v in versions.list_all(conn, ids[0], limit=200))
        total = sum(len(versions.list_all(conn, one)) for one in ids[:3])
    app = make_app(
        database,
        shipped_registry(),
        options=DashboardOptions(),
        clock=lambda: dt.datetime.now(dt.UTC),
    )
    server = DashboardServer(app, "127.0.0.1", 0)
    server.start()
    print(f"{len(ids)} documents, {total // 3} versions each, {database.url.get_backend_name()}")
    print(f"{'page':34} {'cold':>6} {'warm':>6}  ms, medians of {wanted.rounds}")
    with requests.Session() as session:
        for name, path in _pages(newest).items():
            cold, warm = [], []
            for one in ids[1 : wanted.rounds + 1]:
                url = server.url + path.replace("DOC", one)
                cold.append(_look(session, url))
                warm.append(_look(session, url))
            print(f"{name:34} {statistics.median(cold):6.0f} {statistics.median(warm):6.0f}")
    server.stop()
    database.close()


def _pages(newest: int) -> dict[str, str]:
    doc = "/documents/DOC"
    pair = f"old={newest - 1}&new={newest}"
    return {
        "home": "/",
        "document": doc,
        "comparison, 100 tasks a side": f"{doc}/compare?{pair}",
        "comparison, filtered": f"{doc}/compare?{pair}&severity=major",
        "version": f"{doc}/versions/{newest - 3}",
        "task through the editions": f"{doc}/tasks/1",
        "bodies by sections": f"{doc}/bodies",
        "body": f"{doc}/bodies/cnipa",
        "instruments": f"{doc}/instruments",
        "search, common word": "/search?q=推进",
        "search, two words": "/search?q=专利审查 海外",
        "search, one document": "/search?q=推进&document=DOC",
        "sources": "/sources",
        "source": "/sources/DOC",
        "alerts": "/alerts",
        "reviews": "/reviews",
        "feed": "/feed.atom",
        "api: versions": "/api/v1/documents/DOC/versions",
        "api: changes": f"/api/v1{doc}/changes?{pair}",
    }


def _look(session: requests.Session, url: str) -> float:
    began = time.perf_counter()
    answer = session.get(url, timeout=60)
    spent = time.perf_counter() - began
    if answer.status_code not in (200, 404):
        raise SystemExit(f"{url}: {answer.status_code}")
    return spent * 1000


if __name__ == "__main__":
    main()
