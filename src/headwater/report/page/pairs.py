"""Two articles side by side: the passages they share, joined, with shared words tinted and changed words marked."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import LCSseq

from headwater.model import Derivation, Place, Span
from headwater.report import phrases as said
from headwater.report.page.addresses import Link, pair_key
from headwater.report.page.links import Links
from headwater.report.versions import Told, against, told
from headwater.words import Word, words

#: How many pairs are shown, those that share most of each article first; and how much of each.
MOST_PAIRS = 60
MOST_OF_ONE = 3
MOST_PASSAGES = 12

#: How many words of a passage stand in one row, how many at least where it is cut, and how many rows there are.
MOST_WORDS = 80
FEWEST_WORDS = 40
MOST_ROWS = 40

_OPENING = "“‘\"'([«"
_ALIKE = 0.4  # share of the shorter side's words that two places must share to be one passage


def pairs(links: Links) -> list[dict[str, Any]]:
    """The pairs of articles that share text, with their passages in the order of the later one."""
    view = links.view
    found = [
        d
        for d in view.trace.derivations
        if d.kind in {"copy", "rewrite"} and {d.later, d.earlier} <= view.articles.keys() and d.evidence
    ]
    met: dict[str, int] = {}
    out: list[dict[str, Any]] = []
    for d in sorted(found, key=lambda d: (-(d.share or 0), d.later, d.earlier)):
        if met.get(d.later, 0) >= MOST_OF_ONE or len(out) >= MOST_PAIRS:
            continue
        rows = _rows(links, d)
        if rows:
            met[d.later] = met.get(d.later, 0) + 1
            out.append(_pair(links, d, rows))
    return out


def pair_anchor(links: Links, later: str, earlier: str) -> str:
    """The anchor of a pair, the same whichever way round it is named."""
    return links.addresses.name("pair", pair_key(later, earlier))


def _pair(links: Links, d: Derivation, rows: list[dict[str, Any]]) -> dict[str, Any]:
    share = f"{said.share_words(d.share)} of its words" if d.share is not None else "text"
    which = ", which is earlier in this set" if d.directed else "; which of the two was first cannot be judged"
    key, both = pair_key(d.later, d.earlier), [links.addresses.name("article", end) for end in (d.earlier, d.later)]
    return {
        "id": pair_anchor(links, d.later, d.earlier),
        "ends": frozenset((d.later, d.earlier)),
        "later": links.article(d.later),
        "earlier": links.article(d.earlier),
        "later_id": both[1],
        "earlier_id": both[0],
        "href": links.addresses.to("pair", key),
        "both": links.addresses.to("beside", key, f"beside?left={both[0]}&right={both[1]}"),
        "how": f"{links.view.label(d.later)} shares {share} with {links.view.label(d.earlier)}{which}",
        "lang": (links.lang(d.later), links.lang(d.earlier)),
        "rows": rows,
    }


def _rows(links: Links, d: Derivation) -> list[dict[str, Any]]:
    passages = [(place.article, _told(links, place)) for place in d.evidence]
    later = [passage for article, passage in passages if article == d.later and passage.spans]
    earlier = [passage for article, passage in passages if article == d.earlier and passage.spans]
    rows: list[dict[str, Any]] = []
    for here in sorted(later, key=lambda told: told.spans)[:MOST_PASSAGES]:
        there = max(earlier, key=lambda other: (_alike(here, other), -other.spans[0].start), default=None)
        if there is None or _alike(here, there) < _ALIKE:
            continue
        for own, other in _pieces(links, d.later, here, there):
            rows.append(
                {
                    "later": against(own, other),
                    "earlier": against(other, own),
                    **_ends(
                        later=links.place(d.later, own.spans, traced=True),
                        earlier=links.place(d.earlier, other.spans, traced=True),
                    ),
                }
            )
    return rows[:MOST_ROWS]


def _pieces(links: Links, article: str, here: Told, there: Told) -> list[tuple[Told, Told]]:
    """A passage of two articles; a long one cut where a sentence of ``article`` begins and both have the same word."""
    left, right = words(here.text, here.spans[0]), words(there.text, there.spans[0])
    if len(left) <= MOST_WORDS:
        return [(here, there)]
    same: dict[int, int] = {}
    for op in LCSseq.opcodes([word.key for word in left], [word.key for word in right]):
        if op.tag == "equal":
            same.update(zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True))
    sentences = links.view.sentences_of(article)
    firsts = {bisect_left(left, sentence.start, key=lambda word: word.start) for sentence in sentences}
    cuts = [(0, 0)]
    for at in sorted(firsts & same.keys()):
        if at - cuts[-1][0] >= FEWEST_WORDS and same[at] > cuts[-1][1] and len(left) - at >= FEWEST_WORDS // 2:
            cuts.append((at, same[at]))
    return [
        (told(here.text, [one]), told(there.text, [other]))
        for one, other in zip(
            _between(here, left, [at for at, _ in cuts]), _between(there, right, [at for _, at in cuts]), strict=True
        )
    ]


def _between(passage: Told, found: Sequence[Word], cuts: Sequence[int]) -> list[Span]:
    """The parts of a passage from cut to cut, without white space at their ends; marks open before their word."""
    whole = passage.spans[0]
    places = []
    for at in cuts[1:]:
        start = found[at].start
        while start > whole.start and passage.text[start - 1] in _OPENING:
            start -= 1
        places.append(start)
    spans = [Span(start, end) for start, end in pairwise((whole.start, *places, whole.end))]
    return [Span(span.start, span.start + len(span.of(passage.text).rstrip())) for span in spans]


def _ends(**ends: Link) -> dict[str, Any]:
    """The links to both sides of a passage, and the anchors that their words bear."""
    anchors = {f"{name}_at": (link.href or "").partition("#")[2] for name, link in ends.items()}
    return {**{f"{name}_link": link for name, link in ends.items()}, **anchors}


def _told(links: Links, place: Place) -> Told:
    spans = links.view.valid_spans(place.article, [place.span])
    return told(links.view.articles[place.article].text, spans)


def _alike(one: Told, other: Told) -> float:
    shorter = min(len(one.words), len(other.words))
    return LCSseq.similarity(one.keys, other.keys) / shorter if shorter else 0.0
