"""Whether a text says that it was printed elsewhere first: text in, the beginnings of the names it gives out."""

import re

_FORMULA = re.compile(
    r"\b(?:(?:originally|first) (?:published|appeared|posted|printed|ran|reported)|republished|reprinted|reposted)"
    r"(?: with (?:kind )?permission)? (?:in|on|at|by|from|of) (?:the )?([^\s\W].{1,60})"
)
_HINTS = ("originally ", "first published", "first appeared", "first posted", "first printed", "first ran",
          "first reported", "republished ", "reprinted ", "reposted ")  # fmt: skip


def said_to_be_from(text: str) -> tuple[str, ...]:
    """What follows "first appeared in", "republished from" and the like: a name and what comes after, case folded."""
    folded = text.casefold()
    if not any(hint in folded for hint in _HINTS):  # the pattern is slow, and few texts say so
        return ()
    return tuple(match.group(1) for match in _FORMULA.finditer(folded))


def names(said: tuple[str, ...], outlet: str | None) -> bool:
    """Whether one of the names given is the outlet's."""
    name = (outlet or "").casefold().removeprefix("the ").strip()
    return len(name) > 1 and any(
        words.startswith(name) and not words[len(name) : len(name) + 1].isalnum() for words in said
    )
