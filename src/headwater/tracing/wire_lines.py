"""Lines at an article's head and foot in which an agency's text shows: slugs, desks, inputs, who reported and edited.

Takes an article and the pattern of agencies' names; gives names as written with their spans. Only whole lines and ends
of lines count, near the beginning or the end: that a sentence mentions an agency says nothing of whose text it is.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from headwater.model import Article, Span

_HEAD_LINES: Final = 12
_FOOT_LINES: Final = 8
_LONGEST: Final = 260  # code points of a line that can be a credit
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_PERSON: Final = r"[^\W\d_a-z][\w.’'-]{0,24}(?:[ ][^\W\d_a-z][\w.’'-]{0,24}){0,3}"
_PEOPLE: Final = rf"{_PERSON}(?:(?:,[ ]|,?[ ](?:and|&)[ ]){_PERSON}){{0,9}}"
#: Services that send out what companies say of themselves.
RELEASE_WIRES: Final = {
    "PR Newswire": ("PRNewswire", "PR Newswire", "PRNEWSWIRE", "CNW", "Canada Newswire"),
    "GlobeNewswire": ("GlobeNewswire", "GLOBE NEWSWIRE", "Globe Newswire"),
    "Business Wire": ("BUSINESS WIRE", "Business Wire", "BusinessWire"),
    "Accesswire": ("ACCESSWIRE", "Accesswire", "ACCESS Newswire"),
    "EIN Presswire": ("EINPresswire.com", "EIN Presswire", "EINPresswire"),
    "Newsfile": ("Newsfile Corp.", "Newsfile"),
    "Marketwired": ("Marketwired", "Marketwire"),
}
_RELEASE: Final = "|".join(re.escape(form) for forms in RELEASE_WIRES.values() for form in forms)
_SENT_OUT: Final = re.compile(
    rf"^[^\n]{{0,90}}?(?:/(?P<slashed>{_RELEASE})(?:[-–][\w ]{{1,30}})?/"
    rf"|\((?P<name>{_RELEASE})(?:[ ]via[^)]{{1,40}})?\))[ ]{{0,2}}[-–—]{{1,3}}",
    re.MULTILINE,
)
_ISSUER: Final = re.compile(r"^[ \t]*SOURCE:?[ ](?P<name>[^\W_][^\n]{1,80}?)[ \t.]*$", re.MULTILINE)
_SENT_WITHIN: Final = 6000  # code points in which the mark of such a service is looked for
#: Furniture that is the article's own: the line with place and date may be marked as such.
_OWN_LINES: Final = frozenset({"date_line", "other"})
_TICKER: Final = (
    r"[ ]\((?:NYSE|NASDAQ|Nasdaq|NasdaqGS|NasdaqCM|LSE|AIM|TSX|TSXV|TSX-V|OTC\w*|CSE|ASX|FSE|FRA)\b[^()\n]{2,80}\)"
)
_COMPANY: Final = r"[^\W\d_a-z][\w&.'’-]{0,30}(?:,?[ ](?:(?:of|the|and|de|&)[ ])?[^\W\d_a-z][\w&.'’-]{0,30}){0,6}"
#: "Ardent Tidal Corp. (NYSE: ARD), a maker of turbines, today announced": the subject of a release's first sentence.
_ANNOUNCED: Final = re.compile(
    rf"\s*(?P<name>{_COMPANY})(?:{_TICKER})?(?:,[ ][^.\n]{{3,200}}?,)?[ ](?:has[ ]|have[ ])?"
    r"(?:today[ ](?:has[ ])?(?:announc|report|releas|unveil|launch|introduc|publish)\w{1,3}\b"
    r"|(?:announc|report|releas|unveil|launch|introduc|publish)\w{1,3}[ ](?:today|that)\b)"
)
_REUTERS: Final = re.compile(
    rf"[ \t]*\((?P<name>(?:Additional reporting|Reporting)[ ]by[ ]{_PEOPLE}[^\n;]{{0,60}}"
    rf"(?:;[^\n;]{{3,90}})?;[ ](?:Writing[ ]by[^\n;]{{3,60}};[ ])?[Ee]diting[ ]by[ ]{_PEOPLE})[^\n]{{0,30}}\)[ \t.]*"
)
_PRINCIPLES: Final = re.compile(r"Our Standards: The (?P<name>Thomson Reuters) Trust Principles")
_UNNAMED: Final = re.compile(
    r"[ \t(*•⦁—–-]*(?P<what>(?:(?:by|from)[ ])?(?:(?:[\w’']+[ ])?staff(?:[ ]reports?)?(?:[ ]and[ ]|/))?(?:the[ ])?"
    r"(?:wires?|wire[ ](?:services?|reports?)|news[ ](?:agencies|services)|(?:news[ ])?agencies"
    r"|with[ ](?:agency[ ](?:inputs?|reports?)|(?:inputs?|reports?)[ ]from[ ](?:the[ ])?(?:news[ ])?agencies)"
    r"|compiled[ ]from[ ](?:wire|agency)[ ](?:reports|services)"
    r"|this[ ](?:report|story|article)[ ]is[ ]based[ ](?:in[ ]part[ ])?on[ ](?:wire|news)[ ]"
    r"(?:service|agency)[ ]reports"
    r"|sources?:[ ][\w’' ,]{2,40}[ ]and[ ](?:news[ ])?agencies)"
    r"(?:[ ]contributed[ ]to[ ]this[ ](?:report|story|article))?)[ \t).*]*",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _patterns(
    agency: str,
) -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """What is looked for in lines of the head and of the foot; at the very end, and a name in a list of names."""
    by, who = "(?:from|by)[ ]", "(?:writer|reporter|correspondent)"
    this = r"[•⦁*( \t]*This[ ](?:report|story|article)[ ]"
    between = r"(?:[ ]?/[ ]?|,[ ]|,?[ ](?:and|&)[ ])"
    listed = rf"(?:(?:[Tt]he[ ])?(?:{agency}|[A-Z]{{2,6}}|(?:news[ ])?agencies)(?:{between})?){{1,6}}"
    head = (
        rf"[A-Z][^\n()/]{{2,60}}[ ]/(?P<name>{agency})/",
        rf"[A-Z][\w.’' \[\]-]{{2,50}},[ ]{_MONTH}[ ]\d{{1,2}}[ ]\((?P<name>{agency})\)[:.]?[ ]",
        rf"(?P<name>{agency})[ ]in[ ]{_PERSON}(?:,[ ]{_PERSON})?\s*$",
        rf"{_PEOPLE},[ ](?P<name>{agency})\s*$",
        rf"{_PERSON}[ ]\((?P<name>{agency})\)\s*$",
    )
    foot = (
        rf"[-–—]{{1,2}}[ ]?(?P<name>{agency})\s*$",
        rf"\((?:[Ww]ith[ ])?(?P<list>{listed})\)\s*$",
        rf"(?:[a-z]{{1,4}}/[a-z]{{1,4}}[ ])?\(?(?P<list>(?:{agency}|[A-Z]{{2,6}}){between}{listed})\)?\s*$",
        rf"[Ss](?:ource|OURCE)s?:[ ](?P<list>{listed})[.]?\s*$",
        rf"\(?[Ww]ith[ ](?:additional[ ])?(?:inputs?|report(?:s|ing)?|files)[ ]{by}(?P<list>{listed})[).]*\s*$",
        rf"{this}(?:contains|includes|uses)[ ](?:material|information|reporting)[ ]{by}(?P<list>{listed})[).]*\s*$",
        rf"{this}was[ ](?:reported|written|provided|produced|supplied)[ ]{by}(?P<list>{listed})[).]*\s*$",
        rf"(?:The )?(?P<name>{agency})[ ]contributed[ ]reporting\b",
        rf"[•⦁* ]*(?P<name>{agency})[ ](?:[\w-]{{2,20}}[ ]){{0,3}}{who}s?[ ].{{2,220}}[ ]contributed\b",
        rf"\(?Compiled[ ](?:from|by)[ ](?P<list>{listed})(?:[ ](?:reports|dispatches))?[).]*\s*$",
        rf"[^\n]{{0,160}}[Aa]dditional reporting (?:by|from) (?P<list>{listed})[).]*\s*$",
        r"[Tt]he-(?P<name>CNN-Wire)\s*$",
        r"[^\n]{0,20}©[ ](?:19|20)\d\d[ ](?P<name>Cable News Network)\b",
        r"[^\n]{0,160}\b[Dd]istributed by (?P<name>Tribune Content Agency|Tribune News Service)\b",
    )
    return (
        tuple(re.compile(one) for one in head),
        tuple(re.compile(one) for one in foot),
        (
            # in mid-text the same mark credits an extract that is quoted
            re.compile(rf"[^\n]*[.!?]['\"’”]?[ ](?:\((?P<name>{agency})\)|[-–—]{{1,2}}[ ]?(?P<dashed>{agency}))\s*$"),
            re.compile(rf"(?<![\w/-])(?P<name>{agency})|(?<=/)(?P<after>{agency})"),
        ),
    )


def wire_names(article: Article, agency: str) -> Iterator[tuple[str, Span]]:
    """Names of agencies as lines of the head and foot bear them, in no order; some may be named twice.

    Args:
        article: as cleaned or not; whoever uses a name looks whether it stands in a caption or a link.
        agency: a pattern of the agencies' names and marks.
    """
    text = article.text
    head, foot, (closing, one) = _patterns(agency)
    lines = _lines(text)
    for line in lines[:_HEAD_LINES]:
        for pattern in head:
            if match := pattern.match(text, line.start, line.end):
                yield match["name"], Span(*match.span("name"))
    if sent := _SENT_OUT.search(text, 0, lines[_HEAD_LINES - 1].end if len(lines) >= _HEAD_LINES else len(text)):
        group = "name" if sent["name"] else "slashed"
        yield sent[group], Span(*sent.span(group))
    for line in lines[-_FOOT_LINES:]:
        for pattern in foot:
            if not (match := pattern.match(text, line.start, line.end)):
                continue
            groups = match.groupdict()
            if groups.get("list"):
                for name in one.finditer(text, *match.span("list")):
                    yield name.group(), Span(*name.span())
            else:
                yield match["name"], Span(*match.span("name"))
        # in brackets the form is that agency's house style, whoever prints it
        if reported := _REUTERS.fullmatch(text, line.start, line.end):
            yield "Reuters", Span(*reported.span("name"))
        if principles := _PRINCIPLES.search(text, line.start, line.end):
            yield "Reuters", Span(*principles.span("name"))
    if lines and (closed := closing.match(text, lines[-1].start, lines[-1].end)):
        group = "name" if closed["name"] else "dashed"
        yield closed[group], Span(*closed.span(group))


def unnamed_wires(article: Article) -> tuple[Span, ...]:
    """Where an article says that its text is, or draws on, that of agencies it does not name.

    "From wire reports", "Staff and wires", "With inputs from agencies": whose text it is stays unknown, and such an
    article is no origin of its own for certain.
    """
    lines = _lines(article.text)
    found = set()
    for line in (*lines[:_HEAD_LINES], *lines[-_FOOT_LINES:]):
        if match := _UNNAMED.fullmatch(article.text, line.start, line.end):
            found.add(Span(*match.span("what")))
    return tuple(sorted(found))


class Release(NamedTuple):
    """A press release in an article.

    ``issuer`` is who issued it, None where only the service that sent it out is named; ``span`` the words that say so,
    ``start`` the code point from which on the text is the release's. ``says`` is the place line and, where the release
    begins so, who announces something in it: whom a reader finds there to speak is the issuer.
    """

    issuer: str | None
    span: Span
    start: int
    says: Span


def press_release(article: Article) -> Release | None:
    """The release that an article prints; None where it shows no mark of a service that sends out releases.

    Its issuer is the name after "SOURCE" at the foot, or the company with which the release begins and that announces
    something. A release is a document of its issuer, not a report. A mark in what is furniture is another text's.
    """
    text = article.text
    sent = next((m for m in _SENT_OUT.finditer(text, 0, _SENT_WITHIN) if not _lies_in(article, m.start())), None)
    if not sent:
        return None
    announced = _ANNOUNCED.match(text, sent.end())
    says = Span(sent.start(), announced.end() if announced else sent.end())
    issuers = list(_ISSUER.finditer(text, sent.end()))
    if issuers:
        return Release(issuers[-1]["name"].strip(), Span(*issuers[-1].span("name")), sent.end(), says)
    if announced:
        return Release(announced["name"], Span(*announced.span("name")), sent.end(), says)
    group = "name" if sent["name"] else "slashed"
    return Release(None, Span(*sent.span(group)), sent.end(), says)


def _lies_in(article: Article, at: int) -> bool:
    return any(one.start <= at < one.end and one.kind not in _OWN_LINES for one in article.furniture)


def _lines(text: str) -> list[Span]:
    """The lines that hold something; of a long line its beginning and its end, as lines of their own."""
    out = []
    for match in re.finditer(r"[^\r\n]*\S[^\r\n]*", text):
        start, end = match.span()
        start += len(match.group()) - len(match.group().lstrip())
        if end - start <= _LONGEST:
            out.append(Span(start, end))
        else:
            out += [Span(start, start + _LONGEST // 2), Span(end - _LONGEST // 2, end)]
    return out
