"""Writes a plan's articles and its known answer, with the exact characters of every mention.

A paragraph is kept as sentences, a sentence as pieces that know which claim they state, so that copying, trimming and
editing keep the spans. The answer has the form of the gold of real stories (claims, mentions, origins, bounds).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

from .graphs import Origin, Plan, Telling
from .truth import Answer, agreed
from .words import Half, half

Wording = Literal["other", "same"]

_FIELD = re.compile(r"\{(\w\^?|day)\}")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")
_NUMBERS = {2: "two", 3: "three"}
_EDITS = (("said", "stated"), ("while", "as"), ("Outside", "In front of"), ("several", "some"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence; ``claim`` is the number of the claim that they state, None for all else.

    ``origin`` is the origin that the sentence names for it; None where it names nobody or only an outlet.
    """

    text: str
    claim: int | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences about one claim, or about none."""

    sentences: tuple[tuple[Piece, ...], ...]
    claim: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where an article states a claim: ``[start, end)`` code points of its text, and the way it has it.

    ``origin`` is the origin that is named on the spot.
    """

    article: str
    claim: int
    start: int
    end: int
    way: str
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story: the plan, the answer for each claim, records as ``headwater.trace`` takes them, and mentions."""

    plan: Plan
    answers: tuple[Answer, ...]
    records: tuple[dict[str, object], ...]
    mentions: tuple[Mention, ...]

    def text(self, article: str) -> str:
        """The text of the article with that id."""
        return next(str(r["text"]) for r in self.records if r["id"] == article)


def story(half_name: str, seed: int, number: int, *, wording: Wording = "other") -> Story:
    """The story of that number; the same arguments give the same bytes.

    ``wording`` "other" has each telling in words of its own where there are enough; "same" has every telling of the
    first claim in one clause, which leaves attribution, carriers and derivation as what can go wrong with it.
    """
    words, name = half(half_name), f"s{number:04}"
    plan, answers = agreed(words, f"{half_name}/{seed}/{number}", name)
    return _Writer(words, plan, answers, Random(f"words/{half_name}/{seed}/{number}"), wording).write()


@dataclass(slots=True)
class _Met:
    """Whom an article has introduced already."""

    people: set[str] = field(default_factory=set)


class _Writer:
    def __init__(self, words: Half, plan: Plan, answers: tuple[Answer, ...], rng: Random, wording: Wording) -> None:
        self.words, self.plan, self.answers, self.rng, self.wording = words, plan, answers, rng, wording
        self.fill = plan.setting.filled
        self.wordings: dict[int, list[str]] = {}
        self.backs = list(plan.setting.theme.back)
        rng.shuffle(self.backs)
        self.small: set[tuple[str, str]] = set()

    def write(self) -> Story:
        bodies: list[list[Paragraph]] = []
        for i, article in enumerate(self.plan.articles):
            bodies.append(self._report(i) if article.parent is None else self._copy(i, bodies[article.parent]))
        records, mentions = [], []
        for i, body in enumerate(bodies):
            record, found = self._page(i, body)
            records.append(record)
            mentions.extend(found)
        return Story(plan=self.plan, answers=self.answers, records=tuple(records), mentions=tuple(mentions))

    # Reports ----------------------------------------------------------------------------------------------------------

    def _report(self, i: int) -> list[Paragraph]:
        rng, met = self.rng, _Met()
        own = [t for t in self.plan.tellings if t.article == i]
        order = sorted({t.claim for t in own}, key=lambda c: (c > 0, rng.random()))
        out: list[Paragraph] = []
        for claim in order:
            for t in (t for t in own if t.claim == claim):
                out.extend(self._telling(t, met))
            for aside in self.plan.asides:
                if (aside.article, aside.claim) == (i, claim):
                    out.append(self._aside(i, claim, aside.denier, met))
            if rng.random() < 0.5:
                out.append(Paragraph((self._background(),)))
        out.extend(Paragraph((self._background(), self._small_talk())) for _ in range(rng.choice((1, 1, 2, 3))))
        while sum(len(p.text) for para in out for s in para.sentences for p in s) < 1000:
            out.append(Paragraph((self._small_talk(), self._small_talk())))
        return out

    def _telling(self, t: Telling, met: _Met) -> list[Paragraph]:
        """The paragraph that tells a claim; sometimes with a quotation, sometimes told again further down."""
        rng, frames = self.rng, self.words.frames
        origin = self.plan.origins[t.origin] if t.origin else None
        quote = self.plan.claims[t.claim].quote
        speaks = (
            origin is not None and origin.kind == "person" and t.way in {"own", "credit_source", "dropped"} and quote
        )
        sentences = []
        only_quote = speaks and rng.random() < 0.2
        if not only_quote:
            told = None if t.way == "credit" else origin
            sentences.append(self._sentence(rng.choice(self._frames(t, told)), t, told, met))
        if only_quote or (speaks and rng.random() < 0.35):
            quoted = [f for f in frames["quoted"] if ("{O}" in f) == (t.way == "credit_source" or rng.random() < 0.3)]
            frame = rng.choice(quoted or list(frames["quoted"])).replace(
                "{O}", "{X}" if t.way == "credit_source" else "{O}"
            )
            sentences.append(self._sentence(frame, t, origin, met))
        if rng.random() < 0.3:
            sentences.append(self._small_talk())
        out = [Paragraph(tuple(sentences), t.claim)]
        if rng.random() < 0.15 and t.way != "silent":
            again = self._sentence(rng.choice(frames["plain"]), t, None, met)
            out.append(Paragraph((self._background(), again), t.claim))
        return out

    def _frames(self, t: Telling, origin: Origin | None) -> Sequence[str]:
        frames = self.words.frames
        if t.way == "confirmed":
            bare = origin is None or origin.kind == "newsroom"
            return [f for f in frames["confirmed"] if ("{S" in f) != bare]
        if t.way == "credit_source" and origin is not None and origin.kind == "document":
            return frames["credit_document"]
        if t.way in {"credit", "credit_source", "reports"}:
            return frames["credit" if t.way == "credit" else t.way]
        if origin is None:
            return frames["plain"]
        listed = frames[origin.kind]
        if t.way == "dropped":  # their outlet is left out, and this one did not reach them
            return [f for f in listed if "{O}" not in f and "condition" not in f] or listed
        return listed

    def _sentence(self, frame: str, t: Telling, origin: Origin | None, met: _Met) -> tuple[Piece, ...]:
        told_to = t.outside or (self.plan.articles[t.parent].outlet if t.parent is not None else "")
        pieces: list[Piece] = []
        at = 0
        for found in _FIELD.finditer(frame):
            pieces.append(Piece(frame[at : found.start()]))
            at = found.end()
            name = found[1].rstrip("^")
            if name == "C":
                pieces.append(Piece(self._wording(t.claim), t.claim, origin.id if origin else None))
            elif name == "Q":
                words = self.fill(self.plan.claims[t.claim].quote or "")
                pieces.append(Piece(words, t.claim, origin.id if origin else None))
            else:
                value = {"O": self.plan.articles[t.article].outlet, "X": told_to, "day": self.rng.choice(_DAYS)}.get(
                    name
                )
                if name == "N":
                    value = self.plan.setting.spare[int(origin.key) if origin else 0]
                pieces.append(Piece(value if value is not None else self._who(origin, met)))
            if found[1].endswith("^") or not "".join(p.text for p in pieces[:-1]).strip():
                pieces[-1] = replace(pieces[-1], text=_capital(pieces[-1].text))
        pieces.append(Piece(frame[at:]))
        return _tidy(pieces)

    def _wording(self, claim: int) -> str:
        """A wording of the claim; none is used again before all were."""
        if self.wording == "same" and claim == 0:
            return self.fill(self.plan.claims[claim].say[0])
        if not self.wordings.get(claim):
            self.wordings[claim] = list(self.plan.claims[claim].say)
            self.rng.shuffle(self.wordings[claim])
        return self.fill(self.wordings[claim].pop())

    def _who(self, origin: Origin | None, met: _Met) -> str:
        assert origin is not None
        theme = self.plan.setting.theme
        first = origin.id not in met.people
        met.people.add(origin.id)
        if origin.kind in {"person", "post"}:
            name = self.plan.setting.people[origin.key]
            met.people |= {f"person/{origin.key}", f"post/{origin.key}"}
            return f"{name}, {self.fill(theme.cast[origin.key])}," if first else name.split()[-1]
        if origin.kind in {"organisation", "spokesperson"}:
            return self.fill(theme.orgs[int(origin.key)])
        if origin.kind == "document":
            name = self.fill(theme.docs[int(origin.key)])
            return name if first else re.sub(r"^(an?|the) ", "the ", name)
        plural, singular = theme.unnamed[int(origin.key)]
        if origin.number == 1:
            return singular if first else re.sub(r"^an? ", "the ", singular)
        count = f"{_NUMBERS[origin.number]} " if origin.number else ""
        return count + plural if first else f"the {plural}"

    def _aside(self, i: int, claim: int, denier: str | None, met: _Met) -> Paragraph:
        frames = self.words.frames
        if denier is None:
            text = self.rng.choice(frames["unconfirmed"]).replace("{O}", self.plan.articles[i].outlet)
            return Paragraph(((Piece(text),),), claim)
        origin = Origin(id=f"person/{denier}", kind="person", key=denier, truly=f"person/{denier}")
        telling = Telling(article=i, claim=claim, way="own", origin=origin.id)
        sentence = self._sentence(self.rng.choice(frames["denial"]), telling, origin, met)
        return Paragraph((tuple(Piece(p.text) for p in sentence),), claim)

    def _background(self) -> tuple[Piece, ...]:
        return (Piece(self.fill(self.backs.pop())),) if self.backs else self._small_talk()

    def _small_talk(self) -> tuple[Piece, ...]:
        """A sentence about nothing; no two of a story have the same people do the same."""
        while True:
            first, who, what, last = (self.rng.choice(part) for part in self.words.chatter)
            if (who, what) not in self.small:
                self.small.add((who, what))
                return (Piece(f"{first}, {who} {what} {last}."),)

    # Copies and pages -------------------------------------------------------------------------------------------------

    def _copy(self, i: int, body: Iterable[Paragraph]) -> list[Paragraph]:
        """The parent's text, trimmed and edited; what this outlet found out itself stands where it fits."""
        rng, plan = self.rng, self.plan
        kept = {t.claim for t in plan.tellings if t.article == i and t.way == "copied"}
        edits = rng.sample(_EDITS, 2) if rng.random() < 0.6 else []
        out: list[Paragraph] = []
        for paragraph in body:
            if paragraph.claim is None and rng.random() < 0.2:
                continue
            if paragraph.claim is not None and paragraph.claim not in kept:
                continue
            pieces = tuple(tuple(_edited(p, edits) for p in s) for s in paragraph.sentences)
            out.append(replace(paragraph, sentences=pieces))
        if out and rng.random() < 0.3:  # a write-thru: the top in other words
            out[0] = replace(out[0], sentences=tuple(tuple(self._reworded(p) for p in s) for s in out[0].sentences))
        met = _Met()
        for t in (t for t in plan.tellings if t.article == i and t.way != "copied"):
            out[1:1] = self._telling(t, met)
        if rng.random() < 0.3:
            out.append(Paragraph((self._small_talk(),)))
        return out

    def _reworded(self, piece: Piece) -> Piece:
        if piece.claim is None or piece.text == self.fill(self.plan.claims[piece.claim].quote or ""):
            return piece
        words = self._wording(piece.claim)
        return replace(piece, text=_capital(words) if piece.text[0].isupper() else words)

    def _page(self, i: int, body: Sequence[Paragraph]) -> tuple[dict[str, object], list[Mention]]:
        rng, plan, frames = self.rng, self.plan, self.words.frames
        article = plan.articles[i]
        title = self.fill(rng.choice(plan.setting.theme.titles))
        lines: list[tuple[Piece, ...]] = []
        if rng.random() < 0.3:
            lines.append((Piece(title),))
        if rng.random() < 0.5 and not article.marked:
            lines.append((Piece(f"By {rng.choice(self.words.given)} {rng.choice(self.words.family)}"),))
        if rng.random() < 0.25:
            lines.append((Piece(rng.choice(frames["furniture"])),))
        source = plan.articles[article.parent] if article.parent is not None else None
        wire = article if article.wire else source if source is not None and source.wire and article.marked else None
        for number, paragraph in enumerate(body):
            lead = ""
            if number == 0 and wire is not None:
                mark = rng.choice(frames["wire_mark"]).replace("{W}", wire.outlet)
                slots = plan.setting.slots
                lead = mark.replace("{PLACE}", (slots.get("place") or slots["land"]).upper())
            joined = [Piece(lead)]
            for sentence in paragraph.sentences:
                joined.extend((*sentence, Piece(" ")))
            lines.append(tuple(joined[:-1]))
            if number == len(body) // 2 and rng.random() < 0.2:
                lines.append((Piece(rng.choice(frames["furniture"])),))
        if article.marked and source is not None and wire is None:
            line = rng.choice(frames["copy_line"]).replace("{X}", source.outlet).replace("{O}", article.outlet)
            lines.append((Piece(line),))
        text, mentions = "", []
        ways = {t.claim: t.way for t in plan.tellings if t.article == i}
        for written in lines:
            text += "\n\n" if text else ""
            for piece in written:
                if piece.claim is not None:
                    mentions.append(
                        Mention(
                            article=article.id,
                            claim=piece.claim,
                            start=len(text),
                            end=len(text) + len(piece.text),
                            way=ways[piece.claim],
                            origin=piece.origin,
                        )
                    )
                text += piece.text
        name = article.outlet
        record = {"id": article.id, "text": text, "outlet": name if article.wire else f"The {name}", "title": title}
        if article.published:
            record["published"] = article.published
        return dict(record), mentions


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tidy(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces that hold something, without the comma of an apposition before another mark."""
    out: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if out and out[-1].text.endswith(",") and piece.text[0] in ",.:;":
            out[-1] = replace(out[-1], text=out[-1].text[:-1])
        out.append(piece)
    return tuple(out)


def _edited(piece: Piece, edits: Iterable[tuple[str, str]]) -> Piece:
    for old, new in edits if piece.claim is None else ():
        piece = replace(piece, text=re.sub(rf"\b{old}\b", new, piece.text))
    return piece


def gold(told: Story) -> dict[str, object]:
    """The known answer as the gold of real stories has it; offsets are code points."""
    plan = told.plan
    texts = {str(r["id"]): str(r["text"]) for r in told.records}
    claims = []
    for number, (claim, known) in enumerate(zip(plan.claims, told.answers, strict=True)):
        mentions = [m for m in told.mentions if m.claim == number]
        docs = sorted({m.article for m in mentions})
        if not docs:
            continue
        claims.append(
            {
                "id": f"C{number + 1:02}",
                "claim": plan.setting.filled(claim.say[0]),
                "part_of": claim.part_of,
                "mentions": [
                    {
                        "doc": m.article,
                        "spans": [
                            {
                                "doc": m.article,
                                "start": m.start,
                                "end": m.end,
                                "text": texts[m.article][m.start : m.end],
                            }
                        ],
                        "stated_chain": m.way,
                    }
                    for m in mentions
                ],
                "docs": docs,
                "n_outlets": len(docs),
                "origins": [{"origin": origin, "certainty": "sure"} for origin in known.origins],
                "n_independent_origins": known.count,
                "low": known.low,
                "high": known.high,
                "bottlenecks": list(known.bottlenecks),
            }
        )
    return {
        "meta": {
            "story_id": plan.id,
            "annotator": "composed",
            "docs": {a.id: {"doc_id": a.id, "outlet": a.outlet, "published": a.published} for a in plan.articles},
        },
        "origins": [{"id": o.id, "kind": o.kind, "truly": o.truly} for _, o in sorted(plan.origins.items())],
        "claims": claims,
        "conflicts_and_drift": [],
        "derivation": {
            "pairs": [
                {"later": later, "earlier": earlier, "kind": kind, "stated": stated}
                for (later, earlier), (kind, stated) in sorted(derivations(plan).items())
            ]
        },
    }


def derivations(plan: Plan) -> dict[tuple[str, str], tuple[str, bool]]:
    """Which article took from which, by ids: (later, earlier) -> (copy, credit or rewrite, whether it says so)."""
    out: dict[tuple[str, str], tuple[str, bool]] = {}
    for t in plan.tellings:
        if t.parent is None:
            continue
        later, earlier = plan.articles[t.article], plan.articles[t.parent]
        pair = (later.id, earlier.id)
        if t.way == "copied":
            out[pair] = ("copy", later.marked)
        elif t.way in {"credit", "credit_source"}:
            out[pair] = ("credit", True)
        else:
            out.setdefault(pair, ("rewrite", False))
    return out
