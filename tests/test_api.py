"""The Python functions: what they take, what they give, and that they agree with the command line."""

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas
import pytest

import headwater
from archived import add, invented
from headwater import exports
from headwater.archive import Archive, decisions
from headwater.archive.search import Facets
from headwater.cli import main
from headwater.errors import HeadwaterError, InputError, NoTextError, StoreError
from headwater.exports import FORMS
from headwater.exports.tables import tables_of
from headwater.model import Article, Copy, Reading, Story, Trace
from headwater.report.json import from_json, line_of, to_json
from sample import TRACE
from whole import assert_whole

EXAMPLE = Path(__file__).parents[1] / "examples" / "barrage"
FIRST = (
    "The ferry to Holm Skerry will stop running in October, harbour director Anselm Quist said on Monday. “The hull is "
    "older than I am,” he told the Skerry Post. Two engineers, who asked not to be named, said the ship had failed an "
    "inspection in August and that repairs would cost six million crowns."
)
SECOND = (
    "Holm Skerry is to lose its ferry in October, the Skerry Post reported, citing harbour director Anselm Quist. The "
    "ship failed an inspection in August, two engineers told the paper. Islanders said they had heard nothing of it."
)
ARTICLES = [
    {"id": "post", "text": FIRST, "outlet": "Skerry Post", "published": "2025-09-16"},
    {"id": "gazette", "text": SECOND, "outlet": "Coast Gazette", "published": "2025-09-17"},
]


def test_trace_takes_paths_articles_and_mappings(tmp_path: Path) -> None:
    """Whatever an article comes in, the trace says the same of it."""
    for fields in ARTICLES:
        (tmp_path / f"{fields['id']}.txt").write_text(fields["text"], encoding="utf-8")
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    by_mapping = headwater.trace(ARTICLES)
    by_line = headwater.trace([lines])
    by_article = headwater.trace(
        [Article(id=f["id"], text=f["text"], outlet=f["outlet"], published=f["published"]) for f in ARTICLES]
    )
    assert_whole(by_mapping)
    assert [c.independent for c in by_line.claims] == [c.independent for c in by_mapping.claims]
    assert [c.id for c in by_article.claims] == [c.id for c in by_mapping.claims]
    by_path = headwater.trace([str(tmp_path / "post.txt"), tmp_path / "gazette.txt"])
    assert {a.id: a.text for a in by_path.articles} == {a.id: a.text for a in by_mapping.articles}


def test_one_input_need_not_be_in_a_list(tmp_path: Path) -> None:
    """A single path, article or mapping is taken as one input, not taken apart."""
    path = tmp_path / "post.txt"
    path.write_text(FIRST, encoding="utf-8")
    for one in (path, str(path), ARTICLES[0], Article(id="post", text=FIRST)):
        assert [a.id for a in headwater.trace(one).articles] == ["post"]


def test_trace_is_what_the_command_writes(tmp_path: Path) -> None:
    """``headwater trace --json`` and ``headwater.trace`` are one and the same."""
    assert main(["trace", str(EXAMPLE), "--json", str(tmp_path / "t.json")]) == 0
    written = (tmp_path / "t.json").read_bytes()
    trace = headwater.trace([EXAMPLE])
    assert from_json(written) == trace
    assert to_json(trace, indent=1) == written


def test_what_the_functions_give() -> None:
    """Records of the model, in order of their ids; readings one by one."""
    trace, readings = headwater.trace(ARTICLES), headwater.read(ARTICLES)
    stories, copies = headwater.stories(ARTICLES), headwater.copies([*ARTICLES, {"id": "copy", "text": FIRST}])
    assert isinstance(trace, Trace)
    assert isinstance(readings, Iterator)
    assert [(type(r), r.id) for r in readings] == [(Reading, "gazette"), (Reading, "post")]
    assert {type(s) for s in stories} == {Story}
    assert {type(c) for c in copies} == {Copy}
    assert ("copy", "post") in {tuple(sorted((c.earlier, c.later))) for c in copies}


def test_readings_do_not_depend_on_one_another() -> None:
    """An article read among others is read as it is alone."""
    alone = [line_of(next(headwater.read([fields]))) for fields in ARTICLES]
    assert sorted(map(line_of, headwater.read(ARTICLES))) == sorted(alone)


def test_format_and_columns(tmp_path: Path) -> None:
    """A table under any name, with columns of any name, is read as one where the caller says so."""
    path = tmp_path / "export.txt"
    rows = (f'{fields["id"]};"{fields["text"].replace(chr(34), chr(39))}"\n' for fields in ARTICLES)
    path.write_text("KEY;SAYS\n" + "".join(rows))
    columns = {"id": "KEY", "text": "SAYS"}
    assert [a.id for a in headwater.trace(path, format="csv", columns=columns).articles] == ["gazette", "post"]
    assert [one.id for one in headwater.read(path, format="csv", columns=columns)] == ["gazette", "post"]
    assert headwater.stories(path, format="csv", columns=columns)[0].articles == ("gazette", "post")
    assert headwater.copies([path, *ARTICLES], format="csv", columns=columns) != ()
    with headwater.open_archive(tmp_path / "a.db", reader="rules-1") as archive:
        assert archive.add(path, format="csv", columns=columns).new == ("gazette", "post")
    for function in (headwater.trace, headwater.read, headwater.stories, headwater.copies):
        with pytest.raises(InputError, match="no format 'exe'"):
            function(path, format="exe")


@pytest.mark.parametrize("function", [headwater.trace, headwater.read, headwater.stories, headwater.copies])
@pytest.mark.parametrize(
    ("inputs", "error"),
    [([], InputError), (["no/such/file.txt"], InputError), ([{"id": "x"}], InputError), ([{"text": ""}], InputError)],
    ids=["nothing", "missing file", "no text given", "empty text"],
)
def test_nothing_to_read(function: object, inputs: list[object], error: type[HeadwaterError]) -> None:
    """Each function refuses at once, with one line."""
    assert callable(function)
    with pytest.raises(error) as caught:
        function(inputs)
    assert "\n" not in str(caught.value)


def test_wrong_date() -> None:
    """A date that is none is refused, and the message says how to write one."""
    with pytest.raises(InputError, match="write 2025-08-21"):
        headwater.trace(ARTICLES, published="yesterday")


def test_inputs_that_could_not_be_read_are_named() -> None:
    """They stand in ``unjudged``, and the rest is traced."""
    trace = headwater.trace([*ARTICLES, "no/such/file.txt", {"id": "broken"}])
    assert [a.id for a in trace.articles] == ["gazette", "post"]
    assert {"no/such/file.txt", "article broken"} <= {u.what for u in trace.unjudged}


def test_errors_are_one_tree() -> None:
    """One ``except HeadwaterError`` catches all."""
    assert issubclass(InputError, HeadwaterError)
    assert issubclass(NoTextError, InputError)


# The archive


def test_an_archive_by_one_name(tmp_path: Path) -> None:
    """Articles in, stories, traces, claims and words out; what the command put in is there, and the other way round."""
    path = tmp_path / "ferry.db"
    with headwater.open_archive(path, reader="rules-1") as archive:
        done = archive.add(ARTICLES)
        assert (done.new, len(done.traced)) == (("gazette", "post"), 1)
        again = archive.add(ARTICLES)
        assert [known.given for known in again.known] == ["gazette", "post"]
        (story,) = archive.stories()
        trace = archive.trace()
        assert_whole(trace)
        assert trace == archive.trace(story.id)
        assert [claim.id for claim in archive.claims()] == [claim.id for claim in trace.claims]
        assert [hit.what for hit in archive.search("ferry october", what=("article",)).hits] == ["article"] * 2
        assert archive.search("Quist", facets=Facets(outlet="Skerry Post")).total > 0
        assert archive.go_on().traced == ()
        assert decisions.log(archive.store) is not None
    assert main(["export", str(path), "--as", "markdown", "--out", str(tmp_path / "s.md")]) == 0


def test_of_several_stories_one_is_named(tmp_path: Path) -> None:
    """All are listed, however many pages they take; a trace without a name is refused, saying which there are."""
    path = tmp_path / "a.db"
    with Archive(path) as store:
        add(store, [invented(story, telling) for story in range(4) for telling in (1, 2)])
    with headwater.open_archive(path, read_only=True) as archive:
        rows = archive.stories()
        assert len({row.id for row in rows}) == 4
        with pytest.raises(InputError, match=rf"holds 4 stories; name one by its id.*{rows[0].id}"):
            archive.trace()
        assert {len(archive.trace(row.id).articles) for row in rows} == {2}
        with pytest.raises(StoreError, match="reading alone"):
            archive.add(ARTICLES)
        with pytest.raises(InputError, match="no story 'x'"):
            archive.claims("x")
    with pytest.raises(StoreError, match="was closed"):
        archive.stories()


def test_lists_go_on_over_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left out or twice where a list is longer than a page."""
    with headwater.open_archive(tmp_path / "a.db", reader="rules-1") as archive:
        add(archive.store, [invented(story, telling) for story in range(3) for telling in (1, 2)])
        archive.add(ARTICLES)
        story = max(archive.stories(), key=lambda row: row.claims)
        assert story.claims > 2
        whole = archive.stories(), archive.claims(story.id)
        monkeypatch.setattr("headwater.opened._PAGE", 1)
        assert (archive.stories(), archive.claims(story.id)) == whole
        assert len(whole[1]) == story.claims


def test_an_archive_that_is_none(tmp_path: Path) -> None:
    """It is refused when it is opened, and an empty one says what to do."""
    (tmp_path / "letter.txt").write_text("Dear reader, " * 99, encoding="utf-8")
    with pytest.raises(StoreError, match="no archive"):
        headwater.open_archive(tmp_path / "letter.txt")
    with pytest.raises(StoreError):
        headwater.open_archive(tmp_path / "none.db", read_only=True)
    with headwater.open_archive(tmp_path / "new.db") as archive, pytest.raises(InputError, match="put articles in"):
        archive.trace()


# To other tools


def test_export_by_one_name(tmp_path: Path) -> None:
    """What the package makes, and on disk where a place is named."""
    assert headwater.export(TRACE, "markdown") == exports.export(TRACE, "markdown")
    made = headwater.export(TRACE, "csv", out=tmp_path / "tables")
    assert isinstance(made, Mapping)
    assert {p.name: p.read_bytes() for p in (tmp_path / "tables").iterdir()} == made
    with pytest.raises(InputError, match="no form 'pptx'"):
        headwater.export(TRACE, "pptx", out=tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_forms_are_named_in_the_docstring() -> None:
    """What ``help(headwater.export)`` lists is what there is."""
    assert re.findall(r'"([a-z-]+)"', (headwater.export.__doc__ or "").partition("out:")[0]) == [*FORMS]


def test_frames_by_one_name() -> None:
    """The tables, each by its name."""
    by_pandas, by_polars = headwater.pandas_frames(TRACE), headwater.polars_frames(TRACE)
    assert [*by_pandas] == [*by_polars] == [table.name for table in tables_of(TRACE)]
    assert by_pandas["claims"]["low"].tolist() == by_polars["claims"]["low"].to_list()


def test_a_frame_of_articles_needs_no_accessor() -> None:
    """The rows of a frame are mappings, which every function takes; what is missing in a row is not known."""
    frame = pandas.DataFrame([*ARTICLES, {"id": "third", "text": SECOND}])
    trace = headwater.trace(json.loads(frame.to_json(orient="records")), reader="rules-1")
    assert {a.id: a.outlet for a in trace.articles} == {
        "gazette": "Coast Gazette",
        "post": "Skerry Post",
        "third": None,
    }


# What importing costs


def test_import_is_cheap() -> None:
    """``import headwater`` loads nothing but itself and the standard library, and no module of its own but one."""
    code = (
        "import sys; before = {*sys.modules}; import headwater; "
        "print(*sorted(m for m in {*sys.modules} - before if m.startswith('headwater')"
        " or m.partition('.')[0] not in sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["headwater", "headwater.version"]


def test_public_names_are_typed() -> None:
    """Every argument and result of every public function says its type, and the package says that it does."""
    for name in {*headwater.__all__} - {"__version__"}:
        signature = inspect.signature(getattr(headwater, name))
        assert signature.return_annotation is not signature.empty
        assert all(p.annotation is not p.empty for p in signature.parameters.values())
    assert (Path(headwater.__file__).parent / "py.typed").exists()
