"""Full-text search over articles, claims, sources and quotations, narrowed by facets, a page at a time.

What is typed is words and nothing else: no operator, no wildcard, no error. All words must occur, in any order, without
regard to capitals and accents. Snippets are places in code points; what shows them marks them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from headwater.archive.records import TERM, folded, name_key
from headwater.archive.store import Archive
from headwater.dates import ranges, valid
from headwater.errors import InputError
from headwater.ingest.text import encodable
from headwater.model import Span

What = Literal["article", "claim", "source", "quotation"]
WHAT: tuple[What, ...] = ("article", "claim", "source", "quotation")

_MOST_WORDS = 32  # of a query; more narrow nothing that these do not
_LONGEST = 64  # code points of a word that is looked for
_AROUND = 90  # code points of a snippet before the first word found
_SNIPPET = 280  # code points of a snippet
_READ = 200_000  # code points of a text in which words are marked
_COUNTED = 20  # values of a facet that are named, those of most results
_SORTED = 2_000  # results that facets are counted over, the best ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What results are narrowed to; None = not narrowed.

    ``speaker`` and ``outlet`` are names as they are printed (compared without capitals, accents and leading article),
    ``kind`` a kind of source, ``since`` and ``until`` EDTF dates, both included: of an article its date, of anything
    else that of any article that prints it. ``story`` is a story's id.
    """

    speaker: str | None = None
    outlet: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result.

    ``id`` is that of the Article, Claim, Source or Quotation, ``story`` that of its story (None for an article that was
    not traced yet). ``title`` is an article's title, a source's name, a quotation's speaker; ``text`` what is searched
    beside it: an article's whole text, so that ``snippet`` and ``hits`` are places in it (the last are those of the
    words inside the snippet). ``title_hits`` are places in ``title``.
    """

    what: What
    id: str
    story: str | None
    title: str | None
    text: str
    snippet: Span
    hits: tuple[Span, ...] = ()
    title_hits: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A value of a facet, as it is printed, and how many results have it."""

    value: str
    results: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of results: ``total`` in all, and of these how many by what they are and by facet, most first.

    Facets are counted over the best 2,000 results; ``capped`` says that there are more.
    """

    hits: tuple[Hit, ...]
    total: int
    what: tuple[Count, ...] = ()
    speakers: tuple[Count, ...] = ()
    outlets: tuple[Count, ...] = ()
    kinds: tuple[Count, ...] = ()
    capped: bool = False


def search(
    archive: Archive, query: str, *, what: Sequence[What] = WHAT, facets: Facets | None = None, offset: int = 0,
    limit: int = 20,
) -> Results:  # fmt: skip
    """Find articles, claims, sources and quotations by their words.

    Args:
        archive: the archive.
        query: words, all of which must occur; whatever else is in it is passed over. Without a word everything that the
            facets let through is found, latest first.
        what: kinds of results.
        facets: what they are narrowed to.
        offset: results that are passed over.
        limit: results on a page.

    Returns:
        Best first (BM25, a word in a title or name weighs more); ties by age in the archive.

    Raises:
        InputError: a day of the facets is no date.
    """
    words = query_words(query)
    kinds = [w for w in WHAT if w in what]
    if not kinds or (query.strip() and not words):
        return Results(hits=(), total=0)
    narrowed, values = _narrowed(facets or Facets())
    match = " ".join(f'"{w}"' for w in words)
    parts, given = [], []
    for table, weights in (("article_words", "4.0, 1.0"), ("entry_words", "2.0, 1.0")):
        of = [k for k in kinds if (k == "article") == (table == "article_words")]
        if not of:
            continue
        marks = ", ".join("?" for _ in of)
        rank = f"bm25({table}, {weights})" if words else "-coalesce(e.day_to, 0)"
        source = f"{table} JOIN entries e ON e.number = {table}.rowid" if words else "entries e"
        matched = f"{table} MATCH ? AND " if words else ""
        parts.append(
            f"SELECT e.number, e.what, {rank} AS rank FROM {source} WHERE {matched}e.what IN ({marks}){narrowed}"
        )
        given += [*([match] if words else []), *of, *values]
    found = " UNION ALL ".join(parts)
    with archive.reading() as db:
        db.execute("DROP TABLE IF EXISTS temp.found")
        db.execute(f"CREATE TEMP TABLE found AS {found}", given)
        try:
            total = db.execute("SELECT count(*) FROM temp.found").fetchone()[0]
            by_what = db.execute(
                "SELECT what, count(*) AS n FROM temp.found GROUP BY what ORDER BY n DESC, what"
            ).fetchall()
            rows = db.execute(
                "SELECT e.what, e.ref, e.story, coalesce(a.title, e.title), coalesce(a.text, e.text, '')"
                " FROM temp.found f JOIN entries e ON e.number = f.number LEFT JOIN articles a ON a.number = f.number"
                " ORDER BY f.rank, f.number LIMIT ? OFFSET ?",
                (max(0, limit), max(0, offset)),
            ).fetchall()
            counted = {
                facet: tuple(Count(value=row[0], results=row[1]) for row in db.execute(
                    "SELECT min(shown), count(*) AS n FROM facets"
                    " JOIN (SELECT number FROM temp.found ORDER BY rank, number LIMIT ?) ON entry = number"
                        " WHERE facet = ? GROUP BY key ORDER BY n DESC, key LIMIT ?",
                    (_SORTED, facet, _COUNTED),
                ))
                for facet in ("speaker", "outlet", "kind")
            }  # fmt: skip
        finally:
            db.execute("DROP TABLE temp.found")
    return Results(
        hits=tuple(_hit(row, frozenset(f for w in words for f in _terms(w))) for row in rows),
        total=total,
        what=tuple(Count(value=value, results=number) for value, number in by_what),
        speakers=counted["speaker"],
        outlets=counted["outlet"],
        kinds=counted["kind"],
        capped=total > _SORTED,
    )


def query_words(query: str) -> tuple[str, ...]:
    """The words of a query, each once, fit to stand in quotation marks; at most 32."""
    found = (m.group()[:_LONGEST] for m in re.finditer(r"[^\s\x00\"]+", encodable(query[:20_000])))
    return tuple(dict.fromkeys(w for w in found if TERM.search(w)))[:_MOST_WORDS]


def _terms(word: str) -> list[str]:
    return [folded(m.group()) for m in TERM.finditer(word)]


def _narrowed(facets: Facets) -> tuple[str, list[object]]:
    """The conditions on an entry ``e``, and the values in them."""
    out, values = "", list[object]()
    for facet, value in (("speaker", facets.speaker), ("outlet", facets.outlet), ("kind", facets.kind)):
        if value is not None:
            out += " AND EXISTS (SELECT 1 FROM facets WHERE facet = ? AND key = ? AND entry = e.number)"
            values += [facet, value if facet == "kind" else name_key(value)]
    for column, sign, day in (("day_to", ">=", facets.since), ("day_from", "<=", facets.until)):
        if day is not None:
            held = ranges(day) if valid(day) else ()
            if not held:
                raise InputError(f"{day[:40]!r} is no EDTF date; write 2025-08-21 or 2025-08")
            out += f" AND e.{column} {sign} ?"
            values.append((held[0][0] if column == "day_to" else held[-1][1]).toordinal())
    if facets.story is not None:
        out += " AND e.story = ?"
        values.append(facets.story)
    return out, values


def _hit(row: Sequence[str], terms: frozenset[str]) -> Hit:
    what, ref, story, title, text = row
    found = _places(text, terms)
    start, end = 0, min(len(text), _SNIPPET)
    if found:
        first = _densest(found)
        start = max(0, found[first].start - _AROUND)
        end = min(len(text), max(start + _SNIPPET, found[first].end))
        while 0 < start < found[first].start and text[start - 1].isalnum():
            start += 1  # not in the middle of a word
    return Hit(
        what=what,  # type: ignore[arg-type]
        id=ref,
        story=story,
        title=title,
        text=text,
        snippet=Span(start, end),
        hits=tuple(s for s in found if start <= s.start and s.end <= end),
        title_hits=tuple(_places(title or "", terms)),
    )


def _places(text: str, terms: frozenset[str]) -> list[Span]:
    return [Span(*m.span()) for m in TERM.finditer(text, 0, _READ) if folded(m.group()) in terms] if terms else []


def _densest(found: Sequence[Span]) -> int:
    """The first of the most places that one snippet can hold."""
    best, most, end = 0, 0, 0
    for start in range(len(found)):
        while end < len(found) and found[end].end <= found[start].start + _SNIPPET - _AROUND:
            end += 1
        if end - start > most:
            best, most = start, end - start
    return best
