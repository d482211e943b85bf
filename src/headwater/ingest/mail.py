"""Mail in (.eml, .mbox as a stream), one article a message out: newsletters, alerts, what was forwarded.

The text is the plain part where it says as much as the HTML one. Quoted replies and signatures stay in it, marked as
furniture where they surely are such. Attached PDF and Word files and messages are articles of their own.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import Any, BinaryIO, NamedTuple

from headwater.errors import HeadwaterError, InputError, NoTextError
from headwater.ingest.found import Found, Where
from headwater.ingest.parts import read_whole, slug_of, web_address
from headwater.ingest.published import edtf_of
from headwater.ingest.quoted import forwarded, furniture_of
from headwater.ingest.snippet import words_of
from headwater.ingest.text import MAX_BYTES, decode, decoded, encodable, says_something
from headwater.model import Article, Failure

_FROM = re.compile(rb"From \S.{0,500}?\d\d:\d\d")
_ESCAPED = re.compile(rb">+From ")
_FIELD = re.compile(rb"[!-9;-~]+:|>?From ")
_ADDRESS = re.compile(r"https?://\S+|<[^<>\s]*>|\[[^\[\]\s]*\]")
#: More parts in one message are an attack on its reader, fewer levels are what forwarding makes.
_MOST_PARTS = 200
_MOST_LEVELS = 30
_MOST_RULES = 10_000
_MOST_ASKED = 20_000_000
_MOST_HEADER = 4_000
#: The plain part says as much as the HTML one from this share of its words on.
_AS_MUCH = 0.8
#: What is no kind at all, or has parts that could not be told apart, is text.
_TEXT = re.compile(r"text/(?:plain|html)|(?:multipart)?/.*")
_FREE = frozenset(
    """aol.com fastmail.com gmail.com gmx.de gmx.net googlemail.com hotmail.com icloud.com live.com mac.com me.com
    outlook.com proton.me protonmail.com web.de yahoo.com yandex.ru""".split()
)
_NO_NAME = re.compile(r"no.?reply|do.?not.?reply|newsletters?|news|info|mail(?:er)?|alerts?", re.IGNORECASE)
_ATTACHED = {".pdf": "pdf", ".docx": "docx", ".eml": "mail"}
_KINDS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


class _Policy(EmailPolicy):
    """The standard one, but that no header, however long or broken, costs more than a short one."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value[:_MOST_HEADER])
        except Exception:  # its parser raises many kinds on headers that are none
            return " ".join(encodable(value[:_MOST_HEADER]).split())


_POLICY = _Policy()


class _Parts(NamedTuple):
    """What a message is made of: its texts, and what is attached, each with the name it is given."""

    plain: list[str]
    html: list[str]
    attached: list[tuple[str, str, Any]]


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """The messages of a mail or a mailbox, in its order, each followed by what is attached to it.

    Raises:
        NoTextError: it is one message, without words in it or in anything attached.
        InputError: it is no mail, or one message of more than 100 MB.
    """
    first = file.readline(MAX_BYTES)
    while first and not first.strip(b"\xef\xbb\xbf\r\n\t "):
        first = file.readline(MAX_BYTES)
    first = first.removeprefix(b"\xef\xbb\xbf")
    if first.startswith(b"From "):
        yield from _mailbox(file, where)
        return
    data = first + read_whole(file)
    yield from _message(data, where, where.stem)


def _mailbox(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    for number, data in enumerate(_messages(file), 1):
        place = f"{where.shown}, message {number}"
        try:
            if data is None:
                raise InputError("is larger than 100 MB; leave it out")
            yield from _message(data, where._replace(shown=place), f"{where.stem}-{number}", boxed=True)
        except HeadwaterError as error:
            yield Failure(where=place, why=str(error))


def _messages(file: BinaryIO) -> Iterator[bytes | None]:
    """The messages of a mailbox whose first separating line is already read; None for one that is too large."""
    lines: list[bytes] = []
    size, blank = 0, False
    while line := file.readline(1 << 20):
        if blank and line.startswith(b"From ") and _FROM.match(line):
            yield b"".join(lines) if size <= MAX_BYTES else None
            lines, size, blank = [], 0, False
            continue
        blank = not line.strip()
        if line.startswith(b">") and _ESCAPED.match(line):
            line = line[1:]
        size += len(line)
        if size <= MAX_BYTES:
            lines.append(line)
        else:
            lines.clear()
    yield b"".join(lines) if size <= MAX_BYTES else None


def _message(data: bytes, where: Where, otherwise: str, *, boxed: bool = False) -> Iterator[Found | Failure]:
    if not _FIELD.match(data):
        raise InputError("is no mail: it does not begin with headers; give a .eml or .mbox file")
    lower = data.lower()
    levels = max(lower.count(b"boundary="), lower.count(b"message/rfc822"))
    # the parser asks of every line whether it ends one of the parts it lies in
    if levels > _MOST_PARTS or data.count(b"\n--") > _MOST_RULES or levels * data.count(b"\n") > _MOST_ASKED:
        raise InputError("has more parts than a mail has; give its text as .txt")
    try:
        message = BytesParser(policy=_POLICY).parsebytes(data)
    except Exception as error:  # hostile input; the parser raises many kinds
        raise InputError(f"could not be read as mail ({type(error).__name__}); give its text as .txt") from error
    if not any(message.get(name) for name in ("From", "Subject", "Date", "Message-ID", "Content-Type")):
        raise InputError("is no mail: it has no From, Subject or Date; give a .eml or .mbox file")
    name = otherwise
    if boxed:
        name = slug_of((_header(message, "Message-ID") or "").strip("<> ").partition("@")[0]) or otherwise
    yield from _read_message(message, where, name, 0)


def _read_message(message: Any, where: Where, name: str, level: int) -> Iterator[Found | Failure]:
    parts = _parts(message)
    text = _text(parts)
    if says_something(text):
        yield Found(False, name, _article(message, text, name, where))
    elif not parts.attached:
        raise NoTextError("holds no text; give a mail with an article in it")
    for number, (title, kind, inside) in enumerate(parts.attached, 1):
        slug = f"{name}-{slug_of(title) or number}"
        here = Where(path=where.path, stem=slug, shown=f"{where.shown}, attached {slug_of(title) or number}")
        try:
            if level >= _MOST_LEVELS:
                raise InputError("lies in too many mails inside one another; save it as a file of its own")
            yield from _attached(kind, inside, here, level)
        except HeadwaterError as error:
            yield Failure(where=here.shown, why=str(error))


def _attached(kind: str, inside: Any, where: Where, level: int) -> Iterator[Found | Failure]:
    if isinstance(inside, Message):
        yield from _read_message(inside, where, where.stem, level + 1)
        return
    if kind == "pdf":
        from headwater.ingest.pdf import read as reader
    elif kind == "docx":
        from headwater.ingest.docx import read as reader
    else:
        yield from _message(inside, where, where.stem)
        return
    yield from reader(io.BytesIO(inside), where)


def _parts(message: Any) -> _Parts:
    """All parts in order, without going into attached messages; never deeper than the parser went."""
    found = _Parts([], [], [])
    pending = [message]
    while pending:
        part = pending.pop()
        # asked for as text it would be decoded by any charset it names
        payload = part.get_payload() if part.is_multipart() else None
        kind = part.get_content_type()
        name = _file_name(part)
        ending = name[name.rfind(".") :].lower() if "." in name else ""
        if kind == "message/rfc822" and isinstance(payload, list):
            found.attached.extend((name or _header(one, "Subject") or "mail", "mail", one) for one in payload[:1])
        elif isinstance(payload, list):
            pending += reversed([one for one in payload if isinstance(one, Message)])
        elif (form := _KINDS.get(kind) or _ATTACHED.get(ending)) is not None:
            found.attached.append((name or form, form, _bytes(part)))
        elif _TEXT.fullmatch(kind) and part.get_content_disposition() != "attachment":
            data = _bytes(part)
            text = decoded(data, _charset(part)) or _guessed(data)
            (found.html if kind == "text/html" else found.plain).append(encodable(text))
    return found


def _file_name(part: Any) -> str:
    try:
        return encodable(str(part.get_filename() or ""))
    except Exception:  # parameters are parsed once more here, with the same faults
        return ""


def _charset(part: Any) -> str | None:
    try:
        charset = part.get_content_charset()
    except Exception:
        return None
    return charset if isinstance(charset, str) else None


def _bytes(part: Any) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except Exception:  # what calls itself base64 and is none
        data = None
    return data if isinstance(data, bytes) else b""


def _guessed(data: bytes) -> str:
    try:
        return decode(data)
    except InputError:
        return ""


def _text(parts: _Parts) -> str:
    plain = "\n".join(text for text in parts.plain if says_something(text)).replace("\r\n", "\n")
    if not parts.html:
        return words_of(plain) if re.match(r"\s*<(?:!doctype|html|body|div|p)\b", plain, re.IGNORECASE) else plain
    rich = "\n".join(_page(markup) for markup in parts.html)
    return plain if _count(plain) >= max(1.0, _AS_MUCH * _count(rich)) else rich


def _page(markup: str) -> str:
    """The words of a mail's HTML: as a page's where that finds most of them, for it leaves out what is around them."""
    words = words_of(markup)
    from headwater.ingest.html import read_page

    try:
        text = read_page(markup).text
    except NoTextError:
        return words
    laid_out = text.startswith("|") or "\n|" in text  # a table that only places things came out as a table
    return words if laid_out or 2 * _count(text) < _count(words) else str(text)


def _count(text: str) -> int:
    return len(_ADDRESS.sub(" ", text).split())


def _article(message: Any, text: str, name: str, where: Where) -> Article:
    title = _header(message, "Subject")
    sender, address = parseaddr(_header(message, "From") or "")
    date = _header(message, "Date")
    outlet, byline = _from_whom(message, " ".join(sender.split()), address)
    published = edtf_of(date) if date else None
    article = Article(
        id=name,
        text=text,
        path=where.path,
        url=web_address((_header(message, "Archived-At") or _header(message, "List-Post") or "").strip("<> ")),
        outlet=outlet,
        title=re.sub(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", "", title or "", flags=re.IGNORECASE).strip() or None,
        byline=byline,
        published=published,
        published_basis="metadata" if published else None,
        fetched=where.fetched,
        furniture=furniture_of(text, reply=_is_reply(message, title or "")),
    )
    return _as_forwarded(article)


def _as_forwarded(article: Article) -> Article:
    """What was forwarded is whose mail it was first, by the headers that stand in the text."""
    first = forwarded(article.text)
    if first is None:
        return article
    name, address = parseaddr(first.sender.replace("*", ""))
    outlet, byline = _from_whom(None, " ".join(name.split()), address)
    published = edtf_of(first.date) if first.date else None
    return replace(
        article,
        title=first.subject or article.title,
        outlet=outlet,
        byline=byline,
        url=None,
        published=published,
        published_basis="text" if published else None,
    )


def _from_whom(message: Any, name: str, address: str) -> tuple[str | None, str | None]:
    """Outlet and author, None where the mail does not say which."""
    local, _, domain = address.lower().rpartition("@")
    domain = "" if domain in _FREE or "." not in domain or any(c.isspace() for c in domain) else domain
    pieces = [word for word in re.findall(r"\w+", name.lower()) if len(word) > 1]
    person = len(pieces) in (2, 3) and pieces[-1] in local
    listed = _header(message, "List-Id") if message is not None else None
    list_name = " ".join((listed or "").partition("<")[0].strip('" ').split())
    if person:
        return list_name or domain or None, name
    if name and not _NO_NAME.fullmatch(name) and "@" not in name:
        return name, None
    return list_name or domain or None, None


def _is_reply(message: Any, title: str) -> bool:
    if re.match(r"(?:fwd?|wg)\s*:", title, re.IGNORECASE):
        return False
    return bool(_header(message, "In-Reply-To")) or re.match(r"(?:re|aw)\s*:", title, re.IGNORECASE) is not None


def _header(message: Any, name: str) -> str | None:
    try:
        value = message.get(name)
    except Exception:  # a header that the policy could not mend
        return None
    return " ".join(encodable(str(value)).split()) or None if value is not None else None
