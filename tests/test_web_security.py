"""Who may ask for what: names, origins, tokens, sizes; and what every answer tells the browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from headwater.archive import Archive, decisions
from headwater.web import application, security
from hostile import ATTACK
from served import HOST, NoWork, client, crawl, put, token_of

CHANGES = ["/decide", "/undo", "/add", "/decisions/import"]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[TestClient]:
    """The application over an empty archive."""
    with Archive(tmp_path / "a.db") as archive, client(archive) as found:
        yield found


@pytest.mark.parametrize(
    ("host", "status"),
    [
        pytest.param(HOST, 200, id="ours"),
        pytest.param("localhost:8765", 200, id="ours-by-name"),
        pytest.param("LOCALHOST:8765", 200, id="capitals"),
        pytest.param("[::1]:8765", 200, id="ours-v6"),
        pytest.param("127.0.0.1", 421, id="another-port"),
        pytest.param("127.0.0.1:80", 421, id="yet-another-port"),
        pytest.param("rebound.example:8765", 421, id="rebound"),
        pytest.param("127.0.0.1:8765.rebound.example", 421, id="longer"),
        pytest.param("localhost.:8765", 421, id="dot"),
        pytest.param("", 421, id="empty"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/v1/stories", "/static/app.mjs", "/nothing"])
def test_only_our_own_names_are_answered(made: TestClient, host: str, status: int, path: str) -> None:
    """A name that leads to this machine but is not its own is refused, whatever is asked for."""
    answer = made.get(path, headers={"host": host})
    assert answer.status_code == (404 if path == "/nothing" and status == 200 else status)


FETCHED = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}
FOLLOWED = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
FRAMED = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}


@pytest.mark.parametrize(
    ("headers", "get", "post"),
    [
        pytest.param({}, 200, 400, id="no-browser"),
        pytest.param({"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}, 200, 400, id="our-page"),
        pytest.param({"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, 200, 403,
                     id="typed"),
        pytest.param({"origin": "https://elsewhere.example"}, 403, 403, id="origin-elsewhere"),
        pytest.param({"origin": "null"}, 403, 403, id="origin-null"),
        pytest.param({"origin": "http://127.0.0.1:9000"}, 403, 403, id="another-port"),
        pytest.param({"origin": f"https://{HOST}"}, 403, 403, id="another-scheme"),
        pytest.param(FETCHED, 403, 403, id="script-elsewhere"),
        pytest.param({**FETCHED, "sec-fetch-site": "same-site"}, 403, 403, id="script-on-another-port"),
        pytest.param(FOLLOWED, 200, 403, id="link-elsewhere"),
        pytest.param(FRAMED, 403, 403, id="frame-elsewhere"),
    ],
)  # fmt: skip
def test_pages_elsewhere_neither_read_nor_change(
    made: TestClient, headers: dict[str, str], get: int, post: int
) -> None:
    """A page elsewhere may link here; it may not load anything, nor send anything, even with cookie and token."""
    assert made.get("/", headers=headers).status_code == get
    sent = {"csrf": token_of(made), "kind": "nothing"}
    assert made.post("/decide", data=sent, headers=headers).status_code == post


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_needs_token_and_cookie(tmp_path: Path, path: str) -> None:
    """Without the cookie, without the token, or with another one, nothing is done."""
    work = NoWork()
    with Archive(tmp_path / "a.db") as archive, client(archive, work) as made:
        token = token_of(made)
        for sent in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "ß\u202e"}):
            assert made.post(path, data=sent).status_code == 403
        made.cookies.clear()
        assert made.post(path, data={"csrf": token}, headers={"cookie": "headwater-8765=other"}).status_code == 403
        assert work.asked == []
        assert decisions.log(archive) == ((), 0)


@pytest.mark.parametrize("path", ["/api/v1/decisions", "/api/v1/articles"])
def test_a_change_by_a_program_needs_them_too(made: TestClient, path: str) -> None:
    """The token stands in a header, and what is sent is JSON: no form of a page elsewhere can be that."""
    assert made.post(path, json={}, headers={"x-csrf-token": "no"}).status_code == 403
    assert made.post(path, content=b"{}", headers={"content-type": "text/plain"}).status_code == 415
    made.cookies.clear()
    assert made.post(path, json={}).status_code == 403


def test_every_change_is_behind_the_token() -> None:
    """No route takes POST but through the check; a new one would have to be named here."""
    posts = {r.path for r in application._pages() if "POST" in (r.methods or ())}
    assert posts == set(CHANGES)
    assert all(not (r.methods or set()) - {"GET", "HEAD", "POST"} for r in application._pages())


def test_the_cookie_goes_nowhere_else(made: TestClient) -> None:
    """It is for this site alone, and no script reads it."""
    made.cookies.clear()
    assert "set-cookie" not in made.get("/static/app.mjs").headers  # it may be kept where others read it
    said = made.get("/").headers["set-cookie"]
    assert "set-cookie" not in made.get("/").headers  # the browser has it
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in said.split(";")}


@pytest.mark.parametrize(
    ("method", "path", "host"),
    [
        pytest.param("GET", "/", HOST, id="page"),
        pytest.param("GET", "/api/v1/stories", HOST, id="json"),
        pytest.param("GET", "/static/app.mjs", HOST, id="module"),
        pytest.param("GET", "/nothing", HOST, id="nothing"),
        pytest.param("POST", "/decide", HOST, id="refused"),
        pytest.param("GET", "/", "rebound.example", id="rebound"),
        pytest.param("PUT", "/", HOST, id="method"),
    ],
)
def test_every_answer_tells_the_browser_what_it_must_keep_to(
    made: TestClient, method: str, path: str, host: str
) -> None:
    """The policy and its kin stand on pages, records, scripts and refusals alike."""
    answer = made.request(method, path, headers={"host": host})
    for name, value in security.HEADERS.items():
        assert answer.headers[name] == value
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)


@pytest.mark.parametrize(
    ("path", "most"), [("/decide", 256 * 1024), ("/decisions/import", 20_000_000)], ids=["form", "import"]
)
def test_bodies_are_bounded(made: TestClient, path: str, most: int) -> None:
    """What is announced as too long is refused, and so is what turns out to be."""
    assert made.post(path, content=b"x", headers={"content-length": str(most + 1)}).status_code == 413
    pieces = (b"a" * 65_536 for _ in range(most // 65_536 + 2))
    sent = made.post(path, content=pieces, headers={"content-type": "application/x-www-form-urlencoded"})
    assert sent.status_code == 413
    assert made.post(path, content=b"x", headers={"content-length": "-1"}).status_code == 413


@pytest.mark.parametrize("path", ["/nothing", "/stories/none", "/articles/none", "/claims/none", "/jobs/9",
                                  "/stories/none/claims", "/static/none", "/sources/named?name=none"])  # fmt: skip
def test_what_is_not_there_is_said_in_one_form(made: TestClient, path: str) -> None:
    """A page for a person."""
    answer = made.get(path)
    assert answer.status_code == 404
    assert "Not in this archive" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/stories/none", 404), ("GET", "/api/v1/nothing", 404), ("DELETE", "/api/v1/stories", 405),
        ("GET", "/api/v1/stories?limit=0", 422), ("GET", "/api/v1/stories?limits=1", 422),
        ("GET", "/api/v1/stories?limit=1&limit=2", 422), ("GET", "/api/v1/jobs/x", 404),
        ("GET", "/api/v1/search?since=2025-13", 422), ("GET", "/api/v1/claims/~!", 404),
    ],
)  # fmt: skip
def test_a_program_is_told_in_one_form(made: TestClient, method: str, path: str, status: int) -> None:
    """``{"error": ...}``, one line, and nothing of the machine."""
    answer = made.request(method, path)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert "\n" not in answer.json()["error"]
    assert answer.headers["content-type"] == "application/json"


def test_what_breaks_says_nothing_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody foresaw is a page too, with the policy, and without a trace of the program."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr("headwater.archive.stories.stories", broken)
    with Archive(tmp_path / "a.db") as archive:
        app = application.application(archive, who="Ada", work=NoWork())
        made = TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False)
        answer = made.get("/")
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert made.get("/api/v1/stories").json() == {
            "error": "something broke in here; the terminal of 'headwater serve' says more"
        }


# A story written to do harm


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Every page that can be reached in an archive of the attack."""
    with Archive(tmp_path_factory.mktemp("attack") / "a.db") as archive:
        put(archive, ATTACK)
        with client(archive) as made:
            yield crawl(made, ["/", "/search?q=weir", "/search?q=%3C/script%3E", "/doubtful", "/decisions"], most=250)


OURS = r" type=\"module\" src=\"/static/app\.mjs\?v=[0-9a-f]+\"></script>"
TAGS = re.compile(r"<(?!!DOCTYPE)/?([a-z0-9]+)((?:\s[^<>]*?)?)>", re.IGNORECASE)


def test_hostile_words_stay_words(attacked: dict[str, str]) -> None:
    """No page has a script but ours, a style of its own, a handler, or an address that runs something."""
    assert len(attacked) > 60
    for address, html in attacked.items():
        assert not re.search(r"<script(?! type=\"module\" src=\"/static/app\.mjs\?v=[0-9a-f]+\"></script>)", html), (
            address
        )
        assert "<style" not in html, address
        assert not re.search(r"<(?:img|iframe|object|embed|base|svg[^>]*onload)", html, re.IGNORECASE), address
        for tag, inside in TAGS.findall(html):
            names = re.sub(r'"[^"]*"', '""', inside)
            assert not re.search(r"\s(?:on[a-z]+|style|srcdoc)\s*=", names, re.IGNORECASE), (address, tag, inside)
        for link in re.findall(r'(?:href|action|src|data-[a-z]+|formaction)="([^"]*)"', html):
            assert not link.lower().lstrip().startswith(("javascript:", "data:", "vbscript:")), (address, link)
        for link in re.findall(r'href="([^"]*)"', html):
            assert link.startswith(("/", "#", "https://weir.example/")) or link == "", (address, link)


def test_bidirectional_marks_stay_in_their_place(attacked: dict[str, str]) -> None:
    """In titles and headings nothing turns the words that follow."""
    for address, html in attacked.items():
        for title in re.findall(r"<title>(.*?)</title>", html, re.DOTALL):
            assert not set(title) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068"), address


def test_hostile_words_are_strings_in_json(tmp_path: Path) -> None:
    """Records are JSON by their content type, whatever they hold, and are not guessed at."""
    with Archive(tmp_path / "a.db") as archive:
        story = put(archive, ATTACK)
        with client(archive) as made:
            own = [f"/stories/{story}{part}" for part in ("", "/trace", "/claims")]
            for path in [*own, "/articles", "/sources", "/search?q=weir"]:
                answer = made.get(f"/api/v1{path}")
                assert answer.status_code == 200
                assert answer.headers["content-type"] == "application/json"
                assert answer.headers["x-content-type-options"] == "nosniff"
            assert made.get(f"/api/v1/stories/{story}/trace").json()["articles"]
