"""The server for assistants: asked by the SDK's own client, in this process and over standard input and output."""

import asyncio
import json
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from archived import add, invented, rules
from crowd import crowd
from exported import HOSTILE
from headwater.archive import Archive
from headwater.cli import main
from headwater.errors import MissingExtra
from headwater.exports.mcp import NOTE, Held, server
from headwater.model import Article, Trace
from headwater.report.json import to_json
from sample import TRACE

TOOLS = ["count_origins", "show_chain", "show_evidence"]


def run(asked: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine gives."""
    return asyncio.run(asked)


def ask(held: Held, tool: str, **arguments: Any) -> Any:
    """A tool's answer; the message where it is an error."""

    async def asked() -> Any:
        async with Client(server(held)) as client:
            return _said(await client.call_tool(tool, arguments))

    return run(asked())


def _said(result: Any) -> Any:
    text = result.content[0].text
    return text if result.is_error else json.loads(text)


def of(trace: Trace) -> Held:
    """What the tools look at where there is one trace."""
    return Held(make=lambda: trace)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive with one story that has claims of several articles, and two that have none."""
    told = "The ferry to Holm Skerry will stop in October, harbour director Anselm Quist said on Monday."
    articles = [
        Article(id=f"f{n}", text=f"{told} The hull is older than he is.", outlet=name, published=f"2025-09-{16 + n}")
        for n, name in enumerate(("Skerry Post", "Coast Gazette"))
    ]
    with Archive(tmp_path / "a.db") as made:
        add(made, [*articles, *(invented(story, n) for story in (1, 2) for n in (1, 2))], rules())
    with Archive(tmp_path / "a.db", read_only=True) as opened:
        yield opened


def test_three_tools_that_only_read() -> None:
    """Nothing else can be reached: no other tool, no resource, no prompt; each tool says that it only reads."""

    async def asked() -> None:
        async with Client(server(of(TRACE))) as client:
            tools = (await client.list_tools()).tools
            assert [tool.name for tool in tools] == TOOLS
            for tool in tools:
                assert tool.description
                assert tool.annotations is not None
                assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
                assert {*tool.input_schema["properties"]} <= {"words", "story", "claim"}
            assert (await client.list_resources()).resources == []
            assert (await client.list_resource_templates()).resource_templates == []
            assert (await client.list_prompts()).prompts == []
            assert NOTE in (client.instructions or "")

    run(asked())


def test_counting() -> None:
    """Claims by their words, or those that are carried most, with what is proven and what is not known."""
    found = ask(of(TRACE), "count_origins", words="HOMES 212")
    (flood,) = found["claims"]
    assert flood["text"] == {"quoted": "The flood reached 212 homes"} or "212" in flood["text"]["quoted"]
    assert (flood["low"], flood["high"], flood["origins_in_words"]) == (1, 1, "1 origin")
    everything = ask(of(TRACE), "count_origins")
    assert everything["total"] == len(TRACE.claims)
    assert {one["claim"] for one in everything["claims"]} == {claim.id for claim in TRACE.claims}
    assert ask(of(TRACE), "count_origins", words="nowhere to be found")["claims"] == []


def test_chains() -> None:
    """Each origin with how every article has it from there; what is unknown and circular is said."""
    by_id = {claim.id: ask(of(TRACE), "show_chain", claim=claim.id) for claim in TRACE.claims}
    for claim in TRACE.claims:
        said = by_id[claim.id]
        assert len(said["origins"]) == len(claim.origins)
        assert said["articles_of_unknown_origin"] == len(claim.unknown)
    text = json.dumps(by_id, ensure_ascii=False)
    assert "credits The Harbour Ledger, citing three engineers" in text
    assert any(said["circular"] for said in by_id.values())


def test_answers_stay_short() -> None:
    """Of a large story the first are shown, and how many there are."""
    large = crowd(TRACE, 300)
    many = Trace(made_by=TRACE.made_by, articles=large.articles, sources=large.sources, claims=large.claims * 9)
    assert len(ask(of(many), "count_origins")["claims"]) == 20
    claim = max(large.claims, key=lambda c: len(c.mentions))
    said = ask(of(many), "show_chain", claim=claim.id), ask(of(many), "show_evidence", claim=claim.id)
    assert said[1]["mentions"]["total"] > len(said[1]["mentions"]["places"]) == 60
    assert all(len(json.dumps(one)) < 100_000 for one in said)


def test_evidence() -> None:
    """The exact words by code points, in place."""
    texts = {a.text for a in TRACE.articles}
    for claim in TRACE.claims:
        said = ask(of(TRACE), "show_evidence", claim=claim.id)
        assert said["mentions"]["total"] == sum(len(mention.spans) for mention in claim.mentions)
        for place in said["mentions"]["places"] + said["evidence"]["places"]:
            words = place["words"]["quoted"]
            assert any(text[place["start"] : place["end"]] == words for text in texts)
            assert any(place["before"]["quoted"] + words + place["after"]["quoted"] in text for text in texts)


def test_words_of_articles_are_marked_as_quoted() -> None:
    """Nothing that an article, an outlet or a source says stands outside ``quoted``, and every answer says so."""
    harm = ("window.owned", "onmouseover", "__class__", "display:none", "www", "\u202e")

    def look(value: Any) -> None:
        if isinstance(value, dict):
            assert set(value) == {"quoted"} or not {"quoted"} & set(value)
            for key, item in value.items():
                if key not in {"quoted", "claim"}:
                    look(item)
        elif isinstance(value, list):
            for item in value:
                look(item)
        elif isinstance(value, str):
            assert not [words for words in harm if words in value]

    answers = [ask(of(HOSTILE), "count_origins")]
    answers += [ask(of(HOSTILE), tool, claim=HOSTILE.claims[3].id) for tool in TOOLS[1:]]
    for answer in answers:
        assert answer["note"] == NOTE
        look(answer)


def test_wrong_questions_are_answered_in_one_line() -> None:
    """A claim or story that is not there is an error that says what to do."""
    assert "find one with count_origins" in ask(of(TRACE), "show_chain", claim="no")
    assert "find one with count_origins" in ask(of(TRACE), "show_evidence", claim="../../etc/passwd")
    assert "one story here" in ask(of(TRACE), "count_origins", story="x")


def test_nothing_is_traced_before_the_first_question_and_then_once() -> None:
    """An assistant's start waits for nothing."""
    made = []

    def make() -> Trace:
        made.append(1)
        return TRACE

    async def asked() -> None:
        async with Client(server(Held(make=make))) as client:
            await client.list_tools()
            assert made == []
            for _ in range(3):
                await client.call_tool("count_origins", {})

    run(asked())
    assert made == [1]


def test_an_archive(archive: Archive) -> None:
    """Stories to choose from, claims of all stories by their words, chains and evidence by the claim's id."""
    held = Held(archive=archive)
    stories = ask(held, "count_origins")["stories"]
    assert len(stories) == 3
    found = ask(held, "count_origins", words="ferry October")["claims"]
    assert found
    ferry = found[0]["claim"]
    assert found == ask(held, "count_origins", words="ferry october", story=_story(archive, ferry))["claims"][:1]
    assert ask(held, "show_chain", claim=ferry)["origins"][0]["name"]["quoted"].startswith("Anselm Quist")
    assert ask(held, "show_evidence", claim=ferry)["mentions"]["total"] >= 2
    assert "no claim 'x'" in ask(held, "show_chain", claim="x")
    assert "no story 'x'" in ask(held, "count_origins", words="a", story="x")


def _story(archive: Archive, claim: str) -> str:
    from headwater.archive.stories import claim as claim_of

    return claim_of(archive, claim).story


@pytest.mark.parametrize("kind", ["trace", "articles", "archive"])
def test_over_standard_input_and_output(tmp_path: Path, archive: Archive, kind: str) -> None:
    """The command speaks the protocol and nothing else on standard output."""
    if kind == "trace":
        path = tmp_path / "t.json"
        path.write_bytes(to_json(TRACE, indent=1))
    elif kind == "articles":
        path = tmp_path / "story"
        path.mkdir()
        for article in TRACE.articles[:2]:
            (path / f"{article.id.replace(' ', '-')}.txt").write_text(article.text, encoding="utf-8")
    else:
        path = archive.path
    code = "import sys; from headwater.cli import main; sys.exit(main(sys.argv[1:]))"
    started = StdioServerParameters(
        command=sys.executable, args=["-c", code, "mcp", str(path), "--reader", "rules-1"], cwd=str(tmp_path)
    )

    async def asked() -> Any:
        async with Client(started) as client:
            return _said(await client.call_tool("count_origins", {"words": "ferry" if kind == "archive" else "gate"}))

    assert run(asked())["claims"]


def test_what_cannot_be_served_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1 and one line, before any assistant asks."""
    assert main(["mcp", "-"]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("Error: standard input")
    assert main(["mcp", str(tmp_path / "none")]) == 1
    (tmp_path / "t.json").write_bytes(b'{"format":"headwater/trace","version":9}')
    assert main(["mcp", str(tmp_path / "t.json")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert all(line.startswith("headwater: ") for line in err.splitlines())


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what to install."""
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(MissingExtra, match=r"pip install 'headwater\[mcp\]'"):
        server(of(TRACE))
