"""Cuts the words of a source to the source itself: no preposition before it, no time or dash after it.

Takes a text and a span as a tagger gives it, gives the span that is left; the same where there is nothing to cut.
"""

import re

from headwater.model import Span

_BEFORE = re.compile(
    r"[\s,;:(\[“\"]*(?:(?:and|but|as|while|when|after)\s+)?(?:(?:by|from|with|to|than|of|via)\s+(?=\S)"
    r"|(?:whom|that|which|what)\s+(?=(?:the|an?|his|her|their|its|some|many|most|several|[a-z]+\s[a-z]+s)\b|[A-Z]))"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|afternoon|evening|night))?"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DAY_OR_MONTH = rf"(?:{_WEEKDAY}|{_MONTH})\b"
_LATELY = r"(?:last|this|earlier this|late last)\s(?:week|month|year|spring|summer|autumn|fall|winter)|yesterday"
#: After a participle the time belongs to it ("released on Friday"); a capital may make a name of a day ("Ada Sunday").
_TIME_AFTER = re.compile(
    rf"(?<!ed)(?<!until)(?<!since)[\s,]+(?:on\s(?:{_WEEKDAY}|{_MONTH}\s\d{{1,2}})|{_LATELY})[\s,]*$"
    rf"|(?<=\s)(?!(?:on|of|in|at|since|until|by)\s|\w+ed\s)[a-z]\w*(?P<day>\s{_WEEKDAY}[\s,]*)$"
)
_LOOSE_AFTER = re.compile(r"(?<=\w)[\s,]+(?:for|on|in|at|to|of|and|or|but|with|by|as|from|including|itself)[\s,]*$")
_DASH = re.compile(r"\s*(?:[\u2013\u2014\u2015]|--)\s*(?=\S)")
#: "A video surfaced", "the indictment released early": that it came out is no part of a paper's name.
_PAPER_APPEARED = re.compile(
    r"\b(?P<paper>(?:video|clip|tape|recording|memo|letter|email|report|indictment|document|poll|study|post)s?)"
    r"\s(?:surfaced|circulated|circulating|emerged|appeared|leaked|released|published|unsealed|posted|issued)"
    r"(?:\s(?:early|late|earlier|online))?$"
)
_ON = re.compile(r"(?P<who>[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3})\son\s[A-Z].*", re.DOTALL)
_HEADING = re.compile(r"[^\n.:]{0,60}:\s*[‘“\"'\n]")
_NAME_ALONE = re.compile(r"\s*(?:[A-Z][\w.’'-]*\s?){1,6}")


def to_source(text: str, span: Span) -> Span:
    """The span without what led up to the source and what only follows it.

    Args:
        text: the article.
        span: the words that a tagger marked as a source, not empty.
    """
    start, end = span.start, span.end
    before = _BEFORE.match(text, start, end)
    if before and before.end() < end and not text[start].isupper():
        start = before.end()
    dash = _DASH.search(text, start, end)
    if dash and _NAME_ALONE.fullmatch(text, start, dash.start()):
        end = dash.start()  # "Roe ― who kept the lock for years"
    on = _ON.fullmatch(text, start, end)
    if on and _HEADING.match(text, end):
        end = on.end("who")  # a heading: "Quill on the Lock: …"
    accusers = text[max(0, start - 11) : start] == "accused by "
    of = text.find(" of ", start, end) if accusers else -1
    end = of if of > start else end
    for after in (_TIME_AFTER, _LOOSE_AFTER, _TIME_AFTER):
        cut = after.search(text, max(start, end - 60), end)
        if cut and cut.start() - start >= 2:
            end = cut.start("day") if cut.re is _TIME_AFTER and cut["day"] else cut.start()
    shown = _PAPER_APPEARED.search(text, start, end)
    end = shown.end("paper") if shown else end
    while end > start and text[end - 1] in " ,;\n\t":
        end -= 1
    return Span(start, end) if start < end else span
