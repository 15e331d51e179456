"""Who a printed name is: a body of the registry, a collective, a local body, or unknown.

The rules are those of china-ip-plans.md, 6: a name must match wholly (rule 9), collectives are kept
as printed (7), and a province's or city's own bodies are local (8).
"""

from __future__ import annotations

import re

from plans.model import Actor, ActorKind
from plans.reading.characters import CJK, fold
from plans.reading.memo import once_per_registry
from plans.registry.model import Agency, Registry

PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|"
    "海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
#: How the name of a body ends.
BODY_END = (
    "部|委|局|署|院|会|办|厅|社|公司|集团|中心|单位|部门|政府|处|室|行|所|团|联盟|小组|企业|大学|学校|党校|联席会议|办公会议|"
    "机构|联|协|庭|基金|海关|司|队|机关|党组|组委|平台|园区|新区|试验区|保税区"
)
_BODY = re.compile(f"(?:{BODY_END})(?:（[^（）]*）)?$")
_COLLECTIVE = re.compile(
    "(?:各|有关|相关|其他|其它|全体|所有|全国各|国务院各|国务院有关|国务院相关|中央各|中央有关|地方|"
    "省级|市级|县级|区级|试点|(?:试点|示范|创建|承办)城市|所在地|属地|本级|同级|联席会议(?!办公室))"
    "|.{0,40}(?:成员单位|各部门|有关部门|有关单位|相关部门|各有关部门和单位|领导小组单位)$"
    "|(?:省|市|区|县|州|厅|局)(?:委|直|政府|级|属|管|机关)?各[^、]{0,6}(?:部委|委办局|委办|局委|委局|局|单位|部门|处室|科室|企业)$"
    "|(?:乡镇|街道|镇街)(?:人民政府|办事处|办)?$|直属(?:机构|单位|部门)$"
    "|(?:省|市|区|县|州)(?:委|直|级)(?:有关|相关)(?:部门|单位)(?:和单位|和部门)?$"
    "|[在驻][^、]{1,4}?(?:有关|相关|各)?(?:高校|高等院校|院所|科研|央企|中央企业|企业|金融机构|单位)[^、]{0,6}$"
    "|.{1,14}各[^、]{0,6}(?:专班|工作组|专项组|专责组|小组)$|.{0,12}各[^、]{0,8}(?:牵头|责任|配合)(?:单位|部门)$"
    "|.{2,20}所在(?:地|省|市|省份|城市)(?:（[^（）]*）)?(?:人民)?(?:政府)?$"
    "|.{0,12}(?:各|有关|相关)(?:部门|单位|企业|高校|机构|地区|方面)$"
    "|(?:省|市|自治区|直辖市|市（州）|县（市、区）|区县|设区市)(?:、.{1,20})?(?:级)?(?:人民)?政府$"
)
_LOCAL_PREFIX = re.compile(
    "(?:省|市(?!场|监)|区(?!域|块)|县|州|盟|旗|自治区|兵团)(?!级)"
    f"|(?:{PROVINCES})(?!大学|.{{0,4}}公司|.{{0,8}}试验区)"
    f"|[{CJK}]{{2,7}}(?:自治区|自治州|自治县|省|市(?!场)|县|新区|区(?!域))[{CJK}]"
)
#: 市委各部委, 市直各单位: bodies of a place that are not named one by one.
_COLLECTIVE_PLACE = re.compile(
    "(?:省|市|区|县|州)(?:委|直|政府|级|属|管|机关)?各[^、]{0,6}(?:部委|委办局|委办|局委|委局|单位|部门|局|企业)$"
    "|(?:省|市|区|县|州)(?:委|直|级)(?:有关|相关)(?:部门|单位)(?:和单位|和部门)?$"
)
#: A province's name alone stands for its government: 广东省、上海市负责.
_PROVINCE = re.compile(f"(?:{PROVINCES})(?:省|市|(?:[壮回维]\\S{{1,3}})?自治区)")
#: A district or a zone named alone stands for its government or its committee: 江北区、临江开发区负责.
_PLACE_ALONE = re.compile(
    f"(?!各|有关|相关|试点|示范|国家|所在|属地|全国|其他)[{CJK}]{{1,10}}"
    "(?:开发区|高新区|经开区|新区|街道|街道办|(?<![地园社小片景库牧林灾山城验])区|(?<!各)县|自治州|(?<!自)旗)"
)
_LOCAL_END = re.compile(
    "管委会$|(?<!办公)厅$|分局$|分行$|支行$|营业管理部$|分会$|分公司$|分署$|.{2,8}海关$"
    f"|^(?!各|乡镇|镇街|街道|有关|相关)[{CJK}]{{2,8}}(?:镇|乡|苏木|街道)(?:人民政府|政府|办事处|党委|党工委)$"
    "|.{2,6}(?:证监局|银保监局|监管局|通信管理局|税务局|邮政管理局)$"
)
_NOT_LOCAL_END = re.compile("公司|大学|(?<!科)学院|协会|银行$|交易所$|集团|企业")
#: A name that only a national body bears, also in a list of local bodies.
_NATIONAL = re.compile("国家|中国|中央|中共|最高|国务院|全国|中华|.*(?:部|总署|总局|总社)$")
_LOCAL_UNIT = re.compile("(?:局|厅|委|办|部|法院|检察院|总队|支队|海关|科协|协会|中心|室|处|银行)$")
#: How the name of an institution ends that no registry and no place's name vouches for.
_INSTITUTION = re.compile(
    "(?:大学|学院|研究院|研究所|科学院|实验室|医院|公司|集团|协会|学会|商会|联合会|基金会|银行|交易所|中心)$"
)
_ALIAS = re.compile("(.{2,40})（([^（）]{2,60})）$")
_CENTRAL_ORGANS = re.compile("(?:国务院|中共中央|中央|全国人大|全国政协)(?:办公厅|常委会)?$")
_EN_COLLECTIVE = re.compile(
    r"(?:(?:all|other|relevant|related|local|provincial|various|the relevant|competent)\b.*|.*\bmembers?(?: units| agencies| bodies)?(?: of the .*)?|people's governments of .*|"
    r".*\b(?:departments|governments|authorities|bodies|regions|agencies|organizations|organisations|parties))$",
    re.IGNORECASE,
)


class Names:
    """All that tells who a printed name is, for one registry and one year."""

    def __init__(self, registry: Registry, year: int | None) -> None:
        self._registry = registry
        self._year = year
        known = registry.agency_names(year)
        chinese = {fold(name): agency for name, agency in known.items() if not name.isascii()}
        #: Folded Chinese names, longest first, and the same as one alternation.
        self.chinese_names: tuple[str, ...] = tuple(sorted(chinese, key=len, reverse=True))
        self.chinese: str = "|".join(map(re.escape, self.chinese_names))
        self.latin: tuple[str, ...] = tuple(
            sorted((name for name in known if name.isascii()), key=len, reverse=True)
        )
        self._chinese = chinese
        self._known = re.compile(self.chinese)
        self._memo: dict[str, tuple[ActorKind, str | None]] = {}
        self._local_memo: dict[str, tuple[ActorKind, str | None]] = {}

    def agency(self, plain: str) -> Agency | None:
        """The body of this folded name, also where another name of it follows in brackets."""
        found = self._chinese.get(plain) or self._registry.find_agency(plain, self._year)
        if found is None and plain.endswith("）"):
            alias = _ALIAS.match(plain)
            if alias:
                return self.agency(alias[1])
        return found

    def known_only(self, plain: str) -> list[tuple[int, int]]:
        """The names where the folded text is a run of known names and nothing else; else none."""
        found: list[tuple[int, int]] = []
        position = 0
        while self.chinese and position < len(plain):
            match = self._known.match(plain, position)
            if match is None:
                return []
            found.append(match.span())
            position = match.end()
        return found

    def actor(self, name: str, plain: str, *, local: bool = False) -> Actor:
        """The actor printed as ``name``, folded ``plain``.

        ``local`` says that the names around are a province's or city's, so that a bare name
        (知识产权局 after 省发展改革委) is that province's too.
        """
        kind, agency = self.known_as(plain, local=local)
        return Actor(name=name, kind=kind, agency=agency)

    def known_as(self, plain: str, *, local: bool = False) -> tuple[ActorKind, str | None]:
        """The kind of the actor and its registry id; see :meth:`actor`."""
        memo = self._local_memo if local else self._memo
        known = memo.get(plain)
        if known is None:
            if len(memo) > 20_000:
                memo.clear()
            known = memo[plain] = self._classify(plain, local)
        return known

    def _classify(self, plain: str, local: bool) -> tuple[ActorKind, str | None]:
        agency = self.agency(plain)
        if agency is not None and not (local and not _NATIONAL.match(plain.split("（")[0])):
            return "agency", agency.id
        if plain.isascii():
            return ("collective" if _EN_COLLECTIVE.match(plain) else "unknown"), None
        if is_local(plain):
            return "local", None
        if _COLLECTIVE.match(plain):
            return "collective", None
        if agency is not None or (local and _LOCAL_UNIT.search(plain)):
            return "local", None
        return "unknown", None


#: ``names_of(registry, year)``: compiled once per registry and year.
names_of = once_per_registry(Names)


def is_local(plain: str) -> bool:
    """Whether the folded name says by itself that the body is a province's or city's own."""
    if _CENTRAL_ORGANS.match(plain) or _NOT_LOCAL_END.search(plain.split("（")[0]):
        return False
    if plain.startswith(("市级", "省级", "县级", "各", "有关", "相关")) or _COLLECTIVE_PLACE.match(
        plain
    ):
        return False
    if _PROVINCE.fullmatch(plain) or _PLACE_ALONE.fullmatch(plain):
        return True
    if _LOCAL_END.search(plain):
        return True
    if plain in ("省政府", "市政府") or not _LOCAL_PREFIX.match(plain):
        return False
    return bool(_BODY.search(plain)) and not _COLLECTIVE.match(plain)


def is_collective(plain: str) -> bool:
    """Whether the folded name stands for bodies that are not named one by one."""
    return bool(_COLLECTIVE.match(plain))


def looks_like_body(plain: str) -> bool:
    """Whether an unknown name is formed as a body's is."""
    return len(plain) <= 40 and bool(_BODY.search(plain))


def is_institution(plain: str) -> bool:
    """Whether an unknown name is certainly an institution's: 某某大学, 某某集团."""
    return 4 <= len(plain) <= 30 and bool(_INSTITUTION.search(plain))
