"""The frame of a Chinese text: title, number, addressees, notice, signature, edition, preamble."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left

import msgspec

from plans.model import FramePart
from plans.reading.actors import looks_like_body
from plans.reading.addressees import is_addressees
from plans.reading.dates import FULL_DATE, date_of
from plans.reading.furniture import (
    NUMBER,
    is_furniture,
    is_label,
    is_letterhead,
    labelled_number,
    labelled_title,
    number_label,
    published_in,
)
from plans.reading.lines import Line
from plans.reading.passage import Passage, join
from plans.reading.signatures import SEAL, date_line, is_signer, signers_on, signs_undated
from plans.reading.title_ends import ends_title, may_end_title, stops_title

_ATTACHED = re.compile("^附件\\d*[：:]?$|^附：?$")
_FOOTER = re.compile(
    "^（(?:此件|本文|此文|本件|此页|全文|以上)[^（）]{0,20}）$|^附件|^附：|^附表|^抄送|^主送|^联系人|^（联系人|^注：|^（此件"
)
#: A notice of this kind sends out another text; others only have annexes.
_SENDS = re.compile("(?:印发|转发|批转|发布|公布|下发)")
#: A title that names its issuer needs no line before it: 国务院关于…的意见.
_OWN_TITLE = re.compile("[\u3400-\u9fff]{2,30}关于")
#: （2031—2033年）, （试行）: a bracket below a title is its end.
_OF_TITLE = re.compile(
    "（(?:20\\d\\d年?(?:[-~至到]20\\d\\d年?)?(?:度|版)?|试行|暂行|修订版?|征求意见稿|送审稿|草案)）"
)
_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_PHONE = re.compile(r"^[\d\-+（） ]{7,20}?(?=[\u3400-\u9fff]|(?:19|20)\d\d(?:年|[-~至]\d))")
_ISSUE = re.compile(
    "印发给你们|现(?:予|将.{2,80})?印发|印发，请|予以印发|转发给你们|特此通知|现予公布|现予发布|特此公告"
)
#: A sentence that the reprint left without its stop: 现就有关事项通知如下.
_SENTENCE = re.compile("^(?:现就|现将|特此)|如下$")
_SIGNED = re.compile("^(?P<who>[^，。；：]{2,40}?)(?=(?:19|20)\\d\\d年|[二〇○]{2})")


class Header(msgspec.Struct, kw_only=True):
    """What was found around the body; filled while the lines are gone through."""

    notice_title: Passage | None = None
    plan_title: Passage | None = None
    number: str | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    published_on: dt.date | None = None
    addressees: Passage | None = None
    parts: list[FramePart] = []
    preamble: list[Passage] = []
    #: Every line that could be a title, also those that another took the place of.
    headlines: list[Passage] = []
    #: The title that the page's metadata gives.
    labelled_title: str | None = None
    #: The plan's title stands below a signature.
    attached: bool = False

    def title(self) -> str | None:
        """The plan's title, else the notice's. An annex (某指标, 某名单) gives the text no title."""
        chosen = self.plan_title or self.notice_title
        if self.plan_title is not None and self.notice_title is not None:
            sends = _SENDS.search(self.notice_title.plain) or any(
                part.role == "issue_sentence" for part in self.parts
            )
            if not ends_title(self.plan_title.plain) or (self.attached and not sends):
                chosen = self.notice_title
        if chosen is None or (not ends_title(chosen.plain) and looks_like_body(chosen.plain)):
            # A body's name on top of the text is no title.
            return self.labelled_title
        return chosen.text if ends_title(chosen.plain) else self._quoted(chosen) or chosen.text

    def leave(self, tasks: list[Passage]) -> None:
        """Take out of the frame the paragraphs that were read as tasks."""
        starts = sorted(one.span()[0] for one in tasks)
        self.parts = [
            part
            for part in self.parts
            if part.at is None or bisect_left(starts, part.at[0]) == bisect_left(starts, part.at[1])
        ]

    def has_annex(self) -> bool:
        """Whether what stands below the signature is an annex (某指标, 某式样), not what is sent out."""
        return (
            self.attached
            and self.plan_title is not None
            and self.notice_title is not None
            and not ends_title(self.plan_title.plain)
        )

    def _quoted(self, broken: Passage) -> str | None:
        """The whole of a title that the reprint broke off, where a headline quotes it."""
        start = broken.plain[:8]
        for headline in self.headlines:
            at = headline.plain.find(f"《{start}")
            end = headline.plain.find("》", at)
            if at >= 0 and ends_title(headline.plain[at + 1 : end]):
                return headline.text[at + 1 : end]
        return None

    def add(self, role: str, passage: Passage) -> None:
        """Keep a paragraph of the frame."""
        self.parts.append(
            FramePart(role=role, text=passage.text, at=passage.span())  # type: ignore[arg-type]
        )


def read_header(lines: list[Line], header: Header, state: str = "title") -> None:
    """Read the lines before the first number.

    ``state`` is "plan title" for the lines between a signature and an attached plan.
    """
    index = 0
    lines = [part for line in lines for part in _number_apart(line)]
    lines = _addressees_joined([part for line in lines for part in _addressed_apart(line)])
    while index < len(lines):
        line = lines[index]
        passage = _unglued(line.passage)
        plain = passage.plain
        if line.cells:
            # A table above the first number is an annex or a page's metadata.
            _metadata(passage, header)
            header.add("footer", passage)
        elif state == "title" and is_furniture(plain):
            _metadata(passage, header)
        elif not _WORDS.search(plain) or _numbered(passage, header) or SEAL.match(plain):
            pass
        elif _ATTACHED.match(plain):
            header.add("footer", passage)
            state = "plan title"
        elif _FOOTER.match(plain) and state != "title":
            header.add("footer", passage)
        elif (date := date_line(plain)) is not None:
            if header.issued_on is None or state == "notice":
                header.issued_on = date
            state = "plan title"
        elif _signed(passage, header):
            state = "plan title"
        elif is_addressees(plain) and state in ("title", "notice"):
            header.addressees = passage.stripped("：")
            state = "notice"
        elif _ISSUE.search(plain) and state in ("title", "notice") and plain[-1] in "。：":
            header.add("issue_sentence", passage)
            state = "notice"
        elif state == "notice" and (is_signer(lines, index) or signs_undated(lines, index)):
            header.issuer = _with_signer(header.issuer, passage)
        elif plain[0] == "（" and plain[-1] == "）":
            _published(plain, header)
        elif plain[-1] not in "。：；！？" and len(plain) <= 80 and not _sentence(plain):
            index = _titled(lines, index, header, state)
        else:
            header.add("preamble", passage)
            header.preamble.append(passage)
            state = "notice" if state == "title" else state
        index += 1


def _number_apart(line: Line) -> list[Line]:
    """A number that runs into the title (甲发〔2031〕2号《某通知》), as two lines."""
    plain = line.plain
    match = NUMBER.match(plain)
    if match is None or line.cells or len(plain) - match.end() < 8:
        return [line]
    rest = line.passage.cut(match.end()).stripped("《》 ")
    if plain[0] == "第" or not ends_title(rest.plain) or _sentence(rest.plain):
        return [line]
    return [Line(line.passage.cut(0, match.end())), Line(rest)]


def _addressed_apart(line: Line) -> list[Line]:
    """Addressees with the sentence of issue on their line, as two lines."""
    plain = line.plain
    colon = plain.find("：")
    if not 6 < colon < len(plain) - 10 or not _ISSUE.search(plain, colon):
        return [line]
    head = plain[: colon + 1]
    first = re.split("[、，]", head)[0]
    if not is_addressees(head) or not (first.startswith("各") or looks_like_body(first)):
        return [line]
    return [Line(line.passage.cut(0, colon + 1)), Line(line.passage.cut(colon + 1))]


def _addressees_joined(lines: list[Line]) -> list[Line]:
    """Addressees that a narrow column broke over several lines, as one line."""
    for first, line in enumerate(lines):
        plain = line.plain
        head = re.split("[、，]", plain)[0]
        if "、" not in plain or plain[-1] in "。；：！》" or not looks_like_body(head):
            continue
        for last in range(first + 1, min(first + 40, len(lines))):
            following = lines[last].plain
            if re.search("[。；！《》]|[0-9]{4}", following):
                break
            if following[-1] == "：":
                whole = join([one.passage for one in lines[first : last + 1]])
                if not is_addressees(whole.plain):
                    break
                return [*lines[:first], Line(whole), *lines[last + 1 :]]
    return lines


def _sentence(plain: str) -> bool:
    return "。" in plain[:-1] or _SENTENCE.search(plain) is not None


def _unglued(passage: Passage) -> Passage:
    phone = _PHONE.match(passage.plain)
    if phone and not re.match(r"(?:19|20)\d\d(?:[-~至]|年)", passage.plain):
        return passage.cut(phone.end())
    return passage


def _published(plain: str, header: Header) -> None:
    if header.published_on is None:
        header.published_on = published_in(plain)


def _metadata(passage: Passage, header: Header) -> None:
    """What a line of the page says of the document."""
    _published(passage.plain, header)
    place = labelled_number(passage.plain)
    if place is not None and header.number is None:
        header.number = re.sub(r"\s", "", passage.text[place[0] : place[1]])
    title = labelled_title(passage.plain)
    if title is not None and ends_title(passage.plain[slice(*title)]):
        header.labelled_title = header.labelled_title or passage.text[slice(*title)]


def _numbered(passage: Passage, header: Header) -> bool:
    printed = passage.cut(number_label(passage.plain))
    if printed.plain.startswith("（") and printed.plain.endswith("号）"):
        printed = printed.cut(1, len(printed) - 1)
    bare = printed.plain
    match = NUMBER.fullmatch(bare)
    if match is None:
        return False
    if bare.startswith("第") and header.notice_title is not None:
        # 第706号 under 中华人民共和国国务院令: a decree.
        if header.number is None and "令" in header.notice_title.plain:
            header.number = header.notice_title.text + bare
        return True
    if header.number is None:
        header.number = re.sub(r"\s", "", printed.text)
    return True


def _signed(passage: Passage, header: Header) -> bool:
    """Signer and date on one line."""
    match = _SIGNED.match(passage.plain)
    if not match or len(passage.plain) > 60:
        return False
    who = passage.cut(0, match.end("who"))
    found = FULL_DATE.match(passage.plain, match.end("who"))
    # A broken （此件公开发布） may hang on.
    date = date_of(found) if found and len(passage) - found.end() < 14 else None
    if date is None or not (looks_like_body(who.plain)):
        return False
    header.issued_on = date
    header.issuer = _with_signer(header.issuer, who)
    return True


def _with_signer(issuer: str | None, passage: Passage) -> str:
    who = signers_on(passage)
    return f"{issuer}、{who}" if issuer else who


def _titled(lines: list[Line], index: int, header: Header, state: str) -> int:
    """A title of one line or several; gives the index of its last line."""
    parts = [_unglued(lines[index].passage)]
    last = index
    if not stops_title(parts[0].plain):
        for following in range(index + 1, min(index + 5, len(lines))):
            plain = lines[following].plain
            if (
                plain[-1] in "。：；"
                or NUMBER.fullmatch(plain)
                or date_line(plain) is not None
                or is_label(plain)
                or plain.startswith("（")
                or len(plain) > 60
            ):
                break
            if is_letterhead(plain):
                parts = []
                last = following
                continue
            own = _OWN_TITLE.match(plain) and "关于" not in parts[0].plain
            if ends_title(plain) and (own or (len(plain) > 8 and plain in parts[0].plain)):
                # The line before told of it (《某计划》印发) or is the site's name.
                parts = []
            parts.append(lines[following].passage)
            last = following
            if stops_title(plain):
                break
        else:
            following = last
        parts, last = _broken_off(parts, last)
    if last + 1 < len(lines) and parts and _OF_TITLE.fullmatch(lines[last + 1].plain):
        last += 1
        parts.append(lines[last].passage)
    title = join(parts)
    if not title.text:
        return last
    header.headlines.append(title)
    if state == "plan title" or (header.notice_title and header.number and state == "notice"):
        if header.plan_title is None or not ends_title(header.plan_title.plain):
            header.plan_title = title
            header.attached = state == "plan title"
    elif header.notice_title is None:
        header.notice_title = title
    elif not ends_title(header.notice_title.plain) or "关于" in title.plain:
        # A page's own heading or a site name stood first.
        header.notice_title = title
    elif title.plain != header.notice_title.plain and ends_title(title.plain):
        header.plan_title = title
    return last


def _broken_off(parts: list[Passage], last: int) -> tuple[list[Passage], int]:
    """Lines of a title that ends nowhere, without those behind 某预案 or 某制度."""
    if parts and not stops_title(parts[-1].plain):
        for end in range(1, len(parts)):
            if may_end_title(parts[end - 1].plain):
                return parts[:end], last - len(parts) + end
    return parts, last


def is_published_line(line: Line, header: Header) -> bool:
    """发布时间：… on a line of its own under the text; the header takes the date where it has none."""
    plain = line.plain
    if line.number is not None or line.cells or len(plain) > 60 or not is_label(plain):
        return False
    before = header.published_on
    _published(plain, header)
    return before is None and header.published_on is not None


def is_footer(line: Line) -> bool:
    """（此件公开发布）, 附件：…, 抄送 and the like."""
    return line.number is None and bool(_FOOTER.match(line.plain))
