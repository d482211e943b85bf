"""One speaker's words given to others: a historian's analysis told as what "experts" say.

Takes printings of one quotation and tellings of one claim in nearly the same words. A change is told only where the
earlier article names one person and the later one never does, but cites a crowd. "Officials" for one of them is a
matter of their number, not of who they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from headwater.compare.notes import conflict, shown, side
from headwater.compare.source_numbers import people
from headwater.compare.stems import word_list
from headwater.compare.told import MOST, Telling, Told, by_name
from headwater.model import Article, Attribution, Conflict, Quotation, Source
from headwater.words import words

#: Weight of content both share, as a share of the longer one's, above which one telling repeats the other's words.
_REPEATED = 0.75
#: Characters on each side of a name in which an office is looked for.
_AROUND = 60
_POWERS = word_list(
    """officials official authorities government administration ministry police military army officers leaders
    spokesmen spokespeople spokespersons representatives lawmakers ministers diplomats"""
)
_IN_OFFICE = word_list(
    """minister secretary president premier chancellor governor mayor senator representative congressman congresswoman
    lawmaker deputy spokesman spokeswoman spokesperson chief commissioner commander general colonel major captain
    lieutenant admiral officer official sheriff judge prosecutor attorney ambassador envoy diplomat director
    administrator king queen prince councillor councilor mp aide adviser advisor head inspector agent chairman
    chairwoman marshal"""
)


def attribution_changed(told: Told, quotations: Sequence[Quotation]) -> Iterator[Conflict]:
    """Words that one article has from one named person and another from a crowd or from somebody else."""
    names = _named(told)
    seen: set[tuple[str, str, str, str]] = set()
    for claim, one, two in _pairs(told, quotations):
        first, second = told.articles.get(one.article), told.articles.get(two.article)
        if first is None or second is None or first.id == second.id:
            continue
        for here, there in ((one, two), (two, one)):
            found = _change(told, here, there, names)
            key = (here.article, there.article, str(here.source), str(there.source))
            if found and key not in seen:
                seen.add(key)
                yield _told_of(told, claim, here, there)
                break


def _named(told: Told) -> dict[str, frozenset[str]]:
    """By article, the words with capitals in it: whom it names."""
    return {
        name: frozenset(w.key for w in words(article.text) if article.text[w.start].isupper())
        for name, article in told.articles.items()
    }


def _pairs(told: Told, quotations: Sequence[Quotation]) -> Iterator[tuple[str | None, Attribution, Attribution]]:
    """Attributions of the same words, the earlier article first."""
    for quotation in quotations:
        said = [v for v in quotation.variants if v.relation in {"fullest", "verbatim", "respelled", "trimmed"}]
        found = [told.attributions[v.attribution] for v in said if v.attribution in told.attributions]
        for one, two in combinations(sorted(found, key=lambda a: _order(told, a))[:MOST], 2):
            yield None, one, two
    for claim, tellings in told.cited():
        for one_telling, two_telling in combinations(tellings, 2):
            if one_telling.article.id == two_telling.article.id or not told.repeats(
                one_telling, two_telling, _REPEATED
            ):
                continue
            cited = [_cited(told, t) for t in (one_telling, two_telling)]
            if cited[0] and cited[1]:
                yield claim, cited[0], cited[1]


def _order(told: Told, attribution: Attribution) -> tuple[str, str, str]:
    article = told.articles.get(attribution.article)
    return (article.published if article else None) or "~", attribution.article, attribution.id


def _cited(told: Told, telling: Telling) -> Attribution | None:
    own = told.attributions.get(telling.mention.attribution or "")
    return own or next(iter(telling.heard), None)


def _change(told: Told, one: Attribution, two: Attribution, names: Mapping[str, frozenset[str]]) -> bool:
    """Whether ``one`` names a person and ``two`` gives the same words to a crowd."""
    person, crowd = told.sources.get(one.source or ""), told.sources.get(two.source or "")
    if person is None or crowd is None or not person.entity or person.kind != "person" or not two.source_spans:
        return False
    here, there = told.articles[one.article], told.articles[two.article]
    if not by_name(here, one, person):
        return False
    if there.published and here.published and there.published[:10] < here.published[:10]:
        return False  # the later one found out who it was
    if crowd.kind not in {"anonymous", "unspecified"} or {w.key for w in words(person.name)} & names[there.id]:
        return False  # where the person is named elsewhere, the crowd may be meant to hold him
    count, own = people(there, two.source_spans), people(here, one.source_spans)
    if count is None or count[0] < 2 or (own is not None and own[0] > 1):
        return False
    forms = {w.key for span in two.source_spans for w in words(there.text, span)}
    return not (forms & _POWERS and _in_office(here, one, person))


def _in_office(article: Article, attribution: Attribution, person: Source) -> bool:
    """Whether the words around the person's name say an office."""
    near = [w.key for span in attribution.source_spans for w in words(article.text, span)]
    for mention in person.mentions:
        if mention.article == article.id:
            near += [w.key for w in words(article.text[max(0, mention.start - 60) : mention.end + 60])]
    return bool({*near} & _IN_OFFICE)


def _told_of(told: Told, claim: str | None, one: Attribution, two: Attribution) -> Conflict:
    here, there = told.articles[one.article], told.articles[two.article]
    sides = [side(here, one.source_spans), side(there, two.source_spans)]
    return conflict(
        "attribution_dropped",
        "drift",
        "medium",
        f"{told.label(here)} has these words from {told.name(one.source)}; "
        f"{told.label(there)} gives them to {shown(sides[1].value)}.",
        sides,
        claim=claim,
    )
