"""The different wordings of a story's statements: their words, by rarity, and what shows that two are one text.

A wire story is printed hundreds of times; statements that are word for word the same are compared once.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from headwater import lexicon
from headwater.align.claims.units import denies, stem, terms
from headwater.model import Attribution, Statement
from headwater.words import words

_COMMON_SHARED = 2  # content words that are neither names nor amounts, in common
_AMOUNTS = frozenset(
    "hundr thousand million billion trillion percent per cent dollar euro pound crown".split()
)  # stems
_RUN = 8  # so many words in a row in common are one text, however its sources are given
_RUN_QUOTED = 5  # the same where one of them stands within quotation marks: two people do not say the same five words


class Wording:
    """Statements that are word for word the same.

    ``keys`` are the words, ``bag`` counts the stems of content words, ``names`` are stems written large, ``numbers``
    those with figures, ``common`` the other content words; ``count`` says how often it is printed.
    """

    def __init__(self, unit: Statement, text: str, attribution: Attribution | None) -> None:
        """Take the words of a statement."""
        found = [w for span in unit.spans for w in words(text, span)]
        self.keys = tuple(w.key for w in found)
        self.denies = denies(text, unit, attribution)
        self.quoted = attribution is not None and attribution.mode != "indirect"
        # what is written large is no common word: the same words in capitals are another wording
        self._small = tuple(not text[w.start].isupper() for w in found)
        self.bag = Counter(term for span in unit.spans for term in terms(text, span))
        self.common: set[str] = set()
        self.names: set[str] = set()
        self.numbers: set[str] = set()
        self.order: list[str] = []  #: stems of content words, in the order of the text
        for key, small in zip(self.keys, self._small, strict=True):
            if key in lexicon.STOPWORDS:
                continue
            made = stem(key)
            self.order.append(made)
            if made[:1].isdigit():
                self.numbers.add(made)
            (self.common if small else self.names).add(made)
        self.negative = any(key in lexicon.NEGATIONS for key in self.keys)
        self.count = 0
        self._runs = runs(self.keys, _RUN)
        self._short_runs = runs(self.keys, _RUN_QUOTED)

    def name(self, number: int) -> tuple[object, ...]:
        """What a wording is known by; one of fewer than three content words is nobody's else."""
        if len(self.order) < 3:
            return (number,)
        return (self.denies, self.quoted, self.keys, self._small)

    def says_as(self, other: "Wording") -> bool:
        """Whether both have enough content words in common that are neither names nor amounts."""
        return len((self.common & other.common) - self.numbers - _AMOUNTS) >= _COMMON_SHARED

    def one_text_with(self, other: "Wording") -> bool:
        """Whether both have so many words in a row in common that they are one text."""
        if self.quoted or other.quoted:
            return not self._short_runs.isdisjoint(other._short_runs)
        return not self._runs.isdisjoint(other._runs)


def runs(keys: Sequence[str], size: int) -> set[tuple[str, ...]]:
    """All runs of ``size`` words in a row."""
    return {tuple(keys[i : i + size]) for i in range(len(keys) - size + 1)}


def wordings(
    units: Sequence[Statement], texts: Mapping[str, str], attributions: Mapping[str, Attribution]
) -> tuple[list[Wording], list[int]]:
    """The different wordings in order of their first statement, and which of them each statement is."""
    out: list[Wording] = []
    of: list[int] = []
    known: dict[tuple[object, ...], int] = {}
    for number, unit in enumerate(units):
        made = Wording(unit, texts[unit.article], attributions.get(unit.attribution or ""))
        at = known.setdefault(made.name(number), len(out))
        if at == len(out):
            out.append(made)
        of.append(at)
        out[at].count += 1
    return out, of


def rarity(some: Sequence[Wording]) -> dict[str, float]:
    """How rare each stem is in the story: the log of statements over statements that hold it; reprints count."""
    held: Counter[str] = Counter()
    for wording in some:
        for term in wording.bag:
            held[term] += wording.count
    total = sum(w.count for w in some)
    return {term: math.log((total + 1.0) / (count + 0.5)) for term, count in held.items()}


def weighed(some: Sequence[Wording], rare: Mapping[str, float]) -> list[dict[str, float]]:
    """TF-IDF vectors of length one, by stem."""
    out = []
    for wording in some:
        vector = {term: (1 + math.log(count)) * rare[term] for term, count in wording.bag.items()}
        norm = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        out.append({term: value / norm for term, value in vector.items()})
    return out
