"""The Python functions: what they take, what they give, and that they agree with the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import headwater
from headwater.cli import main
from headwater.errors import HeadwaterError, InputError, NoTextError
from headwater.model import Article, Copy, Reading, Story, Trace
from headwater.report.json import from_json, line_of, to_json
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
