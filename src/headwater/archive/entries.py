"""What a search finds of a story: its claims, sources and quotations as rows, with the facets they are narrowed by."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from headwater.archive.records import day_number, name_key
from headwater.model import Article, Source, Trace, text_of

#: Kinds of sources that bear a name of their own.
NAMED = frozenset({"person", "organisation", "document", "outlet", "journalist"})

_Facets = dict[tuple[str, str], str]


def remove(db: sqlite3.Connection, story: str) -> None:
    """Take out all rows of a story but those of its articles."""
    db.execute("DELETE FROM said WHERE story = ?", (story,))
    db.execute("DELETE FROM mentions WHERE story = ?", (story,))
    db.execute("DELETE FROM claims WHERE story = ?", (story,))
    db.execute("DELETE FROM sources WHERE story = ?", (story,))
    db.execute(
        "INSERT INTO entry_words (entry_words, rowid, title, text)"
        " SELECT 'delete', number, title, text FROM entries WHERE story = ? AND what <> 'article'",
        (story,),
    )
    db.execute("DELETE FROM entries WHERE story = ? AND what <> 'article'", (story,))


def write(db: sqlite3.Connection, story: str, trace: Trace, born: Mapping[str, int]) -> None:
    """Write all rows of a story whose old rows are gone; ``born`` gives each claim's age, by id."""
    articles = {a.id: a for a in trace.articles}
    numbers = dict(
        db.execute(
            "SELECT id, number FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(articles)),),
        ).fetchall()
    )
    sources = {s.id: s for s in trace.sources}
    _write_sources(db, story, trace, articles, numbers)
    for place, claim in enumerate(trace.claims):
        facets = _outlets(articles[m.article] for m in claim.mentions)
        ends = {m.chain[-1] for m in claim.mentions if m.chain} | {o.source for o in claim.origins}
        facets |= _speakers(sources[s] for s in ends if s in sources)
        entry = _entry(db, "claim", claim.id, story, None, claim.text, facets,
                       (articles[m.article] for m in claim.mentions))  # fmt: skip
        db.execute(
            "INSERT INTO claims (id, story, born, place, entry, kind, outlets, low, high)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (claim.id, story, born[claim.id], place, entry, claim.kind, claim.outlets, claim.independent.low,
             claim.independent.high),
        )  # fmt: skip
    for quotation in trace.quotations:
        printed = [articles[v.article] for v in quotation.variants]
        speaker = sources.get(quotation.speaker or "")
        text = text_of(printed[0], quotation.variants[0].spans)
        facets = _outlets(printed) | _speakers([speaker] if speaker else [])
        _entry(db, "quotation", quotation.id, story, speaker.name if speaker else None, text, facets, printed)
    _write_said(db, story, trace, sources, numbers)


def _write_sources(
    db: sqlite3.Connection, story: str, trace: Trace, articles: Mapping[str, Article], numbers: Mapping[str, int]
) -> None:
    roles = {e.id: sorted({" ".join(r.text.split()) for r in e.roles}) for e in trace.entities}
    for source in trace.sources:
        own = roles.get(source.entity or "", [])
        seen = [articles[i] for i in sorted({m.article for m in source.mentions}) if i in articles]
        facets = _outlets(seen) | _speakers([source])
        entry = _entry(db, "source", source.id, story, source.name, "; ".join(own) or None, facets, seen)
        db.execute(
            "INSERT INTO sources (story, id, name, key, kind, roles, entry) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (story, source.id, source.name, name_key(source.name), source.kind, json.dumps(own), entry),
        )
        db.executemany(
            "INSERT INTO mentions (story, source, article, start, stop) VALUES (?, ?, ?, ?, ?)",
            [(story, source.id, numbers[m.article], m.start, m.end) for m in sorted(set(source.mentions))],
        )


def _write_said(
    db: sqlite3.Connection, story: str, trace: Trace, sources: Mapping[str, Source], numbers: Mapping[str, int]
) -> None:
    """Who is quoted where, and by whom each article can be found."""
    quoted: dict[str, set[str]] = defaultdict(set)
    for one in trace.attributions:
        if one.source in sources and one.source is not None:
            quoted[one.article].add(one.source)
            if one.content_spans:
                db.execute(
                    "INSERT OR IGNORE INTO said (story, source, article, attribution, mode, spans)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (story, one.source, numbers[one.article], one.id, one.mode,
                     json.dumps([[s.start, s.end] for s in one.content_spans])),
                )  # fmt: skip
    for article_id, number in sorted(numbers.items()):
        db.execute("DELETE FROM facets WHERE entry = ? AND facet IN ('speaker', 'kind')", (number,))
        db.execute("UPDATE entries SET story = ? WHERE number = ?", (story, number))
        _facets(db, number, _speakers(sources[s] for s in quoted[article_id]))


def _entry(
    db: sqlite3.Connection, what: str, ref: str, story: str, title: str | None, text: str | None, facets: _Facets,
    articles: Iterable[Article],
) -> int:  # fmt: skip
    days = sorted(day for a in articles if (day := day_number(a.published)) is not None)
    number = db.execute(
        "INSERT INTO entries (what, ref, story, title, text, day_from, day_to) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (what, ref, story, title, text, days[0] if days else None, days[-1] if days else None),
    ).lastrowid
    assert number is not None
    db.execute("INSERT INTO entry_words (rowid, title, text) VALUES (?, ?, ?)", (number, title, text))
    _facets(db, number, facets)
    return number


def _facets(db: sqlite3.Connection, entry: int, facets: _Facets) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO facets (facet, key, entry, shown) VALUES (?, ?, ?, ?)",
        [(facet, key, entry, shown) for (facet, key), shown in sorted(facets.items())],
    )


def _outlets(articles: Iterable[Article]) -> _Facets:
    return {("outlet", name_key(a.outlet)): a.outlet for a in articles if a.outlet}


def _speakers(sources: Iterable[Source]) -> _Facets:
    out: _Facets = {}
    for source in sorted(sources, key=lambda s: s.id):
        out["kind", source.kind] = source.kind
        if source.kind in NAMED:
            out["speaker", name_key(source.name)] = source.name
    return out
