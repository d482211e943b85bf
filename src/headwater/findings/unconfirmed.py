"""Where an article says itself that it could not confirm something."""

import re

from headwater.findings.words import Told, finding
from headwater.model import Finding, Severity, Span
from headwater.tracing.own_word import doubts

_UNCONFIRMED = re.compile(
    r"\b(?:(?:could|has|have|had|was|were) not (?:be(?:en)? )?(?:independently )?(?:verif|confirm|corroborat)\w+|"
    r"(?:un|not )able to (?:independently )?(?:verify|confirm)|not independently (?:verified|confirmed))",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?\n]")


def could_not_confirm(told: Told) -> list[Finding]:
    """Where an article says that it could not confirm something: it adds no origin. First of what many carry."""
    out: list[Finding] = []
    doubted: set[str] = set()
    for claim in sorted(told.trace.claims, key=lambda c: (-told.carried(c), c.id)):
        for mention in claim.mentions:
            place = next(iter(doubts(mention, told.articles)), None)
            if place is None or place.article in doubted:
                continue
            doubted.add(place.article)
            words = told.brief(place.span.of(told.articles[place.article].text))
            label = told.labels[place.article]
            text = f"{label} prints {told.quote(claim)} and says with it: “{words}”."
            severity: Severity = "medium" if told.carried(claim) > 1 else "low"
            out.append(
                finding(text, severity, [place, *(s.at(mention.article) for s in mention.spans)], claims=[claim.id])
            )
    for article in told.trace.articles:
        if article.id in doubted:
            continue
        away = [f.span for f in article.furniture]
        for match in _UNCONFIRMED.finditer(article.text):
            before = max(article.text.rfind(c, 0, match.start()) for c in ".!?\n") + 1
            stop = _STOP.search(article.text, match.end())
            sentence = article.text[before : stop.start() if stop else len(article.text)]
            start = before + len(sentence) - len(sentence.lstrip())
            span = Span(start, before + len(sentence))
            if span.end <= span.start or any(span.overlap(f) for f in away):
                continue
            words = told.brief(span.of(article.text))
            text = f"{told.labels[article.id]} says that something could not be confirmed: “{words}”."
            out.append(finding(text, "low", [span.at(article.id)]))
            break
    return out[:2]
