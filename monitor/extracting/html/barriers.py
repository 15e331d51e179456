"""What stands where a document was expected: challenges, script shells, error pages, lists.

Each answer is a state of an Extract with a reason for people. The markers are those that the
makers' pages carry; they are looked for in order to name the page, never to get round it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from plans.model import ExtractState

#: Text of at least this many characters is a page of its own, whatever scripts it loads: sites
#: keep the challenge's scripts on their real pages, too.
ENOUGH_TEXT = 300
#: An error page says no more than this; a notice about maintenance or missing pages says more.
_LONGEST_MESSAGE = 120


class Verdict(NamedTuple):
    """What the page is instead of a document, and why we think so."""

    state: ExtractState
    reason: str


class _Maker(NamedTuple):
    name: str
    marks: tuple[str, ...]


_MAKERS: tuple[_Maker, ...] = (
    _Maker("加速乐 (Jiasule)", ("__jsl_clearance", "__jsluid", "x-via-jsl", "yunaq", "jiasule")),
    _Maker("瑞数 (Ruishu)", ('"{qqqq', "'{qqqq", "$_ts", "_$yx(", ' r="m"', " r='m'", "?C3TmLTCV=", "NfBCSins2OywS")),
    _Maker(
        "阿里云 WAF (Aliyun)",
        ("acw_sc__v2", "acw_tc", "acw_sc__v3", "_waf_", 'id="renderData"', "sigchl", "punish-page", "aliyun_waf"),
    ),
    _Maker("腾讯 EdgeOne", ("EO-Bot-Js-Token", "eoJsChallengeSdk", "EO_Bot_Ssid")),
    _Maker("Cloudflare", ("cf-browser-verification", "_cf_chl_opt", "/cdn-cgi/challenge-platform/", "cf_chl_")),
    _Maker("360 网站卫士", ("wzws-waf-cgi", "wzwschallenge", "WZWS-RAY")),
    _Maker("长亭雷池 (SafeLine)", ("safeline-challenge", "/.safeline/", "sl-challenge")),
    _Maker("百度云加速", ("yunjiasu-nginx", "bdwaf")),
    _Maker("宝塔防火墙", ("btwaf", "bt_waf")),
)  # fmt: skip

_CAPTCHA_WORDS = re.compile(
    "验证码|驗證碼|滑动验证|拖动滑块|安全验证|人机验证|captcha", re.IGNORECASE
)
_CAPTCHA_SIGNS = ("data:image", "captcha", "verifycode", "滑块", "滑动验证", "人机验证", "geetest")
_WAITING = re.compile(
    "正在(?:检查|验证|校验)您?的?浏览器|浏览器安全检查|checking your browser|just a moment|"
    "访问(?:过于)?频繁|请求被拦截|您的访问.{0,12}(?:拦截|阻断|禁止)|网站防火墙|请开启\\s*(?:JavaScript|Cookie)",
    re.IGNORECASE,
)
_GONE = re.compile(
    "(?:^|\\D)404(?:\\D|$)|页面(?:不存在|找不到|未找到|已删除|丢失)|找不到(?:您|你|该|此)?(?:要|所)?"
    "(?:访问|请求|查找|浏览)?的?(?:页面|网页|文件|内容)|(?:内容|文章|信息|网页)(?:不存在|已被?删除|已下线)"
    "|(?:访问|请求|查看|浏览|找)的(?:页面|网页|内容|文章|信息).{0,16}(?:不存在|删除|丢失|失效|下线|找不到)"
    "|page not found|not be found|no longer available|object moved",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    "系统(?:维护|升级|繁忙|错误|异常)|网站(?:维护|升级|正在建设)|服务器(?:错误|内部错误|繁忙)|暂停服务|暂时无法(?:访问|打开)"
    "|50[0234] (?:internal|bad|service|gateway)|internal server error|bad gateway|service unavailable"
    "|gateway time-?out|403 forbidden|access denied|禁止访问|无权(?:限)?访问|没有(?:访问)?权限",
    re.IGNORECASE,
)
_LOGIN = re.compile("登录|登錄|登入|sign in|log ?in", re.IGNORECASE)
_SCRIPT_MOVE = re.compile(
    r"""(?:window\.|top\.|self\.|document\.)?location(?:\.href)?\s*=\s*["']([^"'\s]{1,500})["']"""
    r"""|location\.replace\(\s*["']([^"'\s]{1,500})["']|_cofing\d*\s*=\s*\{\s*href\s*:\s*["']([^"'\s]{1,500})["']"""
)
_META_MOVE = re.compile(
    r"""<meta[^>]{0,80}http-equiv\s*=\s*["']?refresh[^>]{0,80}url\s*=\s*["']?([^"'>\s]{1,500})""",
    re.IGNORECASE,
)
_SHELL_SIGNS = re.compile(
    r"""v-cloak|id\s*=\s*["']?(?:app|root|__next|__nuxt)["'\s>]|ng-app|data-reactroot|\{\{[^{}]{1,80}\}\}"""
)


def challenge(html: str, shown: str, main: str) -> Verdict | None:
    """A challenge page, named by its maker; None where the page has a text of its own.

    ``html`` is the whole page, ``shown`` its visible text, ``main`` what was taken for the text.
    A challenge may have a real title and status 200, and a real page may load a maker's scripts:
    both the mark and the lack of text are needed.
    """
    short = len(shown) < ENOUGH_TEXT
    if short or not main:
        for maker in _MAKERS:
            mark = next((mark for mark in maker.marks if mark in html), None)
            if mark is not None and (short or len(shown) < 3 * ENOUGH_TEXT):
                return Verdict(
                    "challenge", f"challenge page of {maker.name}: the page carries {mark}"
                )
    if short and _CAPTCHA_WORDS.search(shown) and any(sign in html for sign in _CAPTCHA_SIGNS):
        return Verdict("challenge", "captcha: the page asks the visitor to type or move something")
    if short and (match := _WAITING.search(shown)):
        return Verdict("challenge", f"protection page of an unknown maker: it says “{match[0]}”")
    return None


def replaced(html: str, title: str, shown: str, main: str) -> Verdict | None:
    """An error page served as if it were the document, a login wall, or a script's redirect."""
    if len(main) > _LONGEST_MESSAGE:
        return None
    opening = main or shown[:ENOUGH_TEXT]
    few = len(shown) < 2 * ENOUGH_TEXT
    if (match := _GONE.search(title)) or (few and (match := _GONE.search(opening))):
        return Verdict("unreadable", f"the page says that it does not exist: “{match[0].strip()}”")
    if (match := _BROKEN.search(title)) or (few and (match := _BROKEN.search(opening))):
        return Verdict("unreadable", f"the page reports a fault of the site: “{match[0].strip()}”")
    if (
        few
        and re.search(r"""type\s*=\s*["']?password""", html, re.IGNORECASE)
        and _LOGIN.search(shown + title + html[:20_000])
    ):
        return Verdict("unreadable", "login wall: the page asks for a user name and a password")
    if len(shown) < 100:
        match = _META_MOVE.search(html) or _SCRIPT_MOVE.search(html)
        if match:
            target = next(group for group in match.groups() if group)
            return Verdict("shell", f"the page only redirects, to {target}")
    return None


def shell(html: str, shown: str) -> Verdict | None:
    """A page that a script would fill in: scripts, and next to no text."""
    scripts = html.count("<script") + html.count("<SCRIPT")
    if not scripts:
        return None
    if len(shown) < 100 or (len(shown) < ENOUGH_TEXT and _SHELL_SIGNS.search(html)):
        return Verdict("shell", "the page holds no text: a script fills it in after loading")
    return None
