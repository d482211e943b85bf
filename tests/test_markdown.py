"""Markdown: the text is the file, its front matter is read and marked; offsets count in the file."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.ingest.found import Found, Where
from headwater.ingest.markdown import front_matter, read
from headwater.model import Article, Failure

WHERE = Where("a.md", "a", "a.md")
BODY = "# The *quay* closes\n\nThe council [said](https://x.example) on Monday that it **would** close the quay.\n"


def article_of(text: str, where: Where = WHERE) -> Article:
    """The one article of a file."""
    (found,) = read(io.BytesIO(text.encode()), where)
    assert isinstance(found, Found)
    return found.article


@pytest.mark.parametrize(
    ("matter", "fields"),
    [
        pytest.param(
            "title: Quay closes\ndate: 2025-04-11\n", {"title": "Quay closes", "published": "2025-04-11"}, id="plain"
        ),
        pytest.param('title: "Quay: it closes" # ours\n', {"title": "Quay: it closes"}, id="quoted"),
        pytest.param("title: 'The city''s quay'\n", {"title": "The city's quay"}, id="doubled"),
        pytest.param("authors: [Mara Quill, 'Tobin Ashe']\n", {"byline": "Mara Quill; Tobin Ashe"}, id="list-in-line"),
        pytest.param(
            "author:\n  - Mara Quill\n  - name: Tobin Ashe\n", {"byline": "Mara Quill; Tobin Ashe"}, id="list"
        ),
        pytest.param("author:\n  name: Mara Quill\n", {"byline": "Mara Quill"}, id="nested"),
        pytest.param(
            "publication: The Courier\nlink: https://c.example/q\n",
            {"outlet": "The Courier", "url": "https://c.example/q"},
            id="names",
        ),
        pytest.param("title: |\ntags: []\n", {}, id="empty"),
        pytest.param("Title: A\ntitle: B\n", {"title": "A; B"}, id="twice"),
        pytest.param("# only a remark\ndate: 2025-04-11\n", {"published": "2025-04-11"}, id="remark"),
    ],
)
def test_front_matter(matter: str, fields: dict[str, str]) -> None:
    """Usual fields are read, however they are written."""
    text = f"---\n{matter}---\n{BODY}"
    end, found = front_matter(text)
    assert text[end:] == BODY
    assert found == fields


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"---\n\nThe council met.\n\n---\n\n{BODY}",
        f"---\nNote: the council met.\nIt voted.\n---\n\n{BODY}",
        f"---\ntitle: never closed\n{BODY}",
        f"Words\n---\ntitle: x\n---\n{BODY}",
        "---\n" * 3,
    ],
    ids=["none", "two-rules", "sentences", "never-closed", "not-first", "rules"],
)
def test_no_front_matter(text: str) -> None:
    """A rule is a rule: only fields between two fences at the top are front matter."""
    assert front_matter(text)[1] == {}
    assert front_matter(text)[0] in (0, 8)


def test_the_text_is_the_file() -> None:
    """Marks stay, offsets count in the file with its line ends, front matter is furniture."""
    text = f"---\r\ntitle: Quay\r\ndate: 2025-04-11T09:14:00+02:00\r\nsource: Radio Marsh\r\n---\r\n{BODY}"
    article = article_of(text)
    assert article.text == text
    (mark,) = article.furniture
    assert text[mark.end :] == BODY
    assert (article.title, article.published, article.url) == ("Quay", "2025-04-11T09:14:00+02:00", None)


def test_title_and_day_without_front_matter() -> None:
    """The first heading is the title; the day may stand in the address it was fetched from."""
    article = article_of(BODY, WHERE._replace(url="https://c.example/2025/04/11/quay"))
    assert (article.title, article.published) == ("The *quay* closes", "2025-04-11")
    assert article.furniture == ()


@pytest.mark.parametrize("data", [b"", b"\n \n", b"---\ntitle: x\n---\n \n", b"%PDF-1.4 x"])
def test_nothing_to_read(data: bytes) -> None:
    """A file without words is one failure that names it."""
    (failed,) = read(io.BytesIO(data), WHERE)
    assert isinstance(failed, Failure)
    assert failed.where == "a.md"


@given(
    st.lists(
        st.sampled_from(["---", "+++", "title:", "date: ", " - ", "[", "]", '"', "'", "\n", "\r\n", ": ", "#", "x"])
    ).map("".join)
)
def test_any_file(text: str) -> None:
    """Whatever the file, what is marked lies within it, and its text is untouched."""
    for found in read(io.BytesIO(f"---\n{text}".encode()), WHERE):
        if isinstance(found, Found):
            assert found.article.text == f"---\n{text}"
            assert all(0 <= one.start < one.end <= len(found.article.text) for one in found.article.furniture)
