"""Times what the pages ask of an archive that bench.archive.fill made: median and worst of turns.

python -m bench.archive.ask TARGET [--turns 15]
"""

import argparse
import statistics
import time

import sqlalchemy as sa

from bench.archive.fill import NOW
from storage import baselines, duties, overview, readings, refs, search, versions
from storage.database import Database

#: Words that every tenth, some, few and no wordings have, and one character that nearly all have.
WORDS = ("专利审查", "版权", "地方条例42", "咖啡", "茶", "海外 执法 司法")


def main() -> None:
    """Print a line for each question."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("--turns", type=int, default=15)
    wanted = parser.parse_args()
    database = Database.open(wanted.target, now=NOW)
    with database.reading() as conn:
        for name, ask in questions(conn).items():
            spent = []
            for _ in range(wanted.turns):
                began = time.perf_counter()
                ask()
                spent.append((time.perf_counter() - began) * 1000)
            print(f"{name:<42} {statistics.median(spent):8.1f} ms   worst {max(spent):8.1f} ms")
    database.close()


def questions(conn: sa.Connection) -> dict[str, object]:
    """What to ask, by name."""
    document = "document-001"
    newest = versions.latest(conn, document)
    assert newest is not None
    editions = overview.newest_of_each_edition(conn, document)
    all_newest = overview.newest_of_each(conn)
    of_document = list(duties.plans_of(conn, [v.id for v in editions]).values())
    of_all = list(duties.plans_of(conn, [v.id for v in all_newest.values()]).values())
    asked = {
        "newest of each document": lambda: overview.newest_of_each(conn),
        "versions of each document counted": lambda: overview.counts(conn),
        "page of versions": lambda: versions.list_all(conn, limit=50),
        "versions of one document": lambda: versions.list_all(conn, document),
        "DOC@latest": lambda: refs.resolve(conn, f"{document}@latest"),
        "DOC@as-of": lambda: refs.resolve(conn, f"{document}@as-of:2025-06-01"),
        "baseline": lambda: baselines.current(conn, document),
        "plan of a version": lambda: readings.plan_of(conn, newest.id),
        "duties of a body, editions of a document": lambda: duties.duties_of(
            conn, "ndrc", of_document
        ),
        "duties of a body, newest of all": lambda: duties.duties_of(conn, "ndrc", of_all),
        "matrix of a plan": lambda: duties.loads(conn, of_document[-1:]),
        "bodies of all newest plans": lambda: duties.bodies(conn, of_all),
    }
    for words in WORDS:
        asked[f"search {words}"] = lambda words=words: search.find_tasks(conn, [words])
    asked["search 版权 in one document"] = lambda: search.find_tasks(
        conn, ["版权"], document_id=document
    )
    asked["search 版权 of one body"] = lambda: search.find_tasks(conn, ["版权"], actors=["ndrc"])
    asked["tasks of one body"] = lambda: search.find_tasks(conn, actors=["ndrc"])
    asked["tasks of one instrument"] = lambda: search.find_tasks(conn, instruments=["版权登记条例"])
    middle = search.find_tasks(conn, ["版权"]).hits[-1].content_id // 2
    asked["search 版权, a page in the middle"] = lambda: search.find_tasks(
        conn, ["版权"], before=middle
    )
    return asked


if __name__ == "__main__":
    main()
