"""The head of the page: the claim most carried, the count with its lists, what could not be judged."""

from collections.abc import Mapping
from typing import Any

from headwater.labels import listed, number_of, plain
from headwater.report import phrases as said
from headwater.report.page.addresses import Link
from headwater.report.page.links import Links
from headwater.report.tally import count_of, owner_words


def title(links: Links) -> str:
    """The title of the document: how many articles, and the first headline."""
    articles = links.view.trace.articles
    titles = [plain(article.title) for article in articles if article.title]
    return f"{number_of(len(articles), 'article')}{f': {titles[0]}' if titles else ''}"


def main_claim(links: Links) -> dict[str, Any] | None:
    """The claim that most outlets carry, in a sentence; None where no claim is carried by more than one article."""
    view = links.view
    claim = view.main_claim
    if claim is None:
        return None
    return {
        "link": links.claim(claim.id, said.claim_words(claim, within=True)),
        "carried": view.carried_words(claim),
        "range": said.range_words(claim),
        "origins": said.set_apart(view.origin_name(origin) for origin in claim.origins),
    }


def unjudged(links: Links) -> list[dict[str, Any]]:
    """What could not be judged, each with why and the articles it was met in."""
    return [
        {"what": plain(item.what), "why": plain(item.why), "articles": links.articles(articles)}
        for item, articles in links.view.unjudged
    ]


def unjudged_short(links: Links) -> list[dict[str, Any]]:
    """The same, each once whatever the reasons, with the number of articles it was met in."""
    met: dict[str, set[str]] = {}
    for item, articles in links.view.unjudged:
        met.setdefault(plain(item.what), set()).update(articles)
    return [{"what": what, "count": len(articles)} for what, articles in met.items()]


def count(links: Links, paired: Mapping[frozenset[str], str]) -> dict[str, Any]:
    """The count, collapsing, each step with its list.

    Args:
        links: links of the page.
        paired: where two articles stand side by side, by their ids.
    """
    view = links.view
    found = count_of(view)
    texts = []
    for group in found.texts:
        shared = [
            Link(
                _shared_words(links, derivation.later, derivation.earlier, derivation.share, derivation.directed),
                paired.get(frozenset((derivation.later, derivation.earlier))),
            )
            for derivation in view.trace.derivations
            if derivation.kind in {"copy", "rewrite"} and {derivation.later, derivation.earlier} <= set(group)
        ]
        texts.append({"articles": links.articles(group), "shared": shared})
    return {
        "articles": links.articles(found.articles),
        "outlets": [{"name": name, "articles": links.articles(group)} for name, group in found.outlets],
        "owners": [
            {
                "words": owner_words(found, owner, outlets),
                "outlets": listed(outlets),
            }
            for owner, outlets in found.owners
        ],
        "texts": texts,
        "origins": [
            {
                "name": said.upper_first(group.name),
                "link": links.node(group.sources[0]),
                "claims": links.claims(group.claims),
                "articles": links.articles(group.articles),
            }
            for group in found.origins
        ],
        "main": said.range_number(main) if (main := view.main_claim) else "",
        "main_words": said.range_noun(main) if main else "",
        "all": said.range_of(found.low, found.high),
        "unknown": found.unknown,
        "shared_claims": len(view.shared_claims),
    }


def _shared_words(links: Links, later: str, earlier: str, share: float | None, directed: bool) -> str:
    one, other = links.view.label(later), links.view.label(earlier)
    how_much = "text" if share is None else f"{said.share_words(share)} of its words"
    return f"{one} shares {how_much} with {other}" + ("" if directed else "; which of them was first cannot be judged")
