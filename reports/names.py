"""Bodies, instruments, tasks and sections, named for a reader of one language or of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plans.model import Actor, Assignment, Change, Section, Task
from plans.registry.model import DisplayLanguage, Registry, title_key
from reports import labels
from reports.clean import clean
from reports.options import ReportLanguage

PATH_MARK = " › "


class Names:
    """How things are called in ``lang``; with ``both``, English first and Chinese beside it."""

    def __init__(self, registry: Registry, lang: ReportLanguage) -> None:
        self.registry = registry
        self.lang = lang
        self.sentences: DisplayLanguage = "zh" if lang == "zh" else "en"
        self._terms = {title_key(term.zh): term.en for term in registry.terms}

    def body(self, agency: str | None, printed: str | None = None) -> str:
        """A body by registry id; one that the registry does not know is named as printed."""
        known = self.registry.agencies.get(agency or "")
        if known is None:
            return self._collective(clean(printed or agency or "?"))
        if self.lang == "both" and known.en != known.zh_short:
            return f"{known.en} {known.zh_short}"
        return known.display(self.sentences)

    def _collective(self, printed: str) -> str:
        """A name that stands for bodies in general, in English where it is one of the usual ones."""
        english = labels.COLLECTIVES.get(printed)
        if english is None or self.lang == "zh":
            return printed
        return f"{english} {printed}" if self.lang == "both" else english

    def actor(self, actor: Actor) -> str:
        """The body that an assignment or an addressee names."""
        return self.body(actor.agency, actor.name)

    def changed_body(self, change: Change) -> str:
        """The body that a change is about."""
        return self.body(change.agency, change.name)

    def instrument(self, title: str, identity: str | None = None) -> str:
        """An instrument; in Chinese within 《》."""
        known = self.registry.instruments.get(identity or "")
        zh = f"《{clean(known.zh if known else title)}》"
        en = known.en if known else ""
        if not en or self.lang == "zh":
            return zh if known or not clean(title).isascii() else clean(title)
        return f"{en} {zh}" if self.lang == "both" and known and known.zh else en

    def changed_instrument(self, change: Change) -> str:
        """The instrument that a change is about."""
        return self.instrument(change.instrument or "?", change.instrument_id)

    def task(self, task: Task) -> str:
        """A task by its number: task 17, 第17项, article 3, 第三条."""
        return self.tasks((task,))

    def tasks(self, tasks: Sequence[Task]) -> str:
        """One or several tasks by their numbers."""
        if not tasks:
            return ""
        numbers = runs([number(task) for task in tasks])
        article = tasks[0].kind == "article"
        if self.sentences == "zh":
            unit = "条" if article else "项"
            return "、".join(n if n[0] == "第" else f"第{n}{unit}" for n in numbers)
        noun = "article" if article else "task"
        return f"{noun}{'s' if len(tasks) > 1 else ''} {self.listed(numbers)}"

    def section(self, section: Section) -> str:
        """One heading, with its number as printed, and its English where the glossary has it."""
        printed = heading_number(section)
        title = clean(section.title)
        joint = " " if printed and (printed[-1].isalnum() or printed[-1] == ".") else ""
        heading = f"{printed}{joint}{title}"
        english = self._terms.get(title_key(title)) if self.lang != "zh" else None
        return f"{heading} ({english})" if english else heading

    def path(self, path: Iterable[Section]) -> str:
        """A section with those above it, outermost first."""
        return PATH_MARK.join(self.section(section) for section in path)

    def listed(self, items: Sequence[str]) -> str:
        """Items as a list in a sentence."""
        if self.sentences == "zh":
            return "、".join(items)
        return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))

    def assignments(self, assignments: Iterable[Assignment]) -> str:
        """Bodies as a list, without their roles."""
        return self.listed([self.actor(a) for a in assignments])


def number(task: Task) -> str:
    """A task's number without its dot, or its id where none is printed."""
    return bare(task.number) or clean(task.id)


def heading_number(section: Section) -> str:
    """A heading's number as printed; empty where the "number" is the title itself, in brackets."""
    printed = clean(section.number)
    return "" if section.title and clean(section.title) in printed else printed


def bare(printed: str | None) -> str:
    """A number as printed, without the dot behind it; empty where there is none."""
    return clean(printed or "").strip().rstrip(".．、")


def runs(numbers: Sequence[str]) -> list[str]:
    """Numbers with three or more that count on drawn together: 2, 3, 4, 5, 9 as 2–5, 9."""
    found: list[list[str]] = []
    for text in numbers:
        last = found[-1][-1] if found else ""
        if _counts(last) and _counts(text) and int(text) == int(last) + 1:
            found[-1].append(text)
        else:
            found.append([text])
    return [piece for run in found for piece in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run)]


def _counts(text: str) -> bool:
    # A plan's numbers are short; a longer one is no number to count on from.
    return text.isascii() and text.isdecimal() and len(text) < 7
