"""Polls once and kills itself, by SIGKILL, before the given statement of the database driver.

Run as ``python -m tests.monitor.polling.dying_child TARGET URL``. For each line ``AT NTH`` on standard
input a fresh fork of it polls at the moment AT and dies before its NTH statement; then a line
``SIGNAL STATEMENTS OUTCOME`` is printed. The hook is this script's own: the program knows nothing
of it.
"""

import datetime as dt
import os
import signal
import sys
import traceback

from sqlalchemy import event
from sqlalchemy.engine import Engine

from storage.database import Database
from tests.monitor.watch import ManualClock, Watch, article_source


def poll(target: str, url: str, at: str, nth: int, report: int) -> None:
    clock = ManualClock(dt.datetime.fromisoformat(at))
    database = Database.open(target, now=clock.now())
    watch = Watch(database, article_source(url), clock=clock)
    counted = 0

    def step(*_args: object) -> None:
        nonlocal counted
        counted += 1
        if counted == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    outcome = watch.poll().outcome
    os.write(report, f"{counted} {outcome}".encode())


def main(target: str, url: str) -> None:
    for line in sys.stdin:
        at, nth = line.split()
        reading, report = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                poll(target, url, at, int(nth), report)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(report)
        with os.fdopen(reading) as said:
            outcome = said.read()
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), outcome, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
