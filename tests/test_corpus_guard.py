"""Guards: work that raises, hangs or ends its process costs that piece of work, never the caller or its neighbours."""

import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from corpora import article, lines, records
from headwater.archive import Archive, stories
from headwater.corpus import run
from headwater.corpus.guard import Guard, Lost
from headwater.corpus.guarded import At, Bounds
from headwater.corpus.run import Settings
from headwater.corpus.traced import is_archive, trace
from headwater.model import Trace
from headwater.report.json import from_json, to_json

HERE = Path(__file__).parent
WORDS = {"raises": "mharaise", "hangs": "mhahang", "ends its process": "mhakill"}
REASONS = {"raises": "planted", "hangs": "took longer than", "ends its process": "ended its process"}


def twice(number: int) -> int:
    """What goes well."""
    return 2 * number


def bad(how: str) -> None:
    """What does not."""
    print("a library that prints")
    if how == "raises":
        raise RuntimeError("planted\nin two lines")
    if how == "hangs":
        time.sleep(3600)
    if how == "needs memory":
        bytearray(3 << 30)
    os.kill(os.getpid(), signal.SIGKILL)


def numbers(harm: dict[int, str], end: int | None, first: int) -> Iterator[object]:
    """The numbers up to nine; some of them do harm, and at ``end`` what they come from does."""
    for number in range(10):
        if number == end:
            bad("ends its process")
        if number >= first:
            yield At(number)
            if number in harm:
                bad(harm[number])
            yield number


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Guard]:
    """A guard whose process finds the functions of this file."""
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    one = Guard(Bounds(seconds=2, memory=2 << 30))
    yield one
    one.close()


@pytest.mark.parametrize(
    ("how", "why"),
    [
        pytest.param("raises", "failed (RuntimeError: planted in two lines)", id="raises"),
        pytest.param("hangs", "took longer than 2 seconds", id="hangs"),
        pytest.param("ends its process", "ended its process (status -9)", id="ends its process"),
        pytest.param("needs memory", "needs more memory than there is", id="needs memory"),
    ],
)
def test_a_call_that_goes_wrong_is_lost_and_the_next_goes_well(guard: Guard, how: str, why: str) -> None:
    """The reason is one line, and the guard is as good as before."""
    assert guard.call(twice, 1) == 2
    assert guard.call(bad, how) == Lost(why)
    assert guard.call(twice, 2) == 4


def test_each_loses_only_the_items_that_do_harm(guard: Guard) -> None:
    """Items before and after come, also behind two that do harm one after the other, and the last one."""
    harm = {0: "raises", 3: "ends its process", 4: "hangs", 9: "raises"}
    found = list(guard.each(numbers, harm, None))
    assert [one for one in found if isinstance(one, int)] == [1, 2, 5, 6, 7, 8]
    assert [one[0] for one in found if isinstance(one, tuple)] == [0, 3, 4, 9]
    assert not any(one[1].rest for one in found if isinstance(one, tuple))


def test_what_cannot_be_gone_through_is_given_up_at_that_place(guard: Guard) -> None:
    """Not one item but what the items stand in ends the process: the rest is lost, said once."""
    assert list(guard.each(numbers, {1: "raises"}, 4)) == [
        0, (1, Lost("failed (RuntimeError: planted in two lines)")), 2, 3,
        (4, Lost("ended its process (status -9)", rest=True)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("where", "command", "stage"),
    [
        pytest.param("parsing", "read", "articles", id="parsing"),
        pytest.param("cleaning", "read", "articles", id="cleaning"),
        pytest.param("reading", "read", "readings", id="reading"),
        pytest.param("copies", "copies", "copies", id="copies"),
        pytest.param("stories", "stories", "stories", id="stories"),
    ],
)
def test_one_article_costs_that_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, command: str, stage: str
) -> None:
    """One that raises, one that hangs, one that kills, in one shard: the others come out as ever, these are named."""
    given = [article(n // 2, day=n // 2, outlet=f"Outlet {n}") | {"id": f"a{n}"} for n in range(6)]
    settings = Settings(workers=1, size=9, window=9, reader="rules-1", bounds=Bounds(seconds=3))
    work = getattr(run, command)
    assert work(str(lines(tmp_path / "without.jsonl", given)), str(tmp_path / "well"), settings).failures == 0
    harmful = []
    for number, (how, harm) in enumerate(sorted(WORDS.items())):
        one = article(90 + number, day=1)
        harmful.append(one | {"id": f"it {how}", "text": f"{one['text']} {harm}"})
    source = lines(tmp_path / "with.jsonl", [harmful[0], *given[:2], *harmful[1:], *given[2:]])
    monkeypatch.setenv("PYTHONPATH", str(HERE / "harm"))
    monkeypatch.setenv("HEADWATER_HARM", where)
    done = work(str(source), str(tmp_path / "harmed"), settings)
    failures = {one["path"]: one["reason"] for one in _failures(tmp_path / "harmed")}
    assert done.failures == len(failures) == len(WORDS)
    if where == "parsing":
        places = {f"{source}, article {line}": how for line, how in zip((1, 4, 5), sorted(WORDS), strict=True)}
        assert failures.keys() == places.keys()
        assert all(REASONS[how] in failures[place] for place, how in places.items())
    else:
        for how, reason in REASONS.items():
            (said,) = [failures[path] for path in failures if path.endswith(f"article it {how}")]
            assert reason in said
    kept = [one for one in records(tmp_path / "harmed", stage) if not str(one.get("id")).startswith("it ")]
    well = records(tmp_path / "well", stage)
    for one in (*kept, *well):
        one.pop("path", None)
    assert sorted(map(str, kept)) == sorted(map(str, well))
    assert well


def test_why_is_said_where_there_is_one_article_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No half of it need be tried: the reason is that of the whole."""
    one = article(0, day=1)
    source = lines(tmp_path / "in.jsonl", [one | {"id": "a", "text": f"{one['text']} {WORDS['raises']}"}])
    monkeypatch.setenv("PYTHONPATH", str(HERE / "harm"))
    monkeypatch.setenv("HEADWATER_HARM", "copies")
    assert run.copies(str(source), str(tmp_path / "out"), Settings(workers=1)).failures == 1
    ((path, reason),) = [(one["path"], one["reason"]) for one in _failures(tmp_path / "out")]
    assert path == "article a"
    assert reason == "left out of copies: it failed (RuntimeError: planted)"


HARMFUL = [f"it {how}" for how in sorted(WORDS)]


def _with_harm(given: Sequence[dict[str, object]], *, beside: bool = False) -> list[dict[str, object]]:
    """Three more that do harm, each an event of its own; ``beside``: copies of the first articles, a day later."""
    out = list(given)
    for number, (how, name) in enumerate(zip(sorted(WORDS), HARMFUL, strict=True)):
        far = article(90 + number, day=40 * number + 40)
        one = article(number, day=number + 1, outlet=f"Other {number}") if beside else far
        out.insert(3 * number, one | {"id": name, "text": f"{one['text']} {WORDS[how]}"})
    return out


def _traces(out: Path) -> dict[tuple[str, ...], Trace]:
    """The traces of a folder or an archive, by the ids of their articles."""
    if is_archive(str(out)):
        with Archive(out, read_only=True) as archive:
            found = [stories.trace(archive, row.id) for row in stories.stories(archive)[0]]
    else:
        found = [from_json(path.read_bytes()) for path in sorted((out / "traces").glob("*.json"))]
    return {tuple(one.id for one in made.articles): made for made in found}


@pytest.mark.parametrize(
    ("where", "name"),
    [
        pytest.param("tracing", "out", id="tracing, to a folder"),
        pytest.param("tracing", "out.db", id="tracing, to an archive"),
        pytest.param("reading", "out", id="reading, to a folder"),
        pytest.param("reading", "out.db", id="reading, to an archive"),
        pytest.param("stories", "out.db", id="stories, to an archive"),
    ],
)
def test_one_article_costs_its_story_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, name: str
) -> None:
    """Other stories are traced as ever; the harmful ones are named, and of an unread one its trace says so."""
    given = [article(n // 2, day=n // 2, outlet=f"Outlet {n}") | {"id": f"a{n}"} for n in range(6)]
    settings = Settings(workers=1, size=9, window=9, reader="rules-1", bounds=Bounds(seconds=3))
    well, harmed = tmp_path / "well" / name, tmp_path / "harmed" / name
    for out in (well, harmed):
        out.parent.mkdir()
    assert trace(str(lines(tmp_path / "in.jsonl", given)), str(well), settings).failures == 0
    source = lines(tmp_path / "in.jsonl", _with_harm(given))
    monkeypatch.setenv("PYTHONPATH", str(HERE / "harm"))
    monkeypatch.setenv("HEADWATER_HARM", where)
    done = trace(str(source), str(harmed), settings)
    made = _traces(harmed)
    unread = {one: made.pop((one,)) for one in HARMFUL if (one,) in made}
    assert _told_the_same(made, _traces(well))
    folder = harmed.with_name("out.db.corpus") if name == "out.db" else harmed
    reasons = {one["path"]: one["reason"] for one in _failures(folder)}
    assert done.failures == len(reasons) == len(HARMFUL)
    assert sorted(unread) == (HARMFUL if where == "reading" else [])
    assert all(any("could not be read" in one.why for one in told.unjudged) for told in unread.values())
    assert all(any(reason in said for said in reasons.values()) for reason in REASONS.values())
    if where == "tracing":
        again = trace(str(source), str(harmed), settings)
        assert {one["path"]: one["reason"] for one in _failures(folder)} == reasons
        assert again.failures == len(HARMFUL)


def _told_the_same(found: dict[tuple[str, ...], Trace], wanted: dict[tuple[str, ...], Trace]) -> bool:
    assert found.keys() == wanted.keys()
    assert len(wanted) == 3
    return all(to_json(found[ids]) == to_json(wanted[ids]) for ids in wanted)


def test_articles_that_cannot_be_compared_with_an_archive_are_stories_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come later, beside stories that are there: those that do harm are found by halves, the others join."""
    given = [article(n // 2, day=n // 2, outlet=f"Outlet {n}") | {"id": f"a{n}"} for n in range(6)]
    settings = Settings(workers=1, size=9, window=9, reader="rules-1", bounds=Bounds(seconds=3))
    out = tmp_path / "out.db"
    trace(str(lines(tmp_path / "in.jsonl", given)), str(out), settings)
    joins = article(2, day=3, outlet="Another") | {"id": "joins"}
    source = lines(tmp_path / "in.jsonl", [*_with_harm(given, beside=True), joins])
    monkeypatch.setenv("PYTHONPATH", str(HERE / "harm"))
    monkeypatch.setenv("HEADWATER_HARM", "joining")
    done = trace(str(source), str(out), settings)
    assert set(_traces(out)) == {("a0", "a1"), ("a2", "a3"), ("a4", "a5", "joins"), *((name,) for name in HARMFUL)}
    said = {one["path"]: one["reason"] for one in _failures(out.with_name("out.db.corpus"))}
    assert said.keys() == {f"article {name}" for name in HARMFUL}
    assert all(REASONS[how] in said[f"article it {how}"] for how in WORDS)
    assert done.failures == len(HARMFUL)


def _failures(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
