"""Bytes of a text file in, its characters out: nothing but the encoding is taken away.

UTF-8 first, then byte order marks, then charset-normalizer's best guess. Line ends stay as they are, so that an offset
counts in the file itself. Binary data and files that say nothing are refused.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from headwater.errors import InputError, NoTextError
from headwater.ingest.found import Found, Where
from headwater.model import Article

MAX_BYTES = 100_000_000

#: What to do about an input that cannot be used.
GIVE = "give a .txt, .jsonl or .html file"

#: What UTF-8 is called where the text begins with its mark.
MARKED_UTF8 = "utf-8-sig"
# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other.
_MARKS = (
    (codecs.BOM_UTF8, MARKED_UTF8),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_MANY_CONTROLS = 0.1
#: Encodings by name that are none of texts, and those that western pages declare by habit.
_NOT_OF_TEXTS = {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem"}
_WESTERN = {"ascii", "iso8859-1", "cp1252"}
_LONE = re.compile("[\ud800-\udfff]")


def read(file: BinaryIO, where: Where) -> Iterator[Found]:
    """The one article that a text file is; as ``decode``."""
    text = decode(file.read(MAX_BYTES + 1), charset=where.charset)
    yield Found(
        False, where.stem, Article(id=where.stem, text=text, path=where.path, url=where.url, fetched=where.fetched)
    )


def decode(data: bytes, *, charset: str | None = None) -> str:
    """The characters of a text file.

    Args:
        data: the whole file.
        charset: what a server or a header said it is in, None where nobody did.

    Returns:
        The text, newlines untouched, without its byte order mark.

    Raises:
        NoTextError: there is nothing but white space in it.
        InputError: it is binary, or larger than 100 MB.
    """
    if len(data) > MAX_BYTES:
        raise InputError("is larger than 100 MB; split it into one file per article")
    marked = marked_encoding(data)
    text = data.decode(marked, "replace") if marked else None
    if text is None and (charset or "").lower().startswith(("utf-16", "utf-32")):
        text = decoded(data, charset)  # looks like binary data
    if text is None:
        if data.startswith(b"%PDF-"):
            raise InputError(f"is a PDF and no text; leave its format to be told, or {GIVE}")
        controls = len(data) - len(data.translate(None, _CONTROLS))
        if 0 in data or controls > _MANY_CONTROLS * len(data):
            raise InputError(f"holds binary data, not text; {GIVE}")
        text = decoded(data, charset) or _unmarked(data)
    if not says_something(text):
        raise NoTextError(f"holds no text; {GIVE} with an article in it")
    return text


def marked_encoding(data: bytes) -> str | None:
    """The encoding of which a text bears the byte order mark: decoding by it takes the mark away. None without one."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def says_something(text: str) -> bool:
    """Whether there is at least one character that can be seen."""
    return any(c.isprintable() and not c.isspace() for c in text)


def encodable(text: str) -> str:
    """The same text with lone surrogates, which no output can hold, as U+FFFD: as many code points as before."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def decoded(data: bytes, charset: str | None) -> str | None:
    """The characters of bytes whose encoding somebody declared; None when that is nothing, or plainly wrong.

    Args:
        data: without its own mark of order; with one, None is given back, as the mark knows better.
        charset: as a header names it.
    """
    if not charset or marked_encoding(data):
        return None
    try:
        name = codecs.lookup(charset.strip("\"' ").encode("ascii", "replace").decode()).name
        if name in _NOT_OF_TEXTS:
            return None
        if name in _WESTERN:
            # declared by habit; bytes of these encodings hardly ever form the sequences of UTF-8 by chance
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                return data.decode("cp1252", "replace")
        return data.decode(name)
    except (LookupError, ValueError, TypeError):
        return None


def _unmarked(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Mostly good UTF-8 with a few spoilt bytes (cut in the middle of a character, two files joined) is UTF-8 still:
    # bytes of another encoding hardly ever form its sequences by chance.
    mended = data.decode("utf-8", "replace")
    spoilt = mended.count("\ufffd")
    sound = len(re.findall(r"[^\x00-\x7f]", mended)) - spoilt
    if spoilt * 2 <= sound:
        return mended
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        return data.decode("cp1252", "replace")
    for match in matches:
        # Where it is as good a fit, the usual encoding of western text goes before its rarer neighbours (cp1250 for
        # a page with curly quotation marks and one "é").
        if "cp1252" in match.could_be_from_charset and match.chaos <= best.chaos and match.coherence >= best.coherence:
            return data.decode("cp1252", "replace")
    return str(best)
