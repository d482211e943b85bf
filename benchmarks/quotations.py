"""How well printings of one act of speech are told from words that only look alike.

Reads quotation_cases.jsonl (two short articles of our own writing each, half of them traps: a stump phrase said twice,
scare quotes, titles, slogans, names), builds the records around each, and groups. Braces in a text hold what is
attributed. ``python benchmarks/quotations.py -v`` lists every wrong case of the open half; of the other half, held
back while rules are written, only totals are shown.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from headwater.align.quotes import quotations
from headwater.compare import conflicts
from headwater.model import Article, Attribution, Mode, Quotation, Reading, Source, Span, Variant
from headwater.words import sentences, words

CASES = Path(__file__).with_name("quotation_cases.jsonl")
_CUES = re.compile(r"\b(?:said|told|wrote|denied|asked|promised|advised|testified|admitted|ordered|called)\b")
_MARKS = re.compile("[“”\"'‘«»]")


@dataclass
class Tally:
    """Counts of one half; ``wrong`` holds a line for each case that came out otherwise than an editor wants."""

    linked: int = 0
    false: int = 0
    missed: int = 0
    relations: list[bool] = field(default_factory=list)
    changes: list[bool] = field(default_factory=list)
    drifts: list[bool] = field(default_factory=list)
    silent: list[bool] = field(default_factory=list)
    no_speech: list[bool] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares 0..1: precision and recall of links; relations and changes of linked cases that are right.

        ``severe_found`` is the share of dropped or added hedges and negations that are a finding of high severity,
        ``silence_kept`` the share of harmless cases without one, ``no_speech`` the share of titles, slogans, names
        and scare quotes that are no quotation.
        """

        def share(of: Sequence[bool]) -> float:
            return sum(of) / len(of) if of else 1.0

        return {
            "precision": self.linked / max(1, self.linked + self.false),
            "recall": self.linked / max(1, self.linked + self.missed),
            "relation": share(self.relations),
            "changes": share(self.changes),
            "severe_found": share(self.drifts),
            "silence_kept": share(self.silent),
            "no_speech": share(self.no_speech),
        }


def _named(text: str, source: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """Where the source is named outside the content, by the last word of its name."""
    found = (Span(m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(source.split()[-1])}\b", text))
    return tuple(s for s in found if not any(span.overlap(s) for span in content))[:1]


def _side(name: str, side: Mapping[str, Any], names: Mapping[str, Sequence[str]]) -> tuple[Article, Attribution]:
    """The article and its one attribution: the braces are cut out, what they held is the content."""
    text, content, at = "", [], 0
    for piece in re.split(r"([{}])", side["text"]):
        if piece == "{":
            at = len(text)
        elif piece == "}":
            content.append(Span(at, len(text)))
        else:
            text += piece
    said = [span.of(text).strip().strip(",") for span in content]
    whole = all(_MARKS.match(part) and (_MARKS.match(part[-1]) or "”" not in part) for part in said)
    mode: Mode = "direct" if whole else "mixed" if any(_MARKS.search(part) for part in said) else "indirect"
    cues = [Span(m.start(), m.end()) for m in _CUES.finditer(text)]
    cue = tuple(c for c in cues if not any(span.overlap(c) for span in content))[:1]
    article = Article(id=name, text=text, published=side.get("published"), outlet=f"The {name.upper()}", language="en")
    source = side["said_by"]
    return article, Attribution(
        id=f"{name}1",
        article=name,
        source=source,
        source_spans=_named(text, names[source][0], content) if source else (),
        cue_spans=cue,
        content_spans=tuple(content),
        mode=mode,
    )


def _plain(form: str) -> str:
    return " ".join(word.key for word in words(form))


def _changes(variant: Variant) -> set[tuple[str, str, str]]:
    return {(c.kind, _plain(c.before), _plain(c.after)) for c in variant.changes}


def judge(case: Mapping[str, Any], tally: Tally) -> None:
    """Add one case to the tally."""
    found = [_side(name, case[name], case["sources"]) for name in "ab"]
    articles, attributions = [a for a, _ in found], [a for _, a in found]
    sources = {
        key: Source(id=key, name=row[0], kind=row[1], reached_by=row[2] if len(row) > 2 else None)
        for key, row in case["sources"].items()
    }
    grouped = quotations(articles, attributions, sources)
    whole = next((q for q in grouped if len({v.article for v in q.variants}) > 1), None)
    if case.get("speech") is False:
        tally.no_speech.append(not grouped)
    if not case["linked"]:
        tally.false += whole is not None
        if whole or (grouped and case.get("speech") is False):
            tally.wrong.append(f"{case['id']} {case['kind']}: {'linked' if whole else 'taken for speech'}")
        return
    if whole is None:
        tally.missed += 1
        tally.wrong.append(f"{case['id']} {case['kind']}: not linked")
        return
    tally.linked += 1
    _judge_variant(case, whole.variants[1], tally)
    readings = [Reading(id=a.id, sentences=sentences(a.text)) for a in articles]
    _judge_drift(case, [c.severity for c in _wordings(articles, readings, attributions, sources, grouped)], tally)


def _wordings(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    attributions: Sequence[Attribution],
    sources: Mapping[str, Source],
    grouped: Sequence[Quotation],
) -> list[Any]:
    found = conflicts(articles, readings, attributions, sources, (), (), grouped, ())
    return [c for c in found if c.type == "wording"]


def _judge_variant(case: Mapping[str, Any], variant: Variant, tally: Tally) -> None:
    right = variant.relation in case["relation"]
    tally.relations.append(right)
    if not right:
        tally.wrong.append(f"{case['id']} {case['kind']}: {variant.relation}, not {case['relation']}")
    if "changes" in case:
        wanted = {(kind, _plain(before), _plain(after)) for kind, before, after in case["changes"]}
        tally.changes.append(_changes(variant) == wanted)
        if _changes(variant) != wanted:
            tally.wrong.append(f"{case['id']} {case['kind']}: {sorted(_changes(variant))}, not {sorted(wanted)}")


def _judge_drift(case: Mapping[str, Any], severities: Sequence[str], tally: Tally) -> None:
    wanted = case.get("drift")
    if wanted == "none":
        right = not severities
        tally.silent.append(right)
    elif wanted is not None:
        right = bool(severities) if wanted == "any" else wanted in severities
        tally.drifts.append(right)
    else:
        return
    if not right:
        tally.wrong.append(f"{case['id']} {case['kind']}: findings {list(severities)}, not {wanted}")


def tallies() -> dict[str, Tally]:
    """Both halves judged: ``open`` and ``held``."""
    out = {"open": Tally(), "held": Tally()}
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        judge(case, out["held" if case["held"] else "open"])
    return out


def figures() -> dict[str, float]:
    """What ``gate.py`` asks: the figures of both halves."""
    return {f"{name}.{key}": value for name, tally in tallies().items() for key, value in tally.figures().items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; with ``-v`` the wrong cases of the open half."""
    found = tallies()
    print(f"{'':<14}" + "".join(f"{name:>8}" for name in found))
    for key in Tally().figures():
        print(f"{key:<14}" + "".join(f"{tally.figures()[key]:8.3f}" for tally in found.values()))
    for name, tally in found.items():
        print(f"{name}: linked {tally.linked}, missed {tally.missed}, linked falsely {tally.false}")
    if "-v" in (sys.argv[1:] if arguments is None else arguments):
        print("\n".join(found["open"].wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
