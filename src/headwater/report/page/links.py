"""Links to claims, sources, articles and words, and the marks that the words must bear for them.

Asking for a link to words leaves a mark in their article; so the articles are made last.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

from markupsafe import Markup

from headwater.model import Claim, Mention, Place, Span
from headwater.report import phrases as said
from headwater.report.page.addresses import Addresses, Link
from headwater.report.page.words import Words, cut
from headwater.report.segments import Mark, marked
from headwater.report.view import View

#: How many links to words stand in one list, and how many of them to one article.
MOST_EVIDENCE = 8
MOST_OF_ONE = 2

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Links:
    """A view of a trace with the places of its page."""

    def __init__(self, view: View, addresses: Addresses | None = None) -> None:
        """Give articles and claims their anchors, and mark every mention."""
        self.view = view
        self.addresses = addresses or Addresses()
        self.marks: dict[str, dict[str, Mark]] = {article: {} for article in view.articles}
        self._numbers: dict[int, int] = {}  # of each mention within its claim, by identity
        self.shared_mentions: dict[str, list[tuple[Claim, Mention]]] = {}
        self._windows: dict[tuple[str, tuple[Span, ...]], list[Span]] = {}
        for article in view.articles:
            self.addresses.name("article", article)
        for claim in view.trace.claims:
            self.addresses.name("claim", claim.id)
            self._mark_mentions(claim)

    def _mark_mentions(self, claim: Claim) -> None:
        view = self.view
        carried = len(view.claim_articles(claim))
        for number, mention in enumerate(claim.mentions, start=1):
            self._numbers[id(mention)] = number
            spans = view.valid_spans(mention.article, mention.spans)
            for index, span in enumerate(spans):
                anchor = self._mention_anchor(claim, number) if index == 0 else None
                shared = carried > 1 and index == len(spans) - 1
                if index == 0 and carried > 1:
                    self.shared_mentions.setdefault(mention.article, []).append((claim, mention))
                key = anchor or f"{claim.id} {number} {index}"
                self.marks[mention.article][key] = Mark(
                    start=span.start,
                    end=span.end,
                    css="mention" if carried > 1 else "lone",
                    id=anchor,
                    link=self._note(claim, mention.article, span) if shared else None,
                    label=f"How others tell it: {view.carried_words(claim)}, {said.range_words(claim)}",
                    shown=f"{carried}→{said.range_sign(claim)}",
                    rank=1,
                )

    def _note(self, claim: Claim, article: str, span: Span) -> str:
        """The address of the note on the sentence that ``span`` begins in; of the claim where it is in none."""
        sentences = self.view.sentences_of(article)
        index = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
        if index < 0 or not sentences[index].overlap(span):
            return self.addresses.to("claim", claim.id)
        anchor = self.addresses.name("sentence", self.sentence_key(article, sentences[index]))
        return self.addresses.to("article", article, anchor)

    def sentence_key(self, article: str, sentence: Span) -> str:
        """What the note on a sentence is named by."""
        return f"{self.addresses.name('article', article).removeprefix('article-')}-{sentence.start}"

    def windows(self, mention: Mention) -> list[Span]:
        """The sentences around a mention, looked up once."""
        key = (mention.article, mention.spans)
        if key not in self._windows:
            self._windows[key] = self.view.around(mention.article, mention.spans)
        return self._windows[key]

    def _mention_anchor(self, claim: Claim, number: int) -> str:
        return self.addresses.name(
            "mention", f"{self.addresses.name('claim', claim.id).removeprefix('claim-')}-{number}"
        )

    def mention(self, claim: Claim, mention: Mention) -> Link:
        """A link to the words of a mention."""
        if not self.view.valid_spans(mention.article, mention.spans):
            return self.article(mention.article)
        number = self._numbers[id(mention)]
        anchor = self._mention_anchor(claim, number)
        return Link(self.view.label(mention.article), self.addresses.to("article", mention.article, anchor))

    def article(self, article: str) -> Link:
        """A link to an article, by its name."""
        known = article in self.view.articles
        return Link(self.view.label(article), self.addresses.to("article", article) if known else None)

    def articles(self, articles: Iterable[str]) -> list[Link]:
        """Links to several articles."""
        return [self.article(article) for article in articles]

    def claim(self, claim_id: str | None, name: str = "") -> Link | None:
        """A link to a claim, by its first words or by ``name``; None when there is no such claim."""
        claim = self.view.claims.get(claim_id or "")
        if claim is None:
            return None
        return Link(name or cut(said.claim_words(claim)), self.addresses.to("claim", claim.id))

    def claims(self, claims: Iterable[str]) -> list[Link]:
        """Links to those of the claims that there are."""
        return [link for other in claims if (link := self.claim(other))]

    def source(self, source_id: str) -> Link:
        """A link to a source, by its name."""
        known = source_id in self.view.sources
        return Link(self.view.name(source_id), self.addresses.to("source", source_id) if known else None)

    def node(self, node: str) -> Link:
        """A link to a source or an article."""
        return self.source(node) if node in self.view.sources else self.article(node)

    def place(self, article: str, spans: Iterable[Span], *, traced: bool = False) -> Link:
        """A link to words; the article bears an anchor there, and its name on every piece where it is ``traced``."""
        spans = self.view.valid_spans(article, spans)
        if not spans:
            return self.article(article)
        slug = self.addresses.name("article", article).removeprefix("article-")
        anchor = self.addresses.name("words", f"{slug}-{spans[0].start}-{spans[0].end}")
        if traced or anchor not in self.marks[article]:
            css = f"words at-{anchor}" if traced else "words"
            self.marks[article][anchor] = Mark(start=spans[0].start, end=spans[0].end, css=css, id=anchor, rank=2)
        return Link(self.view.label(article), self.addresses.to("article", article, anchor))

    def evidence(self, places: Iterable[Place]) -> list[Link]:
        """Links to words, an article's told apart by a number; not twice to words that overlap, nor to too many."""
        out: list[Link] = []
        taken: dict[str, list[Span]] = {}
        left_out = 0
        for place in places:
            spans = taken.setdefault(place.article, [])
            if any(place.span.overlap(span) for span in spans):
                continue
            spans.append(place.span)
            if len(spans) > MOST_OF_ONE or len(out) >= MOST_EVIDENCE:
                left_out += 1
                continue
            link = self.place(place.article, [place.span])
            out.append(link if len(spans) == 1 else Link(f"{link.name} ({len(spans)})", link.href))
        return [*out, Link(f"and {left_out} more", None)] if left_out else out

    def lang(self, article: str) -> str | None:
        """The language of an article's words, None where it is no code."""
        known = self.view.articles.get(article)
        return known.language if known and known.language and _LANGUAGE.fullmatch(known.language) else None

    def in_place(self, article: str, spans: Iterable[Span], link: Link | None = None) -> Words:
        """The sentences around ``spans``, with them marked."""
        spans = self.view.valid_spans(article, spans)
        html = Markup("")
        if spans:
            text = self.view.articles[article].text
            marks = [Mark(start=span.start, end=span.end, css="hit", tag="mark") for span in spans]
            windows = self.view.around(article, spans)
            html = Markup(" … ").join(marked(text, marks, within=window) for window in windows)
        return Words(html, link or self.place(article, spans), self.lang(article))
