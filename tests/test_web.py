"""The pages of the application: every link leads somewhere, every decision comes to the log and back, work is shown."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from archived import go_on, rules
from crowd import crowd
from headwater import clean, ingest
from headwater.archive import Archive, articles, decisions, jobs, stories
from headwater.errors import InputError
from headwater.model import Place, Trace
from headwater.web import addresses
from headwater.web.jobs import Upload, Work, _names
from headwater.web.pages.deciding import now
from headwater.web.serve import serve
from served import EXAMPLE, NoWork, client, crawl, example, links_of, put, token_of


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the example, which no test changes."""
    return example(tmp_path_factory.mktemp("web") / "a.db")


@pytest.fixture(scope="module")
def shown(file: Path) -> Iterator[TestClient]:
    """The application over it."""
    with Archive(file) as archive, client(archive) as made:
        yield made


@pytest.fixture(scope="module")
def trace(file: Path) -> tuple[str, Trace]:
    """The story's id and trace."""
    with Archive(file) as archive:
        (row,), _ = stories.stories(archive)
        return row.id, stories.trace(archive, row.id)


@pytest.fixture
def own(tmp_path: Path, file: Path) -> Iterator[tuple[Archive, TestClient, NoWork]]:
    """A copy of the archive to change, with the application over it."""
    copy = tmp_path / "own.db"
    copy.write_bytes(file.read_bytes())
    work = NoWork()
    with Archive(copy) as archive, client(archive, work) as made:
        yield archive, made, work


# Addresses


@given(st.text())
def test_any_id_has_an_address(key: str) -> None:
    """One part of a path, of letters that every path may hold, from which the id comes back."""
    part = addresses.segment(key)
    assert re.fullmatch(r"[A-Za-z0-9_.~%-]+", part)
    assert set(part) - {"."}
    if not part.startswith("~"):
        assert unquote(part) == key
    elif not re.search("[\ud800-\udfff]", key):
        assert addresses.key_of(part) == key


@given(st.text())
def test_a_way_back_stays_here(address: str) -> None:
    """Whatever is given as the page to go back to, it is one of ours."""
    back = addresses.own(address)
    assert back.startswith("/")
    assert not back.startswith(("//", "/\\"))


@pytest.mark.parametrize("address", ["//else.example", "/\\else.example", "https://else.example", "javascript:x", ""])
def test_ways_back_that_lead_away(address: str) -> None:
    """They lead home."""
    assert addresses.own(address) == "/"


# Pages


def test_every_link_leads_somewhere(shown: TestClient) -> None:
    """From the list of stories one comes to every page, and none is missing."""
    pages = crawl(shown, most=700)
    kinds = {address.split("/")[1].split("?")[0] for address in pages}
    assert {"stories", "claims", "articles", "sources", "doubtful", "decisions", "add"} <= kinds
    assert len(pages) > 150


def test_every_anchor_is_there(shown: TestClient) -> None:
    """What a link points to within a page stands on that page."""
    pages = {a: html for a, html in crawl(shown, most=700).items() if html}
    missing = set()
    for html in pages.values():
        for page, anchor in re.findall(r'href="(/[^"#]*)#([^"]+)"', html):
            there = pages.get(page.replace("&amp;", "&"))
            if there is not None and f'id="{anchor}"' not in there and not anchor.startswith("beside?"):
                missing.add((page, anchor))
    assert sorted(missing) == []


def test_a_link_to_a_page_of_one_thing_leads_to_its_top(shown: TestClient, trace: tuple[str, Trace]) -> None:
    """A claim, an article and a source have a page each: its head, and what it warns of, is not scrolled past."""
    html = shown.get(addresses.story(trace[0])).text
    for kind in ("claims", "articles", f"stories/{trace[0]}/sources"):
        whole = set(re.findall(rf'href="(/{kind}/[^"#?]+)(#[^"]*)?"', html))
        assert whole, kind
        assert not {anchor for _, anchor in whole if re.match(r"#(claim|article|source)-", anchor)}


def test_a_story_has_the_parts_of_the_file(shown: TestClient, trace: tuple[str, Trace]) -> None:
    """In the same order, without a script."""
    html = shown.get(addresses.story(trace[0])).text
    found = re.findall(r'<(?:section id|details class)="(unjudged|[a-z]+)"', html)
    order = ["unjudged", "count", "findings", "claims", "picture", "quotations", "conflicts", "timeline", "sources",
             "pairs", "articles"]  # fmt: skip
    assert [part for part in found if part in order] == order
    assert "3→1" not in html  # reading views are pages of their own


@pytest.mark.parametrize(
    "query", ["sort=outlets", "sort=fewest", "sort=most", "sort=contested", "single=1", "contested=1", "sort=no",
              "page=9", "page=x", "page=-1"],
)  # fmt: skip
def test_claims_are_sorted_and_filtered_without_a_script(
    shown: TestClient, trace: tuple[str, Trace], query: str
) -> None:
    """By the address; the numbers on the page are in the order asked for."""
    html = shown.get(f"{addresses.part(trace[0], 'claims')}?{query}").text
    outlets = [int(n) for n in re.findall(r'data-outlets="(\d+)"', html)]
    highs = [int(n) for n in re.findall(r'data-high="(\d+)"', html)]
    if query == "sort=outlets":
        assert outlets == sorted(outlets, reverse=True)
    if query == "sort=fewest":
        assert highs == sorted(highs)
    if query == "single=1":
        assert highs
        assert set(highs) == {1}
    if query == "contested=1":
        assert 0 not in {int(n) for n in re.findall(r'data-contested="(\d+)"', html)}


def test_words_are_marked_where_an_address_names_them(shown: TestClient, trace: tuple[str, Trace]) -> None:
    """A place in an article has an address of its own."""
    article = trace[1].articles[0]
    html = shown.get(addresses.article(article.id, 50, 80)).text
    (marked,) = re.findall(r'<span class="words" id="at">([^<]*)', html)
    assert article.text[50:80].startswith(marked.replace("&#39;", "'"))
    assert 'id="at"' not in shown.get(addresses.article(article.id)).text
    for wrong in ("9-3", "0-99999999", "x", "1-", "-1-5"):
        assert 'id="at"' not in shown.get(f"{addresses.article(article.id)}?at={wrong}").text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        pytest.param("q=barrage", "<mark", id="words"),
        pytest.param("q=barrage&what=claim", "claim</p>", id="kind"),
        pytest.param("q=order&speaker=Pavel+Renn", "narrowed to speaker", id="speaker"),
        pytest.param("q=order&since=2025-13", "no EDTF date", id="no-date"),
        pytest.param("q=%00%F0%9F%92%A7%22*", "Nothing was found", id="no-words"),
        pytest.param("", "All words must occur", id="nothing"),
        pytest.param("q=the&page=2", "results", id="page"),
    ],
)
def test_search(shown: TestClient, query: str, says: str) -> None:
    """What is typed is words, narrowed by facets; nothing that is typed is an error."""
    html = shown.get(f"/search?{query}").text
    assert says in html
    assert "<ul></ul>" not in html


@given(st.text(), st.text())
def test_any_words_can_be_searched_for(shown: TestClient, query: str, outlet: str) -> None:
    """Whatever is typed."""
    words = {"q": query.encode("utf-8", "replace").decode(), "outlet": outlet.encode("utf-8", "replace").decode()}
    assert shown.get("/search", params=words).status_code == 200


# Decisions


def forms_of(html: str, **having: str) -> list[list[tuple[str, str]]]:
    """The fields of the forms whose hidden fields say this."""
    out = []
    for form in re.findall(r"<form method=\"post\".*?</form>", html, re.DOTALL):
        fields = [
            (n, v.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&"))
            for n, v in re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', form)
        ]
        if all(dict(fields).get(name) == value for name, value in having.items()):
            out.append(fields)
    return out


def sent(made: TestClient, fields: list[tuple[str, str]], path: str = "/decide", **more: str) -> str:
    """Send a form; where it leads."""
    data: dict[str, list[str]] = {}
    for name, value in [*fields, *more.items()]:
        data.setdefault(name, []).append(value)
    answer = made.post(path, data=data)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def last(archive: Archive) -> decisions.Logged:
    """The entry that was made last."""
    return decisions.log(archive, limit=1)[0][0]


Own = tuple[Archive, TestClient, NoWork]


def test_parting_and_joining_claims(own: Own) -> None:
    """By the forms of the claim's page; the story is to be traced again, and the page says so."""
    archive, made, work = own
    (row,), _ = stories.stories(archive)
    claim = next(c for c in stories.trace(archive, row.id).claims if c.related and len(c.mentions) > 1)
    html = made.get(addresses.claim(claim.id)).text
    for kind in ("same_claim", "not_same_claim"):
        back = sent(made, forms_of(html, kind=kind)[0])
        assert last(archive).decision.kind == kind
        assert len(last(archive).places) == 2
        assert back.startswith(addresses.claim(claim.id) + "?done=decision-")
    assert work.asked == ["go on", "go on"]
    assert "is being traced again" in made.get(addresses.story(row.id)).text
    go_on(archive, rules())
    after = made.get(addresses.story(row.id)).text
    assert "is being traced again" not in after
    assert "Version 2" in after


def test_a_decision_can_be_undone_where_it_was_made(own: Own) -> None:
    """The page that follows offers it; undoing is an entry, and is offered to be undone."""
    archive, made, _ = own
    (row,), _ = stories.stories(archive)
    claim = next(c for c in stories.trace(archive, row.id).claims if len(c.mentions) > 1)
    html = made.get(addresses.claim(claim.id)).text
    back = sent(made, forms_of(html, kind="not_same_claim")[0])
    page = made.get(back).text
    assert "Kept, as decided by" in page
    undone = sent(made, next(f for f in forms_of(page) if dict(f).get("id")), "/undo")
    assert "Bring it back" in made.get(undone).text
    assert [e.active for e in decisions.log(archive)[0]] == [True, False]


def test_letters_owners_notes_and_furniture(own: Own, trace: tuple[str, Trace]) -> None:
    """Each from the form of its page; hostile words come back as words."""
    archive, made, _ = own
    story, told = trace
    source = next(s for s in told.sources if s.kind == "person" and s.mentions)
    at = addresses.source(story, source.id)
    page = made.get(at).text
    assert "completely reliable" in page
    assert "No letter" in page
    sent(made, forms_of(page, kind="reliability")[0], value="B")
    assert "usually reliable, as given by a person" in made.get(at).text
    article = next(a for a in told.articles if a.outlet)
    page = made.get(addresses.article(article.id)).text
    sent(made, forms_of(page, kind="owner")[0], value="Lake & Sons <b>")
    assert last(archive).decision.value == "Lake & Sons <b>"
    marked = made.get(f"{addresses.article(article.id)}/mark?s=1&s=2").text
    for kind, value in (("furniture", "promo"), ("not_furniture", ""), ("note", "</p><script>x</script>")):
        sent(made, forms_of(marked, kind=kind)[0], value=value)
        assert last(archive).decision.kind == kind
        assert last(archive).places[0] is not None
    log = made.get("/decisions").text
    assert "&lt;script&gt;" in log
    assert "<script>x" not in log
    assert "&lt;script&gt;" in made.get(addresses.article(article.id)).text


def test_sources_can_be_joined_by_name(own: Own, trace: tuple[str, Trace]) -> None:
    """The other one is named as it is printed."""
    archive, made, _ = own
    story, told = trace
    one, other = [s for s in told.sources if s.kind == "person" and s.mentions][:2]
    page = made.get(addresses.source(story, one.id)).text
    joining = [f for f in forms_of(page, kind="same_source") if len([n for n, _ in f if n in {"place", "name"}]) == 1]
    sent(made, joining[0], other=other.name)
    kept = last(archive)
    assert [p is not None and p in who.mentions for p, who in zip(kept.places, (one, other), strict=True)] == [
        True,
        True,
    ]
    assert kept.decision.names == ()


def test_people_without_a_name_bear_no_letter(own: Own, trace: tuple[str, Trace]) -> None:
    """It would stand with everyone who is called so, in every story."""
    _, made, _ = own
    story, told = trace
    unnamed = next(s for s in told.sources if s.kind == "anonymous" and s.mentions)
    assert not forms_of(made.get(addresses.source(story, unnamed.id)).text, kind="reliability")
    letter = {"csrf": token_of(made), "kind": "reliability", "name": '["anonymous","engineers"]', "value": "A"}
    assert made.post("/decide", data=letter).status_code == 400


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"kind": "undo"}, {"kind": "same_claim"}, {"kind": "note", "place": "[]"}, {"kind": "note", "place": "x"},
        {"kind": "note", "place": '["none",0,5]', "value": "x"}, {"kind": "reliability", "name": '["person","A"]'},
        {"kind": "reliability", "name": '["nobody","A"]', "value": "A"}, {"kind": "owner", "value": "x"},
        {"kind": "note", "place": '["a",1e400,2]', "value": "x"},
    ],
    ids=lambda f: json.dumps(f)[:40],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_one_line(own: Own, fields: dict[str, str]) -> None:
    """And nothing is kept."""
    archive, made, work = own
    answer = made.post("/decide", data={"csrf": token_of(made), **fields})
    assert answer.status_code == 400
    assert "That did not work" in answer.text
    assert decisions.log(archive)[1] == 0
    assert work.asked == []


def test_the_log_goes_out_and_comes_in(own: Own, tmp_path: Path) -> None:
    """Exported, undone by nobody, imported elsewhere: once, however often."""
    archive, made, _ = own
    (row,), _ = stories.stories(archive)
    article = stories.trace(archive, row.id).articles[0]
    decisions.decide(archive, "note", who="Ada", at=now(), places=[Place(article.id, 0, 9)], value="look here")
    lines = made.get("/decisions/export")
    assert lines.headers["content-type"].startswith("application/x-ndjson")
    with Archive(tmp_path / "b.db") as other, client(other) as there:
        for words in ("1 taken in, 0 there", "0 taken in, 1 there"):
            back = there.post(
                "/decisions/import", data={"csrf": token_of(there)}, files={"file": ("log.jsonl", lines.content)}
            )
            assert words in there.get(back.headers["location"]).text
        assert "not found here" in there.get("/decisions").text


def test_doubtful_pairs_one_by_one(own: Own) -> None:
    """A pair that was judged is gone; one passed over is left for another time."""
    archive, made, _ = own
    first = made.get("/doubtful").text
    left = int(re.findall(r"(\d+) pairs? to judge", first)[0])
    passed = made.get(next(a for a in links_of(first) if "skip=" in a)).text
    assert int(re.findall(r"(\d+) pairs? to judge", passed)[0]) == left - 1
    back = sent(made, forms_of(first, kind="not_same_claim")[0])
    assert int(re.findall(r"(\d+) pairs? to judge", made.get(back).text)[0]) == left - 1
    assert last(archive).decision.kind == "not_same_claim"


# Work


def wait(archive: Archive, number: int, seconds: float = 60) -> jobs.Job:
    """The job when it has ended."""
    end = time.monotonic() + seconds
    while (job := jobs.job(archive, number)).state == "running" and time.monotonic() < end:
        time.sleep(0.1)
    return job


def test_articles_are_added_as_a_job(tmp_path: Path) -> None:
    """Sent as files, read in the background; the story is there, what could not be read is named, nothing is left."""
    with Archive(tmp_path / "a.db") as archive:
        work = Work(archive, clock=now, reader="rules-1")
        try:
            with client(archive, work) as made:
                names = sorted(EXAMPLE.iterdir())
                files = [("files", (f"../../{p.name}", p.read_bytes())) for p in names]
                files.append(("files", ("broken.pdf", b"%PDF-1.4 no more")))
                files.append(("files", ("harbour.png", b"\x89PNG")))
                answer = made.post("/add", data={"csrf": token_of(made)}, files=files)
                assert answer.status_code == 303
                page = made.get(answer.headers["location"])
                assert "How far it is" in page.text
                number = int(answer.headers["location"].rpartition("/")[2])
                job = wait(archive, number)
                assert job.state == "done", job.note
                assert "broken.pdf was not used" in job.note
                assert "; 1 .png file passed over" in job.note
                assert "headwater-" not in job.note  # where they stood for a moment says nothing to anybody
                events = made.get(f"/jobs/{number}/events")
                assert events.headers["content-type"].startswith("text/event-stream")
                assert json.loads(events.text.removeprefix("data: "))["state"] == "done"
                (row,), _ = stories.stories(archive)
                assert row.articles == 9
                assert {a.path for a in stories.trace(archive, row.id).articles} <= {p.name for p in names} | {None}
                assert "Done" in made.get(answer.headers["location"]).text
        finally:
            work.close()


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    """A job whose process ends, and one of files without an article, fail in a line; the next is done."""
    with Archive(tmp_path / "a.db") as archive:
        work = Work(archive, clock=now, reader="rules-1", command=(sys.executable, "-c", "raise SystemExit('gone')"))
        try:
            job = wait(archive, work.add([Upload("a.txt", b"words")]))
            assert (job.state, "gone" in job.note) == ("failed", True)
            work._command = (sys.executable, "-m", "headwater.web.work")
            job = wait(archive, work.add([Upload("a.txt", b"")]))
            assert job.state == "failed"
            assert "a.txt" in job.note
            assert str(tmp_path) not in job.note
            assert work.go_on() is None
        finally:
            work.close()


@pytest.mark.parametrize("silent", [True, False], ids=["cut off", "at it"])
def test_work_of_which_nothing_is_heard(own: Own, silent: bool) -> None:
    """What was killed stands as running: it is said that it may have been cut off, in the list of stories too."""
    archive, made, _ = own
    at = "2026-01-05T10:00:00+00:00" if silent else now()
    job = jobs.start(archive, "add", at=at)
    jobs.progress(archive, job, "tracing", 3, 9, at=at)
    for address in ("/", addresses.job(job)):
        html = made.get(address).text
        assert "tracing 3 of 9" in html
        assert ("may have been cut off" in html) == silent


def test_work_that_waits_is_told_when_the_server_ends(tmp_path: Path) -> None:
    """What runs is stopped, what waits is said to have waited; nothing stays "running"."""
    with Archive(tmp_path / "a.db") as archive:
        work = Work(archive, clock=now, command=(sys.executable, "-c", "import time; time.sleep(60)"))
        numbers = [work.add([Upload("a.txt", b"words")]) for _ in range(2)]
        work.close()
        assert [jobs.job(archive, n).state for n in numbers] == ["failed", "failed"]


@given(st.lists(st.text(max_size=300), max_size=6))
def test_names_of_files_lead_nowhere(names: list[str]) -> None:
    """One for each, no two alike, in their folder and not hidden."""
    made = _names(names)
    assert len({n.casefold() for n in made}) == len(names)
    for name in made:
        assert name == Path(name).name
        assert not name.startswith(".")
        assert len(name.encode()) < 255


# Speed


def test_a_story_of_300_articles_is_quick_the_second_time(tmp_path: Path, trace: tuple[str, Trace]) -> None:
    """Its page, and every part of it, from what was made the first time; the benchmark has the figures."""
    with Archive(tmp_path / "a.db") as archive:
        story = put(archive, crowd(trace[1], 300))
        with client(archive) as made:
            paths = [addresses.story(story), *(addresses.part(story, p) for p in ("claims", "timeline", "articles"))]
            for path in paths:
                assert made.get(path).status_code == 200
                began = time.perf_counter()
                assert made.get(path).status_code == 200
                assert time.perf_counter() - began < 2.0  # a busy machine; 0.5 on one that is not


# Serving


def test_serve_prints_where_and_ends(tmp_path: Path) -> None:
    """The archive is made, the address printed, Ctrl-C ends it with 0; a port that is taken is one line."""
    where = [sys.executable, "-m", "headwater.cli", "serve", str(tmp_path / "new.db")]
    with subprocess.Popen(
        [*where, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        port = re.findall(r"http://127\.0\.0\.1:(\d+)/", line)[0]
        assert (tmp_path / "new.db").exists()
        again = subprocess.run([*where, "--port", port], capture_output=True, text=True, check=False, timeout=60)
        assert again.returncode == 1
        assert again.stderr.count("\n") == 1
        assert "give another with --port" in again.stderr
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "stopped\n", "")


@pytest.mark.parametrize(
    ("host", "says"),
    [("0.0.0.0", "every address at once"), ("::", "every address at once"), ("else.example", "is no address"),
     ("203.0.113.7", "cannot be had.*--host")],
)  # fmt: skip
def test_addresses_that_cannot_be_listened_at(tmp_path: Path, host: str, says: str) -> None:
    """One line that says what to give; no archive is made."""
    with pytest.raises(InputError, match=says):
        serve(str(tmp_path / "a.db"), host=host, port=0, tell=lambda line: None, warn=lambda line: None)
    assert not (tmp_path / "a.db").exists()


def test_records_are_small(own: Own) -> None:
    """A result of the API holds a snippet, not an article."""
    _, made, _ = own
    hits: list[dict[str, Any]] = made.get("/api/v1/search?q=barrage&what=article").json()["hits"]
    assert hits
    for hit in hits:
        assert len(hit["text"]) < 600
        assert [hit["text"][s["start"] : s["end"]].lower() for s in hit["hits"]] == ["barrage"] * len(hit["hits"])


def test_the_next_start_goes_on(tmp_path: Path) -> None:
    """Articles that were put in are traced by the next run of the server, without being asked."""
    with Archive(tmp_path / "a.db") as archive:
        articles.put(archive, clean.mark_all(ingest.gather([str(EXAMPLE)]).articles))
        work = Work(archive, clock=now, reader="rules-1")
        try:
            number = work.go_on()
            assert number is not None
            assert wait(archive, number).state == "done"
            assert stories.stories(archive)[1] == 1
        finally:
            work.close()


def test_work_that_is_stopped_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends as after an error, its folders are gone, and what was put in is there the next time."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "tmp").mkdir()
    with Archive(tmp_path / "a.db") as archive:
        work = Work(archive, clock=now, reader="rules-1")
        number = work.add([Upload(p.name, p.read_bytes()) for p in sorted(EXAMPLE.iterdir())])
        end = time.monotonic() + 60
        while jobs.job(archive, number).stage == "waiting for its turn" and time.monotonic() < end:
            time.sleep(0.02)
        work.close()
        assert jobs.job(archive, number).state in {"failed", "done"}
        assert [p.name for p in (tmp_path / "tmp").glob("headwater-*")] == []
