"""robots.txt as RFC 9309 reads it: which paths a crawler may ask for, and how long it shall wait between requests.

Groups that name the same crawler are one; the longest rule that matches decides, and of two as long the one that
allows. ``Crawl-delay`` is no part of the RFC but is what sites write. Any bytes are read; nothing is an error.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

#: Bytes of a robots.txt that are read; the RFC asks for at least so many.
LARGEST = 512_000
_LINE = re.compile(r"[\r\n]+")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_MOST_STARS = 50


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site asks of one crawler: rules as (whether it allows, pattern), seconds between requests or None."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float | None = None

    def allows(self, target: str) -> bool:
        """Whether a path, with its query, may be asked for."""
        path = _plain(target)
        if path == "/robots.txt":
            return True
        best = (-1, True)
        for allow, pattern in self.rules:
            if len(pattern) >= best[0] and _matches(pattern, path):
                best = max(best, (len(pattern), allow))
        return best[1]


#: A site that asks nothing.
ALL = Robots()


def parse(data: bytes, product: str) -> Robots:
    """The rules for the crawler with this product token; those for ``*`` where no group names it."""
    wanted = product.lower()
    rules: dict[bool, list[tuple[bool, str]]] = {True: [], False: []}
    delays: dict[bool, float] = {}
    named = False  # whether any group names us
    ours: set[bool] = set()  # whom the present group is for: True = us by name, False = everybody
    in_head = False
    for line in _LINE.split(data[:LARGEST].decode("utf-8-sig", "replace")):
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not in_head:
                ours, in_head = set(), True
            token = _TOKEN.match(value)
            if value.startswith("*"):
                ours.add(False)
            elif token and token.group().lower() == wanted:
                ours.add(True)
                named = True
        elif key in {"allow", "disallow"}:
            in_head = False
            if value:
                for mine in ours:
                    rules[mine].append((key == "allow", _plain(value)))
        elif key == "crawl-delay":
            in_head = False
            if re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", value):
                for mine in ours:
                    delays.setdefault(mine, float(value))
    return Robots(rules=tuple(dict.fromkeys(rules[named])), delay=delays.get(named))


def _plain(path: str) -> str:
    """A path or pattern with its characters encoded in one way; what stands encoded for a reserved one stays so."""
    parts: Sequence[str] = re.split(r"(%[0-9A-Fa-f]{2})", path)
    return "".join(
        _kept(part) if at % 2 else quote(part, safe="/*$?=&;:@!'()+,~-._", errors="replace")
        for at, part in enumerate(parts)
    )


def _kept(code: str) -> str:
    character = unquote_to_bytes(code).decode("latin-1")
    return character if character.isascii() and (character.isalnum() or character in "-._~") else code.upper()


def _matches(pattern: str, path: str) -> bool:
    """Whether a rule holds for a path: it is its beginning, ``*`` any characters, ``$`` at the end its end.

    Each part is looked for once, the first place is taken: time grows with the lengths, never with the stars.
    """
    anchored = pattern.endswith("$")
    first, *rest = (pattern[:-1] if anchored else pattern).split("*", _MOST_STARS)
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not anchored or at == len(path)
    for part in rest[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if anchored:
        return len(path) - len(rest[-1]) >= at and path.endswith(rest[-1])
    return path.find(rest[-1], at) >= 0
