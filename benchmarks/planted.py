"""Articles with planted copies, from the real ones kept beside the project: who was copied, how, and all of a seed.

A third of the articles are real, most of the rest are real ones with most of the words exchanged, so that they share
no more than stray phrases with any other; into these, copies of five kinds are planted, a few days later.
"""

import json
import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from headwater.model import Article

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_SOURCES = ("clusters/dev.jsonl", "polnear/train.jsonl", "polnear/dev.jsonl")
NEAR = ("reprint", "light edit", "edit")  # near-duplicates
PARTIAL = ("cut", "lifted")
_DAYS_OF_TEN_THOUSAND = 60
_STRANGE = 0.6  # share of the words exchanged in an article that copies none


class Planted(NamedTuple):
    """A copy that was planted: ids, and its kind."""

    source: str
    copy: str
    kind: str


class Real(NamedTuple):
    """A real text, and who printed it."""

    text: str
    outlet: str | None


def texts() -> list[Real]:
    """The real texts of 200 words or more; none where the data is absent."""
    found: dict[str, str | None] = {}
    for name in _SOURCES:
        path = DATA / name
        if path.exists():
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            found |= {row["text"]: row.get("outlet") for row in rows if len(row["text"].split()) >= 200}
    return [Real(text, outlet) for text, outlet in sorted(found.items())]


def planted(real: Sequence[Real], count: int, *, seed: int = 7) -> tuple[list[Article], list[Planted]]:
    """``count`` articles in mixed order and the copies among them, three in ten."""
    chance = random.Random(seed)
    vocabulary = sorted({word for one in real[:400] for word in one.text.split()})
    days = max(1, round(_DAYS_OF_TEN_THOUSAND * count / 10_000))
    articles: list[Article] = []
    copies: list[Planted] = []
    while len(articles) < count * 7 // 10:
        number = len(articles)
        if number < len(real):
            text, outlet = real[number]
        else:
            text, outlet = _exchanged(chance.choice(real).text, vocabulary, _STRANGE, chance), None
        articles.append(_article(f"a{number}", text, outlet, chance.randrange(days), chance))
    sources = chance.sample(articles, min(len(articles), count - len(articles)))
    while len(articles) < count:
        source = sources[len(copies) % len(sources)]
        kind = chance.choice(NEAR + PARTIAL)
        text = _copied(source.text, kind, vocabulary, real, chance)
        day = (date.fromisoformat(source.published or "") - _BEGIN).days + chance.randrange(3)
        copy = _article(f"c{len(articles)}", text, None, day, chance)
        articles.append(copy)
        copies.append(Planted(source.id, copy.id, kind))
    chance.shuffle(articles)
    return articles, copies


_BEGIN = date(2031, 1, 1)


def _article(name: str, text: str, outlet: str | None, day: int, chance: random.Random) -> Article:
    published = (_BEGIN + timedelta(days=day)).isoformat()
    return Article(id=name, text=text, outlet=outlet or f"outlet {chance.randrange(200)}", published=published)


def _exchanged(text: str, vocabulary: Sequence[str], share: float, chance: random.Random) -> str:
    """The text with a share of its words exchanged for any others."""
    parts = re.split(r"(\s+)", text)
    return "".join(
        chance.choice(vocabulary) if n % 2 == 0 and part and chance.random() < share else part
        for n, part in enumerate(parts)
    )


def _copied(text: str, kind: str, vocabulary: Sequence[str], real: Sequence[Real], chance: random.Random) -> str:
    words = text.split(" ")
    if kind == "reprint":
        return f"HALLIN ({chance.randrange(1000)}) -- {text}"
    if kind == "light edit":
        return _exchanged(text, vocabulary, 0.03, chance)
    if kind == "edit":
        return _exchanged(text, vocabulary, 0.1, chance)
    if kind == "cut":
        return " ".join(words[: len(words) // 4])
    # a stretch of 60 to 120 words in an article that is otherwise its own
    length = chance.randrange(60, 120)
    start = chance.randrange(max(1, len(words) - length))
    around = _exchanged(chance.choice(real).text, vocabulary, _STRANGE, chance).split(" ")
    at = chance.randrange(len(around))
    return " ".join([*around[:at], "\n\n", *words[start : start + length], "\n\n", *around[at:]])
