"""The margin of an article: how many origins stand behind each sentence, and how the others tell it."""

from bisect import bisect_right
from typing import Any

from headwater.labels import number_of
from headwater.model import Claim, Span
from headwater.report import phrases as said
from headwater.report.page.addresses import Link
from headwater.report.page.links import Links
from headwater.report.versions import Told, against, told
from headwater.words import merged

#: How many different wordings of others one sentence shows, and how many outlets are named for one.
MOST_VERSIONS = 5
MOST_NAMED = 6


def margin(links: Links, article: str) -> list[tuple[Span, dict[str, Any]]]:
    """The sentences of an article that make a claim others carry too, in order, each with its note."""
    view = links.view
    sentences = view.sentences_of(article)
    claims: dict[int, dict[str, Claim]] = {}
    for claim, mention in links.shared_mentions.get(article, ()):
        for span in view.valid_spans(article, mention.spans):
            index = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
            if index >= 0 and sentences[index].overlap(span):
                claims.setdefault(index, {})[claim.id] = claim
    return [(sentences[n], _note(links, article, sentences[n], list(claims[n].values()))) for n in sorted(claims)]


def _note(links: Links, article: str, sentence: Span, claims: list[Claim]) -> dict[str, Any]:
    view = links.view
    carried = {claim.id for claim in claims}
    mentions = [m for claim, m in links.shared_mentions[article] if claim.id in carried]
    windows = [w for m in mentions if any(span.overlap(sentence) for span in m.spans) for w in links.windows(m)]
    own = told(view.articles[article].text, merged([sentence, *windows]))
    versions = _versions(links, article, own, claims)
    low, high = min(c.independent.low for c in claims), max(c.independent.high for c in claims)
    if len(claims) == 1:
        summary = f"{said.range_words(claims[0])}, {number_of(claims[0].outlets, 'outlet')}"
    else:
        summary = f"{number_of(len(claims), 'claim')}: {said.range_of(low, high)}"
    return {
        "id": links.addresses.name("sentence", links.sentence_key(article, sentence)),
        "summary": summary,
        "known": low > 0,
        "claims": [{"link": links.claim(c.id), "range": said.range_words(c)} for c in claims],
        "versions": versions[:MOST_VERSIONS],
        "left_out": sum(len(version["links"]) + version["more"] for version in versions[MOST_VERSIONS:]),
    }


def _versions(links: Links, article: str, own: Told, claims: list[Claim]) -> list[dict[str, Any]]:
    """The others' sentences, the same wording once with all that print it, the nearest first."""
    view = links.view
    wordings: dict[tuple[str, ...], tuple[Told, dict[str, Link], str | None]] = {}
    for claim in claims:
        for mention in claim.mentions:
            if mention.article == article or mention.article not in view.articles:
                continue
            windows = links.windows(mention)
            if windows:
                version = told(view.articles[mention.article].text, windows)
                known = wordings.setdefault(version.keys, (version, {}, links.lang(mention.article)))
                known[1].setdefault(mention.article, links.mention(claim, mention))
    out = []
    for keys, (version, printed, lang) in wordings.items():
        html, share = against(version, own)
        out.append(
            {
                "links": list(printed.values())[:MOST_NAMED],
                "more": max(0, len(printed) - MOST_NAMED),
                "html": html,
                "lang": lang,
                "equal": keys == own.keys,
                "share": share,
            }
        )
    return sorted(out, key=lambda version: -version["share"])
