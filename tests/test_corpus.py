"""Corpora: every format and address comes in, ids are settled, and windows say what one batch says."""

import gzip
import json
from pathlib import Path

import pytest

from corpora import FIRST, article, corpus, event, lines, records, written
from headwater import pipeline
from headwater.archive import Archive, stories
from headwater.cli import main
from headwater.corpus import run, windows
from headwater.corpus.run import Done, Progress, Settings
from headwater.corpus.shards import Entry
from headwater.corpus.traced import trace
from headwater.errors import InputError
from headwater.report.json import from_json, line_of, to_json

SMALL = Settings(workers=2, size=7, window=12, reader="rules-1")


def _parquet(path: Path, rows: list[dict[str, object]]) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=3)
    return path


def _packed(path: Path, rows: list[dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wb") as file:
        file.writelines(json.dumps(row).encode() + b"\n" for row in rows)
    return path


def _archive(path: Path, rows: list[dict[str, object]]) -> Path:
    pytest.importorskip("fastwarc")
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wb") as file:
        for row in rows:
            told = "".join(f"<p>{part}</p>" for part in str(row["text"]).split("\n\n"))
            page = f"<html><head><title>{row['title']}</title></head><body><article>{told}</article></body></html>"
            body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
                f"WARC-Record-ID: <urn:uuid:{row['id']}>\r\nWARC-Date: 2031-03-02T00:00:00Z\r\n"
                f"WARC-Target-URI: https://post.example/{row['id']}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            file.write(head.encode() + body + b"\r\n\r\n")
    return path


@pytest.mark.parametrize(
    ("write", "name"),
    [
        pytest.param(lines, "in/week.jsonl", id="JSON Lines"),
        pytest.param(_packed, "in/week.jsonl.gz", id="JSON Lines, packed"),
        pytest.param(_parquet, "in/week.parquet", id="Parquet"),
        pytest.param(_archive, "in/week.warc.gz", id="WARC"),
    ],
)
def test_every_format_gives_what_take_in_gives(tmp_path: Path, write: object, name: str) -> None:
    """The articles of a corpus are those that the small commands read, whatever the size of its shards."""
    given = corpus(10)
    assert callable(write)
    source = write(tmp_path / name, given)
    wanted = pipeline.take_in([str(source)]).articles
    run.read(str(source.parent), str(tmp_path / "out"), Settings(workers=1, size=4, reader="rules-1"))
    found = records(tmp_path / "out", "articles")
    assert {str(one["id"]) for one in found} == {one.id for one in wanted}
    texts = {one.id: one.text for one in wanted}
    assert all(one["text"] == texts[str(one["id"])] for one in found)
    assert [one["id"] for one in records(tmp_path / "out", "readings")] == [one["id"] for one in found]


def test_an_address_of_fsspec_is_read_and_written(tmp_path: Path) -> None:
    """The same run, by addresses."""
    pytest.importorskip("fsspec")
    source = lines(tmp_path / "in" / "week.jsonl", corpus(18, undated=5))
    run.copies(str(source), str(tmp_path / "paths"), SMALL)
    run.copies(f"file://{source.parent}", f"file://{tmp_path}/addresses", SMALL)
    assert records(tmp_path / "addresses", "copies") == records(tmp_path / "paths", "copies")


def test_ids_that_meet_are_settled_and_a_run_can_be_given_on(tmp_path: Path) -> None:
    """The first keeps its id, others get a number that is free; what a run wrote, or ingest, is a corpus itself."""
    rows = [article(n, day=n) | {"id": name} for n, name in enumerate(("a", "a", "b", "a-2", "a"))]
    lines(tmp_path / "in" / "one.jsonl", rows)
    run.read(str(tmp_path / "in"), str(tmp_path / "out"), Settings(workers=1, size=2, reader="rules-1"))
    ids = [one["id"] for one in records(tmp_path / "out", "readings")]
    assert ids == ["a", "a-3", "b", "a-2", "a-4"]
    assert run.read(str(tmp_path / "out"), str(tmp_path / "again"), SMALL).articles == 5
    assert main(["ingest", str(tmp_path / "in"), "--out", str(tmp_path / "taken")]) == 0
    assert run.read(str(tmp_path / "taken"), str(tmp_path / "third"), SMALL).articles == 5


@pytest.mark.parametrize(
    ("size", "window", "undated"),
    [
        pytest.param(7, 6, 0, id="a window of two days"),
        pytest.param(5, 1, 0, id="a window for each day"),
        pytest.param(50, 1000, 0, id="one window"),
        pytest.param(7, 14, 6, id="some bear no day"),
    ],
)
def test_windows_say_what_one_batch_says(tmp_path: Path, size: int, window: int, undated: int) -> None:
    """Copies and stories across the edges of windows, and articles without a day, are those of the whole."""
    given = corpus(60, undated=undated)
    source = lines(tmp_path / "in.jsonl", given)
    settings = Settings(workers=2, size=size, window=window)
    done = run.copies(str(source), str(tmp_path / "out"), settings)
    assert done.undated == (60 // undated if undated else 0)
    assert done.everywhere
    articles = pipeline.take_in([str(source)]).articles
    wanted = sorted((c.earlier, c.later, c.share) for c in pipeline.find_copies(articles, within_days=7))
    found = sorted((c["earlier"], c["later"], c["share"]) for c in records(tmp_path / "out", "copies"))
    assert [tuple(one) for one in found] == wanted
    assert len(wanted) >= 15
    run.stories(str(source), str(tmp_path / "out"), settings)
    told = sorted(tuple(map(str, s["articles"])) for s in records(tmp_path / "out", "stories"))  # type: ignore[call-overload]
    assert told == sorted(s.articles for s in pipeline.find_stories(articles))


@pytest.mark.real
def test_windows_over_real_articles(tmp_path: Path) -> None:
    """Copies and stories of real articles are those of one batch, a fifth of them without a day."""
    shared = Path(__file__).parents[2] / "shared" / "data" / "clusters" / "dev.jsonl"
    rows = [json.loads(line) for line in shared.read_text(encoding="utf-8").splitlines()[:400]]
    source = lines(tmp_path / "in.jsonl", rows)
    run.copies(str(source), str(tmp_path / "out"), Settings(workers=2, size=100, window=120))
    articles = pipeline.take_in([str(source)]).articles
    wanted = {(c.earlier, c.later) for c in pipeline.find_copies(articles, within_days=7)}
    assert {(c["earlier"], c["later"]) for c in records(tmp_path / "out", "copies")} == wanted
    run.stories(str(source), str(tmp_path / "out"), Settings(workers=2, size=100, window=40))
    told = [line for file in (tmp_path / "out" / "stories").glob("*.jsonl") for line in file.read_bytes().splitlines()]
    assert sorted(told) == sorted(map(line_of, pipeline.find_stories(articles)))


def test_articles_without_a_day_that_are_too_many_count_as_of_their_neighbours(tmp_path: Path) -> None:
    """They are said, and a copy beside them in the corpus is found still."""
    rows = [article(n, day=n // 4) for n in range(12)]
    copied = article(50, telling=1) | {"text": "\n\n".join([*event(5)[:3], "Copied."]), "outlet": "The Copier"}
    source = lines(tmp_path / "in.jsonl", [*rows[:7], copied, *rows[7:], *(article(n) for n in range(60, 66))])
    done = run.copies(str(source), str(tmp_path / "out"), Settings(workers=1, size=6, window=4))
    assert (done.undated, done.everywhere) == (7, False)
    assert [(c["earlier"], c["later"]) for c in records(tmp_path / "out", "copies")] == [("e0005-0", "e0050-1")]


def test_a_window_holds_no_more_than_its_days() -> None:
    """A corpus ten times as long has windows of the same size, each looking into the shards of its days only."""
    first = FIRST.toordinal()

    def planned(days: int) -> windows.Plan:
        entries = [
            Entry(stamp="", size=0, digest="", records=10, days={str(first + day): (10, 0)}) for day in range(days)
        ]
        return windows.plan(entries, before=14, after=7, size=50)

    short, long = planned(100), planned(1000)
    assert max(len(held) for _, held in short.windows) == max(len(held) for _, held in long.windows) <= 5 + 14 + 7
    judged = [day for window, _ in long.windows for day in range(window.low, window.high + 1)]
    assert judged == [first + day for day in range(1000)]


def test_progress_and_log(tmp_path: Path) -> None:
    """Each stage says how far it is, how fast, and how long it takes still; the log says the same in lines of JSON."""
    source = lines(tmp_path / "in.jsonl", corpus(21))
    told: list[Progress] = []
    run.copies(str(source), str(tmp_path / "out"), SMALL, step=told.append)
    logged = [json.loads(line) for line in (tmp_path / "out" / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["stage"], one["done"], one["of"]) for one in logged] == [(one.stage, one.done, one.of) for one in told]
    assert [(one.done, one.of) for one in told if one.stage == "articles"] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    last = [one for one in told if one.stage == "articles"][-1]
    assert last.records == 21
    assert last.left == 0
    assert last.rate is not None
    assert last.rate > 0


def test_what_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line that says what and what to do; a folder of other files is left alone; statuses as for ingest."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "picture.bin").write_bytes(b"\0\1")
    with pytest.raises(InputError, match="run 'headwater ingest'"):
        run.read(str(tmp_path / "in"), str(tmp_path / "out"), SMALL)
    lines(tmp_path / "in" / "week.jsonl", corpus(3))
    with pytest.raises(InputError, match="lies in"):
        run.copies(str(tmp_path / "in"), str(tmp_path / "in" / "out"), SMALL)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds other files"):
        run.copies(str(tmp_path / "in"), str(tmp_path / "mine"), SMALL)
    assert main(["corpus", "copies", str(tmp_path / "in"), str(tmp_path / "out"), "--workers", "1"]) == 3
    assert "picture.bin" in (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8")
    assert main(["corpus", "copies", str(tmp_path / "none"), str(tmp_path / "out")]) == 1
    assert main(["corpus", "copies", str(tmp_path / "in"), str(tmp_path / "out"), "--engine", "spark"]) == 1
    assert "there are: local" in capsys.readouterr().err


def _traced(source: Path, out: Path, settings: Settings = SMALL) -> Done:
    return trace(str(source), str(out), settings)


def test_each_story_is_traced_as_trace_does_it(tmp_path: Path) -> None:
    """A file for each story, with what ``headwater trace`` says of its articles; again, and nothing is made anew."""
    source = lines(tmp_path / "in.jsonl", corpus(9))
    assert _traced(source, tmp_path / "out").records == 3
    articles = {one.id: one for one in pipeline.take_in([str(source)]).articles}
    tagger = pipeline.reader("rules-1")
    found = records(tmp_path / "out", "traces")
    assert len(found) == 3
    for one in found:
        data = (tmp_path / "out" / str(one["file"])).read_bytes()
        told = [articles[a.id] for a in from_json(data).articles]
        assert data == to_json(pipeline.trace_story(told, tagger=tagger))
    before = written(tmp_path / "out")
    assert _traced(source, tmp_path / "out").records == 3
    assert written(tmp_path / "out") == before


def test_traces_of_stories_that_are_no_more_are_taken_away(tmp_path: Path) -> None:
    """Articles are added, and taken away again: the folder is as if it had been made anew, whatever moved in it."""
    given = corpus(15)
    lines(tmp_path / "in" / "b.jsonl", given[4:])
    _traced(tmp_path / "in", tmp_path / "out")
    lines(tmp_path / "in" / "a.jsonl", given[:4])
    for taken in ((), ("b.jsonl",)):
        for name in taken:
            (tmp_path / "in" / name).unlink()
        _traced(tmp_path / "in", tmp_path / "out")
        _traced(tmp_path / "in", tmp_path / f"anew{len(taken)}")
        assert written(tmp_path / "out") == written(tmp_path / f"anew{len(taken)}")


def test_a_corpus_ends_in_an_archive(tmp_path: Path) -> None:
    """Its stories stand in it traced; again, and with more articles, only those are put in that are new."""
    source = lines(tmp_path / "in" / "a.jsonl", corpus(9))
    assert _traced(source.parent, tmp_path / "week.db").records == 3
    with Archive(tmp_path / "week.db", read_only=True) as archive:
        rows, count = stories.stories(archive)
        assert count == 3
        assert {row.articles for row in rows} == {3}
        assert not any(row.stale for row in rows)
    assert _traced(source.parent, tmp_path / "week.db").records == 0
    lines(tmp_path / "in" / "b.jsonl", corpus(15)[9:])
    assert _traced(source.parent, tmp_path / "week.db").records == 2
    with Archive(tmp_path / "week.db", read_only=True) as archive:
        assert stories.stories(archive)[1] == 5
