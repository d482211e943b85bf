"""Trained attributions beside the rules': which words are whose from the network, what else is known from the rules.

The network was taught flat attributions, one speaker each; the rules know whom words came through, who goes on
speaking, turns of a transcript and credits. Where both found the same attribution the rules' chain is put on the
network's words; what the rules alone found stays where the network says nothing else of it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from headwater.model import Span
from headwater.reading.rules.paragraph import quotation_goes_on
from headwater.reading.tagger import Tagged
from headwater.words import merged

_SAME = 0.5  # share of the words of either content from which on two attributions are one
_MOSTLY = 0.6  # share of an attribution's content that another's must fill to take its place
_BEGUN = 8  # code points of a quotation that an attribution must have to be given all of it
_FIRM = 0.97  # score of an attribution from which on its content is the network's
_LEFT = 0.4  # share of a content found by the rules that the network must leave free
_SURE = 0.6  # score from which on the rules are believed alone
_NEAR = 4  # attributions on either side of a credit among which whose words it credits is looked for
_FAR = 20_000  # code points that an attribution, a quotation over paragraphs say, may reach


class Taken:
    """Which places attributions have taken, and by which."""

    def __init__(self, attributions: Sequence[Tagged]) -> None:
        """Note every span of ``attributions``."""
        self._spans = sorted(
            (s.start, s.end, i) for i, t in enumerate(attributions) for s in (*t.cue, *t.source, *t.content)
        )
        self._ends = list(accumulate((end for _, end, _ in self._spans), max))  # the furthest end so far: in order

    def touching(self, spans: Sequence[Span]) -> dict[int, list[Span]]:
        """Which attributions have taken a part of ``spans``, each with the places it has there."""
        out: dict[int, list[Span]] = {}
        for span in spans:
            at = bisect_right(self._ends, span.start)
            while at < len(self._spans) and self._spans[at][0] < span.end:
                start, end, whose = self._spans[at]
                if end > span.start:
                    out.setdefault(whose, []).append(Span(start, end))
                at += 1
        return out

    def by_others(self, span: Span, own: int | None = None) -> bool:
        """Whether any attribution but ``own`` has taken a part of ``span``."""
        return any(whose != own for whose in self.touching((span,)))


def backed(trained: Sequence[Tagged], ruled: Sequence[Tagged], at_least: float) -> list[Tagged]:
    """The network's attributions without those below ``at_least`` of words that the rules give to somebody."""
    taken = Taken([replace(rule, cue=(), source=()) for rule in ruled if rule.score >= _SURE])
    return [t for t in trained if t.score >= at_least or not taken.touching(t.content)]


def whole(attributions: Sequence[Tagged], quoted: Sequence[Span]) -> list[Tagged]:
    """The attributions with every quotation that their content touches taken whole, unless another has a part in it."""
    taken = Taken(attributions)
    out = []
    for number, tagged in enumerate(attributions):
        content: list[Span] = []
        for span in tagged.content:
            start, end = span.start, span.end
            at = bisect_left(quoted, span.start, key=lambda q: q.end)
            while at < len(quoted) and quoted[at].start < span.end:
                quote = quoted[at]
                at += 1
                if quote.overlap(span) < min(_BEGUN, quote.end - quote.start) or taken.by_others(quote, number):
                    continue
                if any(quote.overlap(s) for s in (*tagged.cue, *tagged.source)):
                    continue
                start, end = min(start, quote.start), max(end, quote.end)
            content.append(Span(start, end))
        out.append(replace(tagged, content=tuple(merged(content))))
    return out


def untorn(attributions: Sequence[Tagged], quoted: Sequence[Span]) -> list[Tagged]:
    """The attributions with every quotation that several have a part of given to the one whose cue stands nearest.

    A quotation that holds the cue or the source of one of them stays as it is: there others speak within it.
    """
    taken = Taken(attributions)
    gets: dict[int, list[Span]] = {}
    loses: dict[int, list[Span]] = {}
    for quote in quoted:
        near = []
        for number in taken.touching((quote,)):
            tagged = attributions[number]
            heads = (*tagged.cue, *tagged.source)
            if not heads or any(quote.overlap(s) for s in heads):
                break
            near.append((min(max(s.start - quote.end, quote.start - s.end) for s in heads), number))
        else:
            if len(near) > 1:
                (_, owner), *others = sorted(near)
                gets.setdefault(owner, []).append(quote)
                for _, number in others:
                    loses.setdefault(number, []).append(quote)
    out = []
    for number, tagged in enumerate(attributions):
        content = _without(tagged.content, loses.get(number, ()))
        content = tuple(merged((*content, *gets.get(number, ()))))
        if content or not tagged.content:
            out.append(replace(tagged, content=content))
    return out


def joined(trained: Sequence[Tagged], ruled: Sequence[Tagged], quoted: Sequence[Span]) -> tuple[Tagged, ...]:
    """One list of attributions, in order of place.

    Args:
        trained: the network's, in order of place.
        ruled: the rules', in order of place; their ``follows`` count in this list.
        quoted: the text's quotations, in order.
    """
    known = set(quoted)
    chains = [rule for rule in ruled if rule.via]
    chained = Taken(chains)
    partner = _partners(trained, ruled)
    citing = {
        i
        for i, tagged in enumerate(trained)
        if i not in partner and any(_names_carrier(tagged, chains[n]) for n in chained.touching(tagged.cue))
    }
    if citing:  # they take no words from the rules' own either
        trained = [tagged for i, tagged in enumerate(trained) if i not in citing]
        partner = _partners(trained, ruled)
    taken = Taken(trained)
    used = set(partner.values())
    out: list[tuple[Tagged, int | None]] = []  # with its number among the rules'
    for i, tagged in enumerate(trained):
        j = partner.get(i)
        if j is None:
            out.append((tagged, None))
            continue
        if _torn(tagged, ruled[j]) and not any(taken.by_others(s, i) for s in ruled[j].content):
            tagged = replace(tagged, content=ruled[j].content)
        more = [s for s in ruled[j].content if s in known and not taken.by_others(s, i)]
        out += [(made, j) for made in _one(replace(tagged, content=tuple(merged((*tagged.content, *more)))), ruled[j])]
    for j, rule in enumerate(ruled):
        alone = None if j in used else _alone(rule, trained, taken, known)
        if alone is not None:
            out.append((alone, j))
    out.sort(key=lambda made: ((made[0].content or made[0].cue)[0].start, made[0].cue))
    for at, (credit, _) in enumerate(out):
        if len(credit.content) > 1:  # "“…,” Roe said, according to the Ledger. “…”"
            near = range(max(0, at - _NEAR), min(len(out), at + _NEAR + 1))
            for n, tagged in zip(near, quotation_goes_on([out[n][0] for n in near]), strict=True):
                out[n] = tagged, out[n][1]
    place = {j: at for at, (_, j) in enumerate(out) if j is not None}
    return tuple(
        replace(tagged, follows=place.get(tagged.follows)) if tagged.follows is not None else tagged
        for tagged, _ in out
    )


def _one(tagged: Tagged, rule: Tagged) -> list[Tagged]:
    """The same attribution from both: whose words they are, and whom they came through, belong together."""
    if not tagged.source:
        cue = rule.cue or tagged.cue
        return [replace(tagged, cue=cue, source=rule.source, via=rule.via, follows=rule.follows)]
    if not rule.via or _share(tagged.source, rule.source):
        return [replace(tagged, via=rule.via, follows=rule.follows)]
    if rule.source and all(any(c.start <= s.start and s.end <= c.end for c in tagged.content) for s in rule.source):
        # "the Post reported that officials said …": the network has the Post's words, the rules the officials'
        rest = likeness(tagged.content, rule.content) < _MOSTLY
        return [tagged, rule] if rest else [rule]
    if _share(tagged.source, rule.via):  # "the Post, citing two officials, reported that …"
        if _share(tagged.content, rule.source):  # "the Post quoted Roe as saying that …"
            return [rule]
        content = _without(tagged.content, (*rule.source, *rule.cue)) or tagged.content
        cue, source, via = rule.cue, rule.source, rule.via
        return [replace(tagged, cue=cue, source=source, via=via, content=content, follows=rule.follows)]
    return [tagged]


def _names_carrier(tagged: Tagged, rule: Tagged) -> bool:
    """Whether the network took for somebody's words what only says whom they came through: "citing two officials"."""
    if not _share(tagged.cue, rule.cue) or (tagged.source and not _share(tagged.source, rule.via)):
        return False
    return _share(tagged.content, rule.source)


def _torn(tagged: Tagged, rule: Tagged) -> bool:
    """Whether the network has only pieces of what the rules have in one, and is not sure of them."""
    if tagged.score > _FIRM or len(rule.content) != 1 or rule.score < _SURE or not _share(tagged.cue, rule.cue):
        return False
    all_ = rule.content[0]
    return all(all_.start <= s.start and s.end <= all_.end for s in tagged.content)


def _share(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.overlap(b) for a in one for b in other)


def _without(spans: Sequence[Span], cut: Sequence[Span]) -> tuple[Span, ...]:
    """What ``cut`` leaves of ``spans``."""
    out: list[Span] = []
    for span in spans:
        at = span.start
        for hole in sorted(cut):
            if hole.start < span.end and hole.end > at:
                if hole.start > at:
                    out.append(Span(at, hole.start))
                at = max(at, hole.end)
        if at < span.end:
            out.append(Span(at, span.end))
    return tuple(out)


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
            cue = _share(tagged.cue, ruled[j].cue)
            if alike >= _SAME or (cue and alike > 0):
                near.append((-alike - cue, i, j))
    out: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(near):
        if i not in out and j not in used:
            out[i] = j
            used.add(j)
    return out


def _reach(tagged: Tagged) -> tuple[int, int]:
    spans = (*tagged.cue, *tagged.source, *tagged.content)
    return min(s.start for s in spans), max(s.end for s in spans)


def likeness(one: Iterable[Span], other: Iterable[Span]) -> float:
    """Characters in both as a share of all characters of both, 0..1."""
    one, other = tuple(one), tuple(other)
    shared = sum(a.overlap(b) for a in one for b in other)
    all_ = sum(s.end - s.start for s in (*one, *other)) - shared
    return shared / all_ if all_ else 0.0


def _alone(rule: Tagged, trained: Sequence[Tagged], taken: Taken, quoted: set[Span]) -> Tagged | None:
    """An attribution that only the rules found, without what the network gives to others; None where not believed."""
    goes_on = rule.follows is not None and bool(rule.content) and all(s in quoted for s in rule.content)
    if rule.score < _SURE and not goes_on:
        return None
    near = taken.touching((*rule.cue, *rule.source, *rule.content))
    if any(_within(rule, trained[n]) for n in near):
        return None if any(_share(rule.cue, trained[n].cue) for n in near) else rule
    if any(taken.by_others(s) for s in rule.cue):  # a source may be shared: "the report puts it at 84 and calls it …"
        return None
    beside = [
        span
        for number, spans in near.items()
        if not _inside(trained[number], rule)  # "the ministry has ordered that …, three engineers said": both stand
        for span in spans
    ]
    rest = tuple(s for s in _without(rule.content, beside) if s in rule.content or s.end - s.start > _BEGUN)
    left, there = (sum(s.end - s.start for s in spans) for spans in (rest, rule.content))
    return replace(rule, content=rest) if rest and left >= _LEFT * there else None


def _inside(tagged: Tagged, rule: Tagged) -> bool:
    spans = (*tagged.cue, *tagged.source, *tagged.content)
    return all(any(c.start <= s.start and s.end <= c.end for c in rule.content) for s in spans)


def _within(rule: Tagged, tagged: Tagged) -> bool:
    """Whether it stands whole inside the other's content, as "officials said" in "the Post reported that …"."""
    if not rule.source or not rule.cue:
        return False
    inner = [*rule.cue, *rule.source, *rule.content]
    return all(any(c.start <= s.start and s.end <= c.end for c in tagged.content) for s in inner)
