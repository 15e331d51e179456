"""How far words bind a task on an instrument: level 0 (study) to 8 (carry out an issued text).

The table is china-ip-plans.md, section 7; the examples beside the rules are our own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from plans.model import Commitment
from plans.reading.characters import fold

#: Where what is put off or stopped stands: below all levels. A repeal stands below that again, by
#: its level from here on: the text is to go.
PUT_OFF = -1
REPEAL = -20

_VERBS = (
    "视情|积极|稳步|有序|扎实|加快|抓紧|加紧|尽快|推进|推动|促进|开展|组织|做好|研究|调研|论证|起草|"
    "制修订|制定|制订|修订|修改|修正|出台|发布|印发|公布|颁布|完成|建立|编制|贯彻|落实|实施|执行|施行|启动|"
    "继续|持续|深入|全面|严格|认真|抓好|及时|适时|力争|配合|提请|审议|废止|立法"
)
#: Put off or stopped: 暂缓推进《甲法》修改, 不再制定《乙条例》.
_PUT_OFF = (
    "暂缓|暂停|暂不|不再(?:单独|另行)?|不予|停止|中止|终止|搁置|推迟|延后|延期|延缓|缓期|取消|放弃"
)
#: 不再推迟《甲法》修改 puts off nothing.
_NOT_PUT_OFF = "(?:不再|不得|不能|不可|不准|不|避免|防止)(?:暂缓|暂停|停止|中止|终止|搁置|推迟|延后|延期|延缓|取消|放弃)"
_LIFTED = re.compile(_NOT_PUT_OFF)
_IS_PUT_OFF = re.compile(_PUT_OFF)
#: These suspend a title that stands right after them; the others need an action beside them, for
#: 取消《甲目录》中的事项 and 《乙法》中止程序 leave the text itself as it is.
_ALONE = re.compile("^(?:暂缓|暂停|停止|中止|终止|搁置|推迟|延后|延缓|放弃)$")
_BEFORE = re.compile(
    f"(?P<verb>(?:{_NOT_PUT_OFF}|(?:{_PUT_OFF})(?:[、和或](?={_PUT_OFF}))?|(?:{_VERBS})(?:好)?[、和并]?)+)"
    "(?:对|将|把|有关|关于|涉及|新修订的?|新修改的?|新制定的?|修订后的?|修改后的?|制定的?|新的?|国家|现行|中华人民共和国|[《“〈<]|的)*$"
)
_AFTER = re.compile(
    # 《甲法》修订后的宣传贯彻; 修订《甲指南》并发布; 做好《甲法》进一步修改论证
    "(?:（(?=(?:制定|修订|修改|修正|废止)）)|(?:修订|修改|制定|出台|颁布|公布|施行)后的?|，?并|等(?:法律法规|法律|法规|规章|文件|法律、法规)?|的|相关|有关|进一步|适应性|局部|草案|修订草案|修正草案)*"
    # 《甲法》修订工作推迟到明年; but not 修改《甲法》中止程序
    f"(?P<noun>(?:(?:(?:{_VERBS})(?!情况|效果|成效)|进程|工作|宣传|(?:时间)?(?:{_PUT_OFF})(?={_VERBS}|至|到|[、（]|$))(?:的)?[、和及与]?)+)"
)
#: Other marks that stand around a title: 推进“甲法”修改.
_CLOSING = "”〉>"
_WORK = re.compile("(?:的?工作|宣传)$")
_OTHERS = re.compile(
    f"(?P<verb>(?:{_VERBS})+)(?:[\u3400-\u9fff]{{2,14}}?(?:法|条例|规定|办法|细则)[、和及])+$"
)
_MAKE = "起草|制修订|制定|制订|修改|修订|修正|立法|编制"


@lru_cache(maxsize=4096)
def is_put_off(words: str) -> bool:
    """Whether the words of a commitment, Chinese or English, say that it is put off or stopped."""
    plain = fold(words)
    return bool(_IS_PUT_OFF.search(_LIFTED.sub("", plain)) or _EN_IS_PUT_OFF.search(plain))


@lru_cache(maxsize=4096)
def is_repeal(words: str) -> bool:
    """Whether the words of a commitment are about repealing a text, and not (also) amending it."""
    plain = fold(words)
    if is_put_off(plain):
        return False
    return bool(
        ("废止" in plain and not re.search(f"{_MAKE}|修正", plain)) or _EN_IS_REPEAL.search(plain)
    )


def standing(commitment: Commitment | None) -> int | None:
    """Where a commitment stands among others: its level; below the lowest, what is put off; below
    that, a repeal by its level.

    A text that is put off has level 0, like one that is studied: but to study is to do something.
    To advance a repeal has the level of advancing an amendment: but it is the contrary. None where
    nothing is committed to.
    """
    if commitment is None:
        return None
    if is_repeal(commitment.text):
        return REPEAL + commitment.level
    return PUT_OFF if commitment.level == 0 and is_put_off(commitment.text) else commitment.level


@lru_cache(maxsize=4096)
def level_of(words: str) -> int | None:
    """The level of the verb words (those before the title, then those after it); None where none.

    What is put off or stopped binds nobody to anything: the lowest level, whatever it was to be.
    """
    words = _LIFTED.sub("", words)
    if _IS_PUT_OFF.search(words):
        action = _IS_PUT_OFF.sub("", words)
        return 0 if _ALONE.search(words) or level_of(action) is not None else None
    # 调研论证《甲条例》; 推进《甲条例》立法研究
    if "论证" in words or re.search("立法.{0,2}研究|研究$", words):
        return 0
    # 研究起草《甲条例》
    if re.search(f"研究.{{0,6}}(?:{_MAKE}|出台)", words):
        return 1
    if "研究" in words or "调研" in words:
        return 0
    # 视情推进《甲法》修改
    if "视情" in words:
        return 2
    # 贯彻落实《甲方案》, also 推动《甲法》实施; but not 推进《甲法》修订
    if re.search("贯彻|落实|执行|施行", words) or (
        "实施" in words and not re.search(f"{_MAKE}|出台", words)
    ):
        return 8
    # 推动《甲条例》尽快出台
    if re.search("推动|推进", words) and re.search("尽快(?:出台|完成|发布|印发|颁布|公布)", words):
        return 5
    # 加快推进《甲条例》制定
    if re.search("加快|抓紧|加紧|尽快", words):
        return 4
    # 推动出台《甲规则》, 推动完成《甲细则》修改
    if re.search("推动|推进|促进|力争", words):
        return 5 if re.search("出台|完成|发布|印发|颁布|公布", words) else 3
    # 修订出台《甲规定》
    if re.search("出台|发布|印发|公布|颁布|完成", words):
        return 7
    if re.search("制定|制订|修改|修订|修正|建立|编制|立法", words):
        return 6
    if "起草" in words:
        return 1
    # 废止《甲条例》 makes no text, and is done like 修改
    return 6 if "废止" in words else None


def verb_before(before: str) -> str:
    """The verb words that end the folded text before a title, '' where it ends in none.

    Laws that the title list lacks may stand between: 推进渔港法、 before another title.
    """
    return _verb_at_end(before[-60:])


@lru_cache(maxsize=4096)
def _verb_at_end(before: str) -> str:
    if before.endswith(("、", "和", "及")):
        before = _OTHERS.sub(r"\g<verb>", before)
    match = _BEFORE.search(before[-40:])
    return match["verb"].strip("、和并") if match else ""


def noun_after(after: str) -> str:
    """The action words that begin the folded text after a title: 修改, 立法进程, 论证."""
    match = _AFTER.match(after.lstrip(_CLOSING)[:40])
    return match["noun"].rstrip("、和及与的") if match else ""


def commitment(verb: str, noun: str) -> Commitment | None:
    """What the words around a title commit to, None where they do not tell."""
    words = verb + noun
    level = level_of(words) if words else None
    if level is None:
        return None
    kept = _WORK.sub("", noun) if noun.endswith(("工作", "宣传")) else noun
    text = f"{verb}…{kept}" if verb and kept else verb or kept
    return Commitment(text=text, level=level)


# --- English ------------------------------------------------------------------------------------

_ENGLISH: tuple[tuple[int, str], ...] = (
    (0, r"\b(?:demonstrat\w+|feasib\w+|stud(?:y|ies) (?:on|into|of)|research (?:on|into))\b"),
    (1, r"\b(?:study|research|explore) and (?:draft|formulat|revis|amend|develop)\w*"),
    (4, r"\b(?:accelerat|speed(?:ing)? up|expedit|step(?:ping)? up)\w*"),
    (5, r"\b(?:promot|push|advanc)\w*[^.;]{0,30}\b(?:issu|promulgat|releas|complet|introduc)\w*"),
    (3, r"\b(?:advanc|promot|push|facilitat|move forward|further)\w*"),
    (7, r"\b(?:issu(?:e|ed|ing|ance)|releas|promulgat|publish|complet|finali[sz])\w*"),
    (8, r"\b(?:implement|enforc|carry out|apply)(?:s|ed|ing)?\b"),
    (6, r"\b(?:amend|revis|formulat|draft|develop|establish|enact)\w*"),
    (6, r"\b(?:repeal|abolish|abrogat|rescind)\w*"),
)
_EN_IS_REPEAL = re.compile(r"\b(?:repeal|abolish|abrogat|rescind)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
#: Work on a text; and what may be done with a text or, under it, with anything else.
_EN_MAKING = r"(?:(?:amend|revis|formulat|draft|enact|legislat)\w*)"
_EN_DOING = (
    r"(?:(?:advanc|promot|push|facilitat|mov|issu|releas|promulgat|publish|complet|finali[sz]|implement|"
    r"enforc|appl|develop|establish|introduc|adopt|stud|research|accelerat|expedit)\w*|carry out|work)"
)
_EN_ACTION = rf"(?:{_EN_MAKING}|…|{_EN_DOING}(?:(?: (?:of|on|with|the|its|forward|in|to))* (?:{_EN_MAKING}|…)))"
_EN_PUT_OFF = (
    r"(?:(?:suspend|deferr?|postpon|delay|halt|stopp?|ceas|discontinu|shelv|abandon)(?:e|ed|es|ing|s)?"
    r"|no longer|put(?:s|ting)? (?:off|on hold))"
)
_EN_IS_PUT_OFF = re.compile(rf"\b{_EN_PUT_OFF}\b", re.IGNORECASE)
#: Suspend the revision of …; no longer advance …; the revision of … is deferred. What the clause
#: suspends under a law (suspend the release of goods under …) is none of these.
_ENGLISH_PUT_OFF = re.compile(
    rf"(?<!not )\b{_EN_PUT_OFF}\b(?=(?: (?:the|its|all|any|further|plans?|efforts?|to|on|for|of|be))"
    rf"{{0,4}} {_EN_ACTION})"
    rf"|(?<=… )(?:is|are|will be|shall be|has been|have been) {_EN_PUT_OFF}\b"
    rf"|(?<=… )(?:will|shall|is|are) no longer be {_EN_DOING}",
    re.IGNORECASE,
)
_ENGLISH_LEVELS = tuple((level, re.compile(words, re.IGNORECASE)) for level, words in _ENGLISH)


def english_commitment(clause: str) -> Commitment | None:
    """What an English clause that names an instrument, there as "…", commits to."""
    put_off = _ENGLISH_PUT_OFF.search(_SPACES.sub(" ", clause))
    if put_off:
        return Commitment(text=put_off[0], level=0)
    for level, pattern in _ENGLISH_LEVELS:
        match = pattern.search(clause)
        if match:
            return Commitment(text=match[0], level=level)
    return None
