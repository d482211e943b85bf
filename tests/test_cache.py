"""The cache: a text is read once, whatever happens to the folder that keeps what was read."""

import json
import multiprocessing
import os
import pickle
from collections.abc import Sequence
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import whole
from headwater.cli import main
from headwater.model import EntityType, Span
from headwater.reading import load_tagger
from headwater.reading.cache import CachedTagger
from headwater.reading.tagger import FixedTagger, Name, Tagged, Tags
from headwater.words import sentences

TEXT = "The lamp failed, harbour master Ilse Vantongeren said. “We sent a boat.”"


class Counting:
    """Marks the text's first half as said by its second; counts how often it was asked."""

    def __init__(self, name: str = "counting", key: str | None = None) -> None:
        self.name = name
        self.asked = 0
        if key is not None:
            self.key = key

    def tag(self, text: str, sentences: Sequence[Span]) -> Tags:
        """Other tags for other texts and sentences."""
        self.asked += 1
        middle = len(text) // 2
        if not middle:
            return Tags()
        one = Tagged(
            cue=(Span(middle, len(text)),), content=(Span(0, middle),), score=0.5 + 0.25 * (len(sentences) % 2)
        )
        return Tags(attributions=(one,), names=(Name(0, middle, "person", 0.75),))


def asked(tagger: Counting, folder: Path, text: str = TEXT, *, version: str = "1", parts: Any = None) -> int:
    """How often the tagger is asked about a text, by a cache made anew."""
    before = tagger.asked
    cached = CachedTagger(tagger, folder, version=version)
    spans = sentences(text) if parts is None else parts
    assert cached.tag(text, spans) == Counting().tag(text, spans)
    return tagger.asked - before


def entries(folder: Path) -> list[Path]:
    """The files in the folder."""
    return sorted(p for p in folder.rglob("*") if p.is_file())


def test_a_text_is_read_once(tmp_path: Path) -> None:
    """The second time nothing is asked, by the same cache or another; the tags are the same."""
    tagger = Counting()
    cached = CachedTagger(tagger, tmp_path, version="1")
    parts = sentences(TEXT)
    tags = cached.tag(TEXT, parts)
    assert tags == Counting().tag(TEXT, parts)
    assert cached.tag(TEXT, parts) == tags
    assert CachedTagger(Counting(), tmp_path, version="1").tag(TEXT, parts) == tags
    assert tagger.asked == 1
    assert cached.name == "counting"


def test_nothing_is_made_before_it_is_asked(tmp_path: Path) -> None:
    """Making a cache makes no folder."""
    folder = tmp_path / "a" / "b"
    cached = CachedTagger(Counting(), folder, version="1")
    assert not folder.parent.exists()
    cached.tag(TEXT, sentences(TEXT))
    assert len(entries(folder)) == 1


OTHERS = [
    pytest.param({"text": TEXT + " "}, id="another text"),
    pytest.param({"text": TEXT.replace("“", '"')}, id="another mark"),
    pytest.param({"text": ""}, id="no text"),
    pytest.param({"parts": (Span(0, len(TEXT)),)}, id="other sentences"),
    pytest.param({"parts": ()}, id="no sentences"),
    pytest.param({"version": "2"}, id="another version"),
    pytest.param({"tagger": Counting("other")}, id="another reader"),
    pytest.param({"tagger": Counting(key="k2")}, id="other weights of that name"),
]


@pytest.mark.parametrize("other", OTHERS)
def test_whatever_is_other_is_asked_again(tmp_path: Path, other: dict[str, Any]) -> None:
    """Text, sentences, version and reader are each part of an entry's name; what was there stays."""
    options = dict(other)
    tagger = options.pop("tagger", None) or Counting()
    first = Counting()
    assert asked(first, tmp_path) == 1
    assert asked(tagger, tmp_path, **options) == 1
    assert asked(tagger, tmp_path, **options) == 0
    assert asked(first, tmp_path) == 0


def test_the_key_goes_before_the_name(tmp_path: Path) -> None:
    """Weights that are the same are, whatever they are called."""
    assert asked(Counting("a", key="k"), tmp_path) == 1
    assert asked(Counting("b", key="k"), tmp_path) == 0


@given(st.lists(st.tuples(st.text(max_size=4), st.sampled_from(["1", "2"])), max_size=4, unique=True))
def test_no_two_share_an_entry(tmp_path_factory: pytest.TempPathFactory, given_: list[tuple[str, str]]) -> None:
    """Every text and version is asked about once, whatever characters they have."""
    folder = tmp_path_factory.mktemp("cache")
    for text, version in given_:
        assert asked(Counting(), folder, text, version=version) == 1
    for text, version in given_:
        assert asked(Counting(), folder, text, version=version) == 0


def test_lone_surrogates(tmp_path: Path) -> None:
    """Half of a pair is text like any other."""
    assert [asked(Counting(), tmp_path, text) for text in ("a\ud800b", "a\udc00b", "a\ud800b")] == [1, 1, 0]


def spoilt(tags: Any) -> bytes:
    """An entry, from plain data."""
    return json.dumps(tags).encode()


ONE = {"cue": [{"start": 0, "end": 3}]}
DAMAGED = [
    pytest.param(b"", id="empty"),
    pytest.param(b"{", id="cut off"),
    pytest.param(b"\xff\xfe\x00", id="no text"),
    pytest.param(b"null", id="nothing"),
    pytest.param(b"[]", id="a list"),
    pytest.param(spoilt({"attributions": [{}]}), id="an attribution without a cue"),
    pytest.param(spoilt({"attributions": [ONE | {"score": "much"}]}), id="a score that is no number"),
    pytest.param(spoilt({"attributions": [{"cue": [{"start": 0, "end": len(TEXT) + 1}]}]}), id="beyond the text"),
    pytest.param(spoilt({"attributions": [{"cue": [{"start": -1, "end": 3}]}]}), id="before the text"),
    pytest.param(spoilt({"attributions": [{"cue": [{"start": 3, "end": 3}]}]}), id="an empty span"),
    pytest.param(spoilt({"attributions": [ONE | {"via": [{"start": 5, "end": 2}]}]}), id="a span turned round"),
    pytest.param(
        spoilt({"attributions": [ONE | {"source": [{"start": 0, "end": 9999}]}]}), id="source beyond the text"
    ),
    pytest.param(spoilt({"attributions": [ONE | {"content": [{"start": 99, "end": 101}]}]}), id="content beyond it"),
    pytest.param(spoilt({"attributions": [ONE | {"follows": 1}]}), id="follows nobody"),
    pytest.param(spoilt({"attributions": [ONE | {"follows": -1}]}), id="follows one before the first"),
    pytest.param(spoilt({"names": [{"start": 0, "end": 9999, "type": "person"}]}), id="a name beyond the text"),
    pytest.param(spoilt({"names": [{"start": 0, "end": 4, "type": "ship"}]}), id="a name of no kind"),
]


@pytest.mark.parametrize("data", DAMAGED)
def test_a_damaged_entry_is_read_anew(tmp_path: Path, data: bytes) -> None:
    """It is asked about again, and the entry is good again."""
    tagger = Counting()
    asked(tagger, tmp_path)
    (entry,) = entries(tmp_path)
    entry.write_bytes(data)
    assert asked(tagger, tmp_path) == 1
    assert asked(tagger, tmp_path) == 0
    assert entries(tmp_path) == [entry]


@given(st.data())
def test_an_entry_cut_anywhere(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """An entry of which a part was written is read anew; one with a byte changed gives no span outside the text."""
    folder = tmp_path_factory.mktemp("cache")
    asked(Counting(), folder)
    (entry,) = entries(folder)
    whole = entry.read_bytes()
    entry.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    assert asked(Counting(), folder) == 1
    at, byte = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.binary(min_size=1, max_size=1))
    entry.write_bytes(whole[:at] + byte + whole[at + 1 :])
    tags = CachedTagger(Counting(), folder, version="1").tag(TEXT, sentences(TEXT))
    assert all(0 <= s.start < s.end <= len(TEXT) for t in tags.attributions for s in (*t.cue, *t.source, *t.content))


def size(folder: Path) -> int:
    """Bytes of all entries."""
    return sum(p.stat().st_size for p in entries(folder))


def test_the_folder_stays_small(tmp_path: Path) -> None:
    """However many texts are read, all entries together keep to the limit; the last text's is always there."""
    limit = 2000
    cached = CachedTagger(Counting(), tmp_path, version="1", limit=limit)
    for n in range(60):
        cached.tag(f"{TEXT} {n}", [])
        assert size(tmp_path) <= limit
    assert size(tmp_path) > limit / 4
    assert all(p.suffix == ".json" for p in entries(tmp_path))


def test_the_oldest_go_first(tmp_path: Path) -> None:
    """What was asked for lately stays, also when it was written long ago."""
    tagger = Counting()
    filling = CachedTagger(tagger, tmp_path, version="1")
    texts = [f"{TEXT} {n}" for n in range(10, 20)]
    written: dict[str, Path] = {}
    for age, text in enumerate(texts):
        before = set(entries(tmp_path))
        filling.tag(text, [])
        (written[text],) = set(entries(tmp_path)) - before
        os.utime(written[text], (1_000_000 + age, 1_000_000 + age))
    filling.tag(texts[0], [])  # asked for again: now the youngest
    one = written[texts[0]].stat().st_size
    CachedTagger(tagger, tmp_path, version="1", limit=10 * one + one // 2).tag(f"{TEXT} 20", [])
    left = [text for text in texts if written[text].exists()]
    assert left == [texts[0], *texts[-len(left) + 1 :]]
    assert 5 <= len(left) < 10


def test_a_new_cache_counts_what_is_there(tmp_path: Path) -> None:
    """The limit holds for the folder, not for one process."""
    for n in range(30):
        CachedTagger(Counting(), tmp_path, version="1", limit=2000).tag(f"{TEXT} {n}", [])
        assert size(tmp_path) <= 2000


class Half(FileIO):
    """A file on a disk that is full before all is written."""

    def write(self, data: Any) -> int:
        super().write(data[: len(data) // 2])
        raise OSError("no room")


def refuse(*arguments: Any, **options: Any) -> Any:
    """What a disk that is full, or another's, does."""
    raise PermissionError("not yours")


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """Nothing can be kept, and everything is read."""
    folder = tmp_path / "file"
    folder.write_bytes(b"mine")
    tagger = Counting()
    assert [asked(tagger, folder) for _ in range(2)] == [1, 1]
    assert folder.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("where", "name"), [(Path, "mkdir"), (whole, "open"), (Path, "replace")], ids=["folder", "file", "place"]
)
def test_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    """Whichever step fails: the text is read, and no half of an entry stays."""
    monkeypatch.setattr(where, name, refuse, raising=False)
    assert [asked(Counting(), tmp_path) for _ in range(2)] == [1, 1]
    assert entries(tmp_path) == []


def test_a_disk_that_fills_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that was written is taken away again, if that can be done."""
    monkeypatch.setattr(whole, "open", Half, raising=False)
    assert [asked(Counting(), tmp_path) for _ in range(2)] == [1, 1]
    assert entries(tmp_path) == []
    monkeypatch.setattr(Path, "unlink", refuse)
    assert asked(Counting(), tmp_path) == 1


def test_a_folder_that_can_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it holds is used, though it cannot be marked as asked for."""
    asked(Counting(), tmp_path)
    monkeypatch.setattr(os, "utime", refuse)
    assert asked(Counting(), tmp_path) == 0


def test_entries_that_cannot_be_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder grows, the reading goes on."""
    monkeypatch.setattr(Path, "unlink", refuse)
    cached = CachedTagger(Counting(), tmp_path, version="1", limit=100)
    for n in range(3):
        cached.tag(f"{TEXT} {n}", [])


def test_strange_things_in_the_folder(tmp_path: Path) -> None:
    """Folders and others' files are left alone."""
    (tmp_path / "ab" / "x.json").mkdir(parents=True)
    (tmp_path / "notes.txt").write_text("mine" * 1000)
    cached = CachedTagger(Counting(), tmp_path, version="1", limit=500)
    for n in range(10):
        cached.tag(f"{TEXT} {n}", [])
    assert (tmp_path / "notes.txt").exists()
    assert (tmp_path / "ab" / "x.json").is_dir()


def test_it_can_be_sent_to_another_process(tmp_path: Path) -> None:
    """A copy through pickle asks the same reader and uses the same folder, version and limit."""
    fixed = FixedTagger(tags=Counting().tag(TEXT, []), name="f")
    cached = CachedTagger(fixed, tmp_path, version="7", limit=1234)
    cached.tag(TEXT, [])
    (entry,) = entries(tmp_path)
    again = pickle.loads(pickle.dumps(cached))
    assert (again.name, again.tag(TEXT, [])) == ("f", fixed.tags)
    assert entries(tmp_path) == [entry]
    assert again.__reduce__()[1] == cached.__reduce__()[1]


def work(folder: Path, turns: int, limit: int) -> None:
    """Read a few texts over and over."""
    cached = CachedTagger(Counting(), folder, version="1", limit=limit)
    for turn in range(turns):
        text = f"{TEXT} {turn % 7}"
        assert cached.tag(text, []) == Counting().tag(text, [])


def test_two_processes_at_once(tmp_path: Path) -> None:
    """Both get right answers, whatever the other writes and drops meanwhile; no part of an entry stays."""
    limit = 900  # less than they have to keep: each drops what the other wrote
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=work, args=(tmp_path, 400, limit)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join(60)
    assert [other.exitcode for other in others] == [0, 0]
    assert all(p.suffix == ".json" for p in entries(tmp_path))
    assert size(tmp_path) <= 2 * limit


SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(
    lambda drawn: Span(drawn[0], min(len(TEXT), sum(drawn)))
)
SHARES = st.floats(0, 1).map(lambda share: round(share, 4))
TYPES: list[EntityType] = ["person", "organisation", "place", "work", "other"]


@st.composite
def all_tags(draw: st.DrawFn) -> Tags:
    """Any tags a reader may give of the text."""
    several = st.lists(SPANS, max_size=3).map(tuple)
    count = draw(st.integers(0, 4))
    return Tags(
        attributions=tuple(
            Tagged(
                cue=(draw(SPANS),),
                source=draw(several),
                content=draw(several),
                via=draw(several),
                said=draw(st.booleans()),
                follows=draw(st.none() | st.integers(0, count - 1)),
                score=draw(SHARES),
            )
            for _ in range(count)
        ),
        names=tuple(
            Name(s.start, s.end, draw(st.sampled_from(TYPES)), draw(SHARES)) for s in draw(st.lists(SPANS, max_size=4))
        ),
    )


@given(all_tags())
def test_what_is_kept_is_what_was_marked(tmp_path_factory: pytest.TempPathFactory, tags: Tags) -> None:
    """Every member of every record comes back as it was."""
    folder = tmp_path_factory.mktemp("cache")
    assert CachedTagger(FixedTagger(tags=tags), folder, version="1").tag(TEXT, []) == tags
    assert CachedTagger(FixedTagger(), folder, version="1").tag(TEXT, []) == tags


@pytest.mark.parametrize(("reader", "way"), [("rules-1", "option"), ("v1", "environment")])
def test_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reader: str, way: str
) -> None:
    """A folder for ``--cache`` or HEADWATER_CACHE: the same answer without it, with it, and from it."""
    article, folder = tmp_path / "a.txt", tmp_path / "kept"
    article.write_text(" ".join([TEXT] * 3), encoding="utf-8")
    monkeypatch.delenv("HEADWATER_CACHE", raising=False)
    arguments = ["read", str(article), "--json", "-", "--reader", reader]
    assert main(arguments) == 0
    plain = capsys.readouterr().out
    if way == "environment":
        monkeypatch.setenv("HEADWATER_CACHE", str(folder))
    else:
        arguments += ["--cache", str(folder)]
    assert not folder.exists()
    assert main(arguments) == 0
    assert capsys.readouterr().out == plain
    kept = entries(folder)
    assert len(kept) == 1
    monkeypatch.setattr(type(load_tagger(reader)), "tag", refuse)
    assert main(arguments) == 0
    assert capsys.readouterr().out == plain
    assert entries(folder) == kept
