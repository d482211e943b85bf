"""Word files: paragraphs, tables and what was changed in order; what is refused."""

import io
import sys
import zipfile
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damaged import damaged
from headwater.errors import InputError, MissingExtra, NoTextError
from headwater.ingest.docx import read
from headwater.ingest.found import Found, Where
from headwater.model import Article

docx = pytest.importorskip("docx")
WHERE = Where(path="note.docx", stem="note", shown="note.docx")


def made(*, title: str = "", author: str = "", created: datetime | None = None, changed: datetime | None = None) -> Any:
    """A document with a heading, two paragraphs and a table between them."""
    document = docx.Document()
    about = document.core_properties
    about.title, about.author = title, author
    about.created, about.modified = created or datetime(2013, 12, 23), changed or datetime(2025, 3, 4)
    document.add_heading("East quay to close", 0)
    document.add_paragraph("The board voted on Monday.\tIt met at noon.")
    table = document.add_table(rows=2, cols=2)
    for index, words in enumerate(("Quay", "Berths", "East", "12")):
        table.cell(index // 2, index % 2).text = words
    document.add_paragraph("The pier stays open.")
    return document


def saved(document: Any) -> bytes:
    """The file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def article(data: bytes) -> Article:
    """The one article of a file."""
    (found,) = read(io.BytesIO(data), WHERE)
    assert isinstance(found, Found)
    return found.article


def rewritten(data: bytes, old: bytes, new: bytes, *, name: str = "word/document.xml") -> bytes:
    """The same file with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for one in before.infolist():
            part = before.read(one)
            after.writestr(one, part.replace(old, new, 1) if one.filename == name else part)
    return out.getvalue()


def test_paragraphs_and_tables_come_in_the_order_of_the_document() -> None:
    """A row of a table is a line."""
    assert article(saved(made())).text == (
        "East quay to close\nThe board voted on Monday.\tIt met at noon.\nQuay\tBerths\nEast\t12\nThe pier stays open."
    )


@pytest.mark.parametrize(
    ("about", "title", "byline", "published", "modified"),
    [
        pytest.param({}, "East quay to close", None, None, "2025-03-04", id="nothing but a template's day"),
        pytest.param(
            {"title": "Quays", "author": "Ines Okafor", "created": datetime(2025, 3, 3, 9)},
            "Quays",
            "Ines Okafor",
            "2025-03-03",
            "2025-03-04",
            id="all of it",
        ),
        pytest.param(
            {"created": datetime(2013, 12, 23, 23, 15), "changed": datetime(2013, 12, 23, 23, 15)},
            "East quay to close",
            None,
            None,
            None,
            id="a program's template",
        ),
        pytest.param(
            {"title": "draft 3.docx", "author": "Microsoft Office User"},
            "East quay to close",
            None,
            None,
            "2025-03-04",
            id="what programs write",
        ),
    ],
)
def test_what_the_file_says_of_itself_is_taken_where_it_is_plausible(
    about: dict[str, Any], title: str, byline: str | None, published: str | None, modified: str | None
) -> None:
    """The day it was begun counts where it was finished soon after."""
    found = article(saved(made(**about)))
    assert (found.title, found.byline, found.published, found.modified) == (title, byline, published, modified)


@pytest.mark.parametrize(
    ("new", "text"),
    [
        pytest.param('<w:ins w:id="1"><w:r><w:t>never </w:t></w:r></w:ins>', "never The", id="inserted"),
        pytest.param('<w:del w:id="1"><w:r><w:delText>gone </w:delText></w:r></w:del>', "The", id="deleted"),
        pytest.param("<w:sdt><w:sdtContent><w:r><w:t>In </w:t></w:r></w:sdtContent></w:sdt>", "In The", id="control"),
        pytest.param("<w:r><w:instrText>PAGE</w:instrText></w:r>", "The", id="field"),
        pytest.param("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known </w:t></w:r>", "well-known The", id="hyphen"),
    ],
)
def test_words_count_as_the_document_shows_them(new: str, text: str) -> None:
    """With changes accepted."""
    old = b"<w:r><w:t>The board" if b"<w:r><w:t>The board" in document_of(saved(made())) else b"<w:r>"
    data = rewritten(saved(made()), old, new.encode() + old)
    assert f"{text} board voted" in article(data).text


def document_of(data: bytes) -> bytes:
    """The part that holds the words."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def bomb(name: str = "word/document.xml") -> bytes:
    """A small file that unfolds to 200 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as part:
        for _ in range(200):
            part.write(bytes(1_000_000))
    return out.getvalue()


SOUND = saved(made())
ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "is no Word file", id="empty"),
        pytest.param(b"words", "is no Word file", id="text"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old or a protected Word file", id="old"),
        pytest.param(bomb(), "unfolds to more", id="bomb"),
        pytest.param(bomb("word/media/a.png"), "unfolds to more", id="bomb of a picture"),
        pytest.param(saved(made())[:-200], "is no Word file or is damaged", id="cut off"),
        pytest.param(rewritten(saved(made()), b"<w:document", ENTITIES + b"<w:document"), "entities", id="entities"),
        pytest.param(rewritten(saved(made()), b"<w:body>", b"<w:bo"), "could not be read", id="broken XML"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(data: bytes, why: str) -> None:
    """Nothing is unfolded to find out."""
    with pytest.raises(InputError, match=why):
        article(data)


def test_a_file_without_words_says_so() -> None:
    """As a scan put into a document."""
    with pytest.raises(NoTextError):
        article(saved(docx.Document()))


def test_what_a_file_links_to_is_left_alone() -> None:
    """A picture or template elsewhere is never asked for."""
    link = (
        b'<Relationship Id="rId99" TargetMode="External" Target="file:///etc/passwd" Type="http://schemas.openxmlformats'
        b'.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    data = rewritten(saved(made()), b"</Relationships>", link, name="word/_rels/document.xml.rels")
    assert article(data).text == article(saved(made())).text


def test_without_python_docx_the_pip_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An optional package is asked for by name."""
    data = saved(made())
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtra, match=r"pip install 'headwater\[docx\]'"):
        article(data)


@settings(max_examples=40)
@given(damaged(SOUND))
def test_any_damage_ends_in_the_errors_of_the_house(data: bytes) -> None:
    """Cut anywhere, bits flipped anywhere: an article or one line."""
    try:
        assert article(data).text
    except InputError:
        return


@settings(max_examples=40)
@given(words=st.binary(max_size=200))
def test_any_words_in_a_sound_file_end_in_the_errors_of_the_house(words: bytes) -> None:
    """Whatever stands where the first run was."""
    try:
        assert article(rewritten(SOUND, b"<w:r>", words + b"<w:r>")).text
    except InputError:
        return
