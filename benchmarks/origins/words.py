"""The wording of a half: outlets, names, frames, and themes with propositions; read from ``dev.toml`` or ``held.toml``.

The halves share no wording, so that what was mended by reading the one can be measured on the other.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

HALVES = ("dev", "held")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Proposition:
    """One thing that can be asserted: clauses in unlike words, the same spoken, and the umbrella it is part of."""

    id: str
    say: tuple[str, ...]
    quote: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a story can be about; texts hold ``{slots}``, filled for each story from ``fill``.

    ``unnamed`` holds classes of people, each as (plural, singular with its article); ``near`` propositions share names
    with the others and say something else.
    """

    name: str
    titles: tuple[str, ...]
    back: tuple[str, ...]
    fill: Mapping[str, tuple[str, ...]]
    cast: Mapping[str, str]
    orgs: tuple[str, ...]
    docs: tuple[str, ...]
    unnamed: tuple[tuple[str, str], ...]
    props: tuple[Proposition, ...]
    near: tuple[Proposition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """All wording of one half; ``frames`` by what they frame, ``chatter`` the four parts of filler."""

    outlets: tuple[str, ...]
    wires: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    frames: Mapping[str, tuple[str, ...]]
    chatter: tuple[tuple[str, ...], ...]
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A theme with its slots filled and its people named, for one story."""

    theme: Theme
    slots: Mapping[str, str]
    people: Mapping[str, str]
    spare: tuple[str, ...]

    def filled(self, text: str) -> str:
        """``text`` with this story's names and figures; other slots stay."""
        return _SLOT.sub(lambda found: self.slots.get(found[1], found[0]), text)


@cache
def half(name: str) -> Half:
    """The wording of ``dev`` or ``held``.

    Raises:
        ValueError: there is no such half.
    """
    if name not in HALVES:
        raise ValueError(f"no half {name!r}; there are: {', '.join(HALVES)}")
    raw = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
    frames = {kind: tuple(texts) for kind, texts in raw["frames"].items()}
    return Half(
        outlets=tuple(raw["outlets"]),
        wires=tuple(raw["wires"]),
        given=tuple(raw["given"]),
        family=tuple(raw["family"]),
        frames=frames,
        chatter=tuple(tuple(raw["chatter"][part]) for part in ("first", "who", "what", "last")),
        themes=tuple(
            Theme(
                name=t["name"],
                titles=tuple(t["titles"]),
                back=tuple(t["back"]),
                fill={slot: tuple(values) for slot, values in t["fill"].items()},
                cast=t["cast"],
                orgs=tuple(t["orgs"]),
                docs=tuple(t["docs"]),
                unnamed=tuple((plural, singular) for plural, singular in t["unnamed"]),
                props=tuple(_proposition(p) for p in t["props"]),
                near=tuple(_proposition(p) for p in t["near"]),
            )
            for t in raw["theme"]
        ),
    )


def _proposition(raw: Mapping[str, object]) -> Proposition:
    say, quote, part = raw["say"], raw.get("quote"), raw.get("part_of")
    assert isinstance(say, list)
    return Proposition(str(raw["id"]), tuple(say), str(quote) if quote else None, str(part) if part else None)


def setting(words: Half, rng: Random) -> Setting:
    """A theme with its slots and people drawn."""
    theme = rng.choice(words.themes)
    slots = {slot: rng.choice(values) for slot, values in theme.fill.items()}
    wanted = len(theme.cast) + len(theme.orgs) + 14
    given = [rng.choice(words.given) for _ in range(wanted)]
    family = rng.sample(words.family, min(wanted, len(words.family)))
    names = [f"{one} {other}" for one, other in zip(given, family, strict=False)]
    return Setting(theme, slots, dict(zip(theme.cast, names, strict=False)), tuple(names[len(theme.cast) :]))
