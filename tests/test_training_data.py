"""Training data: gold spans and CoNLL columns become a label for every word of every window."""

import json
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.reading.trained import MODELS
from headwater.reading.trained.spans import FLAT, NAMES, runs
from headwater.reading.trained.weights import Pieces
from headwater.reading.trained.windows import Cutter

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the recipe is no part of the package

from training import data  # noqa: E402

TEXT = "Ilse Vantongeren said the lamp had failed. “Nobody came,” she added, “not even by boat.”"


@cache
def cutter(limit: int = 192) -> Cutter:
    """Windows of the shipped vocabulary."""
    return Cutter(Pieces(MODELS / "v1", needed=()).tokenizer, limit)


def gold(text: str, *marked: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Gold attributions, from the words that they have."""
    return [
        {
            role: [[text.index(part), text.index(part) + len(part)] for part in one.get(role, [])]
            for role in ("source", "cue", "content")
        }
        for one in marked
    ]


SHE_SAID = gold(
    TEXT,
    {"source": ["Ilse Vantongeren"], "cue": ["said"], "content": ["the lamp had failed"]},
    {"source": ["she"], "cue": ["added"], "content": ["“Nobody came,”", "“not even by boat.”"]},
)


def forms(text: str, example: data.Example, labels: list[int] | None, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each word that has a label other than O, with its label."""
    assert labels is not None
    return [(w.of(text), names[k]) for w, k in zip(example.window.words, labels, strict=True) if k]


def test_attributions_become_labels() -> None:
    """Each role's words begin and go on; marks of a quotation belong to it."""
    (example,) = data.of_article(TEXT, SHE_SAID, cutter())
    assert forms(TEXT, example, example.flat, FLAT) == [
        ("Ilse", "B-source"), ("Vantongeren", "I-source"), ("said", "B-cue"),
        ("the", "B-content"), ("lamp", "I-content"), ("had", "I-content"), ("failed", "I-content"),
        ("“", "B-content"), ("Nobody", "I-content"), ("came", "I-content"), (",", "I-content"), ("”", "I-content"),
        ("she", "B-source"), ("added", "B-cue"),
        ("“", "B-content"), ("not", "I-content"), ("even", "I-content"), ("by", "I-content"), ("boat", "I-content"),
        (".", "I-content"), ("”", "I-content"),
    ]  # fmt: skip
    assert example.names is None


def test_attributions_become_cues() -> None:
    """Each attribution with its own source and content, in numbers of words."""
    (example,) = data.of_article(TEXT, SHE_SAID, cutter())
    words = [w.of(TEXT) for w in example.window.words]
    one, other = example.cues
    assert [words[k] for k in one.cue] == ["said"]
    assert [words[a:b] for a, b in one.source] == [["Ilse", "Vantongeren"]]
    assert [words[a:b] for a, b in one.content] == [["the", "lamp", "had", "failed"]]
    assert [words[k] for k in other.cue] == ["added"]
    assert [words[a] for a, _ in other.content] == ["“", "“"]


@pytest.mark.parametrize("missing", ["cue", "content"])
def test_an_attribution_without_cue_or_content_teaches_no_roles(missing: str) -> None:
    """Its words are labelled all the same."""
    (one, _) = SHE_SAID
    (example,) = data.of_article(TEXT, [one | {missing: []}], cutter())
    assert example.cues == []
    assert forms(TEXT, example, example.flat, FLAT)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]], int]:
    """A text with gold spans anywhere in it, and a limit of windows."""
    parts = ["lamp", "Vantongeren", "“", "”", ". ", " ", " ", "\n", "é", "漢", "\x00", "’s", "unbelievably", "…"]
    text = draw(st.lists(st.sampled_from(parts), min_size=1, max_size=50).map("".join))
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 30)).map(lambda d: [d[0], min(len(text), sum(d))])
    spans = st.lists(span, max_size=2)
    marked = st.fixed_dictionaries({"source": spans, "cue": spans, "content": spans})
    return text, draw(st.lists(marked, max_size=4)), draw(st.integers(8, 30))


@given(marked_texts())
def test_every_word_has_a_label_in_range(drawn: tuple[str, list[dict[str, Any]], int]) -> None:
    """One label a word; every word that a span touches has one of its own; cues lie in the window."""
    text, marked, limit = drawn
    for example in data.of_article(text, marked, cutter(limit)):
        words = example.window.words
        assert example.flat is not None
        assert len(example.flat) == len(words)
        assert all(0 <= label < len(FLAT) for label in example.flat)
        for word, label in zip(words, example.flat, strict=True):
            spans = [s for one in marked for role in one.values() for s in role]
            assert (label > 0) == any(s[0] < word.end and word.start < s[1] for s in spans)
        for cue in example.cues:
            assert cue.content
            assert set(cue.cue) <= set(range(len(words)))
            assert all(0 <= a < b <= len(words) for a, b in (*cue.source, *cue.content))


@given(st.sets(st.integers(0, 60), max_size=12), st.integers(0, 60), st.integers(1, 20))
def test_words_of_a_span(letters: set[int], start: int, length: int) -> None:
    """Just the words that share a character with it."""
    words = runs(letters)
    i, j = data.ranges((start, start + length), [a for a, _ in words], [b for _, b in words])
    touched = [k for k, (a, b) in enumerate(words) if a < start + length and start < b]
    assert list(range(i, j)) == touched


def test_articles_of_a_file(tmp_path: Path) -> None:
    """A line an article, in order; other members are left alone."""
    path = tmp_path / "gold.jsonl"
    lines = [{"id": n, "text": f"{TEXT} {n}", "attributions": SHE_SAID[:n]} for n in range(3)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    found = list(data.articles(path))
    assert [a.text for a in found] == [line["text"] for line in lines]
    assert [a.attributions for a in found] == [line["attributions"] for line in lines]


def written(path: Path, sentences: list[list[tuple[str, str]]], between: str = " ") -> Path:
    """A CoNLL file of two columns."""
    lines = ["".join(f"{word}{between}{label}\n" for word, label in sentence) for sentence in sentences]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def of_three(path: Path, documents: list[list[list[tuple[str, str]]]]) -> Path:
    """A file with documents, as the universal sets have them."""
    out = []
    for number, document in enumerate(documents):
        for at, sentence in enumerate(document):
            out.append(f"# newdoc id = d{number}\n" if not at else "")
            out.append(f"# text = {' '.join(word for word, _ in sentence)}\n")
            out += [f"{n}\t{word}\t{label}\t-\tx\n" for n, (word, label) in enumerate(sentence, 1)]
            out.append("\n")
    path.write_text("".join(out), encoding="utf-8")
    return path


FENN = [("Orla", "PER"), ("Fenn", "PER"), ("came", ""), (".", "")]
LABELLED = [
    pytest.param(["I-PER", "I-PER", "O", "O"], [("Orla", "B-person"), ("Fenn", "I-person")], id="IOB1, one name"),
    pytest.param(["B-PER", "I-PER", "O", "O"], [("Orla", "B-person"), ("Fenn", "I-person")], id="IOB2, one name"),
    pytest.param(["I-PER", "B-PER", "O", "O"], [("Orla", "B-person"), ("Fenn", "B-person")], id="IOB1, two names"),
    pytest.param(["B-PER", "B-PER", "O", "O"], [("Orla", "B-person"), ("Fenn", "B-person")], id="IOB2, two names"),
    pytest.param(
        ["I-PER", "I-ORG", "O", "O"], [("Orla", "B-person"), ("Fenn", "B-organisation")], id="IOB1, two kinds"
    ),
    pytest.param(["I-PER", "O", "I-PER", "O"], [("Orla", "B-person"), ("came", "B-person")], id="IOB1, apart"),
    pytest.param(["B-LOC", "O", "O", "B-MISC"], [("Orla", "B-place"), (".", "B-other")], id="places and others"),
    pytest.param(
        ["B-corporation", "B-group", "B-creative-work", "B-product"],
        [("Orla", "B-organisation"), ("Fenn", "B-organisation"), ("came", "B-other"), (".", "B-other")],
        id="the kinds of other sets",
    ),
    pytest.param(
        ["B-location", "I-location", "B-person", "O"],
        [("Orla", "B-place"), ("Fenn", "I-place"), ("came", "B-person")],
        id="kinds written out",
    ),
    pytest.param(["B-OTH", "I-OTH", "B-nobody", "O"], [], id="kinds that are none of ours"),
    pytest.param(["O", "O", "O", "O"], [], id="no name"),
]


@pytest.mark.parametrize("between", [" ", "\t"], ids=["blank", "tab"])
@pytest.mark.parametrize(("labels", "expected"), LABELLED)
def test_columns_become_labels(
    tmp_path: Path, labels: list[str], expected: list[tuple[str, str]], between: str
) -> None:
    """IOB1 and IOB2 give the same; each kind becomes one of ours or none."""
    path = written(tmp_path / "a.conll", [list(zip("Orla Fenn came .".split(), labels, strict=True))], between)
    (example,) = data.names(path, cutter())
    assert forms("Orla Fenn came.", example, example.names, NAMES) == expected
    assert (example.flat, example.cues) == (None, [])


def test_no_label_goes_on_from_one_sentence_to_the_next(tmp_path: Path) -> None:
    """A name at a sentence's end and one at the next's beginning are two."""
    path = written(tmp_path / "a.conll", [[("to", "O"), ("Pell", "I-LOC")], [("Fenn", "I-LOC")]])
    (example,) = data.names(path, cutter())
    assert forms("to Pell\nFenn\n", example, example.names, NAMES) == [("Pell", "B-place"), ("Fenn", "B-place")]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "dos"])
def test_sentences_of_a_file(tmp_path: Path, end: str) -> None:
    """Blank lines part sentences, several as one; the last needs none; a word may be a hash sign."""
    path = tmp_path / "a.conll"
    path.write_bytes(f"Orla I-PER{end}# O{end}{end}{end}came O{end} {end}now O".replace("\r\r", "\r").encode())
    assert list(data.columns(path)) == [(["Orla", "#"], ["I-PER", "O"]), (["came"], ["O"]), (["now"], ["O"])]


def test_an_empty_file(tmp_path: Path) -> None:
    """No sentences, no examples."""
    path = tmp_path / "a.conll"
    path.write_text("", encoding="utf-8")
    assert list(data.columns(path)) == []
    assert list(data.names(path, cutter())) == []


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_halves(tmp_path: Path, count: int) -> None:
    """Every document in one half, every other one, in order; without a half all."""
    documents = [[[(f"w{n}.{k}", "O"), ("#", "O")] for k in range(n % 3 + 1)] for n in range(count)]
    path = of_three(tmp_path / "a.iob2", documents)
    words = [[[word for word, _ in sentence] for sentence in document] for document in documents]
    assert [w for w, _ in data.columns(path)] == [s for d in words for s in d]
    for half in (0, 1):
        assert [w for w, _ in data.columns(path, half)] == [s for d in words[half::2] for s in d]


def test_halves_of_examples(tmp_path: Path) -> None:
    """The halves' examples are of different documents."""
    documents = [[[(name, "B-PER"), ("came", "O")]] for name in ("Fenn", "Pell", "Orla")]
    path = of_three(tmp_path / "a.iob2", documents)
    (one,) = data.names(path, cutter(), half=0)
    (other,) = data.names(path, cutter(), half=1)
    assert (len(one.window.words), len(other.window.words)) == (4, 2)
    assert one.names == [NAMES.index("B-person"), 0] * 2


@given(st.integers(1, 5), st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6), max_size=12))
def test_names_in_every_window(
    tmp_path_factory: pytest.TempPathFactory, together: int, sentences: list[list[str]]
) -> None:
    """However many sentences stand together: one label a word, none inside a name that has not begun."""
    kinds = {"person": "PER", "organisation": "ORG", "place": "LOC", "other": "MISC"}
    rows = [
        [(f"w{n}", "O" if label == "O" else label[:2] + kinds[label[2:]]) for n, label in enumerate(sentence)]
        for sentence in sentences
    ]
    path = written(tmp_path_factory.mktemp("conll") / "a.conll", rows)
    found = list(data.names(path, cutter(24), together=together))
    assert len(found) >= -(-len(sentences) // together)
    labels = [example.names or [] for example in found]
    assert sum(len(row) for row in labels) == sum(map(len, sentences))
    for example, row in zip(found, labels, strict=True):
        assert len(row) == len(example.window.words)
        assert all(0 <= label < len(NAMES) for label in row)
        assert all(NAMES[b][2:] == NAMES[a][2:] for a, b in pairwise([0, *row]) if NAMES[b].startswith("I-"))
    # as many words are named as the file names
    assert sum(label > 0 for row in labels for label in row) == sum(label != "O" for s in sentences for label in s)


PRINTED = [
    pytest.param("Orla Fenn came .", "Orla Fenn came.", id="full stop"),
    pytest.param("“ Come , ” she said .", "“Come,” she said.", id="quotation"),
    pytest.param("the union 's boat", "the union's boat", id="possessive"),
    pytest.param("They did n't ( at all ) .", "They didn't (at all).", id="contraction, brackets"),
    pytest.param("$ 40 and £ 3", "$40 and £3", id="money"),
    pytest.param("a ' b", "a ' b", id="a mark alone"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("words", "expected"), PRINTED)
def test_untokenised_by_hand(words: str, expected: str) -> None:
    """A text as it would be printed."""
    assert data.untokenised(words.split())[0] == expected


WORD = st.one_of(
    st.sampled_from("Orla Fenn came . , “ ” ( ) [ ] 's ’s n't ' $ € ? ! %".split()),
    st.text(st.characters(exclude_characters=" "), min_size=1, max_size=5),
)


@given(st.lists(WORD, max_size=20))
def test_untokenised_keeps_every_word(words: list[str]) -> None:
    """Each word stands at its place, in order, and nothing but blanks between them."""
    text, where = data.untokenised(words)
    assert [text[a:b] for a, b in where] == words
    bounds = [0, *(at for place in where for at in place), len(text)]
    assert all(a <= b for a, b in pairwise(bounds))
    assert all(text[a:b] in {"", " "} for a, b in list(pairwise(bounds))[::2])


def test_no_torch_is_needed() -> None:
    """The data can be looked at without what learns from it."""
    code = "import sys; sys.modules |= {'torch': None, 'transformers': None}; import training.data"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
