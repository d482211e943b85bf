"""PDF files: lines joined into paragraphs, what repeats left out, what is refused."""

import io
import sys
import zlib
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damaged import damaged
from headwater.errors import InputError, MissingExtra, NoTextError
from headwater.ingest.found import Found, Where
from headwater.ingest.pdf import MOST_PAGES, paragraphs, read
from headwater.model import Article

pypdf = pytest.importorskip("pypdf")
WHERE = Where(path="note.pdf", stem="note", shown="note.pdf")
LINES = [
    "East quay to close",
    "The harbour board of Port Ellery voted on Monday to close the east quay for the win-",
    "ter, and the ferry company said that it would move its boats to the fishing dock.",
    "The well-known pier stays open.",
    "A second paragraph, which is as long as the first one was, begins here and says well-",
    "known things.",
]


def pdf(objects: Sequence[bytes], *, info: bytes = b"") -> bytes:
    """A file of numbered objects; the first is the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    parts = [*objects, b"<<" + info + b">>"]
    for number, one in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(parts), start)
    return bytes(out)


def stream(data: bytes, *, more: bytes = b"") -> bytes:
    """A compressed stream."""
    packed = zlib.compress(data)
    return b"<<" + more + b"/Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"


def drawn(lines: Sequence[str]) -> bytes:
    """The steps that write lines below one another."""
    shown = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    return b"BT /F1 10 Tf 50 750 Td 14 TL\n" + b"".join(b"(%s) Tj T*\n" % one.encode("cp1252") for one in shown) + b"ET"


def paged(pages: Sequence[Sequence[str]], *, info: bytes = b"", resources: bytes = b"") -> bytes:
    """A file of pages, each of lines."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % count, font]
    for n, lines in enumerate(pages):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>%s>>/Contents %d 0 R>>"
        objects += [page % (resources, 5 + 2 * n), stream(drawn(lines))]
    return pdf(objects, info=info)


def article(data: bytes) -> Article:
    """The one article of a file."""
    (found,) = read(io.BytesIO(data), WHERE)
    assert isinstance(found, Found)
    return found.article


def test_the_lines_of_a_page_become_paragraphs() -> None:
    """A hyphen at the end of a line goes, unless the word has it elsewhere too."""
    first = LINES[1][:-1] + LINES[2]
    assert article(paged([LINES])).text.split("\n") == [
        "East quay to close",
        f"{first} The well-known pier stays open.",
        "A second paragraph, which is as long as the first one was, begins here and says well-known things.",
    ]


LONG = "The board of the harbour of Port Ellery met on Monday and it"


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param([[]], [], id="empty"),
        pytest.param([["One", "", "Two", LONG]], ["One", "Two", LONG], id="headings"),
        pytest.param(
            [[LONG, "went on until noon.", "Then it closed."]],
            [f"{LONG} went on until noon.", "Then it closed."],
            id="end",
        ),
        pytest.param(
            [[LONG, "closed at noon"], [LONG.lower(), "closed."]],
            [f"{LONG} closed at noon {LONG.lower()} closed."],
            id="over pages",
        ),
        pytest.param(
            [["Herald 4 March", f"{LONG} {word}", "Page 1 of 3"] for word in ("met", "left", "slept")],
            [f"{LONG} met {LONG} left {LONG} slept"],
            id="what repeats",
        ),
        pytest.param([["– 7 –", LONG, "closed.", "12"]], [f"{LONG} closed."], id="numbers of pages"),
        pytest.param([["2025"]], ["2025"], id="a number alone"),
        pytest.param([[LONG + " co\u00ad", "operated."]], [f"{LONG} cooperated."], id="soft hyphen"),
        pytest.param([[LONG + " Austria-", "Hungary."]], [f"{LONG} Austria-Hungary."], id="hyphen before a capital"),
        pytest.param([[LONG + " from 3 -", "4 days."]], [f"{LONG} from 3 - 4 days."], id="dash"),
    ],
)
def test_paragraphs_go_over_lines_and_pages(pages: list[list[str]], expected: list[str]) -> None:
    """Headings and short ends begin anew; headers, footers and numbers of pages are left out."""
    assert paragraphs(pages) == expected


@given(
    st.lists(
        st.lists(st.text(alphabet="ab-. \u00adC1", max_size=12).map(lambda s: " ".join(s.split())), max_size=8),
        max_size=4,
    )
)
def test_no_letter_is_lost_but_at_the_edges_of_pages(pages: list[list[str]]) -> None:
    """What stands in paragraphs stood in the lines, in their order."""
    joined = "".join("".join(paragraphs(pages)).split()).replace("-", "").replace("\u00ad", "")
    whole = "".join("".join(line for page in pages for line in page).split()).replace("-", "").replace("\u00ad", "")
    rest = iter(whole)
    assert all(c in rest for c in joined)


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        pytest.param(b"", (None, None, None, None), id="nothing"),
        pytest.param(
            b"/Title(East quay to close)/Author(Ines Okafor)/CreationDate(D:20250304081500+01'00')",
            ("East quay to close", "Ines Okafor", "2025-03-04T08:15:00+01:00", None),
            id="all of it",
        ),
        pytest.param(
            b"/Title(Microsoft Word - quay.doc)/Author(admin user)/CreationDate(D:2025)",
            (None, None, "2025", None),
            id="of programs",
        ),
        pytest.param(
            b"/Title(East quay to close)/Producer(Skia/PDF m120)/CreationDate(D:20250304081500Z)",
            ("East quay to close", None, None, "2025-03-04T08:15:00Z"),
            id="printed from a browser",
        ),
        pytest.param(b"/Title 3/Author[1 2]/CreationDate(soon)", (None, None, None, None), id="of wrong kinds"),
    ],
)
def test_what_the_file_says_of_itself_is_taken_where_it_is_plausible(
    info: bytes, expected: tuple[str | None, ...]
) -> None:
    """The day a browser printed a page is when it was fetched."""
    found = article(paged([LINES], info=info))
    assert (found.title, found.byline, found.published, found.fetched) == expected


def test_what_a_browser_prints_around_a_page_is_no_text_of_it() -> None:
    """The address below it is the article's."""
    stamps = ["3/4/25, 8:15 AM Quay to close", "https://herald.example/news/quay 1/1"]
    found = article(paged([[*LINES, *stamps]], info=b"/Producer(Skia/PDF m120)"))
    assert found.url == "https://herald.example/news/quay"
    assert found.text.endswith("known things.")
    assert article(paged([[*LINES, *stamps]])).url is None


def protected(password: str) -> bytes:
    """The same file behind a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paged([LINES])))
    writer.encrypt(password, owner_password="other", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def forms(levels: int, times: int) -> bytes:
    """A page whose drawings draw one another over and over."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>",
        stream(b"/X Do " * times),
    ]
    for level in range(levels):
        more = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (6 + level)
        objects.append(stream(b"/X Do " * times, more=more))
    objects.append(stream(b"q Q " * times, more=b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"))
    return pdf(objects)


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        pytest.param(b"", InputError, "damaged or no PDF", id="empty"),
        pytest.param(b"words", InputError, "damaged or no PDF", id="text"),
        pytest.param(protected("secret"), InputError, "protected by a password", id="password"),
        pytest.param(paged([[]]), NoTextError, "no text layer.*OCR", id="scan"),
        pytest.param(paged([["a"]] * (MOST_PAGES + 1)), InputError, f"has {MOST_PAGES + 1} pages", id="too many pages"),
        pytest.param(forms(12, 20), InputError, "takes more to read|no text layer", id="drawings within drawings"),
        pytest.param(
            pdf(
                [
                    b"<</Type/Catalog/Pages 2 0 R>>",
                    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
                    stream(b"q Q " * 15_000_000),
                ]
            ),
            InputError,
            "takes more to read|damaged",
            id="steps without end",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(data: bytes, error: type[InputError], why: str) -> None:
    """The line says what to do."""
    with pytest.raises(error, match=why):
        article(data)


def test_a_file_that_only_may_not_be_changed_is_read() -> None:
    """An owner's password keeps nobody from reading."""
    assert "Port Ellery" in article(protected("")).text


def test_without_pypdf_the_pip_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An optional package is asked for by name."""
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtra, match=r"pip install 'headwater\[pdf\]'"):
        article(paged([LINES]))


SOUND = paged([LINES, LINES], info=b"/Title(East quay to close)")


@settings(max_examples=60)
@given(damaged(SOUND))
def test_any_damage_ends_in_the_errors_of_the_house(data: bytes) -> None:
    """Cut anywhere, bits flipped anywhere: an article or one line."""
    try:
        assert article(data).text
    except InputError:
        return


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.sampled_from(list(b"0123456789[]<>()/R "))), max_size=6))
def test_any_false_reference_ends_in_the_errors_of_the_house(changes: list[tuple[float, Any]]) -> None:
    """Objects that point to one another, or to none."""
    spoilt = bytearray(SOUND)
    for at, new in changes:
        spoilt[int(len(spoilt) * at)] = new
    try:
        assert article(bytes(spoilt)).text
    except InputError:
        return
