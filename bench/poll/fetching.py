"""Conditional GETs on loopback: a bare requests loop, bare urllib3, and our Fetcher, interleaved.

Run: ``python -m bench.poll.fetching [documents] [rounds]``. The publisher runs in a process of its own.
Prints the median of the rounds in documents a second, for unchanged documents of 30 KB.
"""

import multiprocessing as mp
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

import requests
import urllib3

from monitor.fetching.clock import SystemClock
from monitor.fetching.fetcher import Fetcher
from monitor.fetching.values import FetchPolicy, FetchRequest, Validators
from tests.publisher.server import Publisher

WORKERS = 10
HOSTS = [f"127.0.0.{n}" for n in range(2, 2 + WORKERS)]
BODY = "<p>" + "知识产权强国建设" * 1250 + "</p>"


def serve(documents: int, pipe: Connection) -> None:
    """Serve ``documents`` pages on every host until told to end."""
    sites = [Publisher(host=host) for host in HOSTS]
    for site in sites:
        for n in range(documents // len(sites)):
            site.page(f"/{n}.html", BODY)
    pipe.send([site.base for site in sites])
    pipe.recv()
    for site in sites:
        site.close()


def rate(urls: list[str], ask: Callable[[str], bool]) -> float:
    """Documents a second with equal workers; every answer must be 304. One worker, one host."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(url.rsplit("/", 1)[0], []).append(url)
    started = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        done = list(pool.map(lambda mine: all(ask(url) for url in mine), by_host.values()))
    assert all(done)
    return len(urls) / (time.perf_counter() - started)


def main(documents: int = 1000, rounds: int = 7) -> None:
    """Measure and print."""
    ours, theirs = mp.Pipe()
    server = mp.get_context("spawn").Process(target=serve, args=(documents, theirs), daemon=True)
    server.start()
    theirs.close()  # or a publisher that dies would be waited for
    urls = [f"{base}/{n}.html" for base in ours.recv() for n in range(documents // len(HOSTS))]
    etag = requests.get(urls[0], timeout=5).headers["etag"]
    kept = {"If-None-Match": etag}
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_connections=50, pool_maxsize=10))
    pools = urllib3.PoolManager(num_pools=50, maxsize=10)
    fetcher = Fetcher(clock=SystemClock(), agent="bench")
    policy = FetchPolicy(allow_private=True, spacing=0, obey_robots=False)
    loops: dict[str, Callable[[str], bool]] = {
        "requests": lambda url: session.get(url, headers=kept, timeout=5).status_code == 304,
        "urllib3": lambda url: pools.request("GET", url, headers=kept).status == 304,
        "Fetcher": lambda url: (
            fetcher.fetch(
                FetchRequest(url=url, policy=policy, validators=Validators(etag=etag))
            ).outcome
            == "not_modified"
        ),
    }
    rates: dict[str, list[float]] = {name: [] for name in loops}
    for _ in range(rounds):
        for name, ask in loops.items():
            rates[name].append(rate(urls, ask))
    bare = statistics.median(rates["requests"])
    for name, measured in rates.items():
        median = statistics.median(measured)
        print(f"{name:9} {median:7.0f} documents/s  {median / bare:5.2f} x requests")
    ours.send("end")
    server.join(10)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
