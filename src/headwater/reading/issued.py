"""Words quoted from a paper that another handed on: they are whoever issued it, not whoever forwarded it.

Takes what a tagger marked with the names and quotations of the article; "The Post said that the palace forwarded a
statement Quill issued: “…”" gives the quoted words to Quill, by way of the Post, and leaves the Post the rest.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from headwater.model import Entity, Span
from headwater.reading import marks
from headwater.reading.tagger import Tagged
from headwater.words import holding

_PAPER = r"(?:statement|letter|memo|e-?mail|message|note|release|tweet|post|affidavit)"
_ISSUED = r"(?:issued|released|made|gave|sent|wrote|published|posted|provided|put out|read)"
_WHO = "\x00"  # stands for a name where the words around names are compared
#: What leads from a paper and a name to the opening quotation mark; nobody else stands between.
_LEADS = re.compile(
    rf"\b(?P<paper>{_PAPER})\s+(?:(?:(?:that|which)\s+)?{_WHO}\s+(?:(?:has|had)\s+)?{_ISSUED}\b"
    rf"|(?:from|by|issued by|released by|attributed to|written by|signed by)\s+{_WHO})"
    rf"(?:[^{_WHO}“”\".;]{{0,60}}(?::|\b(?:said|says|saying|wrote|read|reads|reading|stating|declaring),?))?[\s,“\"‘]*$"
)
_SPEAKERS = frozenset({"person", "organisation"})
_NOUN_PHRASE = re.compile(r"\b(?:an?|the|his|her|its|their)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_REACH = 220  # code points before a quotation that are read
_LEAST = 3  # words of a quotation that are somebody's statement


def from_papers(
    text: str,
    sentences: Sequence[Span],
    entities: Iterable[Entity],
    quoted: Sequence[marks.Quoted],
    attributions: Sequence[Tagged],
) -> tuple[Tagged, ...]:
    """The attributions with quotations from papers given to whoever issued them.

    Args:
        text: the article.
        sentences: its sentences, in order.
        entities: whom it names.
        quoted: its quotations, in order.
        attributions: what a tagger marked.

    Returns:
        The same in the same order; a quotation that is only part of what is said stands once more at the end, as its
        issuer's.
    """
    named = sorted((m.start, m.end, e.id) for e in entities if e.type in _SPEAKERS for m in e.mentions)
    out, more = [], []
    for tagged in attributions:
        kept = tagged
        found = _issuer(text, sentences, named, quoted, tagged) if tagged.content and tagged.source else None
        if found is not None:
            words, issuer, paper = found
            before = _NOUN_PHRASE.search(text[max(0, paper.start - 40) : paper.start])
            lead = Span(
                paper.start - (len(before[0]) if before else 0), words.end
            )  # "a statement from Quill in which she said": no words of anybody's
            rest = tuple(piece for span in tagged.content for piece in _without(text, span, words, lead))
            theirs = tuple(
                Span(max(s.start, words.start), min(s.end, words.end)) for s in tagged.content if s.overlap(words)
            )
            via = (*tagged.via, *tagged.source)
            own = Tagged(content=theirs, cue=(paper,), source=(issuer,), via=via, score=tagged.score)
            if rest:
                kept = replace(tagged, content=rest)
                more.append(own)
            else:
                kept = replace(own, cue=tuple(sorted({*tagged.cue, paper})), follows=None)
        out.append(kept)
    return (*out, *more)


def _issuer(
    text: str,
    sentences: Sequence[Span],
    named: Sequence[tuple[int, int, str]],
    quoted: Sequence[marks.Quoted],
    tagged: Tagged,
) -> tuple[Span, Span, Span] | None:
    """A quotation in what is said, who issued the paper that it is from, and the paper's noun; None without one."""
    first = bisect_left(quoted, tagged.content[0].start - 1, key=lambda q: q.start)
    for quote in quoted[first : first + 4]:
        if quote.start >= tagged.content[-1].end:
            return None
        if not any(s.start <= quote.start + 1 and s.overlap(Span(quote.start, quote.end)) for s in tagged.content):
            continue
        at = holding(sentences, quote.start)
        begin = max(sentences[at].start if at >= 0 else 0, quote.start - _REACH)
        if len(text[quote.start : quote.end].split()) < _LEAST:
            continue
        low, high = bisect_left(named, (begin, 0, "")), bisect_left(named, (quote.start, 0, ""))
        for start, end, entity in reversed(named[low:high]):
            around = text[begin:start] + _WHO + text[end : quote.start]
            leads = _LEADS.search(around)
            if leads is None:
                continue
            issuer = Span(start, end)
            beside = [named[i][2] for s in tagged.source for i in range(*_inside(named, s))]
            if entity in beside or any(issuer.overlap(s) for s in tagged.source):
                return None  # given to whoever issued it
            paper = Span(begin + leads.start("paper"), begin + leads.end("paper"))
            return Span(quote.start, quote.end), issuer, paper
    return None


def _inside(named: Sequence[tuple[int, int, str]], span: Span) -> tuple[int, int]:
    return bisect_left(named, (span.start, 0, "")), bisect_left(named, (span.end, 0, ""))


def _without(text: str, span: Span, words: Span, lead: Span) -> list[Span]:
    """What is left of a span without a quotation and the marks beside it; nothing where it only led up to it."""
    out: list[Span] = []
    for start, end in ((span.start, min(span.end, words.start)), (max(span.start, words.end), span.end)):
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not (text[end - 1].isalnum()):
            end -= 1
        if start < end and not lead.holds(Span(start, end)):
            out.append(Span(start, end))
    return out
