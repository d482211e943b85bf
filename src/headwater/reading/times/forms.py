"""The forms in which English news speaks of time, and whether words of such a form do mean a time here.

Takes text, gives simple expressions by kind and parts. One regular expression holds all forms, so that the longest
reading of a place wins; what looks like a time and is a name, a verb or a count is sorted out afterwards.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from headwater.dates import EDGE_AFTER, EDGE_BEFORE, GAP, MONTH, WEEKDAY, absolute_dates
from headwater.model import Span

_HYPHEN: Final = rf"(?:[-\u2010\u2011]|{GAP})"
_G: Final = rf"(?:{GAP})"
DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY: Final = rf"(?:{'|'.join(DAYS)})"
_N: Final = (
    rf"(?:[0-9]{{1,3}}(?![0-9,.])|(?:a{_G}couple{_G}of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    rf"|twelve|fifteen|twenty|thirty|forty|fifty|several|many|some|dozens{_G}of|a{_G}few|few))"
)
_UNIT: Final = r"(?:minute|hour|day|night|week|weekend|month|quarter|year|decade|century|centurie)"
_EARLY: Final = r"(?:earl(?:y|ier)|lat(?:e|er)|mid(?:dle)?|mid-to-late|early-to-mid)"
_THIS: Final = rf"(?:this{_G}past|this{_G}coming|this|last|next)"
_HALF: Final = rf"(?:the{_G})?(?:beginning|start|middle|end|close){_G}of"
_CLOCK: Final = (
    r"(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5][0-9]))?[ \u00a0\u202f]?(?P<half>[ap])\.?m(?:\b\.?)"
    r"|(?P<hour24>[01]?[0-9]|2[0-3]):(?P<minute24>[0-5][0-9])(?=[ ]?(?:gmt|utc|bst|cet|est|edt|et)\b)|noon|midnight)"
    r"(?:[ \u00a0]?(?:\(?(?:gmt|utc|bst|cest|cet|est|edt|cst|cdt|mst|mdt|pst|pdt|et|ct|mt|pt)\b\)?"
    r"|(?:eastern|central|pacific|mountain|local)(?:[ ](?:standard|daylight))?[ ]time\b))?"
)

_EXPRESSION: Final = re.compile(
    rf"""
    {EDGE_BEFORE}(?=[0-9a-z'‘’])(?:
      (?P<event>(?<![/.,:])9/11(?!/|[.,:]?[0-9]))
    | (?P<clock>(?<![:.,$£€]){_CLOCK})
    | (?P<monthday>(?:{WEEKDAY},?{_G}(?:the{_G})?)?(?:
          (?P<md_m>{MONTH}){_G}(?P<md_d>[0-3]?[0-9])(?:st|nd|rd|th)?
          (?:[ ]?[-–—][ ]?(?P<md_e>[0-3]?[0-9])(?:st|nd|rd|th)?)?
        | (?P<dm_d>[0-3]?[0-9])(?:st|nd|rd|th)?{_G}(?:of{_G})?(?P<dm_m>{MONTH}))(?![0-9%]|[:.,][0-9])
        (?:,?{_G}(?:of{_G})?(?P<md_y>(?:this|last|next|that|the{_G}same|that{_G}same){_G}year))?)
    | (?P<month>(?:(?:{_THIS}|{_EARLY}(?:{_G}(?:in|{_THIS}))?|{_HALF}){_HYPHEN})?(?P<mo_m>{MONTH})
        (?:{_G}(?:of{_G})?(?P<mo_y>(?:this|last|next|that|the{_G}same|that{_G}same){_G}year))?)
    | (?P<season>(?:(?:{_THIS}|the|{_EARLY}(?:{_G}(?:in{_G}the|this|last|next))?|{_HALF}(?:{_G}(?:this|last|next|the))?)
        {_HYPHEN})?(?P<se_s>spring|summer|autumn|fall|winter))
    | (?P<weekday>(?:(?:{_THIS}|{_EARLY}(?:{_G}on)?){_G})?(?P<wd_d>{_DAY})
        (?:{_G}(?:morning|afternoon|evening|night))?(?:{_G}(?:of{_G})?(?P<wd_w>(?:this|last|next){_G}week))?)
    | (?P<day>the{_G}day{_G}before{_G}yesterday|the{_G}day{_G}after{_G}tomorrow|last{_G}night|tonight
        |(?:earlier{_G}|later{_G}|early{_G}|late{_G})?(?:today|yesterday|tomorrow)(?:{_G}(?:morning|afternoon|evening|night))?
        |(?:earlier{_G}|later{_G}|early{_G}|late{_G})?this{_G}(?:morning|afternoon|evening))
    | (?P<unit>(?:{_EARLY}{_HYPHEN}(?:in{_G})?|{_HALF}{_G}|so{_G}far{_G})?(?P<un_t>{_THIS})
        {_G}(?P<un_u>week|weekend|month|quarter|year|decade|century))
    | (?P<turn>{_HALF}{_G}(?:the{_G})?(?P<tu_u>week|month|year|decade|century)|(?P<tu_v>year|month|week)['’]s{_G}end)
    | (?P<weekend>the{_G}weekend)
    | (?P<stretch>(?:the{_G}(?P<st_f>following|previous)|(?:the{_G})?(?P<st_t>past|last|next|coming)){_G}
        (?:(?P<st_n>{_N}){_G})?(?P<st_u>{_UNIT})s?)
    | (?P<recent>(?:the{_G}|this{_G})?(?:more{_G})?recent{_G}(?:days|weeks|months|years|decades)
        |(?:the{_G})?coming{_G}(?:hours|days|weeks|months|years))
    | (?P<ago>(?:(?P<ag_a>about|around|nearly|almost|roughly|some|over|more{_G}than|less{_G}than|at{_G}least){_G})?
        (?:(?P<ag_n>{_N}){_G})?(?:short{_G}|long{_G})?(?P<ag_u>{_UNIT})s?(?:{_G}and{_G}a{_G}half)?{_G}ago)
    | (?P<later>(?:{_N}{_G})?{_UNIT}s?{_G}(?:later|earlier|beforehand|afterwards?|prior)
        |(?:{_N}{_G}{_UNIT}s?|(?:minutes|hours|days|weeks|months|years|decades)){_G}(?:before|after)
        |within{_G}(?:the{_G})?(?:{_N}{_G})?{_UNIT}s?)
    | (?P<same>(?:the{_G}(?:very{_G})?(?:next|following|previous|same)|that(?:{_G}(?:same|very))?){_G}
        (?:day|week|weekend|month|year|morning|afternoon|evening|night|spring|summer|autumn|fall|winter)
        |the{_G}(?:day|week|month|year){_G}(?:before|after))
    | (?P<part>(?:the{_G})?(?:(?P<pa_q>first|second|third|fourth|last){_G}(?P<pa_k>quarter|half){_G}of{_G}
        |q(?P<pa_n>[1-4]){_G})
        (?P<pa_y>(?:19|20)[0-9]{{2}}))
    | (?P<ordinal>(?:the{_G})?(?:{_EARLY}{_HYPHEN})?(?P<or_n>1[0-9]|2[0-1])(?:th|st){_HYPHEN}century)
    | (?P<decade>(?:the{_G})?(?:{_EARLY}{_HYPHEN})?['’‘](?P<de_y>[1-9]0)s)
    | (?P<years>(?<![-–/.,:#$£€])(?P<ys_a>(?:19|20)[0-9]{{2}})[-–/]
        (?P<ys_b>(?:(?:19|20)[0-9]{{2}})|[0-9]{{2}})(?![-–/.,:]?[0-9]))
    | (?P<year>(?<![-–/.,:#$£€])(?:{_EARLY}[-\u2010\u2011]?{_G}?)?(?P<ye_y>(?:19|20)[0-9]{{2}})
        (?![-–/,:.][0-9]|[ ]?%|[-–](?:[a-z]{{2}}|[0-9])))
    ){EDGE_AFTER}
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)

_WINDOW: Final = 160  # code points of context on either side; keeps the whole linear
_BREAK_LEFT: Final = re.compile(r"[\n\r;:—“”\"]|[.!?][\"”’)]?\s+(?=[\"“‘(]?[A-Z])")
_BREAK_RIGHT: Final = re.compile(r"[\n\r;:—“”\"]|[.!?](?:\s|$)")


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(words.split())


_MONTH_HEADS: Final = word_set(
    """in by since until till before after during from through on last next this early late mid between of to and or as
    for at a an the every each around about its their his her our earlier later starting beginning ending back
    over"""
)
_NOT_NAMES: Final = _MONTH_HEADS | word_set("but when while with both said") | frozenset(DAYS)
_SEASON_HEADS: Final = word_set("in by since until before after during through over for throughout")
_COUNTED: Final = re.compile(
    r"[ \u00a0](?:people|men|women|children|troops|soldiers|miles|kilomet|km|dollars|euros|pounds|jobs|homes|houses"
    r"|deaths|cases|votes|members|workers|students|feet|meters|metres|square|tons|tonnes|mg|hours|hrs|gmt|days|rpm|calories"
    r"|words|employees|others|points)",
    re.IGNORECASE,
)
_YEAR_NOUNS: Final = re.compile(
    r"\s(?:fiscal|presidential|general|election|campaign|census|season|olympic|budget|recount)", re.IGNORECASE
)
_COUNTS: Final = re.compile(
    r"(?:\b(?:about|around|nearly|almost|roughly|approximately|least|most|over|than|some|no\.|number|route|highway|room"
    r"|flight|page|boeing|windows|channel|interstate|area)|[-+])\s?$",
    re.IGNORECASE,
)
_NAMED_DAY: Final = re.compile(
    r"(?:\b(?:Black|Good|Super|Ash|Bloody|Palm|Cyber|Giving|Holy|Fat|Maundy|Shrove|Ruby|Mega|Casual)|\bMail on)\s$"
)
_AFTER_NAMED_DAY: Final = re.compile(
    r"\s(?:Times|Telegraph|Express|Mirror|Mail|Herald|Independent|Sport|School|Service|Addams|Review|World|People|Star|Sun"
    r"|Business|Life|(?:Night|Morning) (?:Live|Football|Futures)|Assembly|Show|Best|Politics|Supplement|the 13th)\b"
)
_SHOW: Final = re.compile(r"\s?[”\"'’]?\s(?:show|programme)\b", re.IGNORECASE)
_PROGRAMME: Final = re.compile(r"[“\"'‘]Fox News\s$")
_BEFORE: Final = re.compile(r"([^\W\d_][\w.’'-]*)\s$")
AFTER: Final = re.compile(r"\s([^\W\d_][\w’'-]*)")
_MODAL_MAY: Final = re.compile(r"\s(?:be|have|not|also|well|never|yet|still|only|even|soon)\b")
_PERSON_MAY: Final = re.compile(
    r"\b(?:Theresa|Mrs\.?|Ms\.?|Mr\.?|Minister|Brian|Elaine|Lady|Lord)\s+May\b|\bMay\s+(?:said|told|has|had|was|is)\b"
)
_BLANK: Final = re.compile(r"\s+")


@dataclass(slots=True)
class Found:
    """One simple expression: ``kind`` and ``parts`` are the name and the named groups of its pattern."""

    start: int
    end: int
    kind: str
    parts: dict[str, str] = field(default_factory=dict)
    value: str | None = None  # of a date that carries its year


class Page:
    """What is asked of the text as a whole, found once."""

    def __init__(self, text: str) -> None:
        """Read ``text`` once."""
        self.text = text
        self.has_capitals = text != text.lower()
        self.may_is_a_name = bool(_PERSON_MAY.search(text))
        self._opened, self._closed = _quoted(text)

    def quoted(self, at: int) -> bool:
        """Whether position ``at`` lies between quotation marks."""
        index = bisect_right(self._opened, at) - 1
        return index >= 0 and at < self._closed[index]

    def left(self, at: int) -> str:
        """The words before ``at`` in the same clause, as far as the window reaches."""
        window = self.text[max(0, at - _WINDOW) : at]
        cut = 0
        for match in _BREAK_LEFT.finditer(window):
            cut = match.end()
        return window[cut:]

    def right(self, at: int) -> str:
        """The words from ``at`` in the same clause, as far as the window reaches."""
        window = self.text[at : at + _WINDOW]
        match = _BREAK_RIGHT.search(window)
        return window[: match.start()] if match else window


def _quoted(text: str) -> tuple[list[int], list[int]]:
    """Where quotations open and close; a paragraph's end closes one."""
    opened: list[int] = []
    closed: list[int] = []
    start = -1
    for match in re.finditer(r"[“”\"\n\r]", text):
        mark = match.group()
        if start < 0:
            if mark in '“"':
                start = match.start()
        elif mark == "“":
            start = match.start()
        else:
            opened.append(start)
            closed.append(match.start())
            start = -1
    return opened, closed


def scan(text: str, start: int, end: int) -> list[Found]:
    """Simple expressions in ``[start, end)``, in order; where two overlap, the longer one."""
    dated = absolute_dates(text, Span(start, end))
    out: list[Found] = []
    next_dated, at = 0, start
    while match := _EXPRESSION.search(text, at, end):
        at = match.end()
        while next_dated < len(dated) and dated[next_dated][0].end <= match.start():
            span, value = dated[next_dated]
            out.append(Found(span.start, span.end, "absolute", value=value))
            next_dated += 1
        if next_dated < len(dated) and dated[next_dated][0].start < match.end():
            span = dated[next_dated][0]
            if match.end() - match.start() <= span.end - span.start:
                at = max(at, span.end)
                continue
            next_dated += 1
        parts = {name: part for name, part in match.groupdict().items() if part is not None}
        out.append(Found(match.start(), match.end(), match.lastgroup or "", parts))
    out.extend(Found(span.start, span.end, "absolute", value=value) for span, value in dated[next_dated:])
    return out


def plain(text: str) -> str:
    """The words in small letters, with single spaces and plain hyphens."""
    return _BLANK.sub(" ", text.casefold().replace("\u2010", "-").replace("\u2011", "-"))


def is_time(page: Page, item: Found) -> bool:
    """Whether the words mean a time here: not a name, a verb, a newspaper or a count."""
    text, kind, parts = page.text, item.kind, item.parts
    before = text[max(0, item.start - 30) : item.start]
    after = text[item.end : item.end + 30]
    if kind in {"monthday", "month"}:
        name = parts.get("md_m") or parts.get("dm_m") or parts["mo_m"]
        if page.has_capitals and name[0].islower():
            return False
        if kind == "monthday":
            return not ("dm_m" in parts and name == "May" and _MODAL_MAY.match(after))
        return _is_month(page, item, name, before, after)
    if kind == "season":
        return _is_season(text, item, before, after)
    if kind == "weekday":
        if page.has_capitals and parts["wd_d"][0].islower():
            return False
        named = text.find(parts["wd_d"], item.start) + len(parts["wd_d"])  # "Saturday" of "Saturday Night Live"
        return not (_NAMED_DAY.search(before) or _AFTER_NAMED_DAY.match(text, named) or _PROGRAMME.search(before))
    if kind in {"day", "unit"} and page.has_capitals:
        return not _is_title(text, item, before)
    if kind == "stretch":
        return "st_n" in parts or parts["st_u"].casefold() not in {"minute", "hour", "day", "night", "quarter"}
    if kind == "clock" and text[item.start : item.end].casefold()[:4] in {"noon", "midn"}:
        return bool(re.search(r"\b(?:at|by|before|after|until|around|about|since|from)\s$", before, re.IGNORECASE))
    if kind == "year":
        return _is_year(parts["ye_y"], item, text, before, after)
    if kind == "years":
        last = parts["ys_b"] if len(parts["ys_b"]) == 4 else parts["ys_a"][:2] + parts["ys_b"]
        return parts["ys_a"] < last and not _COUNTED.match(after)
    return True


def _is_month(page: Page, item: Found, name: str, before: str, after: str) -> bool:
    if len(page.text[item.start : item.end]) > len(name):  # "early May", "last May", "May this year"
        return True
    previous, following = _BEFORE.search(before), AFTER.match(after)
    head = previous[1].casefold() in _MONTH_HEADS if previous else False
    if name == "May" and (not head or _MODAL_MAY.match(after)):
        return False
    if name == "May" and page.may_is_a_name and previous and previous[1].casefold() not in {"in", "since", "until"}:
        return False
    if previous and previous[1][0].isupper() and previous[1].casefold() not in _NOT_NAMES:
        return not page.has_capitals  # "Theresa May", "April" after another name; a comma would part them
    if following and following[1][0].isupper() and not head and page.has_capitals:
        return False  # "April Ryan"
    if name == "March" and re.match(r"\s(?:for|on|of|to)\s[A-Z]", after):
        return head and previous is not None and previous[1].casefold() not in {"the", "a", "its", "their", "this"}
    return True


def _is_season(text: str, item: Found, before: str, after: str) -> bool:
    whole = plain(text[item.start : item.end])
    name = item.parts["se_s"]
    previous = _BEFORE.search(before)
    head = previous[1].casefold() in _SEASON_HEADS if previous else False
    if whole.startswith("the ") and whole.count(" ") == 1:
        if not head or name[0].isupper():
            return False
        return not (name == "fall" and re.match(r"\s(?:of|from|in|into|out)\b", after))
    if " " in whole or "-" in whole:
        return True
    return head and name[0].islower() and not re.match(r"\s[a-z]", after)


def _is_title(text: str, item: Found, before: str) -> bool:
    """Whether it is written like a name: "This Week", "USA Today", "The Tonight Show"."""
    form = text[item.start : item.end]
    last = re.split(r"\s", form)[-1]
    if _SHOW.match(text, item.end) or re.search(r"\bUSA\s$", before):
        return True
    if form.isupper() or last[0].islower():
        return False
    if last != form:
        return True
    opening = before.rstrip(" \u00a0")
    return bool(opening) and opening[-1] not in ".!?:“”\"‘’'—–-\n\r([•*|"


def _is_year(year: str, item: Found, text: str, before: str, after: str) -> bool:
    if item.end - item.start > len(year):
        return True
    if _COUNTED.match(after) or _COUNTS.search(before) or year > "2049":
        return False
    if _YEAR_NOUNS.match(after):
        return True
    return not year.endswith("00") or bool(re.search(r"\b(?:in|since|of|by|until|from|year)\s$", before, re.IGNORECASE))
