"""Claims that one article states as its own knowledge while others cite somebody.

Takes the tellings of a claim. An article is named only when nobody is cited in its sentence or the one before, and
when it was shown to have the claim from elsewhere, credits the same report in another place, or states what two
others have from people unnamed. What it credits elsewhere is said, and makes the finding a small one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from headwater.compare.notes import conflict, shown, side
from headwater.compare.stems import SMALL, word_list
from headwater.compare.told import MOST, Telling, Told, later_day, sounds_cited
from headwater.labels import listed
from headwater.model import CARRIER_KINDS, Conflict, Severity, text_of
from headwater.words import words

#: A mention of fewer words is a part of a sentence, not a statement.
_WHOLE = 7
#: Weight of content both must have, as a share of the shorter one's and of the longer one's.
_ALIKE, _ALIKE_LONG = 0.6, 0.5
#: The same for what only one article attributes.
_SAME = 0.75
_CLAIMED = word_list("claim claims claimed claiming allege alleges alleged alleging accuse accuses accused accusing")
_OFFICES = word_list(
    """police authorities authority officials official government prosecutors prosecutor rescuers firefighters hospital
    officers investigators spokesman spokeswoman spokesperson statement ministry court study report survey poll
    researchers scientists document documents figures data lawyers lawyer doctors records record filing filings"""
)
_HIDDEN = word_list("senior unnamed anonymous former familiar undisclosed")
_SPOKEN = word_list("i we our my me you your i'm we're i've we've don't")
#: A statement that begins so is on whoever spoke: what they say of themselves is known from themselves.
_SELF = word_list("he she it they we i")
_PARTS = word_list("who which whose where meaning including dated led born based located known")


def attribution_dropped(told: Told) -> Iterator[Conflict]:
    """One conflict a claim: the articles without attribution against the earliest one that attributes."""
    cites: defaultdict[str, list[str]] = defaultdict(list)
    for attribution in sorted(told.attributions.values(), key=lambda a: (a.article, a.content_spans, a.id)):
        cites[attribution.article] += [s for s in (*attribution.via, attribution.source) if s and s in told.sources]
    for claim in sorted(told.tellings):
        by_article: defaultdict[str, list[Telling]] = defaultdict(list)
        for telling in told.tellings[claim]:
            by_article[telling.article.id].append(telling)
        if len(by_article) < 2:
            continue
        citing = {name: next((t for t in found if t.attributed), None) for name, found in by_article.items()}
        cited = sorted((t for t in citing.values() if t is not None), key=lambda t: t.order)
        silent = [found[0] for name, found in sorted(by_article.items()) if citing[name] is None]
        if not cited or not silent or len(cited) < len(silent):
            continue
        behind = {s for t in cited for s in (*t.mention.chain, *(a.source for a in t.heard)) if s is not None}
        behind |= {s for t in cited for a in t.heard for s in a.via}
        lost = [t for t in silent if t.article.id not in told.credited and _says_it(told, t, cited)]
        credit = {t.article.id: _credit(told, t.article.id, cited, behind, cites) for t in lost}
        graded = [(grade, t) for t in lost if (grade := _grade(told, t, cited, credit[t.article.id]))]
        if graded:
            found_lost = sorted(graded, key=lambda item: (_RANK[item[0]], item[1].order))
            worst = found_lost[0][0]
            yield _dropped(told, claim, cited[0], [t for g, t in found_lost if g == worst], worst, credit)


_RANK = {"high": 0, "medium": 1, "low": 2}


def _says_it(told: Told, telling: Telling, cited: Sequence[Telling]) -> bool:
    """Whether it states a whole fact, uncited, in words close to those of an article that cites somebody for it."""
    if len(telling.words) < _WHOLE or len(telling.content) < 4 or sounds_cited(telling) or _cited_before(telling):
        return False
    text = telling.article.text
    capitals = sum(text[w.start].isupper() for w, s in zip(telling.words, telling.stems, strict=True) if s)
    if 2 * capitals > len([s for s in telling.stems if s]):
        return False  # a name with its title
    if {word.key for word in telling.words} & _SPOKEN:
        return False  # the speaker's own words, whose marks or transcript heading were not read
    if telling.words[0].key in _PARTS:
        return False  # an aside: common knowledge more often than news
    return any(
        not any(a.mode != "indirect" for a in other.heard)
        and other.words  # a mention may be signs alone
        and other.words[0].key not in _SELF
        and not _of_itself(told, other, telling)
        and len(telling.content & other.content) >= 3
        and min(told.alike(telling, other)) >= _ALIKE_LONG
        and max(told.alike(telling, other)) >= _ALIKE
        for other in cited[:MOST]
    )


def _cited_before(telling: Telling) -> bool:
    """Whether somebody is cited in its sentence or the one before: readers carry a source over to the next."""
    if any(a.source is not None or a.via for a in telling.around):
        return True
    if telling.lead is None:
        return False
    text = telling.article.text
    # "The president told the nation:" opens a stretch of his words
    return text[telling.lead.end - 1] == ":" or _open_mark(text, telling)


def _open_mark(text: str, telling: Telling) -> bool:
    """Whether a quotation was opened in its paragraph before it and is not closed before it begins."""
    at = telling.mention.spans[0].start
    reach = max(0, at - 5000)
    before = text[max(reach, text.rfind("\n", reach, at) + 1) : at]
    return before.count("“") > before.count("”")


def _of_itself(told: Told, other: Telling, telling: Telling) -> bool:
    """Whether the source is whom the statement is about: what a company does is seen, not only told by it."""
    chain = other.mention.chain or tuple(a.source for a in other.heard if a.source)
    names = {word.key for s in chain[-1:] if s in told.sources for word in words(told.sources[s].name)} - SMALL
    return bool(names & {word.key for word in telling.words if telling.article.text[word.start].isupper()})


def _grade(told: Told, telling: Telling, cited: Sequence[Telling], credit: str | None) -> Severity | None:
    if credit:
        return "low"
    if telling.mention.basis in {"recovered", "inferred"} or telling.mention.counted:
        return "high"
    # what people unnamed told cannot be common knowledge
    unnamed = {t.article.id for t in cited if any(told.sources[s].kind == "anonymous" for s in _behind(told, t))}
    return "medium" if len(unnamed) > 1 or any(_contested(told, telling, t) for t in cited[:MOST]) else None


def _contested(told: Told, telling: Telling, other: Telling) -> bool:
    """Whether the same words, elsewhere, are a report's, a claim's, or those of people unnamed who hold no office.

    Who states what the police say a moment later may have it from them, or have seen it; who states what a guard said
    of his jail has it from the guard.
    """
    if told.alike(telling, other)[1] < _SAME or later_day(telling, other):
        return False
    chain = _behind(told, other)
    if not chain or any(told.sources[s].kind in CARRIER_KINDS for s in chain):
        return bool(chain)
    cues = {w.key for a in other.heard for span in a.cue_spans for w in words(other.article.text, span)}
    if cues & _CLAIMED:
        return True
    name = {w.key for w in words(told.sources[chain[-1]].name)}
    return told.sources[chain[-1]].kind == "anonymous" and (not name & _OFFICES or bool(name & _HIDDEN))


def _behind(told: Told, telling: Telling) -> list[str]:
    """The Source ids a telling states, outermost first."""
    stated = telling.mention.chain or tuple(s for a in telling.heard for s in (*a.via, a.source) if s is not None)
    return [s for s in stated if s in told.sources]


def _credit(
    told: Told, article: str, cited: Sequence[Telling], behind: set[str], cites: Mapping[str, Sequence[str]]
) -> str | None:
    """Whom of those behind the claim the article credits in another place, by name; None when nobody."""
    named = next((told.name(s) for s in cites.get(article, ()) if s in behind and _as_such(told, article, s)), None)
    return named or next((told.label(t.article) for t in cited if told.credits(article, t.article.id)), None)


def _as_such(told: Told, article: str, source: str) -> bool:
    """Whether the article names the source, or describes it in a word of its name: "one insider" is no credit."""
    known = told.sources[source]
    if known.kind != "anonymous":
        return True
    name = {w.key for w in words(known.name) if len(w.key) > 3}
    here = [p for p in known.mentions if p.article == article]
    return not here or any(name & {w.key for w in words(told.articles[article].text, p.span)} for p in here)


def _dropped(
    told: Told,
    claim: str,
    cited: Telling,
    lost: Sequence[Telling],
    severity: Severity,
    credited: Mapping[str, str | None],
) -> Conflict:
    chain = _behind(told, cited)
    # the people are what a reader misses; whoever carried their words comes second
    people = [s for s in chain if told.sources[s].kind not in CARRIER_KINDS] or chain
    whom = told.name(people[-1]) if people else "its source"
    names = listed(dict.fromkeys(told.label(t.article) for t in lost))
    first = lost[0]
    verb = "states" if len({t.article.id for t in lost}) == 1 else "state"
    credit = credited[first.article.id]
    end = f"as its own here; it credits {credit} elsewhere" if credit else "and cites nobody for it"
    return conflict(
        "attribution_dropped",
        "drift",
        severity,
        f"{told.label(cited.article)} has it from {whom}; "
        f"{names} {verb} {shown(text_of(first.article, first.mention.spans))} {end}.",
        [
            side(cited.article, cited.mention.spans, whom),
            *(side(t.article, t.mention.spans, "no source") for t in lost),
        ],
        claim=claim,
    )
