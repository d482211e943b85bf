"""The margin of an article: how many origins stand behind each sentence, and how the others tell it."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from rapidfuzz.distance import LCSseq

from headwater.labels import number_of
from headwater.model import Claim, Span
from headwater.report import phrases as said
from headwater.report.page.addresses import Link
from headwater.report.page.links import Links
from headwater.report.page.words import cut
from headwater.report.versions import Told, against, told
from headwater.words import merged

#: How many different wordings of others one sentence shows, and how many outlets are named for one.
MOST_VERSIONS = 5
MOST_OF_MANY = 1  # in a story of more than ``MANY_ARTICLES``
MANY_ARTICLES = 60
MOST_NAMED = 6
MOST_NAMED_OF_MANY = 1
_SHORT_NAME = 48  # code points of a claim's first words in a story of many articles

#: How many wordings of one claim are compared at most.
MOST_WORDINGS = 60


@dataclass(frozen=True, slots=True)
class _Version:
    """One wording, and where it is printed: links by article."""

    told: Told
    printed: dict[str, Link]
    lang: str | None


Wordings = Mapping[str, list[_Version]]


def margin(links: Links, article: str, wordings: Wordings) -> list[tuple[Span, dict[str, Any]]]:
    """The sentences of an article that make a claim others carry too, in order, each with its note."""
    view = links.view
    sentences = view.sentences_of(article)
    claims: dict[int, dict[str, Claim]] = {}
    for claim, mention in links.shared_mentions.get(article, ()):
        for span in view.valid_spans(article, mention.spans):
            index = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
            if index >= 0 and sentences[index].overlap(span):
                claims.setdefault(index, {})[claim.id] = claim
    return [
        (sentences[n], _note(links, wordings, article, sentences[n], list(claims[n].values()))) for n in sorted(claims)
    ]


def _note(links: Links, wordings: Wordings, article: str, sentence: Span, claims: list[Claim]) -> dict[str, Any]:
    view = links.view
    carried = {claim.id for claim in claims}
    mentions = [m for claim, m in links.shared_mentions[article] if claim.id in carried]
    windows = [w for m in mentions if any(span.overlap(sentence) for span in m.spans) for w in links.windows(m)]
    own = told(view.articles[article].text, merged([sentence, *windows]))
    many = len(view.articles) > MANY_ARTICLES
    most = MOST_OF_MANY if many else MOST_VERSIONS
    met = _versions(wordings, article, own, claims)
    equal = [version for version in met if version.told.keys == own.keys]
    others = [version for version in met if version.told.keys != own.keys]
    low, high = min(c.independent.low for c in claims), max(c.independent.high for c in claims)
    if len(claims) == 1:
        summary = f"{said.range_words(claims[0])}, {number_of(claims[0].outlets, 'outlet')}"
    else:
        summary = f"{number_of(len(claims), 'claim')}: {said.range_of(low, high)}"
    return {
        "id": links.addresses.name("sentence", links.sentence_key(article, sentence)),
        "summary": summary,
        "known": low > 0,
        "claims": [
            {
                "link": links.claim(c.id, cut(said.claim_words(c), _SHORT_NAME) if many else ""),
                "range": said.range_words(c),
            }
            for c in claims
        ],
        "versions": [
            _shown(version, own, MOST_NAMED_OF_MANY if many else MOST_NAMED) for version in (*equal, *others[:most])
        ],
        "left_out": sum(len(version.printed) for version in others[most:]),
    }


def _versions(wordings: Wordings, article: str, own: Told, claims: list[Claim]) -> list[_Version]:
    """The others' sentences, the same wording once with all that print it, the nearest first."""
    met: dict[tuple[str, ...], _Version] = {}
    for claim in claims:
        for wording in wordings[claim.id]:
            printed = {other: link for other, link in wording.printed.items() if other != article}
            if printed:
                known = met.setdefault(wording.told.keys, _Version(wording.told, {}, wording.lang))
                known.printed.update({other: link for other, link in printed.items() if other not in known.printed})
    return sorted(met.values(), key=lambda version: -LCSseq.normalized_similarity(version.told.keys, own.keys))


def wordings_of(links: Links) -> Wordings:
    """For each shared claim the sentences in which it is made, the same wording once; made once for all articles."""
    return {claim.id: _wordings(links, claim) for claim in links.view.shared_claims}


def _wordings(links: Links, claim: Claim) -> list[_Version]:
    """The sentences of one claim; of very many wordings the first."""
    met: dict[tuple[str, ...], _Version] = {}
    for mention in claim.mentions:
        windows = links.windows(mention)
        if windows:
            version = told(links.view.articles[mention.article].text, windows)
            if version.keys in met or len(met) < MOST_WORDINGS:
                known = met.setdefault(version.keys, _Version(version, {}, links.lang(mention.article)))
                known.printed.setdefault(mention.article, links.mention(claim, mention))
    return list(met.values())


def _shown(version: _Version, own: Told, most: int) -> dict[str, Any]:
    """A wording with those who print it; where it is the sentence itself, word for word, it is not shown again."""
    equal = version.told.keys == own.keys
    return {
        "links": list(version.printed.values())[:most],
        "more": max(0, len(version.printed) - most),
        "html": Markup("") if equal else against(version.told, own),
        "lang": version.lang,
        "equal": equal,
    }
