"""The learned carriers: what is asked about an attribution, and what an answer changes; old folders do without."""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.errors import ModelError
from headwater.model import Span
from headwater.reading.tagger import Tagged
from headwater.reading.trained import MODELS, TrainedTagger
from headwater.reading.trained.carriers import FAR, FILE, LABELS, ROOM, Carriers, Seen, asked, reach, window_of
from headwater.words import sentences
from marked import load, spans_of

sys.path.insert(0, str(Path(__file__).parents[1]))  # the recipe is no part of the package

from training.carrier_lines import Words, lines

TEMPLATES = Path(__file__).parents[1] / "training" / "carriers.toml"
SHIPPED = MODELS / "v1"
WORDS = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


class Answering:
    """A session whose answer stands in the rows: the number of each word's label."""

    def run(self, names: None, given: dict[str, Any]) -> list[Any]:
        """Be sure of it."""
        return [np.eye(len(LABELS), dtype=np.float32)[given["rows"][:, 0].astype(int)]]


def seen(text: str, **labelled: list[str]) -> Seen:
    """A window of the whole text whose answer is that these words are ``via``, ``source``, ``cue``."""
    words = tuple(Span(*m.span()) for m in WORDS.finditer(text))
    rows = np.zeros((len(words), 1), np.float16)
    for label, forms in labelled.items():
        for span in spans_of(text, forms):
            first, last = reach(words, span)
            rows[first:last] = LABELS.index(label if label == "cue" else f"I-{label}")
            rows[first : first + 1] = LABELS.index(label if label == "cue" else f"B-{label}")
    return Seen(words, rows)


def flat(text: str, source: str, cue: str, content: str, *via: str) -> Tagged:
    """One attribution by its words; an empty source is none."""
    whose = spans_of(text, [source]) if source else ()
    return Tagged(source=whose, cue=spans_of(text, [cue]), content=spans_of(text, [content]), via=spans_of(text, via))


def added(text: str, tagged: Tagged, **labelled: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Carriers, source and content in words after the answer."""
    (one,) = Carriers(Answering(), sure=0.8).added(text, [tagged], [seen(text, **labelled)])
    via, source, content = ([s.of(text) for s in part] for part in (one.via, one.source, one.content))
    return via, source, content


TOLD = [
    pytest.param("An aide told the Comet it is bent.", ["Comet"], ["the Comet"], id="with its article"),
    pytest.param("Aides told Comet’s Ann Moss it is bent.", ["Comet’s", "Ann Moss"], ["Comet’s Ann Moss"], id="one"),
    pytest.param("An aide told SKY Comet it is bent.", ["Comet"], ["SKY Comet"], id="the whole name"),
    pytest.param("An aide told House Ways Chairman Roe it is bent.", ["House Ways"], [], id="somebody in office"),
    pytest.param("An aide told the committee it is bent.", ["committee"], [], id="who only listens"),
    pytest.param("An aide told the students it is bent.", ["the students"], [], id="who has no name"),
    pytest.param("An aide told the newspaper it is bent.", ["the newspaper"], ["the newspaper"], id="but prints"),
    pytest.param("An aide told of the Comet it is bent.", ["Comet"], [], id="told of"),
    pytest.param("By Ann Moss\nAn aide told staff it is bent.", ["Ann Moss"], [], id="a byline above"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "via", "wanted"), TOLD)
def test_a_carrier_is_added_where_it_can_be_one(text: str, via: list[str], wanted: list[str]) -> None:
    """What the network is sure of is taken whole, and only where it can carry words."""
    tagged = flat(text, "An aide" if "An aide" in text else "Aides", "told", "it is bent")
    assert added(text, tagged, via=via)[0] == wanted


def test_whom_the_rules_know_stays() -> None:
    """An attribution that has carriers is not asked about, nor one of belief."""
    text = "An aide told the Comet, Orbit said, it is bent."
    tagged = flat(text, "An aide", "told", "it is bent", "the Comet")
    assert added(text, tagged, via=["Orbit"])[0] == ["the Comet"]


def test_the_source_is_whoever_speaks_inside() -> None:
    """Where the attribution has the carrier for its source, source, cue and content become those it carried."""
    text = "It is bent, an aide said, according to Orbit."
    tagged = flat(text, "Orbit", "according to", "It is bent, an aide said")
    assert added(text, tagged, via=["Orbit"], source=["an aide"], cue=["said"]) == (
        ["Orbit"], ["an aide"], ["It is bent"],
    )  # fmt: skip
    assert added(text, tagged, via=["Orbit"]) == ([], ["Orbit"], ["It is bent, an aide said"])


def test_nobody_speaks_twice() -> None:
    """Where another attribution has the speaker inside already, the outer one stays as it is."""
    text = "It is bent, an aide said, according to Orbit."
    outer = flat(text, "Orbit", "according to", "It is bent, an aide said")
    inner = flat(text, "an aide", "said", "It is bent")
    window = seen(text, via=["Orbit"], source=["an aide"], cue=["said"])
    assert Carriers(Answering(), sure=0.8).added(text, [outer, inner], [window])[0] == outer


def test_carriers_stand_outermost_first() -> None:
    """Behind the words before in front of them, and whom they were told last."""
    text = "An aide told Orbit it is bent, the Comet reported."
    tagged = flat(text, "An aide", "told", "it is bent")
    assert added(text, tagged, via=["Orbit", "the Comet"])[0] == ["the Comet", "Orbit"]


def test_what_is_asked() -> None:
    """The words around source and cue, what they are, and how far from both."""
    text = "x " * 40 + "An aide told Orbit it is bent " + "y " * 40
    tagged = flat(text, "An aide", "told", "it is bent")
    window = seen(text)
    question = asked(window.words, tagged)
    assert (question.first, question.last) == (40 - ROOM, 43 + ROOM)
    assert question.kinds[ROOM : ROOM + 7].tolist() == [2, 2, 1, 0, 3, 3, 3]
    assert question.cue[ROOM : ROOM + 4].tolist() == [FAR - 2, FAR - 1, FAR, FAR + 1]
    assert question.source[ROOM] == FAR
    assert window_of([window], tagged) is window
    assert window_of([], tagged) is None


def folder(tmp_path: Path, **changes: Any) -> Path:
    """The shipped weights with another description."""
    made = tmp_path / "weights"
    made.mkdir()
    for path in SHIPPED.iterdir():
        (made / path.name).symlink_to(path)
    (made / "model.json").unlink()
    (made / "model.json").write_text(json.dumps({**json.loads((SHIPPED / "model.json").read_text()), **changes}))
    return made


def test_a_folder_without_carriers_reads(tmp_path: Path) -> None:
    """Weights of before are read as before."""
    files = json.loads((SHIPPED / "model.json").read_text())["files"]
    tagger = TrainedTagger(folder(tmp_path, files={n: f for n, f in files.items() if n != FILE}))
    assert tagger.carriers is None
    text = "An aide told the Comet it is bent."
    assert tagger.tag(text, sentences(text)).attributions


@pytest.mark.parametrize("data", [None, b"", b"weights"], ids=["missing", "empty", "another file"])
def test_broken_carriers_are_refused(tmp_path: Path, data: bytes | None) -> None:
    """A file that the description names must be there and be what it says."""
    made = folder(tmp_path)
    (made / FILE).unlink()
    if data is not None:
        (made / FILE).write_bytes(data)
    with pytest.raises(ModelError, match=FILE):
        TrainedTagger(made)


def test_a_graph_that_is_none_is_refused(tmp_path: Path) -> None:
    """A file with the right sum that is no graph is one line, too."""
    files = {**json.loads((SHIPPED / "model.json").read_text())["files"], FILE: hashlib.sha256(b"graph").hexdigest()}
    made = folder(tmp_path, files=files)
    (made / FILE).unlink()
    (made / FILE).write_bytes(b"graph")
    with pytest.raises(ModelError, match="cannot be loaded"):
        TrainedTagger(made)


@settings(max_examples=60)
@given(st.sampled_from(load("chains", "dev")), st.data())
def test_any_answer(line: Any, data: st.DataObject) -> None:
    """Whatever the network answers about whatever marks: spans in the text, and nothing that was known is lost."""
    words = tuple(Span(*m.span()) for m in WORDS.finditer(line.text))
    labels = st.lists(st.integers(0, len(LABELS) - 1), min_size=len(words), max_size=len(words))
    window = Seen(words, np.array(data.draw(labels), np.float16)[:, None])
    given_ = [Tagged(cue=m.cue, source=m.source, content=m.content, via=m.via) for m in line.attributions]
    out = Carriers(Answering(), sure=0.5).added(line.text, given_, [window])
    assert len(out) == len(given_)
    for before, after in zip(given_, out, strict=True):
        assert after.content
        assert after == before or not before.via
        spans = (*after.via, *after.source, *after.cue, *after.content)
        assert all(0 <= s.start < s.end <= len(line.text) for s in spans)


def test_the_lines_to_learn_from() -> None:
    """Every line has marks within its text, a source or a cue, and no place of a template left open."""
    words = Words(TEMPLATES, 1)
    made = list(lines(words, varied=2, made=2))
    assert {line.kind for line in made} == {"marked", "varied", "made"}
    assert sum(not any(t.via for t in line.attributions) for line in made) > len(made) / 4
    for line in made:
        assert not set("[]{}") & set(line.text) or line.kind == "marked"
        for tagged in line.attributions:
            assert tagged.content
            spans = (*tagged.source, *tagged.cue, *tagged.content, *tagged.via)
            assert all(0 <= s.start < s.end <= len(line.text) for s in spans), line.text
    again = Words(TEMPLATES, 1)
    assert [line.text for line in lines(again, varied=2, made=2)] == [line.text for line in made]
