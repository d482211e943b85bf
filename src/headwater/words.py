"""What every stage means by a word, a sentence and a paragraph, each with its place in the text.

Takes text, gives spans in code points; changes nothing. Sentences end at a full stop that is not an abbreviation's,
take their closing marks along, and never cross a paragraph. Rules after Kiss and Strunk's account of what makes a
full stop ambiguous (Computational Linguistics 32:4, 2006), with the abbreviations of English news.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from headwater.model import Span

OPENING_MARKS = "“‘«„‹\"'`"
CLOSING_MARKS = "”’»›\"'`)]}"

#: One word: letters and digits with what joins them, a number with its signs, letters with full stops (U.S.).
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W_]+(?:[-'’‑][^\W_]+)*")
_END = re.compile(r"[.!?…]+")
_LINE_END = re.compile(r"\r\n|[\r\n\u2028\v\f\x85]|\u2029")
_TOKEN = re.compile(r"([^\W\d_]\.)*[^\W_]+$")
_BREAK = re.compile(r"[\r\n\u2028\u2029\v\f\x85]+[ \t\r\n\u2028\u2029\v\f\x85\u00a0]*")
#: Forms that take a full stop as abbreviations in English news, folded and without it.
ABBREVIATIONS = frozenset(
    """adm amb assn attn ave bros brig capt cllr cmdr co col corp cpl dept dr ed esq est etc fig fr ft gen gov hon inc
    insp jr lt ltd maj messrs mr mrs ms mt no nos pres prof pvt rep reps ret rev sen sens sgt spc sr st supt treas univ
    v vol vs jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun ala ariz ark
    calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash
    wis wyo approx ca cf eg ie al viz""".split()
)
_LOWER_ABBREVIATIONS = frozenset("al approx ca cf etc no nos v vs".split())  # so also without a capital
#: Abbreviations that often end a sentence, or that are words besides: a usual first word after them begins a new one.
_MAY_END = frozenset("co corp etc inc jr ltd sr ark del ill ind la mar mass miss mo ore pa sat sun wash".split())
_BEFORE_FIGURES = frozenset("no nos".split())
#: Usual first words of a sentence.
_STARTERS = frozenset(
    """a according after all also although an and as asked at before both but by dr earlier for from he her here
    his how however i if in it its last later many meanwhile most mr mrs ms my no not now officials on one or
    our police several she since so some still that the their then there these they this those though three to
    two we what when where while who why with yet you""".split()
)
_TITLES = frozenset("mr mrs ms dr".split())
_NAMED_SPEAKER = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Gov|Sen|Rep|Prof)\.? )?[^\W\d_a-z][\w.’'-]{0,30}(?: [^\W\d_a-z][\w.’'-]{0,30}){0,3} "
    r"(?:said|says|asked|asks|wrote|writes|added|adds|told|cried|shouted|replied|wondered|quipped|tweeted|posted)\b"
)


class Word(NamedTuple):
    """A word with its place: ``key`` is its form for comparing (lower case, straight apostrophe, no possessive)."""

    start: int
    end: int
    key: str


def key_of(form: str) -> str:
    """The form in which words are compared: folded case, straight apostrophe, no possessive, no abbreviation dots."""
    key = form.casefold().replace("’", "'").replace("‑", "-")
    if key.endswith("'s"):
        key = key[:-2]
    return key.replace(".", "") if key[:1].isalpha() else key


def words(text: str, span: Span | None = None) -> list[Word]:
    """The words of ``text`` (or of ``span`` in it), in order; places count in ``text``."""
    start, end = (span.start, span.end) if span else (0, len(text))
    return [Word(m.start(), m.end(), key_of(m.group())) for m in WORD.finditer(text, start, end)]


def count_words(text: str, leave_out: Sequence[Span] = ()) -> int:
    """How many words stand outside ``leave_out``."""
    return sum(len(WORD.findall(text, part.start, part.end)) for part in outside(len(text), leave_out))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same places as few spans: sorted, with overlapping and touching ones joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.end > span.start:
            out.append(span)
    return out


def outside(length: int, spans: Iterable[Span]) -> list[Span]:
    """What ``spans`` leave of a text of ``length`` code points, in order."""
    out, at = [], 0
    for span in merged(spans):
        start = min(span.start, length)
        if start > at:
            out.append(Span(at, start))
        at = max(at, span.end)
    if at < length:
        out.append(Span(at, length))
    return out


def trimmed(text: str, span: Span, marks: str = "") -> Span:
    """The span without white space (and characters of ``marks``) at its ends; may be empty."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in marks):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    return Span(start, end)


def paragraphs(text: str, leave_out: Iterable[Span] = ()) -> list[Span]:
    """Paragraphs outside ``leave_out``, trimmed, none empty.

    A line break ends a paragraph, unless the line stops in mid-sentence and the next begins with a small letter
    (hard-wrapped text).
    """
    out: list[Span] = []
    for part in outside(len(text), leave_out):
        at = line = part.start
        for match in _BREAK.finditer(text, part.start, part.end):
            last = text[line : match.start()].rstrip()[-1:]  # of this line alone: long paragraphs stay linear
            line = match.end()
            after = text[line : line + 1] if line < part.end else ""
            blank = len(_LINE_END.findall(match.group())) > 1
            if not blank and last and last not in '.!?…:"”’»)' and after.islower():
                continue
            span = trimmed(text, Span(at, match.start()))
            if span.end > span.start:
                out.append(span)
            at = line
        span = trimmed(text, Span(at, part.end))
        if span.end > span.start:
            out.append(span)
    return out


def _ends_sentence(text: str, stop: re.Match[str], close: int, end: int, start: int) -> bool:
    """Whether the stop, closed at ``close``, ends a sentence of the paragraph whose sentence begins at ``start``."""
    after = close
    while after < end and text[after].isspace():
        after += 1
    if after >= end:
        return True
    if after == close:
        return False  # nothing between the stop and the next character: "3.5", "example.org"
    opened = after
    while opened < end and text[opened] in OPENING_MARKS + "([":
        opened += 1
    first = text[opened] if opened < end else text[after]
    if first.islower():
        return False
    follow = WORD.match(text, opened, min(end, opened + 64))
    next_key = key_of(follow.group()) if follow else ""
    if close > stop.end() and stop.group()[-1] in "!?" and opened == after:  # "“Who knew?” Ruan asked."
        return (next_key in _STARTERS and next_key not in _TITLES) or not _NAMED_SPEAKER.match(text, opened, end)
    if stop.group() != "." or close > stop.end():
        return True
    before = _TOKEN.search(text[max(start, stop.start() - 24) : stop.start()])
    if not before:
        return True
    token = before.group()
    starter = next_key in _STARTERS
    if "." in token:  # "U.S." before a capital: the end only when a usual first word follows
        return starter and first.isupper()
    if len(token) == 1 and token.isalpha() and token.isupper():  # an initial
        return False
    low = token.casefold()
    if low in _BEFORE_FIGURES:
        return not first.isdigit()
    if low in ABBREVIATIONS and (token[0].isupper() or low in _LOWER_ABBREVIATIONS):
        return starter and low in _MAY_END
    return True


def sentences(text: str, leave_out: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Sentences outside ``leave_out``, in order, trimmed; closing quotation marks stay with their sentence."""
    out: list[Span] = []
    for paragraph in paragraphs(text, leave_out):
        start, end = paragraph.start, paragraph.end
        at = start
        while stop := _END.search(text, at, end):
            close = stop.end()
            while close < end and text[close] in CLOSING_MARKS:
                close += 1  # a straight mark after white space opens the next sentence; one that touches the stop, not
            at = close
            if _ends_sentence(text, stop, close, end, start):
                span = trimmed(text, Span(start, close))
                if span.end > span.start:
                    out.append(span)
                start = close
        span = trimmed(text, Span(start, end))
        if span.end > span.start:
            out.append(span)
    return tuple(out)


def holding(spans: Sequence[Span], at: int) -> int:
    """The index of the span that holds position ``at``, or -1; ``spans`` are in order and apart."""
    index = bisect_left(spans, at, key=lambda s: s.end - 1)
    return index if index < len(spans) and spans[index].start <= at < spans[index].end else -1


def covering(spans: Sequence[Span], part: Span) -> tuple[int, int]:
    """The indices of the spans in which a part begins and ends; the nearest where it lies between.

    Args:
        spans: in order and apart; at least one.
        part: what they are to cover.
    """
    first = bisect_left(spans, part.start + 1, key=lambda s: s.end)
    last = bisect_left(spans, part.end, key=lambda s: s.end)
    return min(first, len(spans) - 1), min(last, len(spans) - 1)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word in small letters (Porter's second algorithm for English, as Snowball has it)."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
