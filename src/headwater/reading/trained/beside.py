"""Trained attributions beside the rules': which words are whose from the network, what else is known from the rules.

The network was taught flat attributions, one speaker each; the rules know whom words came through, who goes on
speaking, turns of a transcript and credits. Where both found the same attribution, the rules' chain is put on the
network's words; what the rules alone found stays where they are rarely wrong.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from headwater.model import Span
from headwater.reading.tagger import Tagged
from headwater.words import merged

_SAME = 0.5  # share of the words of either content from which on two attributions are one
_MOST = 0.3  # share of a quotation's characters from which on all of it is meant
_SURE = 0.6  # score from which on the rules are believed alone


def joined(trained: Sequence[Tagged], ruled: Sequence[Tagged], quoted: Sequence[Span]) -> tuple[Tagged, ...]:
    """One list of attributions, in order of place.

    Args:
        trained: the network's, in order of place.
        ruled: the rules', in order of place; their ``follows`` count in this list.
        quoted: the text's quotations, in order.
    """
    chains = [rule for rule in ruled if rule.via]
    trained = [t for t in trained if not any(_told_as_chain(t, rule) for rule in chains)]
    partner = _partners(trained, ruled)
    taken = {j: i for i, j in partner.items()}
    free = _Free(trained)
    out: list[tuple[Tagged, int | None]] = []  # with its number among the rules'
    for i, tagged in enumerate(trained):
        j = partner.get(i)
        out.append((tagged if j is None else _one(tagged, ruled[j], quoted, free), j))
    for j, rule in enumerate(ruled):
        if j not in taken and (rule.via or _alone(rule, trained)):
            out.append((rule, j))
    out.sort(key=lambda made: ((made[0].content or made[0].cue)[0].start, made[0].cue))
    place = {j: at for at, (_, j) in enumerate(out) if j is not None}
    return tuple(
        replace(tagged, follows=place.get(tagged.follows)) if tagged.follows is not None else tagged
        for tagged, _ in out
    )


def whole(tagged: Tagged, quoted: Sequence[Span], others: Sequence[Tagged]) -> Tagged:
    """The attribution with every quotation that its content begins taken whole, unless another's cue stands in it."""
    content: list[Span] = []
    for span in tagged.content:
        start, end = span.start, span.end
        at = bisect_left(quoted, span.start, key=lambda q: q.end)
        while at < len(quoted) and quoted[at].start < span.end:
            quote = quoted[at]
            at += 1
            shared = quote.overlap(span)
            begun = span.start <= quote.start + 2
            if not (begun or shared > _MOST * (quote.end - quote.start)) or shared < min(8, quote.end - quote.start):
                continue
            if any(quote.overlap(c) for t in others for c in t.cue if t is not tagged):
                continue
            if any(quote.overlap(c) for c in tagged.cue):
                continue
            start, end = min(start, quote.start), max(end, quote.end)
        content.append(Span(start, end))
    return replace(tagged, content=tuple(merged(content)))


def _told_as_chain(tagged: Tagged, rule: Tagged) -> bool:
    """Whether the rules read the same words as somebody's who was reported by another."""
    if likeness(tagged.content, rule.content) >= _SAME:
        return True
    return any(a.overlap(b) for a in tagged.cue for b in rule.cue)


class _Free:
    """Tells which places no trained attribution has taken."""

    def __init__(self, trained: Sequence[Tagged]) -> None:
        self._taken = merged(s for t in trained for s in (*t.cue, *t.source, *t.content))

    def __call__(self, span: Span) -> bool:
        at = bisect_left(self._taken, span.start, key=lambda s: s.end - 1)
        return at == len(self._taken) or self._taken[at].start >= span.end


def _one(tagged: Tagged, rule: Tagged, quoted: Sequence[Span], free: _Free) -> Tagged:
    """The same attribution from both, with the quotations that the rules saw go on and nobody else has taken."""
    more = [s for s in rule.content if s in quoted and free(s)]
    if more:
        tagged = replace(tagged, content=tuple(merged((*tagged.content, *more))))
    if rule.via or not tagged.source:
        # whose words they are and whom they came through belong together
        return replace(tagged, cue=rule.cue or tagged.cue, source=rule.source, via=rule.via, follows=rule.follows)
    return tagged


def _partners(trained: Sequence[Tagged], ruled: Sequence[Tagged]) -> dict[int, int]:
    """For each trained attribution, the rules' that is the same, one to one, the likest first."""
    near = []
    at = 0
    ordered = sorted(range(len(ruled)), key=lambda j: _reach(ruled[j])[0])
    for i, tagged in enumerate(trained):
        start, end = _reach(tagged)
        while at < len(ordered) and _reach(ruled[ordered[at]])[1] < start - _FAR:
            at += 1
        for j in ordered[at:]:
            if _reach(ruled[j])[0] >= end:
                break
            alike = likeness(tagged.content, ruled[j].content)
            cue = any(a.overlap(b) for a in tagged.cue for b in ruled[j].cue)
            if alike >= _SAME or (cue and alike > 0):
                near.append((-alike - cue, i, j))
    out: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(near):
        if i not in out and j not in used:
            out[i] = j
            used.add(j)
    return out


_FAR = 20_000  # code points that an attribution, a quotation over paragraphs say, may reach


def _reach(tagged: Tagged) -> tuple[int, int]:
    spans = (*tagged.cue, *tagged.source, *tagged.content)
    return min(s.start for s in spans), max(s.end for s in spans)


def likeness(one: Iterable[Span], other: Iterable[Span]) -> float:
    """Characters in both as a share of all characters of both, 0..1."""
    one, other = tuple(one), tuple(other)
    shared = sum(a.overlap(b) for a in one for b in other)
    whole = sum(s.end - s.start for s in (*one, *other)) - shared
    return shared / whole if whole else 0.0


def _alone(rule: Tagged, trained: Sequence[Tagged]) -> bool:
    """Whether an attribution is believed that only the rules found."""
    if rule.score < _SURE:
        return False
    for tagged in trained:
        if any(a.overlap(b) for a in tagged.content for b in rule.content) and not _within(rule, tagged):
            return False
    return True


def _within(rule: Tagged, tagged: Tagged) -> bool:
    """Whether it stands whole inside the other's content, as "officials said" in "the Post reported that …"."""
    if not rule.source or not rule.cue:
        return False
    inner = [*rule.cue, *rule.source, *rule.content]
    return all(any(c.start <= s.start and s.end <= c.end for c in tagged.content) for s in inner)
