"""Lines to learn carriers from: the marked sentences that are there to build on, varied, and others from templates.

Names, contents and sources change, other sentences are put around: what is left to learn is the form. All of it is our
own writing; the templates and lists are in ``carriers.toml``, the marked sentences in ``tests/marked``.
"""

import random
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from headwater.model import Span
from headwater.reading import names
from headwater.reading.tagger import Tagged
from headwater.words import sentences

TESTS = Path(__file__).resolve().parents[1] / "tests"
_WORD = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"\[([sctv]) ")
_PAIRS = (("“", "”"), ("“", "”"), ('"', '"'))
_TITLES = ("President", "Mayor", "Mr.", "Dr.", "Judge", "Ms.", "General", "Senator", "Professor", "Minister")
_PRONOUNS = ("he", "she", "they", "the company", "the ministry", "the family", "the captain", "the driver")
_PLACES = ("Averna", "Strand", "Norden", "Karelund", "Brennick", "Port")


@dataclass(frozen=True, slots=True)
class Line:
    """A text with its attributions; ``form`` names the way of saying, ``kind`` is marked, varied or made."""

    text: str
    attributions: tuple[Tagged, ...]
    form: str
    kind: str


class Words:
    """Words to put into templates, by a seeded choice."""

    def __init__(self, path: Path, seed: int) -> None:
        """Read the lists."""
        self.lists: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
        self.rng = random.Random(seed)
        self._kinds: dict[str, Callable[[], str]] = {
            "outlet": self.outlet,
            "paper": lambda: self.outlet("").strip(),
            "person": self.person,
            "name": lambda: self.person(whole=True),
            "source": self.source,
            "role": lambda: self.one("roles"),
            "bare": lambda: re.sub(r"^(a|an|the|one of the) ", "", self.one("roles")),
            "bearer": lambda: _small(self.one("bearers")) if self.rng.random() < 0.8 else self.person(),
            "document": lambda: self.one("documents"),
            "clause": lambda: self.one("clauses"),
            "Clause": lambda: _large(self.one("clauses")),
            "quote": self.quote,
            "remark": lambda: f"“{self.one('remarks')}”",
            "audience": lambda: self.one("audiences"),
            "day": lambda: self.one("days"),
        }

    def one(self, of: str) -> str:
        """Any of a list."""
        return self.rng.choice(self.lists[of])

    def of(self, kind: str) -> str:
        """The words for a place in a template."""
        return self._kinds[kind]()

    def outlet(self, article: str = "the ") -> str:
        """An outlet, with its article where it has one."""
        if self.rng.random() < 0.5:
            name = self.one("outlets_with_article")
            where = f"{self.rng.choice(_PLACES)} " if self.rng.random() < 0.3 and " of " not in name else ""
            return article + where + name
        return self.one("outlets")

    def person(self, *, whole: bool | None = None) -> str:
        """A person, by a first name as well or not."""
        whole = self.rng.random() < 0.6 if whole is None else whole
        return (self.one("first_names") + " " if whole else "") + self.one("last_names")

    def source(self) -> str:
        """Anybody who speaks."""
        x = self.rng.random()
        if x < 0.5:
            return self.one("roles")
        if x < 0.65:
            return self.person()
        if x < 0.8:
            return f"{self.rng.choice(_TITLES)} {self.person(whole=False)}"
        return f"{self.person(whole=True)}, {self.one('roles')}" if x < 0.9 else self.rng.choice(_PRONOUNS)

    def quote(self) -> str:
        """A quotation in its marks."""
        opens, closes = self.rng.choice(_PAIRS)
        return f"{opens}{self.one('quotes')}{closes}"


def lines(words: Words, *, varied: int = 14, made: int = 14) -> Iterator[Line]:
    """All lines, in order.

    Args:
        words: what is put in.
        varied: how often a marked line of the chains is varied; lines of the attributions half as often.
        made: lines from each template.
    """
    sys.path.insert(0, str(TESTS))
    from marked import load

    for name, times in (("chains", varied), ("attributions", varied // 2)):
        for line in load(name, "dev"):
            marked = tuple(Tagged(cue=m.cue, source=m.source, content=m.content, via=m.via) for m in line.attributions)
            yield Line(line.text, marked, line.form, "marked")
            for _ in range(times):
                other = Line(*_renamed(line.text, marked, words), line.form, "varied")
                yield _among(other, words)
    for template in words.lists["templates"]:
        form, _, pattern = template.partition("|")
        for _ in range(made):
            yield _among(Line(*_filled(pattern, words), form, "made"), words)


def _small(form: str) -> str:
    return form[:1].lower() + form[1:]


def _large(form: str) -> str:
    return form[:1].upper() + form[1:]


def _filled(pattern: str, words: Words) -> tuple[str, tuple[Tagged, ...]]:
    """A template with its places filled: the text, and the attribution that its brackets mark."""
    pattern = _WORD.sub(lambda m: words.of(m.group(1)), pattern)
    text, at = "", 0
    open_: list[tuple[str, int]] = []
    spans: dict[str, list[Span]] = {kind: [] for kind in "sctv"}
    while at < len(pattern):
        mark = _MARK.match(pattern, at)
        if mark:
            open_.append((mark.group(1), len(text)))
            at = mark.end()
            continue
        if pattern[at] == "]":
            kind, start = open_.pop()
            spans[kind].append(Span(start, len(text)))
        else:
            text += pattern[at]
        at += 1
    tagged = Tagged(cue=tuple(spans["c"]), source=tuple(spans["s"]), content=tuple(spans["t"]), via=tuple(spans["v"]))
    return _large(text), (tagged,)


def _renamed(text: str, marked: Sequence[Tagged], words: Words) -> tuple[str, tuple[Tagged, ...]]:
    """The same with other names, contents and unnamed sources."""
    rng = words.rng
    edits: list[tuple[Span, str]] = []
    known: dict[str, str] = {}
    for name in names.find_names(text, sentences(text)) if rng.random() < 0.9 else ():
        form = name.span.of(text)
        if name.type not in {"person", "organisation"}:
            continue
        last = form.split()[-1]
        if form not in known:
            if name.type == "person":
                known[form] = known[last].split()[-1] if last in known else words.person(whole=" " in form)
            else:
                bare = text[: name.start].endswith(("the ", "The "))
                known[form] = words.one("outlets_with_article") if bare else words.outlet("")
            known.setdefault(last, known[form])
        edits.append((name.span, known[form]))
    kept = [s for t in marked for s in (*t.source, *t.cue, *t.via)]
    for tagged in marked:
        if len(tagged.content) == 1 and rng.random() < 0.5 and not any(tagged.content[0].overlap(s) for s in kept):
            other = _other_content(tagged.content[0].of(text), words)
            if other:
                edits = [e for e in edits if not e[0].overlap(tagged.content[0])]
                edits.append((tagged.content[0], other))
        if len(tagged.source) == 1 and rng.random() < 0.4:
            form = tagged.source[0].of(text)
            unnamed = " " in form and form[1:].islower()
            if unnamed and not any(span.overlap(tagged.source[0]) for span, _ in edits):
                role = words.one("roles")
                edits.append((tagged.source[0], _large(role) if form[0].isupper() else role))
    return _edited(text, marked, sorted(edits))


def _other_content(form: str, words: Words) -> str | None:
    """Something else that might have been said, in the same form."""
    if form[0] in '“"' and form[-1] in '”"':
        stop = form[-2] if form[-2] in ",." else ""
        return f"{form[0]}{words.one('quotes')}{stop}{form[-1]}"
    if any(mark in form for mark in '“”"') or len(form.split()) < 4:
        return None
    return words.of("Clause" if form[0].isupper() else "clause")


def _edited(text: str, marked: Sequence[Tagged], edits: Sequence[tuple[Span, str]]) -> tuple[str, tuple[Tagged, ...]]:
    """The text with spans put in the place of others, which do not overlap; its marks moved along."""
    out, at = "", 0
    moved: list[tuple[Span, int, int]] = []
    for span, new in edits:
        if span.start < at:
            continue
        out += text[at : span.start]
        moved.append((span, len(out), len(out) + len(new)))
        out += new
        at = span.end
    out += text[at:]

    def place(point: int, *, end: bool) -> int:
        shift = 0
        for span, start, stop in moved:
            if point < span.start or (point == span.start and not end):
                break
            if point >= span.end:
                shift = stop - span.end
            elif point > span.start:
                return stop if end else start
        return point + shift

    def spans(given: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(place(s.start, end=False), place(s.end, end=True)) for s in given)

    return out, tuple(
        Tagged(cue=spans(t.cue), source=spans(t.source), content=spans(t.content), via=spans(t.via)) for t in marked
    )


def _among(line: Line, words: Words) -> Line:
    """The line, half of the time with other sentences around it."""
    rng = words.rng
    if rng.random() < 0.5:
        return line
    before, after = (" ".join(rng.sample(words.lists["around"], rng.randint(0, 3))) for _ in range(2))
    gap = rng.choice((" ", "\n\n"))
    before = before + gap if before else ""
    shift = len(before)

    def spans(given: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(s.start + shift, s.end + shift) for s in given)

    marked = tuple(
        replace(t, cue=spans(t.cue), source=spans(t.source), content=spans(t.content), via=spans(t.via))
        for t in line.attributions
    )
    return replace(line, text=before + line.text + (gap + after if after else ""), attributions=marked)
