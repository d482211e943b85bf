"""Mail: newsletters, mailboxes, what is forwarded, quoted and attached; what is refused."""

import base64
import io
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damaged import damaged
from headwater.errors import InputError, NoTextError
from headwater.ingest.found import Found, Where
from headwater.ingest.mail import read
from headwater.ingest.quoted import furniture_of
from headwater.model import Article, Failure

WHERE = Where(path="a.eml", stem="a", shown="a.eml")
BODY = "The harbour board of Port Ellery voted on Monday to close the east quay for the winter, its chair said."
LONG = "\n\n".join(f"{BODY} It was the {n}th vote of the year, and the pier stays open." for n in range(4, 10))


def mail(
    text: str = LONG,
    *,
    html: str | None = None,
    attached: tuple[tuple[bytes, str, str], ...] = (),
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A message, by default a newsletter."""
    message = EmailMessage(policy=SMTP)
    given = {"Subject": "Quay to close", "From": "Ellery Herald <news@herald.example>"}
    given |= {"Date": "Tue, 04 Mar 2025 08:15:00 +0100", "Message-ID": "<quay.77@herald.example>"}
    for name, value in (given | dict(headers or {})).items():
        if value:
            message[name] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for data, kind, name in attached:
        main, sub = kind.split("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def all_of(data: bytes, where: Where = WHERE) -> tuple[list[Found], list[Failure]]:
    """Articles and failures of a mail."""
    items = list(read(io.BytesIO(data), where))
    return [one for one in items if isinstance(one, Found)], [one for one in items if isinstance(one, Failure)]


def article(data: bytes) -> Article:
    """The first article of a mail."""
    return all_of(data)[0][0].article


def test_a_newsletter_is_an_article_with_what_its_headers_say() -> None:
    """Title, outlet and date."""
    assert all_of(mail(headers={"List-Post": "<https://herald.example/p/quay>"})) == (
        [
            Found(
                False,
                "a",
                Article(
                    id="a",
                    text=LONG + "\n",
                    path="a.eml",
                    url="https://herald.example/p/quay",
                    outlet="Ellery Herald",
                    title="Quay to close",
                    published="2025-03-04T08:15:00+01:00",
                    published_basis="metadata",
                ),
            )
        ],
        [],
    )


@pytest.mark.parametrize(
    ("headers", "outlet", "byline"),
    [
        pytest.param({}, "Ellery Herald", None, id="a name of an outlet"),
        pytest.param({"From": "=?utf-8?q?=C3=85lesund_Post?= <n@post.example>"}, "Ålesund Post", None, id="encoded"),
        pytest.param({"From": "no-reply@herald.example"}, "herald.example", None, id="only an address"),
        pytest.param({"From": "Newsletter <x@herald.example>"}, "herald.example", None, id="a name that says nothing"),
        pytest.param({"From": "Jo Lund <jo.lund@herald.example>"}, "herald.example", "Jo Lund", id="a person"),
        pytest.param({"From": "Jo Lund <jo.lund@gmail.com>"}, None, "Jo Lund", id="a person of no house"),
        pytest.param(
            {"From": "Jo Lund <jlund@herald.example>", "List-Id": "Harbour Notes <notes.herald.example>"},
            "Harbour Notes",
            "Jo Lund",
            id="a person's letter",
        ),
        pytest.param({"From": ""}, None, None, id="nobody"),
    ],
)
def test_who_sent_it_is_the_outlet_or_the_author(
    headers: dict[str, str], outlet: str | None, byline: str | None
) -> None:
    """A person is not an outlet."""
    found = article(mail(headers=headers))
    assert (found.outlet, found.byline) == (outlet, byline)


HTML = f"<html><body>{''.join(f'<p>{part}</p>' for part in LONG.split(chr(10) * 2))}</body></html>"


@pytest.mark.parametrize(
    ("plain", "html", "text"),
    [
        pytest.param(LONG, HTML, LONG + "\n", id="plain says as much"),
        pytest.param(
            "View this in your browser: https://h.example/a", HTML, LONG.replace("\n\n", "\n"), id="plain is a pointer"
        ),
        pytest.param(
            "See the page.",
            "<table><tr><td>One <b>quay</b> closes for good.</td></tr><tr><td>Two stay open.</td></tr></table>",
            "One quay closes for good.\nTwo stay open.",
            id="HTML without a page's form",
        ),
        pytest.param("&nbsp;<p>", None, "&nbsp;<p>\n", id="plain is plain"),
    ],
)
def test_the_fuller_part_is_the_text(plain: str, html: str | None, text: str) -> None:
    """Plain text where it says as much."""
    assert article(mail(plain, html=html)).text == text


def raw(headers: bytes, body: bytes) -> bytes:
    """A message as it comes over the wire."""
    return b"From: Herald <n@h.example>\r\nSubject: Quay\r\n" + headers + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(
            raw(b"Content-Type: text/plain; charset=klingon", "Où est".encode()), "Où est", id="charset unknown"
        ),
        pytest.param(raw(b'Content-Type: text/plain; charset="\xff"', b"Quay"), "Quay", id="charset broken"),
        pytest.param(
            raw(b'Content-Type: text/plain; charset="a\x00b"', "Où".encode()), "Où", id="charset with a NUL (atheris)"
        ),
        pytest.param(raw(b"Content-Type: text/plain; charset=punycode", b"Quay-x"), "Quay-x", id="charset that costs"),
        pytest.param(raw(b"Content-Type: text/plain; charset=us-ascii", "Où".encode()), "Où", id="charset wrong"),
        pytest.param(raw(b"Content-Transfer-Encoding: base64", b"UXVheQ="), "Quay", id="base64 cut off"),
        pytest.param(
            raw(b"Content-Transfer-Encoding: quoted-printable", b"O=C3=B9 est=\r\n =ZZ"), "Où est =ZZ", id="quoted"
        ),
        pytest.param(raw(b"Content-Type: multipart/mixed", b"Quay"), "Quay", id="no boundary"),
        pytest.param(raw(b"Content-Type: /;;=", b"Quay"), "Quay", id="kind broken"),
        pytest.param(raw(b"Date: \xff\xfe, 99 Foo\r\nMessage-ID: <<>[", b"Quay"), "Quay", id="headers broken"),
        pytest.param(raw(b"Subject: =?utf-8?b?////?= " + b"(" * 3000, b"Quay"), "Quay", id="comments"),
        pytest.param(b"\r\n\r\n" + raw(b"X: y", b"Quay"), "Quay", id="empty lines first"),
    ],
)
def test_broken_headers_cost_nothing_but_what_they_say(data: bytes, text: str) -> None:
    """The text is read all the same."""
    assert article(data).text.strip() == text


def test_what_is_attached_is_an_article_of_its_own() -> None:
    """PDF and Word files and mails; a broken one is a failure; pictures are left alone."""
    inner = mail("Another vote was held.", headers={"Subject": "Second vote"})
    found, failures = all_of(
        mail(
            attached=(
                (b"\x89PNG", "image/png", "quay.png"),
                (b"no PDF", "application/pdf", "plan of quay.pdf"),
                (inner, "application/octet-stream", "vote.eml"),
            )
        )
    )
    assert [(one.own, one.id, one.article.title) for one in found] == [
        (False, "a", "Quay to close"),
        (False, "a-vote-eml", "Second vote"),
    ]
    assert [one.where for one in failures] == ["a.eml, attached plan-of-quay-pdf"]


def test_a_message_within_a_message_is_read_too() -> None:
    """As mail programs forward."""
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "Fwd", "jo@gmail.com"
    outer.set_content("See this.")
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "Quay", "Ellery Herald <news@herald.example>"
    inner.set_content(LONG)
    outer.add_attachment(inner)
    found, failures = all_of(outer.as_bytes())
    assert [(one.id, one.article.outlet) for one in found] == [("a", None), ("a-Quay", "Ellery Herald")]
    assert failures == []


BOX = b"".join(
    b"From " + who + b" Mon Mar 03 08:00:00 2025\n" + mail(text, headers=headers).replace(b"\r\n", b"\n") + b"\n"
    for who, text, headers in (
        (b"1234@xxx", "One.\n>From the quay.", {}),
        (b"jo@h.example", "Two.\n\nFrom Monday on it is closed.", {"Message-ID": ""}),
        (b"-", "Three.", {"Message-ID": "<three@h.example>"}),
    )
)


def test_a_mailbox_is_read_message_by_message() -> None:
    """Lines that only look like the start of a message are not; escaped ones are themselves again."""
    found, failures = all_of(BOX)
    assert [(one.id, one.article.text.strip()) for one in found] == [
        ("quay-77", "One.\nFrom the quay."),
        ("a-2", "Two.\n\nFrom Monday on it is closed."),
        ("three", "Three."),
    ]
    assert failures == []


def test_a_mailbox_is_never_held_whole() -> None:
    """The first message comes before the second is read."""

    class Watched(io.BytesIO):
        taken = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.taken += 1
            return super().readline(size)

    file = Watched(BOX * 200)
    next(iter(read(file, WHERE)))
    assert file.taken < 60


def test_a_bad_message_costs_only_itself() -> None:
    """The failure says which it is."""
    box = BOX.replace(b"Subject: Quay to close\nFrom: Ellery", b"\x00\nno header\nFrom: Ellery", 1)
    found, failures = all_of(box)
    assert [one.id for one in found][-2:] == ["a-2", "three"]
    assert all(one.where.startswith("a.eml, message 1") for one in failures)


def marked(text: str, *, reply: bool = True) -> list[str]:
    """The words of a mail that are marked."""
    return [one.span.of(text) for one in furniture_of(text, reply=reply)]


OWN = (
    "I asked the board about this and they said that the vote will be held again on Friday, at noon, in the town hall."
)
REPLY = f"{OWN}\n\nOn Mon, 3 Mar 2025 at 08:00, Jo Lund\n<jo@h.example> wrote:\n\n> Is it closed?\n>\n> Jo\n\nYours\n"


@pytest.mark.parametrize(
    ("text", "reply", "parts"),
    [
        pytest.param(
            REPLY,
            True,
            ["On Mon, 3 Mar 2025 at 08:00, Jo Lund\n<jo@h.example> wrote:\n\n> Is it closed?\n>\n> Jo"],
            id="quoted",
        ),
        pytest.param(REPLY, False, [], id="no reply"),
        pytest.param(REPLY.replace(OWN, "See below."), True, [], id="nothing of its own"),
        pytest.param(f"{OWN}\n\n> The board says no.\n", True, [], id="a quotation in a letter"),
        pytest.param(f"{OWN}\n-- \nJo Lund\nHerald\n", False, ["-- \nJo Lund\nHerald"], id="signature"),
        pytest.param(f"{OWN}\n-- \n" + "line\n" * 30, False, [], id="a line of dashes"),
        pytest.param("-- \nJo", False, [], id="nothing but a signature"),
    ],
)
def test_only_what_surely_is_no_article_is_marked(text: str, reply: bool, parts: list[str]) -> None:
    """Quoted mail of a reply, signatures."""
    assert marked(text, reply=reply) == parts


FORWARDED = f"""See this.

---------- Forwarded message ---------
From: *Ellery Herald* <news@herald.example>
Date: Mon, 3 Mar 2025 at 07:30
Subject: East quay to close
To: <jo@gmail.com>

{LONG}
"""


def test_what_is_forwarded_is_whose_mail_it_was_first() -> None:
    """By the headers that stand in the text, which are marked."""
    found = article(mail(FORWARDED, headers={"Subject": "Fwd: East quay", "From": "Jo Lund <jo.lund@gmail.com>"}))
    assert (found.title, found.outlet, found.byline) == ("East quay to close", "Ellery Herald", None)
    assert (found.published, found.published_basis) == ("2025-03-03T07:30:00", "text")
    (mark,) = found.furniture
    assert mark.span.of(found.text).startswith("---------- Forwarded message")
    assert mark.span.of(found.text).endswith("To: <jo@gmail.com>")


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        pytest.param(b"", InputError, "is no mail", id="empty"),
        pytest.param(b"Only words here.\n", InputError, "is no mail", id="text"),
        pytest.param(b"X-Thing: 1\n\nWords.\n", InputError, "no From, Subject or Date", id="headers of another kind"),
        pytest.param(mail(" "), NoTextError, "holds no text", id="nothing in it"),
        pytest.param(
            b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(1000)),
            InputError,
            "more parts than",
            id="a thousand deep",
        ),
        pytest.param(
            raw(b"Content-Type: multipart/mixed; boundary=x", b"--x\n\n" * 300_000),
            InputError,
            "more parts than",
            id="parts without end",
        ),
        pytest.param(
            b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(150))
            + b"\nword\n" * 300_000,
            InputError,
            "more parts than",
            id="long and deep",
        ),
        pytest.param(b"Content-Type: message/rfc822\n\n" * 1000, InputError, "more parts than", id="mails deep"),
    ],
)
def test_what_is_no_mail_is_refused_in_one_line(data: bytes, error: type[InputError], why: str) -> None:
    """Nothing is opened to find out."""
    with pytest.raises(error, match=why):
        all_of(data)


def test_mails_in_one_another_end_somewhere() -> None:
    """Each level is a file of its own, down to a depth that forwarding does not reach."""
    inner = mail("The last.")
    for _ in range(40):
        inner = b"Subject: x\nContent-Type: message/rfc822\n\n" + inner
    found, failures = all_of(inner)
    assert found == []
    assert [one.why for one in failures] == ["lies in too many mails inside one another; save it as a file of its own"]


SOUND = mail(html=HTML, attached=((base64.b64decode("JVBERi0="), "application/pdf", "a.pdf"),))


@settings(max_examples=40)
@given(st.sampled_from([BOX, SOUND]).flatmap(damaged))
def test_any_damage_ends_in_the_errors_of_the_house(data: bytes) -> None:
    """Cut anywhere, bits flipped anywhere: articles, failures, or one line."""
    try:
        found, _ = all_of(data)
    except InputError:
        return
    check(found)


@given(
    names=st.lists(
        st.sampled_from(
            "Subject From Date Content-Type Content-Transfer-Encoding List-Id Message-ID Content-Disposition".split()
        ),
        max_size=5,
    ),
    values=st.lists(
        st.one_of(st.text(max_size=60).map(lambda s: s.encode("utf-8", "replace")), st.binary(max_size=60)),
        min_size=5,
        max_size=5,
    ),
    body=st.binary(max_size=200),
)
def test_any_headers_end_in_the_errors_of_the_house(names: list[str], values: list[bytes], body: bytes) -> None:
    """Whatever they hold."""
    lines = (name.encode() + b": " + value.replace(b"\n", b" ") for name, value in zip(names, values, strict=False))
    try:
        found, _ = all_of(b"Subject: a\n" + b"\n".join(lines) + b"\n\n" + body)
    except InputError:
        return
    check(found)


def check(found: list[Any]) -> None:
    """Marks lie in the text, in order and apart."""
    for one in found:
        at = 0
        for mark in one.article.furniture:
            assert at <= mark.start < mark.end <= len(one.article.text)
            at = mark.end
