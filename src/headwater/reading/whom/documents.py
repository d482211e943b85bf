"""Whose words a paper holds: an author's where it is somebody's own, a newsroom's where it is a report, or its own."""

import re
from bisect import bisect_left
from collections.abc import Callable

from headwater import lexicon
from headwater.model import Span
from headwater.reading.whom.cut import DAY_OR_MONTH
from headwater.reading.whom.met import LOOK_BACK, Met
from headwater.reading.whom.named import Named
from headwater.reading.whom.nouns import DEFINITE, LEAD, OWNER, SPEAKING_PAPERS
from headwater.words import key_of, words

#: Where people post what they say; the place says nothing itself.
_PLATFORMS = frozenset(
    """facebook twitter instagram youtube tiktok linkedin reddit snapchat telegram whatsapp tumblr medium weibo vk
    mastodon bluesky threads discord signal substack""".split()
)


def document(
    named: Named, met: Met, shown: str, span: Span, head: str, described: Callable[[Span], str | None]
) -> str | None:
    """A paper: its author where it is somebody's own words, its newsroom where it is a report, else itself.

    ``described`` gives the body that a description without a name means ("the company's statement").
    """
    raw = span.of(named.text)
    owner = OWNER.match(raw)
    whose = Span(span.start, span.start + len(owner["owner"])) if owner else None
    author = (named.entity_in(whose) or described(whose)) if whose else None
    if author is None:
        from_whom = re.search(r"\b(?:from|by)\s+(.+)$", raw, re.DOTALL)
        whose = Span(span.start + from_whom.start(1), span.end) if from_whom else None
        author = (named.entity_in(whose) or described(whose)) if whose else None
    inside = {e for _, _, e in named.inside(span)}
    if author is None and head in lexicon.REPORTS:
        outlets = {e for e in inside if named.by_id[e].type == "organisation" and named.is_carrier(e)}
        author = outlets.pop() if len(outlets) == 1 else None
    if author is None and head in SPEAKING_PAPERS:  # "the agency statement": the agency speaking
        speakers = {
            e
            for e in inside
            if named.by_id[e].type in {"organisation", "person"} and key_of(named.by_id[e].name) not in _PLATFORMS
        }
        author = speakers.pop() if len(speakers) == 1 else None
    if author is not None and (
        (head in lexicon.REPORTS and named.is_carrier(author))
        or named.by_id[author].type == "person"
        or head in SPEAKING_PAPERS
    ):
        return met.of_entity(author, span)
    printed = re.search(rf"\b(?:by|in|on) (?!{DAY_OR_MONTH})((?:the )?[A-Z][\w’' -]{{2,40}})$", shown)
    if author is None and head in lexicon.REPORTS and printed:  # "a broadcast by Radio Seldom"
        return met.keep(re.sub(r"^the ", "", printed[1]), "outlet", span)
    if author is None and owner and key_of(owner["owner"].split()[-1]) in lexicon.OUTLETS:
        return met.keep(LEAD.sub("", owner["owner"]), "outlet", span, scope=met.article.id)
    if len(words(shown)) == 2 and head in SPEAKING_PAPERS and DEFINITE.match(shown):
        issuer = _issuer(named, met, head, span)
        if issuer is not None:
            return met.repeat(issuer, span)
    scope = met.article.id
    if head in SPEAKING_PAPERS and re.match(r"(?:an?|another)\s", shown, re.IGNORECASE):
        scope = f"{scope}:{span.start}"  # each "a statement" is another one
    return met.keep(LEAD.sub("", shown), "document", span, scope=scope)


def _issuer(named: Named, met: Met, head: str, span: Span) -> str | None:
    """Who spoke last, where what they said was said to be in such a paper: "… in a statement. The statement …"."""
    begin = max(0, met.sentences_back(span.start, 2))
    end = bisect_left(met.order, (span.start, ""))
    for place, source in reversed(met.order[max(0, end - LOOK_BACK) : end]):
        if place < begin - 300:
            return None
        known = met.known[source]
        if known.kind == "document":
            return source if key_of(known.name.split()[-1]) == head else None
        if known.kind in {"person", "organisation", "anonymous"}:
            issued = r"[^.!?\n]{0,120}?\b(?:in|issued|via) (?:an?|the|his|her|their|its) (?:\w+ ){0,2}"
            return source if re.match(rf"{issued}{re.escape(head)}\b", named.text[place : span.start]) else None
    return None
