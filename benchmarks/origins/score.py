"""Scores traces against the known answers: claim links, counts by true number, bottlenecks, derivations.

A known mention is found where a mention of a traced claim covers it; a known claim is the traced claim that holds most
of its mentions, when it gathers at least half of the articles that carry it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from headwater.model import Claim, Span, Trace

from .truth import Answer
from .write import Mention, Story, derivations

_COVER, _UNION = 0.7, 0.3  # as the scorer of real stories has them


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed of one kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: "Tally") -> None:
        """Count those of ``other`` too."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        """Share 0..1 of what was said that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share 0..1 of what is so that was said."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One known claim and what was said of it; ``low`` and ``high`` are None where its mentions were not gathered."""

    number: int
    known: Answer
    outlets: int
    claim: Claim | None
    low: int | None
    high: int | None

    @property
    def exact(self) -> bool:
        """The lower bound is right, or both bounds enclose what is so and the lower one can be defended."""
        if self.low is None:
            return False
        return self.low == self.known.count or (self.known.low <= self.low and self.in_range)

    @property
    def in_range(self) -> bool:
        """What is so lies between the bounds that were given."""
        return self.low is not None and self.high is not None and self.low <= self.known.count <= self.high

    @property
    def invented(self) -> bool:
        """False independence: the lower bound is above what is so."""
        return self.low is not None and self.low > self.known.count


@dataclass(slots=True)
class Score:
    """All tallies of any number of stories."""

    links: Tally = field(default_factory=Tally)
    bottlenecks: Tally = field(default_factory=Tally)
    derivations: Tally = field(default_factory=Tally)
    directions: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    found: int = 0
    judged: list[Judged] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Count the stories of ``other`` too."""
        self.links.add(other.links)
        self.bottlenecks.add(other.bottlenecks)
        self.derivations.add(other.derivations)
        self.directions.update(other.directions)
        self.mentions += other.mentions
        self.found += other.found
        self.judged.extend(other.judged)


def score(told: Story, trace: Trace) -> Score:
    """How right ``trace`` is about the story it was made from."""
    out = Score(mentions=len(told.mentions))
    hits = _hits(told.mentions, trace.claims)
    out.found = sum(1 for hit in hits if hit)
    out.links = _links(told, hits)
    by_id = {claim.id: claim for claim in trace.claims}
    for number, known in enumerate(told.answers):
        mine = [(m, hit) for m, hit in zip(told.mentions, hits, strict=True) if m.claim == number]
        if not mine:
            continue
        articles = {m.article for m, _ in mine}
        votes = Counter(i for _, hit in mine for i in hit)
        best = max(votes, key=lambda i: (votes[i], len(by_id[i].mentions), i), default=None)
        gathered = {m.article for m, hit in mine if best in hit}
        claim = by_id[best] if best is not None and 2 * len(gathered) >= len(articles) else None
        low, high = (claim.independent.low, claim.independent.high) if claim else (None, None)
        judged = Judged(number=number, known=known, outlets=len(articles), claim=claim, low=low, high=high)
        out.judged.append(judged)
        if claim:
            out.bottlenecks.add(_bottlenecks(told, known, claim, trace))
    out.derivations, out.directions = _derivations(told, trace)
    return out


def naive(told: Story, rule: str) -> Score:
    """The score of an answer that reads nothing but knows which articles carry a claim: ``one`` or ``outlets``."""
    out = Score()
    for number, known in enumerate(told.answers):
        outlets = len({m.article for m in told.mentions if m.claim == number})
        said = 1 if rule == "one" else outlets
        if outlets:
            out.judged.append(Judged(number=number, known=known, outlets=outlets, claim=None, low=said, high=said))
    return out


def _hits(mentions: Sequence[Mention], claims: Iterable[Claim]) -> list[set[str]]:
    """For each known mention the ids of the traced claims that have it."""
    of: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        for m in claim.mentions:
            of[m.article][claim.id] = claim
    return [mentions_hit(known, of[known.article].values()) for known in mentions]


def mentions_hit(known: Mention, claims: Iterable[Claim]) -> set[str]:
    """The ids of those of the claims that have the known mention."""
    span, out = Span(known.start, known.end), set()
    own = span.end - span.start
    for claim in claims:
        for m in claim.mentions:
            if m.article != known.article:
                continue
            both = sum(span.overlap(s) for s in m.spans)
            size = sum(s.end - s.start for s in m.spans)
            if both and (both / min(own, size) >= _COVER or both / (own + size - both) >= _UNION):
                out.add(claim.id)
    return out


def _links(told: Story, hits: Sequence[set[str]]) -> Tally:
    """Pairs of mentions in two articles; an umbrella and its part are neither right nor wrong together."""
    out = Tally()
    claims = told.plan.claims
    for (i, one), (j, other) in combinations(enumerate(told.mentions), 2):
        if one.article == other.article:
            continue
        linked = bool(hits[i] & hits[j])
        if one.claim == other.claim:
            out.right += linked
            out.missed += not linked
        else:
            a, b = claims[one.claim], claims[other.claim]
            out.wrong += linked and a.part_of != b.id and b.part_of != a.id
    return out


def _outlet(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _bottlenecks(told: Story, known: Answer, claim: Claim, trace: Trace) -> Tally:
    """Each known bottleneck named, each named one known; an outlet and its article are one."""
    plan = told.plan
    number = {a.id: i for i, a in enumerate(plan.articles)}
    article_of = {_outlet(a.outlet): f"article/{i}" for i, a in enumerate(plan.articles)}
    names = {source.id: source.name for source in trace.sources}

    def canonical(end: str) -> str:
        kind, _, rest = end.partition("/")
        return article_of.get(_outlet(rest), end) if kind == "outlet" else end

    wanted, allowed = ({canonical(v) for v in found} for found in (known.bottlenecks, known.allowed))
    words = {v: words_of(told, v) for v in wanted | allowed}
    got: set[str] = set()
    out = Tally()
    for i in claim.bottlenecks:
        if i in number:
            meant = {f"article/{number[i]}"}
        else:
            name = _outlet(names.get(i, ""))
            said = set(name.split())
            meant = {article_of[name]} if name in article_of else {v for v, w in words.items() if said & w}
        got |= meant
        out.wrong += not meant & (wanted | allowed)
    out.right = len(wanted & got)
    out.missed = len(wanted - got)
    return out


def words_of(told: Story, end: str) -> set[str]:
    """The words by which an origin or outside outlet can be known."""
    kind, _, rest = end.partition("/")
    scene = told.plan.setting
    key = rest.partition("/")[0]
    text = ""
    if kind == "outlet":
        text = rest
    elif kind in {"person", "post"}:
        text = scene.people[key]
    elif kind in {"organisation", "spokesperson"}:
        text = scene.filled(scene.theme.orgs[int(key)])
    elif kind == "document":
        text = scene.filled(scene.theme.docs[int(key)])
    elif kind == "unnamed":
        text = " ".join(scene.theme.unnamed[int(key)])
    return set(text.casefold().split()) - {"the", "a", "an", "of", "at", "on", "to", "who"}


def _derivations(told: Story, trace: Trace) -> tuple[Tally, Counter[str]]:
    """Edges between the story's articles, with direction; two copies of one text are no error, nor an open direction.

    What was taken in other words and without credit counts as right where it is found, and as nothing where it is not.
    The counter tells what became of each known edge (found, open, turned, missed by kind) and of wrong ones.
    """
    plan = told.plan
    ids = {a.id for a in plan.articles}
    outlets = {_outlet(a.outlet): a.id for a in plan.articles}
    names = {source.id: outlets.get(_outlet(source.name)) for source in trace.sources}
    known = derivations(plan)
    root = {a.id: plan.articles[a.parent].id if a.parent is not None else a.id for a in plan.articles}
    above = _closure(known)
    said: dict[tuple[str, str], bool] = {}
    for d in trace.derivations:
        later, earlier = (i if i in ids else names.get(i) for i in (d.later, d.earlier))
        if later and earlier and later != earlier:
            said[later, earlier] = said.get((later, earlier), False) or d.directed
    out, what = Tally(), Counter[str]()
    for pair, (kind, _) in known.items():
        turned = pair[::-1]
        if said.get(pair):
            out.right += 1
            what[f"{kind} found"] += 1
            continue
        out.missed += kind != "rewrite"  # in other words and unsaid: nothing shows it
        state = (
            "open" if said.get(pair) is False or said.get(turned) is False else "turned" if turned in said else "missed"
        )
        what[f"{kind} {state}"] += 1
    for pair, directed in said.items():
        if directed and pair not in known and pair not in above and root[pair[0]] != root[pair[1]]:
            out.wrong += 1
            what["wrong, turned" if pair[::-1] in known else "wrong"] += 1
        elif directed and pair not in known and pair[::-1] in known:
            out.wrong += 1
            what["wrong, turned"] += 1
    return out, what


def _closure(known: Mapping[tuple[str, str], object]) -> set[tuple[str, str]]:
    pairs = set(known)
    while True:
        more = {(a, d) for a, b in pairs for c, d in pairs if b == c and a != d} - pairs
        if not more:
            return pairs
        pairs |= more
