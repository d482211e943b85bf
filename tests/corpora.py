"""Corpora of our own writing for tests: invented towns, with copies, edits, days, and articles that do harm."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

FIRST = date(2031, 3, 1)
_SYLLABLES = "bar dol fen gim hul kes lom mur nev pol quin ros sil tam vok wex yil zan".split()
_PEOPLE = "Ottoline Marr;Cass Verity;Bram Holloway;Petra Lund;Silas Quill;Wren Tarrant;Ida Fenn;Joss Amble".split(";")


def word(number: int) -> str:
    """An invented word for each number."""
    out = ""
    while True:
        number, left = divmod(number, len(_SYLLABLES))
        out += _SYLLABLES[left]
        if not number:
            return out + "ar"


def event(number: int, telling: int = 0) -> list[str]:
    """The paragraphs in which an outlet tells of an invented event; other tellings have words of their own."""
    own = [word(5000 + 16 * number + n) for n in range(16)]
    odd = [word(90_000 + 8 * (number * 7 + telling) + n) for n in range(8)]
    town, who = own[0].capitalize(), f"{_PEOPLE[number % 8].split()[0]} {own[15].capitalize()}"
    first = f"The old {own[1]} of {town} was {own[2]} near the {own[3]}, said {who} of the {own[4]} council, and "
    said = f"“We had {number + 2} warnings about the {own[1]} since the {own[7]} beams were {own[8]}, and the {own[9]} "
    seen = f"In {town} a {odd[0]} who keeps the {odd[1]} walked from the {odd[2]} to the {own[1]} and saw {odd[3]} by "
    last = f"A {own[10]} ledger of {town} lists the {own[11]} as {own[12]} once before, in a {own[13]} year, with "
    return [
        first + f"{number + 3} {own[5]} families left the {own[6]} by boat.",
        said + f"never answered,” {who} told reporters.",
        seen + f"the {odd[4]}, with {telling + 4} {odd[5]} behind the {odd[6]} wall.",
        last + f"{number * 13 + 5} {own[14]} lost.",
    ]


def article(number: int, *, day: int | None = None, telling: int = 0, outlet: str | None = None) -> dict[str, object]:
    """One telling of an event, as a line of JSON Lines; ``day`` counts from the first."""
    out: dict[str, object] = {
        "id": f"e{number:04d}-{telling}",
        "title": f"{word(5000 + 16 * number)} {word(5001 + 16 * number)} {word(5002 + 16 * number)}".capitalize(),
        "outlet": outlet or f"The {word((number + 3 * telling) % 10).capitalize()} Post",
        "text": "\n\n".join(event(number, telling)),
    }
    if day is not None:
        out["published"] = (FIRST + timedelta(day)).isoformat()
    return out


def corpus(count: int, *, per_day: int = 3, undated: int = 0) -> list[dict[str, object]]:
    """Articles in threes on one event over days: the second copies the first a day later, the third tells it anew.

    Every ``undated``-th bears no day; 0 = all bear one.
    """
    out = []
    for at in range(count):
        number, telling = divmod(at, 3)
        day = None if undated and at % undated == undated - 1 else number // per_day + telling
        one = article(number, day=day, telling=telling)
        if telling == 1:
            one["text"] = "\n\n".join([*event(number, 0)[:3], f"It was {word(number)} there."])
        out.append(one)
    return out


def lines(path: Path, articles: Sequence[dict[str, object]]) -> Path:
    """Write them as JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles), encoding="utf-8")
    return path


def records(folder: Path, stage: str) -> list[dict[str, object]]:
    """All records of a stage, in order."""
    files = sorted((folder / stage).glob("[0-9]*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def written(folder: Path) -> dict[str, bytes]:
    """All that a run left but its log, which bears times, hidden or not."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("log.jsonl", "lock")
    }
