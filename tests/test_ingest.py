"""What comes in: files of every kind, folders, standard input, lines of JSON, pages."""

import bz2
import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater.errors import InputError, NoTextError
from headwater.ingest import gather
from headwater.ingest.html import read_page
from headwater.ingest.language import language_of
from headwater.ingest.published import date_in_url, edtf_of
from headwater.ingest.text import decode
from headwater.model import Article

BODY = (
    "The harbour board of Port Ellery voted on Monday to close the east quay for the winter, "
    "and the ferry company said it would move its boats to the fishing dock until the work was done."
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Quay to close | Ellery Herald</title>
<meta property="og:site_name" content="Ellery Herald"><meta property="og:title" content="East quay to close for winter">
<meta name="author" content="Ines Okafor"><link rel="canonical" href="https://www.ellery-herald.example/news/quay">
<meta property="article:published_time" content="2025-03-04T08:15:00+01:00"></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>East quay to close for winter</h1>
{"".join(f"<p>{BODY} Part {n}.</p>" for n in "abcd")}</article><footer>Terms</footer></body></html>"""


def stdin(data: bytes) -> io.BytesIO:
    """Standard input that holds ``data``."""
    return io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("Ålesund\r\nsaid so\n".encode(), "Ålesund\r\nsaid so\n", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfOne", "One", id="utf-8 mark"),
        pytest.param("One “two”".encode("utf-16"), "One “two”", id="utf-16 mark"),
        pytest.param(b"\xfe\xff" + "Où".encode("utf-16-be"), "Où", id="utf-16-be mark"),
        pytest.param("Où".encode("utf-32"), "Où", id="utf-32 mark"),
        pytest.param(
            "The café’s owner said “no” to the naïve plan. ".encode("cp1252") * 3,
            "The café’s owner said “no” to the naïve plan. " * 3,
            id="windows-1252",
        ),
        pytest.param(
            ("Совет гавани решил закрыть причал на зиму, сообщил представитель порта. " * 3).encode("cp1251"),
            "Совет гавани решил закрыть причал на зиму, сообщил представитель порта. " * 3,
            id="windows-1251",
        ),
        pytest.param(
            "Ålesund, Tromsø og Bodø".encode() + b"\xc3", "Ålesund, Tromsø og Bodø\ufffd", id="utf-8 cut in a character"
        ),
        pytest.param("“”\"'’".encode(), "“”\"'’", id="quotation marks only"),
        pytest.param(b"\x0c\x1b[1mBold\x1b[0m\r", "\x0c\x1b[1mBold\x1b[0m\r", id="a few control characters"),
    ],
)
def test_decode(data: bytes, text: str) -> None:
    """The encoding is found; nothing but the byte order mark goes away, line ends least of all."""
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        pytest.param(b"", NoTextError, "holds no text", id="empty"),
        pytest.param(b" \r\n\t\xe2\x80\x8b\n", NoTextError, "holds no text", id="white space"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", InputError, "binary", id="nul"),
        pytest.param(bytes(range(1, 32)) * 9, InputError, "binary", id="control characters"),
        pytest.param(b"%PDF-1.7 and so on", InputError, "PDF", id="pdf"),
    ],
)
def test_decode_refuses(data: bytes, error: type[Exception], says: str) -> None:
    """What cannot be an article is refused in one line that says what to give instead."""
    with pytest.raises(error, match=says) as caught:
        decode(data)
    assert "\n" not in str(caught.value)
    assert ".jsonl" in str(caught.value)


def test_decode_refuses_more_than_100_mb(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is refused before anything is made of it."""
    monkeypatch.setattr("headwater.ingest.text.MAX_BYTES", 10)
    with pytest.raises(InputError, match="100 MB"):
        decode(b"a" * 11)


def test_ten_megabytes_are_read(tmp_path: Path) -> None:
    """A very long text is an article like any other."""
    text = (BODY + "\n") * (10_000_000 // len(BODY))
    (tmp_path / "long.txt").write_text(text, encoding="utf-8", newline="")
    (article,) = gather([tmp_path / "long.txt"]).articles
    assert article.text == text


def test_folder_is_read_through(tmp_path: Path) -> None:
    """All files of known kinds below a folder are read; hidden ones, a README and looping links are passed over.

    Other kinds are counted, one line for a folder and kind.
    """
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in (
        "b.txt",
        "sub/a.TXT",
        "sub/deep/c.md",
        ".d.txt",
        ".hidden/e.txt",
        "f.css",
        "g",
        "h.css",
        "README.md",
        "sub/readme.txt",
    ):
        (tmp_path / name).write_text(BODY + name, encoding="utf-8")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "twin.txt").symlink_to(tmp_path / "b.txt")
    batch = gather([tmp_path])
    assert [a.id for a in batch.articles] == ["a", "b", "c"]
    assert [a.path for a in batch.articles] == [str(tmp_path / n) for n in ("sub/a.TXT", "b.txt", "sub/deep/c.md")]
    (passed,) = batch.failures
    assert passed.where == str(tmp_path)
    assert passed.why.startswith("2 .css files and 1 file without an ending passed over")


def test_paths_stay_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is not made absolute, and a file given in two ways is read once."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(BODY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for inputs in (["in/a.txt"], ["in/a.txt", "in"], ["in", "in/a.txt"], ["in/a.txt", "in/a.txt"]):
        assert [a.path for a in gather(inputs).articles] == ["in/a.txt"]


@pytest.mark.parametrize("turn", [1, -1], ids=["in order", "in reverse"])
def test_ids_are_unique_whatever_the_order(tmp_path: Path, turn: int) -> None:
    """Files of one stem, and ids given twice, are told apart by path and content, not by the order of the inputs."""
    for folder in "xyz":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "story.txt").write_text(BODY + folder, encoding="utf-8")
    given: list[str | Mapping[str, object]] = [*(str(tmp_path / folder / "story.txt") for folder in "xyz")]
    given += [{"id": "story", "text": "B" + BODY}, {"id": "story", "text": "A" + BODY}, {"text": BODY}]
    batch = gather(given[::turn])
    assert {a.id: a.text.replace(BODY, "") for a in batch.articles} == {
        "article": "",
        "story": "A",
        "story-2": "B",
        "story-3": "x",
        "story-4": "y",
        "story-5": "z",
    }


def test_an_id_that_another_already_bears_is_passed_over() -> None:
    """Numbering does not run into a caller's own id."""
    batch = gather([{"id": "a", "text": "one"}, {"id": "a", "text": "two"}, {"id": "a-2", "text": "three"}])
    assert len({a.id for a in batch.articles}) == 3


def test_standard_input() -> None:
    """Standard input is one article, or lines of JSON, or a page, by how it begins."""
    (plain,) = gather(["-"], stdin=stdin(b"\n\n" + BODY.encode())).articles
    assert (plain.id, plain.path, plain.text) == ("stdin", None, "\n\n" + BODY)
    lines = b'\n{"id": "one", "text": "First."}\n{"text": "Second."}\n'
    assert [a.id for a in gather(["-"], stdin=stdin(lines)).articles] == ["one", "stdin-3"]
    (braced,) = gather(["-"], stdin=stdin(b"{curly} the clown said so\nand more")).articles
    assert braced.text == "{curly} the clown said so\nand more"
    (page,) = gather(["-"], stdin=stdin(PAGE.encode())).articles
    assert page.outlet == "Ellery Herald"
    assert [f.where for f in gather(["-"], stdin=stdin(b"")).failures] == ["standard input"]


def test_lines_of_json(tmp_path: Path) -> None:
    """Each malformed line is one failure that names file and line; the rest is read."""
    good = {"id": "ok", "text": BODY, "url": "https://www.ellery-herald.example/2025/03/04/quay", "other": [1]}
    lines = [
        json.dumps(good).encode(),
        b"",
        b"{not json",
        b"[1, 2]",
        b'{"text": 5}',
        b'{"id": "x", "title": "no text"}',
        b'{"text": "   "}',
        b'{"text": "fine", "published": ["2025"]}',
        b'{"text": "caf\xe9"}',
        b'{"id": 17, "text": "A number is an id too."}',
        b"[" * 100_000,
        b'{"text": "lone \\ud800 mark"}',
    ]
    path = tmp_path / "many.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines))
    batch = gather([path])
    assert [(a.id, a.text) for a in batch.articles] == [
        ("17", "A number is an id too."),
        ("many-12", "lone \ufffd mark"),
        ("ok", BODY),
    ]
    ok = batch.articles[-1]
    assert (ok.outlet, ok.published, ok.published_basis) == ("ellery-herald.example", "2025-03-04", "metadata")
    said = {int(f.where.rpartition(" ")[2]): f.why for f in batch.failures}
    assert sorted(said) == [3, 4, 5, 6, 7, 8, 9, 11]
    assert all(f.where.startswith(f"{path}, line ") for f in batch.failures)
    assert said[5] == 'has a "text" that must be text, not a number'
    assert said[8] == 'has a "published" that must be text, not a list'
    assert "UTF-8" in said[9]
    assert not any("\n" in line for line in said.values())


def test_what_is_missing_in_a_frame_is_unknown() -> None:
    """A row of a table of pandas has a number that is no number there, also in a column of text."""
    (article,) = gather([{"id": "a", "text": BODY, "outlet": float("nan"), "published": float("nan")}]).articles
    assert (article.outlet, article.published) == (None, None)
    (failure,) = gather([{"id": "a", "text": float("nan")}]).failures
    assert "neither" in failure.why


def test_one_line_bears_its_files_name(tmp_path: Path) -> None:
    """A .jsonl file of one nameless line gives an article named after the file."""
    (tmp_path / "only.jsonl").write_text('{"text": "Said."}\n', encoding="utf-8")
    assert [a.id for a in gather([tmp_path]).articles] == ["only"]
    (tmp_path / "wide.jsonl").write_text('{"text": "Said wide."}\n', encoding="utf-16")
    assert {a.text for a in gather([tmp_path]).articles} == {"Said.", "Said wide."}


def test_page(tmp_path: Path) -> None:
    """A page gives its main text without navigation, and what it says of itself, the time of day too."""
    (tmp_path / "quay.html").write_text(PAGE, encoding="utf-8")
    (article,) = gather([tmp_path]).articles
    assert article.id == "quay"
    assert BODY in article.text
    assert "Sport" not in article.text
    assert article.title == "East quay to close for winter"
    assert article.byline == "Ines Okafor"
    assert article.outlet == "Ellery Herald"
    assert article.url == "https://www.ellery-herald.example/news/quay"
    assert (article.published, article.published_basis) == ("2025-03-04T08:15:00+01:00", "metadata")
    (line,) = gather([{"html": PAGE, "title": "Ours"}]).articles
    assert (line.title, line.text) == ("Ours", article.text)


@pytest.mark.parametrize("markup", ["<html><body></body></html>", "<html>", "<!doctype html>\n<p>", "<" * 500])
def test_page_without_an_article(markup: str) -> None:
    """A page that holds no article says so."""
    with pytest.raises(NoTextError):
        read_page(markup)


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("2018-07-15T13:14:55-04:00", "2018-07-15T13:14:55-04:00"),
        ("2018-07-15T13:14:55.123Z", "2018-07-15T13:14:55Z"),
        ("2018-07-15", "2018-07-15"),
        ("2018-07", "2018-07"),
        ("2025-09-15~", "2025-09-15~"),
        ("2025-21", "2025-21"),
        ("Sun, 15 Jul 2018 13:14:55 -0400", "2018-07-15T13:14:55-04:00"),
        ("July 15, 2018", "2018-07-15"),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_published(value: str, edtf: str | None) -> None:
    """Dates of real metadata become EDTF, with their time of day; what is no date, or an empty field, becomes None."""
    assert edtf_of(value) == edtf


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example/2019/11/12/776556916/a-name", "2019-11-12"),
        ("https://news.example/politics/2019/1/2/name.html", "2019-01-02"),
        ("https://news.example/2019/02/31/name", None),
        ("https://news.example/2019/11/name", None),
        ("https://news.example/story?d=2019/11/12/", None),
        ("not an address", None),
    ],
)
def test_date_in_url(url: str, day: str | None) -> None:
    """An address with a whole day in its path says when the article was published."""
    assert date_in_url(url) == day


def test_callers_date_is_for_articles_without_one() -> None:
    """The caller's date fills a gap and changes nothing else; what is no date is refused."""
    batch = gather([{"id": "a", "text": "x", "published": "2020-01-02"}, {"id": "b", "text": "y"}], published="2025-08")
    assert [(a.published, a.published_basis) for a in batch.articles] == [
        ("2020-01-02", "metadata"),
        ("2025-08", "caller"),
    ]
    for wrong in ("tomorrow", "2025-13-01", "", "21/08/2025"):
        with pytest.raises(InputError, match="published"):
            gather([], published=wrong)


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.ellery-herald.example/a", "ellery-herald.example"),
        ("https://ellery-herald.example./a", "ellery-herald.example"),
        ("https://web.archive.org/web/20260304/https://ellery-herald.example/a", "ellery-herald.example"),
        ("https://www.google.com/amp/s/ellery-herald.example/a", "ellery-herald.example"),
        ("http://news.ellery.example:8080/a", "news.ellery.example"),
        ("ellery.example/a", "ellery.example"),
        ("https://[broken", None),
        ("notes", None),
    ],
)
def test_outlet_from_url(url: str, outlet: str | None) -> None:
    """Without an outlet, the host of the address stands for it; nothing more is guessed."""
    (article,) = gather([{"text": "x", "url": url}]).articles
    assert article.outlet == outlet


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BODY, "en"),
        (
            (
                "Der Hafenrat hat am Montag beschlossen, den Ostkai über den Winter zu schließen.\n"
                "Die Boote müssen bis zum Ende der Arbeiten umziehen."
            ),
            "de",
        ),
        (
            (
                "El consejo decidió el lunes cerrar el muelle este en invierno.\n"
                "Así lo dijo ayer la compañía de barcos a los vecinos del puerto."
            ),
            "es",
        ),
        (
            "港口委员会星期一决定冬季关闭东码头，渡轮公司表示将把船只移到渔港，直到工程完成为止。居民们对此表示欢迎，但是商店老板担心生意会受到影响，发言人说需要三个月时间，并且感谢大家的耐心等待。",
            "zh",
        ),
        ("Too short to say.", None),
        ("", None),
    ],
    ids=["en", "de", "es", "zh", "short", "empty"],
)
def test_language(text: str, code: str | None) -> None:
    """The language is told from the words; a text of a few words is left unknown."""
    assert language_of(text) == code


def test_english_text_loads_no_model() -> None:
    """Plain English articles do not pay for libraries that only other inputs need."""
    code = (
        "import sys; from headwater.ingest import gather; "
        f"gather([{{'text': {BODY!r}, 'published': '2025-03-04T08:15:00+01:00'}}]); "
        "print([m for m in ('py3langid', 'numpy', 'trafilatura', 'edtf', 'dateparser', 'charset_normalizer') "
        "if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_pages_that_were_fetched_keep_where_from_and_when(tmp_path: Path) -> None:
    """What stands beside saved pages of their addresses, times and feeds is read with them, also when it changes."""
    (tmp_path / "quay.txt").write_text(BODY, encoding="utf-8")
    known = {"file": "quay.txt", "final": "https://x.example/quay", "fetched": "2025-03-04T10:00:00Z"}
    for feed in ("Ellery news", "Ellery boats"):
        line = json.dumps(known | {"item": {"feed_title": feed, "source": "The Buoy"}})
        (tmp_path / ".fetched.jsonl").write_text(line + "\n", encoding="utf-8")
        (article,) = gather([tmp_path]).articles
        assert (article.url, article.fetched) == ("https://x.example/quay", "2025-03-04T10:00:00Z")
        assert (article.feed, article.outlet) == (feed, "The Buoy")


NUMERIC = {
    "a.jsonl": f'{{"text": "{BODY}", "outlet": "OUTLET", "published": "06/01/2018"}}',
    "a.csv": f'text,outlet,date\n"{BODY}",OUTLET,06/01/2018\n',
    "a.md": f"---\nsite: OUTLET\ndate: 06/01/2018\n---\n{BODY}\n",
    "a.html": "<html><head><meta property='og:site_name' content='OUTLET'><meta name='date' content='06/01/2018'>"
    f"</head><body><article>{f'<p>{BODY}</p>' * 4}</article></body></html>",
    "a.rss": "<rss version='2.0'><channel><title>F</title><item><title>Quay</title><pubDate>06/01/2018</pubDate>"
    f"<source>OUTLET</source><description>{BODY}</description></item></channel></rss>",
}


@pytest.mark.parametrize("name", NUMERIC)
@pytest.mark.parametrize(
    ("outlet", "day"),
    [("Miami Herald", "2018-06-01"), ("Herald Sun", "2018-01-06"), ("Ellery Herald", "2018")],
    ids=["month first", "day first", "nobody known"],
)
def test_a_date_in_numbers_is_read_as_its_outlet_writes_it(tmp_path: Path, name: str, outlet: str, day: str) -> None:
    """By the country of the outlet; where that is not known only the year is sure, and a page's none at all."""
    (tmp_path / name).write_text(NUMERIC[name].replace("OUTLET", outlet))
    (article,) = gather(tmp_path).articles
    assert article.published == (None if name == "a.html" and day == "2018" else day)


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.md"])
def test_pages_that_were_fetched_are_in_what_their_server_said(tmp_path: Path, name: str) -> None:
    """A charset that stands in the header alone counts; what is UTF-8 all the same is read as that."""
    words = "Zażółć gęślą jaźń: port w Ostrówku zamknięto w środę. " * 6
    text = f"<html><body><article><p>{words}</p></article></body></html>" if name.endswith("html") else words
    line = {"file": name, "final": "https://gazeta.example/a", "fetched": "2026-02-13T12:00:00Z"}
    for charset, encoding in (("iso-8859-2", "iso-8859-2"), ("no-such", "utf-8"), ("iso-8859-1", "utf-8")):
        (tmp_path / name).write_bytes(text.encode(encoding))
        (tmp_path / ".fetched.jsonl").write_text(json.dumps({**line, "charset": charset}) + "\n")
        (article,) = gather(tmp_path).articles
        assert "Zażółć gęślą jaźń" in article.text


def _jsonl(number: int) -> bytes:
    return json.dumps({"id": f"n{number}", "text": LINE}).encode() + b"\n"


LINE = "The harbour board of Port Ellery voted on Monday to close a quay for the winter."
CUT: dict[str, tuple[bytes, Callable[[list[str]], bool]]] = {
    "news.jsonl": (b"".join(map(_jsonl, range(9))), lambda ids: ids == [f"n{n}" for n in range(len(ids))]),
    "news.csv": (
        b"id,text\n" + b"".join(f'n{n},"{LINE} {n * 7919}"\n'.encode() for n in range(99)),
        lambda ids: sorted(ids) == sorted(f"n{n}" for n in range(len(ids))),
    ),
    "news.mbox": (
        b"".join(
            f"From a@b.example Tue Mar  4 08:15:00 2025\nFrom: A <a@b.example>\nSubject: S{n}\n"
            f"Message-ID: <n{n}@b.example>\n\n{LINE} {n * 7919}\n\n".encode()
            for n in range(99)
        ),
        lambda ids: sorted(ids) == sorted(f"n{n}" for n in range(len(ids))),
    ),
}


@pytest.mark.parametrize("name", CUT)
@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress], ids=["gz", "bz2"])
def test_what_stands_before_a_cut_comes_in(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    """Of a packed stream that is cut off, what could be unpacked is read; the cut is one line."""
    data, are_first = CUT[name]
    # several members, as programs that append to a packed file write them: bzip2 unpacks no part of a block
    half = data.index(data[:9], len(data) // 2) if name != "news.csv" else data.index(b"\n", len(data) // 2) + 1
    path = tmp_path / f"{name}.{'gz' if pack is gzip.compress else 'bz2'}"
    path.write_bytes(pack(data[:half]) + pack(data[half:])[:-9])
    batch = gather(path)
    ids = [one.id for one in batch.articles]
    assert len(ids) >= data[:half].count(LINE.encode()) - (name == "news.mbox")
    assert are_first(ids)
    assert [failure.why for failure in batch.failures] == ["is packed, and cut off or damaged; give it whole"]


@given(
    name=st.sampled_from(sorted(CUT)),
    pack=st.sampled_from([gzip.compress, bz2.compress]),
    cut=st.floats(0.01, 0.999),
    flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=2),
)
def test_any_damage_to_a_packed_stream(
    name: str, pack: Callable[[bytes], bytes], cut: float, flips: list[tuple[float, int]]
) -> None:
    """Wherever it is cut or spoilt something is said, and what comes in is no more than was there."""
    data, _ = CUT[name]
    packed = bytearray(pack(data))
    packed = packed[: max(1, int(cut * len(packed)))]
    for at, bits in flips:
        packed[int(at * len(packed))] ^= bits
    batch = gather("-", stdin=io.BytesIO(bytes(packed)), format={"jsonl": "jsonl", "csv": "csv"}.get(name[5:], "mbox"))
    assert batch.failures
    assert len(batch.articles) <= data.count(LINE.encode())


def test_one_line_before_a_cut(tmp_path: Path) -> None:
    """The first article is not lost with the rest."""
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(_jsonl(0)) + gzip.compress(_jsonl(1))[:-9])
    batch = gather(tmp_path / "a.jsonl.gz")
    assert [one.id for one in batch.articles][:1] == ["n0"]
    assert len(batch.failures) == 1


def test_a_text_that_is_cut_off_is_no_article(tmp_path: Path) -> None:
    """Half an article would look like a whole one."""
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(LINE.encode() * 99)[:-9])
    batch = gather(tmp_path)
    assert (batch.articles, len(batch.failures)) == ((), 1)


def test_articles_pass_through() -> None:
    """An article given as a record keeps all it has; only gaps are filled."""
    mine = Article(id="m", text=BODY, outlet="The Buoy", url="https://x.example/a", title="T", language="en", words=3)
    assert gather([mine]).articles == (mine,)
    (filled,) = gather([Article(id="", text=BODY, url="https://x.example/a")]).articles
    assert (filled.id, filled.outlet, filled.language) == ("article", "x.example", "en")


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(tmp_path: Path, blobs: list[bytes]) -> None:
    """Whatever bytes a file holds, it becomes an article of text that can be written out, or one failure."""
    for old in os.listdir(tmp_path):
        (tmp_path / old).unlink()
    for number, blob in enumerate(blobs):
        (tmp_path / f"{number}.txt").write_bytes(blob)
    batch = gather([tmp_path])
    assert len(batch.articles) + len(batch.failures) == len(blobs)
    for article in batch.articles:
        article.text.encode("utf-8")
    assert gather(sorted(map(str, tmp_path.iterdir()), reverse=True)).articles == batch.articles


_FIELD = st.one_of(st.none(), st.text(max_size=20), st.integers(), st.lists(st.text(max_size=3), max_size=2))


@given(st.lists(st.dictionaries(st.sampled_from(["id", "text", "url", "outlet", "title", "published"]), _FIELD)))
@settings(max_examples=100, deadline=None)
def test_any_mapping(rows: list[dict[str, object]]) -> None:
    """Any mapping becomes an article or a failure; ids are unique and the order of the inputs does not matter."""
    batch = gather(rows)
    ids = [a.id for a in batch.articles]
    assert ids == sorted(set(ids))
    assert gather(rows[::-1]).articles == batch.articles
    for failure in batch.failures:
        assert len(failure.why.splitlines()) == 1


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_standard_input(data: bytes) -> None:
    """Whatever stands on standard input, it is read or reported."""
    batch = gather(["-"], stdin=stdin(data))
    assert batch.articles or batch.failures
