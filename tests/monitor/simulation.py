"""Weeks of watching in minutes: pages full of noise, few real edits, a clock of our own.

Every source has a document of its own and is polled four times a day. Each answer differs in
counters, dates, share widgets, nonces and the order of its sidebars; now and then a task really
changes. Afterwards it is known which edits were found, how late, and what was told without one.
"""

import datetime as dt
import hashlib
import random
from dataclasses import dataclass, field

from tests.monitor.invented import SECTIONS, Invented
from tests.monitor.watch import HEAD, Watch, article_source
from tests.publisher.answers import Answer, Seen

INTERVAL = dt.timedelta(hours=6)
#: What an edit of each kind must show in the changeset.
EDITS = {
    "body joins": {"agency_assigned"},
    "body leaves": {"agency_released"},
    "words": {"task_reworded"},
    "task goes": {"task_removed"},
    "task comes": {"task_added"},
}


@dataclass
class NoisyPage:
    """Serves a plan with noise; with ``lying`` it answers 304 to whoever shows its ETag."""

    plan: Invented
    chance: random.Random
    lying: bool = False
    hashes: list[str] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Answer:
        if self.lying and seen.headers.get("if-none-match") == '"for-ever"':
            return Answer(status=304, media_type=None, headers=(("ETag", '"for-ever"'),))
        body = self.body()
        self.hashes.append(hashlib.sha256(body).hexdigest())
        headers = (("ETag", '"for-ever"'),) if self.lying else ()
        return Answer(body, headers=headers)

    def body(self) -> bytes:
        chance = self.chance
        hits, nonce = chance.randrange(10**6), f"{chance.getrandbits(64):016x}"
        sides = [
            f"<div class='side' data-k='{nonce}'><a href='/x{n}'>相关链接{n}</a></div>"
            for n in range(5)
        ]
        chance.shuffle(sides)
        noise = (
            f"今天是2031年{chance.randrange(1, 13)}月{chance.randrange(1, 29)}日 "
            f"<a href='/share?t={nonce}'>分享到微博</a>"
        )
        page = self.plan.page(hits=hits, noise=noise).decode()
        page = page.replace("<div class='nav'>", f"<div class='nav' nonce='{nonce}'>")
        return page.replace("</body>", "".join(sides) + "</body>").encode()


@dataclass
class Edit:
    source: str
    kind: str
    at: dt.datetime
    lying: bool
    found_at: dt.datetime | None = None
    right: bool = False


@dataclass
class Report:
    polls: int = 0
    edits: list[Edit] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    flagged_by_hash: int = 0
    unchanged: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)

    @property
    def late(self) -> list[Edit]:
        """Edits that were not found within an interval (a week and an interval where ETags lie)."""
        week = dt.timedelta(days=7)
        return [
            edit
            for edit in self.edits
            if edit.found_at is None
            or edit.found_at - edit.at > (INTERVAL + week if edit.lying else INTERVAL)
        ]


def simulate(database, publisher, *, sources: int, days: int, edits: float, seed: int) -> Report:
    """Watch ``sources`` pages for ``days``; a share of ``edits`` of the polls meets a real edit."""
    chance = random.Random(seed)
    ids = [f"s{n}" for n in range(sources)]
    pages = {
        id: NoisyPage(
            Invented(year=2031).with_words(0, 0, f"研究起草第{n}号湖泊观测数据登记办法。"),
            random.Random(seed + n),
            lying=n % 20 == 7,
        )
        for n, id in enumerate(ids)
    }
    for id, page in pages.items():
        publisher.route(f"/{id}.html", page)
    watch = Watch(
        database,
        "".join(
            article_source(publisher.url(f"/{id}.html"), id=id, documents=f"[{id}]") for id in ids
        ),
        head=HEAD
        + "".join(f"  - {{id: {id}, titles: {{zh: 计划{id}, en: Plan {id}}}}}\n" for id in ids),
    )
    report = Report()
    open_edits: dict[str, Edit] = {}
    try:
        for round_number in range(days * 4):
            watch.clock.advance(INTERVAL)
            for id in ids:
                may = round_number > 0 and id not in open_edits
                if may and chance.random() < edits:
                    edit = _edit(id, pages[id], chance, watch.clock.now())
                    open_edits[id] = edit
                    report.edits.append(edit)
                _poll(watch, id, round_number, open_edits, report)
        _hashes(report, pages.values())
    finally:
        watch.close()
    return report


def _edit(id: str, page: NoisyPage, chance: random.Random, now: dt.datetime) -> Edit:
    kind = chance.choice(sorted(EDITS))
    if kind == "task comes" and not page.plan.drop:
        kind = "task goes"
    if kind == "task goes" and len(page.plan.drop) >= 2:
        kind = "task comes"
    present = [
        (section, task)
        for section, (_, tasks) in enumerate(SECTIONS)
        for task in range(len(tasks))
        if (section, task) not in page.plan.drop and (section, task) != (0, 0)
    ]
    if kind == "body leaves" and not page.plan.reassigned:
        kind = "body joins"
    place = chance.choice(present)
    section, task = place
    words, bodies = SECTIONS[section][1][task]
    if kind == "body joins":
        place = chance.choice([p for p in present if p not in page.plan.reassigned] or present)
        words, bodies = SECTIONS[place[0]][1][place[1]]
        joined = "国家邮政局、" + bodies
        if page.plan.reassigned.get(place) == joined:
            return _edit(id, page, chance, now)
        page.plan = page.plan.with_bodies(*place, joined)
    elif kind == "body leaves":
        left = chance.choice(sorted(page.plan.reassigned))
        if left in page.plan.drop:
            return _edit(id, page, chance, now)
        page.plan = Invented(
            page.plan.year,
            page.plan.reworded,
            {k: v for k, v in page.plan.reassigned.items() if k != left},
            page.plan.drop,
        )
    elif kind == "words":
        extra = f"，并于第{chance.randrange(100, 999)}批次开展评估"
        page.plan = page.plan.with_words(section, task, words.rstrip("。") + extra + "。")
    elif kind == "task goes":
        page.plan = page.plan.without(place)
    else:
        back = chance.choice(sorted(page.plan.drop))
        page.plan = Invented(
            page.plan.year, page.plan.reworded, page.plan.reassigned, page.plan.drop - {back}
        )
    return Edit(source=id, kind=kind, at=now, lying=page.lying)


def _poll(
    watch: Watch, id: str, round_number: int, open_edits: dict[str, Edit], report: Report
) -> None:
    poll = watch.poll(id, after=dt.timedelta(0))
    report.polls += 1
    report.outcomes[poll.outcome] = report.outcomes.get(poll.outcome, 0) + 1
    if round_number == 0:
        return
    edit = open_edits.get(id)
    if poll.outcome in ("new_version", "reverted"):
        if edit is None:
            report.false_alarms.append(f"{id}: {poll.outcome}")
            return
        edit.found_at = watch.clock.now()
        del open_edits[id]
        edit.right = _shows(watch, id, poll, edit)
    elif poll.told:
        report.false_alarms.append(f"{id}: told {poll.told} with {poll.outcome}")


def _shows(watch: Watch, id: str, poll, edit: Edit) -> bool:
    version = poll.looks[0].version
    kept = next(v for v in watch.versions(id) if v.id == version)
    changes = watch.changes(kept)
    if poll.outcome == "reverted":
        return True  # An edit that undoes the last one brings the older text back.
    return changes is not None and {c.kind for c in changes} >= EDITS[edit.kind]


def _hashes(report: Report, pages) -> None:
    for page in pages:
        for before, after in zip(page.hashes, page.hashes[1:], strict=False):
            report.unchanged += 1
            report.flagged_by_hash += before != after
