"""A trace in the terminal: short, as wide as the window, and as readable in a pipe or a file.

Takes a trace and a rich console, prints what an editor reads first: what could not be judged, the count, the findings,
the claims that more than one article carries, and the quotations they share.
"""

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.style import Style
from rich.text import Text

from headwater.labels import listed, number_of, plain
from headwater.model import Claim, Quotation, Trace, Variant, text_of
from headwater.report import phrases as said
from headwater.report.tally import count_of, owner_words
from headwater.report.view import View, Way, printings

#: How much is printed before the page is named instead.
MOST_CLAIMS = 8
MOST_QUOTATIONS = 4
MOST_UNJUDGED = 4
MOST_OWNERS = 3
MOST_ORIGINS = 4
MOST_WAYS = 4
MOST_CONFLICTS = 2
MOST_DOUBTS = 2
MOST_VARIANTS = 6
MOST_NAMES = 5
LONGEST_QUOTATION = 240
LONGEST_CHANGE = 80

_COLUMN = 22
_NARROWEST = 16
_ASCII = str.maketrans({"→": "->", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "…": "..."})

_VERB = re.compile(r"(^|; |: )(credit|cite|quote|share|state|say)s\b")

_QUIET = Style(dim=True)
_HEADING = Style(bold=True)
_SEVERITY = {"high": Style(bold=True, color="red"), "medium": Style(color="yellow"), "low": Style(dim=True)}


def to_terminal(trace: Trace, console: Console) -> None:
    """Print the summary of a trace.

    Lines are wrapped at the console's width; nothing of the articles can steer the terminal. Characters that the
    console's encoding lacks are replaced.
    """
    out = _Out(console)
    view = View(trace)
    _unjudged(view, out)
    if trace.made_by.judge is not None:
        out.put(Text(f"{said.upper_first(said.judge_words(trace.made_by.judge))}.", style=_QUIET), hang=2)
        out.console.print()
    out.put(Text(count_line(view), style=_HEADING))
    counted = count_of(view)
    for owner, outlets in counted.owners[:MOST_OWNERS]:
        out.put(f"{owner_words(counted, owner, outlets)}: {listed_names(outlets)}", hang=2)
    _findings(view, out)
    _claims(view, out)
    _quotations(view, out)
    out.heading("Where to look next")
    out.put("--html FILE writes the page: every claim and finding with its words in place.", indent=2)
    out.put("--json FILE writes the whole trace for programs.", indent=2)


def count_line(view: View) -> str:
    """The count in one line: "5 articles → 5 outlets → 4 separate texts → 1 origin for the main claim"."""
    count, main = count_of(view), view.main_claim
    steps = [
        number_of(len(count.articles), "article"),
        number_of(len(count.outlets), "outlet"),
        number_of(len(count.texts), "separate text"),
    ]
    if main is not None:
        steps.append(f"{said.range_words(main)} for the main claim")
    return " → ".join(steps)


class _Out:
    """Prints wrapped lines with a hanging indent."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._plain = not console.encoding.casefold().startswith("utf")

    def put(self, text: str | Text, *, indent: int = 0, hang: int = 0) -> None:
        """Print a paragraph set in by ``indent``, its further lines by ``hang`` more; both in columns."""
        text = text if isinstance(text, Text) else Text(text)
        if self._plain:
            text = Text(self._encodable(text.plain), style=text.style)
        width = max(self.console.width, 2)
        indent = min(indent, max(width - _NARROWEST, 0))
        hang = min(hang, max(width - indent - _NARROWEST, 0))
        first, rest = self._first_line(text, width - indent)
        self._line(indent, first)
        if rest is not None:
            for line in rest.wrap(self.console, max(width - indent - hang, 1)):
                self._line(indent + hang, line)

    def pair(self, name: str, words: str, *, indent: int) -> None:
        """A name in a column and words beside it."""
        column = min(_COLUMN, max(self.console.width // 3, 8))
        name = self._encodable(name) if self._plain else name
        if cell_len(name) > column and words:
            self.put(name, indent=indent, hang=2)
            self.put(words, indent=indent + column + 2)
        else:
            self.put(f"{set_cell_size(name, column)}  {words}" if words else name, indent=indent, hang=column + 2)

    def heading(self, text: str) -> None:
        """A heading with an empty line before it."""
        self.console.print()
        self.put(Text(text, style=_HEADING))

    def _first_line(self, text: Text, width: int) -> tuple[Text, Text | None]:
        lines = text.wrap(self.console, max(width, 1))
        if len(lines) < 2:
            return text, None
        # what stands after the first line is wrapped anew, at the width that the hanging indent leaves it
        kept = len(lines[0].plain.rstrip())
        while kept < len(text.plain) and text.plain[kept].isspace():
            kept += 1
        return text[: len(lines[0].plain.rstrip())], text[kept:]

    def _line(self, indent: int, line: Text) -> None:
        line = line.copy()
        line.rstrip()
        self.console.print(Text(" " * indent).append_text(line), soft_wrap=True, highlight=False, markup=False)

    def _encodable(self, text: str) -> str:
        encoding = self.console.encoding
        return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)


def _unjudged(view: View, out: _Out) -> None:
    where: dict[str, list[str]] = {}
    for item, articles in view.unjudged:
        where.setdefault(plain(item.what), []).extend(view.label(article) for article in articles)
    matters = []
    for what, names in where.items():
        named = listed(names) if len(names) <= 3 else number_of(len(names), "article")
        matters.append(f"{what} ({named})" if names else what)
    if not matters:
        return
    more = len(matters) - MOST_UNJUDGED
    line = "; ".join(matters[:MOST_UNJUDGED]) + (f"; and {more} more" if more > 0 else "")
    out.put(Text(f"Cannot be judged: {line}.", style=_QUIET), hang=2)
    out.console.print()


def _findings(view: View, out: _Out) -> None:
    found = sorted(view.trace.findings, key=lambda finding: said.SEVERITIES[finding.severity])
    if not found:
        return
    out.heading("Findings")
    for finding in found:
        text = Text()
        text.append(f"{finding.severity:<8}", style=_SEVERITY[finding.severity])
        text.append(plain(finding.text))
        out.put(text, indent=2, hang=8)


def _claims(view: View, out: _Out) -> None:
    shared = view.shared_claims
    if not shared:
        out.heading("No claim is carried by more than one article.")
        return
    out.heading("Claims carried by more than one article")
    for index, claim in enumerate(shared[:MOST_CLAIMS]):
        if index:
            out.console.print()
        _claim(view, claim, out)
    if len(shared) > MOST_CLAIMS:
        out.console.print()
        out.put(Text(f"and {len(shared) - MOST_CLAIMS} more in the page", style=_QUIET), indent=2)


def _claim(view: View, claim: Claim, out: _Out) -> None:
    out.put(Text(said.claim_words(claim), style=_HEADING), indent=2, hang=2)
    kind = "" if claim.kind == "fact" else f"; {claim.kind}"
    bottleneck = "" if view.rests_on_its_origin(claim) else view.bottleneck_words(claim)
    out.put(
        f"{said.range_words(claim)}, {view.carried_words(claim)}{kind}{f'; {bottleneck}' if bottleneck else ''}",
        indent=4,
    )
    for origin in claim.origins[:MOST_ORIGINS]:
        out.put(f"{said.upper_first(view.origin_name(origin))} ({said.BASES[origin.basis]})", indent=4, hang=2)
        for line in (view.folded_words(origin), view.other_names_words(claim, origin)):
            if line:
                out.put(Text(line, style=_QUIET), indent=6, hang=2)
        alike: dict[str, list[str]] = {}
        ways = view.ways(claim, origin)
        for way in ways:
            alike.setdefault(way.words or way.shared, []).append(way.article)
        for words, articles in list(alike.items())[:MOST_WAYS]:
            out.pair(listed_labels(view, articles), words if len(articles) == 1 else several(words), indent=6)
        rest = [article for articles in list(alike.values())[MOST_WAYS:] for article in articles]
        if rest:
            out.put(Text(f"and {listed_labels(view, rest)}", style=_QUIET), indent=6, hang=2)
        _doubts(view, ways, out)
    if len(claim.origins) > MOST_ORIGINS:
        out.put(Text(f"and {number_of(len(claim.origins) - MOST_ORIGINS, 'other')}", style=_QUIET), indent=4)
    if claim.circular:
        out.put(view.circle_words(claim), indent=4, hang=2)
    if claim.unknown:
        out.put(f"{view.unknown_words(claim)}: {listed_labels(view, claim.unknown)}", indent=4, hang=2)
        _doubts(view, view.plain_ways(claim, claim.unknown), out)
    left = view.left_over(claim)
    if left:
        out.put(f"also carried by {listed_labels(view, left)}", indent=4, hang=2)
        _doubts(view, view.plain_ways(claim, left), out)
    conflicts = view.conflicts_of(claim)
    for conflict in conflicts[:MOST_CONFLICTS]:
        kind = said.CONFLICTS[conflict.type].lower()
        out.put(f"{said.VERDICTS[conflict.verdict]} ({kind}): {plain(conflict.note)}", indent=4, hang=2)
    if len(conflicts) > MOST_CONFLICTS:
        more = number_of(len(conflicts) - MOST_CONFLICTS, "more difference")
        out.put(Text(f"and {more}", style=_QUIET), indent=4)


def _doubts(view: View, ways: Sequence[Way], out: _Out) -> None:
    """The words of those who say that they could not confirm it."""
    for way in [way for way in ways if way.doubts][:MOST_DOUBTS]:
        place = way.doubts[0]
        words = _brief(place.span.of(view.articles[place.article].text), LONGEST_QUOTATION)
        out.put(f"what could not be confirmed, in {view.label(way.article)}: “{words}”", indent=6, hang=2)


def several(words: str) -> str:
    """What is said of one article, said of several: "cite Oda Quill", "state it as their own"."""
    words = _VERB.sub(r"\1\2", words)
    return words.replace("state it as its own", "state it as their own").replace("% of its words", "% of their words")


def listed_labels(view: View, articles: Sequence[str]) -> str:
    """The names of articles as a sentence lists them; of many the first, and how many more."""
    return listed_names([view.label(article) for article in articles])


def listed_names(names: Sequence[str]) -> str:
    """Names as a sentence lists them; of many the first, and how many more."""
    names = list(names)
    if len(names) > MOST_NAMES + 1:
        names[MOST_NAMES:] = [f"{len(names) - MOST_NAMES} more"]
    return listed(names)


def _quotations(view: View, out: _Out) -> None:
    shared = [q for q in view.trace.quotations if len({variant.article for variant in q.variants}) > 1]
    shared.sort(key=lambda q: -len({variant.article for variant in q.variants}))
    if not shared:
        return
    out.heading("Quotations in more than one article")
    for index, quotation in enumerate(shared[:MOST_QUOTATIONS]):
        if index:
            out.console.print()
        words, *variants = _quotation(view, quotation)
        out.put(words[0], indent=2, hang=2)
        met: set[str] = set()
        for name, change in variants[:MOST_VARIANTS]:
            out.pair("" if name in met else name, change, indent=4)
            met.add(name)
        if len(variants) > MOST_VARIANTS:
            more = number_of(len(variants) - MOST_VARIANTS, "more printing")
            out.put(Text(f"and {more}", style=_QUIET), indent=4)
    if len(shared) > MOST_QUOTATIONS:
        out.console.print()
        out.put(Text(f"and {len(shared) - MOST_QUOTATIONS} more in the page", style=_QUIET), indent=2)


def _quotation(view: View, quotation: Quotation) -> Iterator[tuple[str, ...]]:
    variants = printings(quotation)
    speaker = view.name(quotation.speaker) if quotation.speaker else "speaker cannot be judged"
    fullest = variants[0]
    article = view.articles.get(fullest.article)
    words = (
        _brief(text_of(article, view.valid_spans(fullest.article, fullest.spans)), LONGEST_QUOTATION) if article else ""
    )
    yield (f"{said.upper_first(speaker)}: “{words}”",)
    for variant in variants:
        yield (view.label(variant.article), _change_words(variant))


def _brief(text: str, most: int) -> str:
    """A text on one line, its middle left out when it is longer than ``most``."""
    text = plain(text)
    if len(text) <= most:
        return text
    return f"{text[: most * 2 // 3].rsplit(' ', 1)[0]} … {text[-(most // 3) :].partition(' ')[2]}"


def _change_words(variant: Variant) -> str:
    changes = []
    for change in variant.changes:
        before, after = _brief(change.before, LONGEST_CHANGE), _brief(change.after, LONGEST_CHANGE)
        match change.kind:
            case "dropped":
                changes.append(f"left out “{before}”")
            case "added":
                changes.append(f"put in “{after}”")
            case "replaced":
                changes.append(f"“{before}” became “{after}”")
            case "moved":
                changes.append(f"moved “{after or before}”")
    return said.relation_words(variant) + (f": {'; '.join(changes)}" if changes else "")
