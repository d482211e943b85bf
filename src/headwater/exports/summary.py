"""The source summary of a story, in the shape that ICD 206 asks of analysts: what a page says, before it is set.

A summary of the sources; for each claim how many origins of what kind, who has it how, and in which words; what rests
on a single source; where tellings differ; gaps; a citation for every article. Markdown and Word set the same blocks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from headwater.exports.linked import address
from headwater.exports.tables import words_of
from headwater.labels import listed, number_of, plain
from headwater.model import Article, Claim, Mention, Origin, Trace
from headwater.report.dated import date_key, date_words
from headwater.report.phrases import BASES, CONFLICTS, VERDICTS, claim_words, range_of, range_words, upper_first
from headwater.report.tally import Count, count_of
from headwater.report.view import View, Way

MOST_CLAIMS = 30  #: claims that a summary tells at length
_MOST_LISTED = 12  # articles of an origin, differences, gaps of one kind
_MOST_ORIGINS = 8
_LONGEST_QUOTE = 220  # code points


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the page: ``lead`` is set in bold before ``text``; ``address`` is a web address that follows it."""

    kind: Literal["title", "heading", "text", "item", "subitem"]
    text: str
    lead: str = ""
    address: str | None = None


def summary_of(trace: Trace) -> Iterator[Block]:
    """The blocks of the page, in order; every text is one line without control characters."""
    return _Summary(View(trace)).blocks()


class _Summary:
    """A view of a trace and the numbers of its citations."""

    def __init__(self, view: View) -> None:
        self.view = view
        dated = sorted(view.trace.articles, key=lambda a: (date_key(a.published or ""), a.id))
        self.cited = {article.id: number for number, article in enumerate(dated, 1)}
        self.order = dated

    def blocks(self) -> Iterator[Block]:
        view = self.view
        title = next((t for a in self.order if (t := plain(a.title or ""))), "")
        yield Block("title", f"Source summary: {title}" if title else "Source summary")
        yield Block("heading", "Sources in summary")
        yield from self._sources(count_of(view))
        shared = view.shared_claims
        if shared:
            yield Block("heading", "Claims carried by more than one article")
        for claim in shared[:MOST_CLAIMS]:
            yield from self._claim(claim)
        if len(shared) > MOST_CLAIMS:
            yield Block("text", f"{number_of(len(shared) - MOST_CLAIMS, 'more claim')} of this kind: see the tables.")
        yield from self._list("Single-source claims", self._single(shared))
        yield from self._list("Where tellings differ", self._differences())
        yield from self._list("Gaps, and what cannot be judged", self._gaps(shared))
        yield Block("heading", "Source reference citations")
        for article in self.order:
            yield self._citation(article)

    def _sources(self, count: Count) -> Iterator[Block]:
        view, shared = self.view, self.view.shared_claims
        when = f", published {view.published_words}" if view.published_words else ", none of which bears a date"
        set_ = f"{number_of(len(count.articles), 'article')} of {number_of(len(count.outlets), 'outlet')}{when}."
        copies = len(count.articles) - len(count.texts)
        if copies > 0:
            set_ += f" {upper_first(number_of(len(count.texts), 'separate text'))}: the others share their words."
        yield Block("text", set_)
        for owner, outlets in count.owners:
            yield Block("text", f"{listed(outlets)} belong to {owner}.")
        one = sum(1 for claim in shared if _rests_on_one(claim))
        several = sum(1 for claim in shared if claim.origins and claim.independent.low > 1)
        perhaps = sum(1 for claim in shared if claim.origins and claim.independent.low <= 1 < claim.independent.high)
        rest = len(shared) - one - several - perhaps
        verb = "is" if len(shared) == 1 else "are"
        yield Block(
            "text",
            f"{number_of(len(shared), 'claim')} {verb} carried by more than one article: {one:,} with a single origin, "
            f"{several:,} with several, {perhaps:,} with several that nothing shows to be separate, {rest:,} whose "
            "origin cannot be judged. "
            f"{number_of(len(view.lone_claims), 'claim')} of one article alone: see the tables.",
        )
        if count.origins:
            shown = [
                f"{group.name} ({kind})" if (kind := view.end_words(group.sources[0])) else group.name
                for group in count.origins[:_MOST_ORIGINS]
            ]
            more = len(count.origins) - len(shown)
            more_words = f"; {more:,} more" if more > 0 else ""
            yield Block("text", f"Behind them: {range_of(count.low, count.high)}: {'; '.join(shown)}{more_words}.")

    def _claim(self, claim: Claim) -> Iterator[Block]:
        view = self.view
        cites = self._cites(view.claim_articles(claim))
        said = f"{upper_first(range_words(claim))}, {view.carried_words(claim)} {cites}."
        yield Block("item", said, lead=_claim_words(claim))
        for origin in claim.origins:
            yield self._origin(origin)
            yield from self._ways(view.ways(claim, origin))
        unplaced = [*claim.unknown, *(a for a in view.left_over(claim) if a not in claim.unknown)]
        if words := view.unknown_words(claim):
            yield Block("subitem", f"{upper_first(words)}.")
        yield from self._ways(view.plain_ways(claim, unplaced))
        for words in (view.bottleneck_words(claim), view.circle_words(claim)):
            if words:
                yield Block("subitem", f"{upper_first(words)}.")

    def _cites(self, articles: Iterable[str]) -> str:
        """Numbers of citations; three in a row and more as "[1]–[7]"."""
        runs: list[list[int]] = []
        for number in sorted({self.cited[a] for a in articles if a in self.cited}):
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return "".join(
            f"[{run[0]}]–[{run[-1]}]" if len(run) > 2 else "".join(f"[{number}]" for number in run) for run in runs
        )

    def _origin(self, origin: Origin) -> Block:
        view = self.view
        details = "; ".join(filter(None, (view.origin_kind(origin), BASES[origin.basis], view.folded_words(origin))))
        return Block("subitem", f"{view.origin_name(origin)} ({details}).", lead="Origin:")

    def _ways(self, ways: Sequence[Way]) -> Iterator[Block]:
        for way in ways[:_MOST_LISTED]:
            yield self._way(way)
        if len(ways) > _MOST_LISTED:
            yield Block("subitem", f"So {number_of(len(ways) - _MOST_LISTED, 'more article')}: see the tables.")

    def _way(self, way: Way) -> Block:
        words = "; ".join(filter(None, (way.words, way.shared))) or "carries it"
        quoted = self._quoted(way.mentions)
        cited = f"[{self.cited[way.article]}] " if way.article in self.cited else ""
        return Block("subitem", f"{cited}{self.view.label(way.article)} {words}{quoted}.")

    def _quoted(self, mentions: Iterable[Mention]) -> str:
        for mention in mentions:
            if words := plain(words_of(self.view, mention.article, mention.spans)):
                return f": “{_brief(words)}”"
        return ""

    def _list(self, heading: str, lines: Iterable[str]) -> Iterator[Block]:
        told = list(lines)
        if told:
            yield Block("heading", heading)
        for line in told:
            yield Block("item", line)

    def _single(self, shared: Iterable[Claim]) -> Iterator[str]:
        single = [claim for claim in shared if _rests_on_one(claim)]
        for claim in single[:MOST_CLAIMS]:
            origin = self.view.origin_name(claim.origins[0])
            rest = self.view.bottleneck_words(claim)
            cites = self._cites(self.view.claim_articles(claim))
            yield f"{_claim_words(claim)} {upper_first(origin)}{'; ' + rest if rest else ''} {cites}."
        if len(single) > MOST_CLAIMS:
            yield f"{number_of(len(single) - MOST_CLAIMS, 'more claim')}."

    def _differences(self) -> Iterator[str]:
        conflicts = self.view.ordered_conflicts
        for conflict in conflicts[:_MOST_LISTED]:
            cites = self._cites(side.article for side in conflict.sides)
            note = _ended(plain(conflict.note))
            yield f"{CONFLICTS[conflict.type]}, {VERDICTS[conflict.verdict]}: {note} {cites}".rstrip()
        if len(conflicts) > _MOST_LISTED:
            yield f"{number_of(len(conflicts) - _MOST_LISTED, 'more difference')}: see the tables."

    def _gaps(self, shared: Iterable[Claim]) -> Iterator[str]:
        view = self.view
        unknown = [claim for claim in shared if not claim.origins]
        for claim in unknown[:_MOST_LISTED]:
            words = view.circle_words(claim) or view.unknown_words(claim) or range_words(claim)
            yield f"{_claim_words(claim)} {upper_first(words)}."
        if len(unknown) > _MOST_LISTED:
            yield f"{number_of(len(unknown) - _MOST_LISTED, 'more claim')} without a known origin."
        for matter, articles in view.unjudged:
            where = f" ({listed(view.label(article) for article in articles[:_MOST_LISTED])})" if articles else ""
            yield f"{upper_first(plain(matter.what))}: {plain(matter.why)}{where}."
        undated = [view.label(a.id) for a in self.order if a.published is None]
        if undated:
            more = f", and of {len(undated) - _MOST_LISTED:,} more" if len(undated) > _MOST_LISTED else ""
            yield f"No date is known of {listed(undated[:_MOST_LISTED])}{more}."

    def _citation(self, article: Article) -> Block:
        outlet = plain(article.outlet or "") or self.view.label(article.id)
        title = f", “{words}”" if (words := plain(article.title or "")) else ""
        byline = f", by {words}" if (words := plain(article.byline or "")) else ""
        when = date_words(plain(article.published)) if article.published else "no date known"
        length = f", {number_of(article.words, 'word')}" if article.words else ""
        cut = ", cut off" if article.truncated else ""
        text = f"{outlet}{title}{byline}, {when}{length}{cut}."
        return Block("text", text, lead=f"[{self.cited[article.id]}]", address=address(article))


def _rests_on_one(claim: Claim) -> bool:
    return bool(claim.origins) and claim.independent.high == 1


def _claim_words(claim: Claim) -> str:
    return _ended(plain(claim_words(claim)))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", ".”", "!”", "?”")) else f"{text}."


def _brief(words: str) -> str:
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
