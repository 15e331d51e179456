"""Times every page of a served dashboard over a large archive: the first look, and the next one.

    python -m bench.archive.fill TARGET --versions 10000 --tasks 100 --same 0.9 --compared 20
    python -m bench.dashboard.pages TARGET [--rounds 9]

TARGET is a file or a PostgreSQL URL. Each round starts a dashboard anew and looks at another
document, so that nothing of it is held in memory at the first look. Milliseconds over loopback, the
whole body read: by the clock, and in brackets those that this process (dashboard and client, not
PostgreSQL's server) spent on a processor, which other work on the machine does not lengthen.
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
from plans.registry.model import Registry
from storage import documents, versions
from storage.database import Database


def main() -> None:
    """Serve, look, print one line a page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("--rounds", type=int, default=9)
    wanted = parser.parse_args()
    database = Database.open(wanted.target, now=_now())
    with database.reading() as conn:
        ids = [document.id for document in documents.list_all(conn)]
        newest = max(v.number for v in versions.list_all(conn, ids[0], limit=200))
        total = sum(len(versions.list_all(conn, one)) for one in ids[:3])
    registry = shipped_registry()
    print(f"{len(ids)} documents, {total // 3} versions each, {database.url.get_backend_name()}")
    print(f"{'page':36} {'first look':>13} {'next look':>13}   ms, medians of {wanted.rounds}")
    looked = ids[1 : wanted.rounds + 1]
    for name, path in _pages(newest).items():
        found = [_looks(database, registry, path.replace("DOC", one)) for one in looked]
        first, following = zip(*found, strict=True)
        print(f"{name:36} {_median(first):>13} {_median(following):>13}")
    database.close()


def _pages(newest: int) -> dict[str, str]:
    """Name -> path; where there are two, the first is looked at before, and not timed."""
    doc = "/documents/DOC"
    pair = f"old={newest - 1}&new={newest}"
    return {
        "home": "/",
        "document": doc,
        "comparison, 100 tasks a side": f"{doc}/compare?{pair}",
        "comparison that is not kept": f"{doc}/compare?old={newest - 40}&new={newest - 37}",
        "comparison, filtered": f"{doc}/compare?{pair}&severity=major",
        "version beside its text": f"{doc}/versions/{newest - 3}",
        "task, four editions": f"{doc}/tasks/1",
        "task, four more editions": f"{doc}/tasks/1 {doc}/tasks/1?editions=8",
        "bodies by sections": f"{doc}/bodies",
        "body, four editions": f"{doc}/bodies/cnipa",
        "instruments, four editions": f"{doc}/instruments",
        "search, common word": "/search?q=推进",
        "search, two words": "/search?q=专利审查 海外",
        "search, one document": "/search?q=推进&document=DOC",
        "sources": "/sources",
        "source": "/sources/DOC",
        "alerts": "/alerts",
        "reviews": "/reviews",
        "feed": "/feed.atom",
        "feed of a document": f"{doc}/feed.atom",
        "api: versions": "/api/v1/documents/DOC/versions",
        "api: changes": f"/api/v1{doc}/changes?{pair}",
    }


Spent = tuple[float, float]


def _looks(database: Database, registry: Registry, path: str) -> tuple[Spent, Spent]:
    """Wall and processor milliseconds of the first look after a start, and of the one after it."""
    before, _, path = path.rpartition(" ") if path.count(" /") else ("/login", "", path)
    app = make_app(database, registry, options=DashboardOptions(), clock=_now)
    server = DashboardServer(app, "127.0.0.1", 0)
    server.start()
    with requests.Session() as session:
        # The first request of all has to wait for the server's threads.
        _look(session, server.url + before)
        found = _look(session, server.url + path), _look(session, server.url + path)
    server.stop()
    return found


def _look(session: requests.Session, url: str) -> Spent:
    began, spent = time.perf_counter(), time.process_time()
    answer = session.get(url, timeout=60)
    found = (time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000
    if answer.status_code not in (200, 404):
        raise SystemExit(f"{url}: {answer.status_code}")
    return found


def _median(spent: tuple[Spent, ...]) -> str:
    wall, processor = (statistics.median(column) for column in zip(*spent, strict=True))
    return f"{wall:.0f} ({processor:.0f})"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


if __name__ == "__main__":
    main()
