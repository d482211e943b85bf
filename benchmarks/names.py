"""Exact-span F1 of the rules for names, by type, on gold text kept beside the project; says so where it is absent.

Rules were chosen on the first half of wikigold; its second half and the English Web Treebank were only reported.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from headwater.model import Span
from headwater.reading.names import find_names

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "ner"
TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place"}

Sentence = list[tuple[str, str]]


def conll(path: Path) -> Iterator[list[Sentence]]:
    """Documents of wikigold: sentences of (token, label)."""
    document: list[Sentence] = []
    sentence: Sentence = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), "", "-DOCSTART- O"]:
        if line.startswith("-DOCSTART-"):
            if document:
                yield document
            document, sentence = [], []
        elif line.strip():
            token, label = line.rsplit(" ", 1)
            sentence.append((token, label))
        elif sentence:
            document.append(sentence)
            sentence = []


def iob2(path: Path) -> Iterator[list[tuple[str, Sentence]]]:
    """Documents of the UNER file: (raw sentence, tokens with labels)."""
    document: list[tuple[str, Sentence]] = []
    raw, sentence = "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), "", "# newdoc"]:
        if line.startswith("# newdoc"):
            if document:
                yield document
            document = []
        elif line.startswith("# text = "):
            raw = line.removeprefix("# text = ")
        elif line and not line.startswith("#"):
            _, token, label, *_ = line.split("\t")
            sentence.append((token, label))
        elif not line and sentence:
            document.append((raw, sentence))
            sentence = []


def joined(sentence: Sentence) -> str:
    """Tokens set as running text."""
    out = ""
    for token, _ in sentence:
        glue = not out or token in {",", ".", ";", ":", "!", "?", ")", "'s", "n't", "'", "%"} or out[-1] in "($"
        out += token if glue else " " + token
    return out


def gold(raw: str, sentence: Sentence, at: int) -> set[tuple[int, int, str]]:
    """Labelled spans, in places of the document's text."""
    out: set[tuple[int, int, str]] = set()
    here = 0
    current: list[int] = []
    kind = ""
    for token, label in [*sentence, ("", "O")]:
        if token:
            found = raw.find(token, here)
            here = found if found >= 0 else here
        prefix, _, name = label.partition("-")
        if current and (prefix in {"O", "B"} or name != kind):
            if kind in TYPES:
                out.add((at + current[0], at + current[1], TYPES[kind]))
            current = []
        if prefix != "O":
            current = [current[0] if current else here, here + len(token)]
            kind = name
        here += len(token)
    return out


def score(documents: list[list[tuple[str, Sentence]]], *, show: bool = False) -> None:
    """Print precision, recall and F1 by type."""
    right = dict.fromkeys(TYPES.values(), 0)
    said, there = dict(right), dict(right)
    for document in documents:
        text = ""
        spans: list[Span] = []
        wanted: set[tuple[int, int, str]] = set()
        for raw, sentence in document:
            spans.append(Span(len(text), len(text) + len(raw)))
            wanted |= gold(raw, sentence, len(text))
            text += raw + "\n"
        got = {(n.start, n.end, n.type) for n in find_names(text, spans) if n.type in right}
        for kind in right:
            right[kind] += sum(1 for item in got & wanted if item[2] == kind)
            said[kind] += sum(1 for item in got if item[2] == kind)
            there[kind] += sum(1 for item in wanted if item[2] == kind)
        if show:
            for start, end, kind in sorted(got ^ wanted):
                sign = "+" if (start, end, kind) in got else "-"
                print(
                    sign, kind[:3], repr(text[start:end]), "|", text[max(0, start - 30) : end + 30].replace("\n", "/")
                )
    for kind in [*right, "all"]:
        hit, out, all_ = (sum(d.values()) if kind == "all" else d[kind] for d in (right, said, there))
        precision, recall = hit / max(1, out), hit / max(1, all_)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"  {kind:13} P {100 * precision:5.1f}  R {100 * recall:5.1f}  F1 {100 * f1:5.1f}  ({all_} gold)")


def main() -> int:
    """Print the scores; 0 also where the data is absent."""
    show = "--errors" in sys.argv[1:]
    if not DATA.is_dir():
        print("names: no gold data beside the project (shared/data/ner); nothing measured")
        return 0
    wiki = [[(joined(s), s) for s in document] for document in conll(DATA / "wikigold.conll")]
    half = len(wiki) // 2
    print("wikigold, first half (rules were chosen on it)")
    score(wiki[:half], show=show)
    print("wikigold, second half")
    score(wiki[half:])
    print("English Web Treebank, dev")
    score(list(iob2(DATA / "uner-ewt-dev.iob2")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
