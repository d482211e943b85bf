"""What the comparisons look at: each mention of a claim with its words, numbers, times and whoever is cited for it.

``gather`` makes them from the records of a story. Nothing here judges.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from headwater.compare.stems import DENY, content_stems, word_list
from headwater.lexicon import SAID
from headwater.model import CARRIER_KINDS, Article, Attribution, Mention, Quantity, Source, Span, TimePoint
from headwater.words import Word, words

#: Most different tellings of one claim that are compared with one another.
MOST = 12


_CITING = (
    SAID
    | DENY
    | word_list(
        "according reportedly allegedly alleged apparently purportedly supposedly believed thought accused suspected"
    )
)


#: Words of a run, and content words, that two tellings have in common by more than chance.
_RUN, _CONTENT = 6, 4
#: Share of the content words of the longer of two sentences above which they are one, retold.
_SENTENCE = 0.75
#: Kinds of sources that are described, not named.
_UNNAMED = frozenset({"anonymous", "unspecified"})
_JOINS = word_list("and but while whereas which who whose where although though because")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One mention of a claim: ``stems`` go with ``words`` ("" for small ones), ``content`` is the set of them.

    ``setting`` is its whole sentence (or sentences), ``wider`` the content stems of that. ``heard`` are the
    attributions whose content holds it, ``near`` those in its paragraph and ``around`` those of its sentence and the
    one before; ``lead`` is that sentence before, None at the beginning.
    """

    claim: str
    article: Article
    mention: Mention
    setting: Span
    words: tuple[Word, ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    wider: frozenset[str]
    numbers: tuple[Quantity, ...]
    times: tuple[TimePoint, ...]
    heard: tuple[Attribution, ...]
    near: tuple[Attribution, ...]
    around: tuple[Attribution, ...]
    lead: Span | None

    @property
    def order(self) -> tuple[str, str, tuple[Span, ...]]:
        """Sorts the earliest in this set first; the undated last."""
        return self.article.published or "~", self.article.id, self.mention.spans

    @property
    def attributed(self) -> bool:
        """Whether its article cites anybody for it."""
        return bool(self.mention.chain or self.mention.attribution or self.heard)

    def clause(self, start: int, end: int) -> frozenset[str]:
        """Content stems of the part of the sentence that holds the place: no comma, dash or "and" lies between."""
        text = self.article.text
        parts: list[list[int]] = [[]]
        for number, word in enumerate(self.words):
            between = text[self.words[number - 1].end : word.start] if number else ""
            inside = start <= word.start < end  # "31 dead, by midnight" may hold a comma of its own
            if number and not inside and (word.key in _JOINS or any(mark in between for mark in ",;:—–()\n")):
                parts.append([])
            parts[-1].append(number)
        for at, part in enumerate(parts):
            if part and self.words[part[0]].start < end and start < self.words[part[-1]].end:
                found = frozenset(self.stems[n] for n in part) - {""}
                own = frozenset(self.stems[n] for n in part if start <= self.words[n].start < end)
                if found <= own and len(parts) > 1:  # "In early July, she ...": what a phrase of its own is said of
                    beside = parts[at + 1] if at + 1 < len(parts) else parts[at - 1]
                    found |= frozenset(self.stems[n] for n in beside) - {""}
                return found
        return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything the comparisons read, with its indexes.

    ``wordings`` holds the tellings of each claim that are worded otherwise than the earlier ones, at most ``MOST``;
    ``weight`` is the weight of each content stem; ``crediting`` holds, by article, the articles whose outlet or
    reporter it cites; ``names`` is what a note calls each article; ``carried`` counts the articles of each claim;
    ``kin`` holds pairs of tellings of different claims that are near.
    """

    articles: Mapping[str, Article]
    attributions: Mapping[str, Attribution]
    sources: Mapping[str, Source]
    tellings: Mapping[str, tuple[Telling, ...]]
    wordings: Mapping[str, tuple[Telling, ...]]
    weight: Mapping[str, float]
    crediting: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    carried: Mapping[str, int]
    kin: tuple[tuple[Telling, Telling], ...] = ()

    @property
    def credited(self) -> frozenset[str]:
        """Articles whose outlet or reporter another article cites: what they state may be their own finding."""
        return frozenset(name for found in self.crediting.values() for name in found)

    def credits(self, article: str, other: str) -> bool:
        """Whether ``article`` cites the outlet or reporter of ``other`` anywhere."""
        return other in self.crediting.get(article, frozenset())

    def label(self, article: Article) -> str:
        """What a note calls the article."""
        return self.names[article.id]

    def name(self, source: str | None) -> str:
        """What a note calls a source; one without a name of its own begins with a small letter."""
        known = self.sources.get(source or "")
        if known is None:
            return "somebody"
        if known.entity or known.kind in CARRIER_KINDS:
            return known.name
        return known.name[:1].lower() + known.name[1:]

    def sets(self) -> Iterator[tuple[str, tuple[Telling, ...]]]:
        """What is compared with one another: the tellings of each claim, then the near pairs across claims."""
        for claim in sorted(self.tellings):
            yield claim, self.distinct(claim)
        for one, two in self.kin:
            yield one.claim, (one, two)

    def cited(self) -> Iterator[tuple[str, tuple[Telling, ...]]]:
        """By claim, the tellings on somebody's word, also where their words are the same: the first for each source."""
        for claim in sorted(self.tellings):
            seen: dict[tuple[str, ...], Telling] = {}
            for telling in self.tellings[claim]:
                if telling.attributed:
                    seen.setdefault((telling.article.id, *ends(telling)), telling)
            yield claim, tuple(seen.values())[:MOST]
        for one, two in self.kin:
            yield one.claim, (one, two)

    def total(self, stems: frozenset[str]) -> float:
        """How much the stems say: those that few claims of the story hold weigh most."""
        return sum(self.weight.get(found, 0.0) for found in stems)

    def alike(self, one: Telling, two: Telling) -> tuple[float, float]:
        """Weight of the content words both have, as a share 0..1 of the shorter's and of the longer's."""
        shared = self.total(one.content & two.content)
        short, long = sorted((self.total(one.content), self.total(two.content)))
        return (shared / short if short else 0.0, shared / long if long else 0.0)

    def repeats(self, one: Telling, two: Telling, share: float) -> bool:
        """Whether one is the other's words: the same ones, six at least, or ``share`` 0..1 of the content of both."""
        if len(one.words) >= _RUN and [w.key for w in one.words] == [w.key for w in two.words]:
            return True
        return len(one.content & two.content) >= _CONTENT and self.alike(one, two)[1] >= share

    def one_sentence(self, one: Telling, two: Telling) -> bool:
        """Whether their whole sentences are nearly the same, though the mentions may be other parts of them."""
        return len(one.wider & two.wider) >= max(_CONTENT, _SENTENCE * max(len(one.wider), len(two.wider)))

    def rivals(self, one: Telling, two: Telling) -> bool:
        """Whether the two are told on the word of sources known to be others: then neither retells the other.

        "Doctors" here and "doctors" there may be the same people, and so may two whom nothing proves to be different.
        """
        left, right = ends(one), ends(two)
        return bool(left and right) and not any(self.maybe_one(a, b) for a in left for b in right)

    def maybe_one(self, one: str, two: str) -> bool:
        """Whether two Source ids can stand for the same people: names rule it out, like descriptions do not."""
        if one == two:
            return True
        left, right = self.sources.get(one), self.sources.get(two)
        if left is None or right is None or two in left.maybe_same or one in right.maybe_same:
            return left is not None and right is not None
        if left.kind not in _UNNAMED and right.kind not in _UNNAMED:
            return False
        return bool(frozenset(content_stems(words(left.name))) & frozenset(content_stems(words(right.name))) - {""})

    def distinct(self, claim: str) -> tuple[Telling, ...]:
        """The first of each wording of a claim, earliest first, at most ``MOST``."""
        return self.wordings.get(claim, ())


def worded(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """The first of each wording, in order, at most ``MOST``."""
    seen: dict[tuple[object, ...], Telling] = {}
    for telling in tellings:
        key = (tuple(word.key for word in telling.words), telling.attributed, sounds_cited(telling))
        seen.setdefault(key, telling)
    return tuple(seen.values())[:MOST]


def whole(telling: Telling) -> Telling:
    """The same telling with the words of its whole sentence; what is shared is still weighed by its own."""
    found = tuple(words(telling.article.text, telling.setting))
    return replace(telling, words=found, stems=content_stems(found))


def by_name(article: Article, attribution: Attribution, source: Source) -> bool:
    """Whether the words of the attribution name the source: whom "he" means may have been read wrongly."""
    names = {word.key for word in words(source.name)}
    return any(word.key in names for span in attribution.source_spans for word in words(article.text, span))


def sounds_cited(telling: Telling) -> bool:
    """Whether its sentence holds quotation marks, a hedge or a word of saying, though no attribution was read there."""
    text = telling.setting.of(telling.article.text)
    if any(mark in text for mark in '“”"„«»'):
        return True
    return any(word.key in _CITING for word in words(telling.article.text, telling.setting))


def later_day(one: Telling, two: Telling) -> bool:
    """Whether ``two`` is known to be published on a later day than ``one``."""
    first, second = one.article.published, two.article.published
    return bool(first and second and first[:10] < second[:10])


def ends(telling: Telling) -> tuple[str, ...]:
    """The Source ids on whose word it is told, in order of id."""
    return tuple(sorted({a.source for a in telling.heard if a.source} | set(telling.mention.chain[-1:])))
