"""Which outlet a name or an address stands for, and whom it belongs to, by a table that users may extend or replace.

Takes names, addresses and articles; gives rows of ``data/outlets.csv``, or None: a name that several outlets bear is
none of them until an address decides. Facts of ownership grow stale: each row says when they were gathered and where
they can be checked (docs/outlets.md).
"""

import csv
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, cast, get_args
from urllib.parse import urlsplit

from headwater.errors import InputError
from headwater.model import Article

OutletKind = Literal["newspaper", "broadcaster", "agency", "magazine", "site", "state media", "aggregator"]

#: The table's columns, in the order of the file.
COLUMNS: Final = ("name", "domains", "also", "owner", "country", "kind", "year", "source")
_ONLY = "only:"
_LONGEST = 300  # code points of a name or host that can be an outlet's
_GENERIC = frozenset("online digital website web site app newspaper rss feed homepage uk us usa international".split())
_SECTIONS = _GENERIC | frozenset(
    """news home front page opinion opinions editorial world edition latest breaking politics business sport sports tech
    live english en video top stories headlines national""".split()
)
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_SECTION = re.compile(
    r"(?P<name>.+?)[ \u00a0]+[-–—|·:][ \u00a0]+(?P<rest>.+)|(?P<bare>.+?)[ \u00a0]*\((?P<said>[^()]+)\)"
)
_ARCHIVED = re.compile(r"/web/\d{4,14}[a-z_]{0,4}/(?P<url>https?:/?/?.+)", re.IGNORECASE)
_AMP = re.compile(r"/(?:[cvi]|amp)(?:/s)?/(?P<url>[\w-]+(?:\.[\w-]+)+(?:/.*)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One row of the table.

    ``domains`` stand for all hosts below them; ``also`` are other spellings of ``name``, those of ``shared`` names that
    other outlets bear too, so that only an address tells which is meant. ``owner`` is the group it belongs to, "" where
    unknown; ``country`` its ISO 3166-1 code; ``year`` when the facts were gathered and ``source`` where.
    """

    name: str
    domains: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    owner: str = ""
    country: str = ""
    kind: OutletKind = "site"
    year: int = 0
    source: str = ""


class Table:
    """Outlets by their names and domains; a later outlet takes both from an earlier one.

    Args:
        outlets: rows; of two with one name the later replaces the earlier.
    """

    __slots__ = ("_by_domain", "_by_name", "outlets")

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        """Index them."""
        self.outlets: tuple[Outlet, ...] = tuple({_key(one.name): one for one in outlets}.values())
        self._by_domain: dict[str, Outlet] = {}
        # whether a name is enough by itself, for each outlet that bears it
        self._by_name: dict[str, dict[Outlet, bool]] = defaultdict(dict)
        for one in self.outlets:
            self._by_domain |= dict.fromkeys(one.domains, one)
            for name in one.shared:
                self._by_name[_key(name)].setdefault(one, False)
            for name in (one.name, *one.also):
                bearers = self._by_name[_key(name)]
                bearers |= {other: False for other in bearers}
                bearers[one] = True

    def at(self, url: str) -> Outlet | None:
        """The outlet whose domain, or a host below it, an address is on; seen through AMP and archive addresses."""
        host = _host(url)
        while host:
            if host in self._by_domain:
                return self._by_domain[host]
            host = host.partition(".")[2]
        return None

    def named(self, name: str, *, url: str | None = None) -> Outlet | None:
        """The outlet that a name stands for; of several that bear it the one that ``url`` is on.

        A shared name on an address of nobody known is nobody's: "The Herald" of a town not listed.
        """
        there = self.at(url) if url else None
        for form in _forms(name):
            bearers = self._by_name.get(form)
            if not bearers:
                continue
            if there in bearers:
                return there
            enough = [one for one, alone in bearers.items() if alone]
            if len(enough) == 1 and (len(bearers) == 1 or not url or (there and there.kind == "aggregator")):
                return enough[0]
            return None
        return None


def load_outlets(path: str | os.PathLike[str] | None = None, *, alone: bool = False) -> Table:
    """The table of outlets.

    Args:
        path: a CSV file of the same columns (``name`` is needed, the others may be missing or empty), whose rows go
            before ours; None = ours.
        alone: whether the file replaces our rows instead of adding to them.

    Raises:
        InputError: the file cannot be read or a row cannot be used.
    """
    rows: list[Outlet] = []
    if path is None or not alone:
        ours = files("headwater").joinpath("data", "outlets.csv").read_text(encoding="utf-8")
        rows += _rows(ours.splitlines(), "outlets.csv")
    if path is not None:
        try:
            with open(path, encoding="utf-8-sig", newline="") as file:
                rows += _rows(file, os.fspath(path))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"table of outlets {os.fspath(path)!r} cannot be read; give a CSV file in UTF-8"
            ) from error
    return Table(rows)


def outlets() -> Table:
    """The table in use: ours, with the file that HEADWATER_OUTLETS names added, or replaced by it ("only:FILE").

    Raises:
        InputError: that file cannot be used.
    """
    return _loaded(os.environ.get("HEADWATER_OUTLETS", ""))


@lru_cache(maxsize=4)
def _loaded(named: str) -> Table:
    return load_outlets(named.removeprefix(_ONLY) or None, alone=named.startswith(_ONLY))


def _rows(lines: Iterable[str], where: str) -> Iterator[Outlet]:
    reader = csv.DictReader((line for line in lines if not line.startswith("#")), restkey="more")
    if "name" not in (reader.fieldnames or ()):
        raise InputError(f"{where}: has no column 'name'; the columns are {', '.join(COLUMNS)}")
    try:
        for row in reader:
            yield _outlet({key: value or "" for key, value in row.items() if key in COLUMNS}, f"{where}, row {row}")
    except csv.Error as error:
        raise InputError(f"{where}: is no CSV table ({error})") from error


def _outlet(row: dict[str, str], where: str) -> Outlet:
    name, kind, year = row["name"].strip(), row.get("kind", "").strip() or "site", row.get("year", "").strip()
    if not _key(name):
        raise InputError(f"{where[:200]}: bears no name")
    if kind not in get_args(OutletKind):
        raise InputError(f"{name!r}: there is no kind {kind!r}; there are: {', '.join(get_args(OutletKind))}")
    if year and not re.fullmatch(r"[12][0-9]{3}", year, re.ASCII):
        raise InputError(f"{name!r}: {year!r} is no year")
    spellings = [form.strip() for form in row.get("also", "").split("|") if form.strip()]
    return Outlet(
        name=name,
        domains=tuple(host for domain in row.get("domains", "").split() if (host := _host(domain))),
        also=tuple(form for form in spellings if not form.startswith("~")),
        shared=tuple(form[1:] for form in spellings if form.startswith("~")),
        owner=row.get("owner", "").strip(),
        country=row.get("country", "").strip().upper(),
        kind=cast("OutletKind", kind),
        year=int(year or 0),
        source=row.get("source", "").strip(),
    )


def _key(name: str) -> str:
    """The form in which names are compared: small letters and digits, no accents, no leading article."""
    folded = unicodedata.normalize("NFKD", name[:_LONGEST]).casefold().replace("&", " and ")
    kept = "".join(c for c in folded if not (unicodedata.combining(c) or c in "'’.!"))
    words = re.findall(r"[^\W_]+|\+", kept)
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _forms(name: str) -> Iterator[str]:
    """The name as it is compared, then without a section's or an edition's name."""
    name = name[:_LONGEST].strip()
    yield (key := _key(name))
    if match := _SECTION.fullmatch(name):
        rest = _key(match["rest"] or match["said"] or "").split()
        if rest and _SECTIONS.issuperset(rest):
            yield (key := _key(match["name"] or match["bare"] or ""))
    words = key.split()
    while len(words) > 1 and words[-1] in _GENERIC:
        words.pop()
        yield " ".join(words)


def _host(url: str, *, deep: int = 3) -> str:
    """The host that an address is really of, "" where there is none: of the page behind an AMP copy or an archive."""
    url = url.strip()
    try:
        parts = urlsplit(url if "//" in url[:12] else f"//{url}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if len(host) > _LONGEST:
        return ""
    behind = None
    if host == "web.archive.org":
        behind = _ARCHIVED.match(parts.path)
    elif host.endswith(".ampproject.org") or (host.startswith("www.google.") and parts.path.startswith("/amp/")):
        behind = _AMP.match(parts.path)
    if behind and deep:
        return _host(re.sub(r"^(https?):/+", r"\1://", behind["url"]), deep=deep - 1)
    if host.endswith(".translate.goog"):
        host = host.removesuffix(".translate.goog").replace("--", "\0").replace("-", ".").replace("\0", "-")
    return host


def outlet_of(
    *, name: str | None = None, url: str | None = None, publisher: str | None = None, table: Table | None = None
) -> Outlet | None:
    """The outlet that published something; None where the table does not know it or several may be meant.

    The name goes before the address, since outlets print what others wrote; a name of nobody known counts as a section
    or a column of the address's outlet, but not where that is an aggregator. Where name or address is an aggregator's,
    ``publisher`` may say whose text it is.

    Args:
        name: as the caller, the page or the feed gives it; an address will do ("suntimes.com").
        url: the article's own address.
        publisher: whom the page names as its publisher.
        table: None = the one in use (``outlets``).
    """
    table = table or outlets()
    there = table.at(url) if url else None
    found = _said(table, name, url) if name else there
    if found is None and name and there and there.kind != "aggregator":
        found = there
    if publisher and (found.kind == "aggregator" if found else not name):
        found = _said(table, publisher, url) or found
    return found


def _said(table: Table, name: str, url: str | None) -> Outlet | None:
    at = table.at(name) if _ADDRESS.fullmatch(name.strip()) else None
    return at or table.named(name, url=url)


def of_article(article: Article, *, table: Table | None = None) -> Outlet | None:
    """The outlet of an article by its fields ``outlet``, ``url`` and ``publisher``; see ``outlet_of``."""
    return outlet_of(name=article.outlet, url=article.url, publisher=article.publisher, table=table)


def called(name: str | None, url: str | None, *, table: Table | None = None) -> str | None:
    """What to call an outlet that somebody names together with its address; None where neither says anything.

    Args:
        name: as it is given; kept but where only the address tells which of several outlets is meant.
        url: of the outlet itself, not of an article.
        table: None = the one in use.
    """
    table = table or outlets()
    there = table.at(url) if url else None
    if name:
        return there.name if there and table.named(name) is None and table.named(name, url=url) is there else name
    return there.name if there else _host(url or "").removeprefix("www.") or None


def counted_as(article: Article, *, table: Table | None = None) -> str:
    """Under what name an article's outlet is counted: "BBC", "BBC News" and an article at bbc.co.uk are one.

    Returns:
        A form for comparing, not for showing; the article's own where it names no outlet.
    """
    known = of_article(article, table=table)
    name = known.name if known else article.outlet or ""
    return _key(name) or name.strip() or f"\x00{article.id}"


class OneOwner(NamedTuple):
    """Outlets of one owner: its name, the ids of their articles (sorted), and the outlets (sorted, two or more)."""

    owner: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]


def same_owner(articles: Iterable[Article], *, table: Table | None = None) -> tuple[OneOwner, ...]:
    """The owners to whom two outlets or more of a story belong, those with most outlets first, then by name.

    It is for showing ("4 of the 9 outlets belong to Reach plc") and changes no count: newsrooms of one owner may report
    independently. An article's own ``owner`` goes before the table's.
    """
    ids: dict[str, set[str]] = defaultdict(set)
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for article in sorted(articles, key=lambda a: a.id):
        known = of_article(article, table=table)
        owner = article.owner or (known.owner if known else "")
        if owner:
            ids[owner].add(article.id)
            shown = known.name if known else article.outlet or article.id
            names[owner].setdefault(counted_as(article, table=table), shown)
    found = (OneOwner(owner, tuple(sorted(ids[owner])), tuple(sorted(names[owner].values()))) for owner in ids)
    return tuple(sorted((one for one in found if len(one.outlets) > 1), key=lambda one: (-len(one.outlets), one.owner)))


def day_first(
    *, name: str | None = None, url: str | None = None, publisher: str | None = None, table: Table | None = None
) -> bool | None:
    """Whether an outlet writes 05/08/2025 for 5 August; None where its country is not known or writes both.

    By country: month first in the United States, both in Canada and the Philippines, day first elsewhere (Unicode
    CLDR, short dates of each country's English). The arguments are those of ``outlet_of``.
    """
    known = outlet_of(name=name, url=url, publisher=publisher, table=table)
    if known is None or known.kind in {"aggregator", "agency"} or known.country in {"", "CA", "PH"}:
        return None
    return known.country != "US"
