"""Who is one with whom behind a claim, and which of its articles each source published or wrote itself.

Takes the sources that a claim's mentions name; gives one id for those that are one, with "reports" as nobody and "a
report by the Ledger" as the Ledger, and the nodes of the claim's graph. Names are compared as they are printed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from headwater.model import CARRIER_KINDS, Article, Derivation, Mention, Source, SourceKind


class Node(NamedTuple):
    """A place in the graph: a Source, or an Article (the first id of its lineage where texts are one).

    ``confirmed`` and ``sight`` are what the newsroom of an article says it knows itself: the id is that of the outlet's
    Source, else of the article.
    """

    kind: Literal["article", "claim", "confirmed", "sight", "source"]
    id: str


#: Where all ways end.
CLAIM = Node("claim", "")

_HEARSAY = re.compile(
    r"(?:(?:the|some|several|multiple|many|various|numerous|other|earlier|previous|recent|initial|early|unconfirmed|"
    r"unverified|conflicting|local|national|foreign|international|social|mainstream|western|regional|domestic|published|"
    r"online|widespread|news|press|media|newspaper|television|tv|wire)\s+){0,4}"
    r"(?:reports|media|press|newspapers|outlets|organi[sz]ations|papers|agencies|broadcasters|rumou?rs|accounts)"
    r"(?:\s+(?:reports|outlets))?",
    re.IGNORECASE,
)
_OF_MANY = frozenset({"organizations", "organisations", "agencies", "accounts", "papers"})  # only of news or the media
_REPORT_BY = re.compile(
    r"(?:an?\s|the\s)?(?:\w+\s){0,2}?(?:report|story|article|dispatch|account|scoop)\s(?:by|in|from|of|on)\s"
    r"(?:the\s)?(?P<name>\S.{0,80})",
    re.IGNORECASE | re.DOTALL,
)


def is_hearsay(source: Source) -> bool:
    """Whether a source is nobody that could be asked: "reports", "the local media", "rumours"."""
    name = " ".join(source.name[:120].casefold().split())
    if source.kind not in {"document", "organisation", "outlet", "anonymous", "journalist"}:
        return False
    if not _HEARSAY.fullmatch(name):
        return False
    last = name.split()[-1]
    return last not in _OF_MANY or bool(set(name.split()) & {"news", "media", "press", "wire"})


def as_carriers(
    mentions: Iterable[Mention],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    derivations: Iterable[Derivation],
) -> dict[str, Source]:
    """The sources of a claim with "reports" as nobody, and "a report by the Ledger" as the Ledger, an outlet."""
    used = {s for m in mentions for s in m.chain if s in sources}
    used |= {reached for s in used if (reached := sources[s].reached_by) is not None and reached in sources}
    used |= {d.earlier for d in derivations if d.earlier in sources}
    out = {source_id: sources[source_id] for source_id in sorted(used)}
    outlets = {outlet_key(called) for a in articles.values() if (called := a.outlet)}
    lead: dict[str, str] = {}
    for source_id, source in out.items():
        if source.kind == "outlet":
            lead.setdefault(outlet_key(source.name), source_id)
    for source_id, source in list(out.items()):
        if is_hearsay(source):
            out[source_id] = replace(source, kind="unspecified")
        elif source.kind == "document" and (match := _REPORT_BY.fullmatch(source.name[:160].strip())):
            key = outlet_key(match["name"])
            if key in lead:
                named = out[lead[key]]
                entity = named.entity or f"outlet {named.id}"
                out[named.id] = replace(named, entity=entity)
                out[source_id] = replace(source, kind="outlet", name=named.name, entity=entity)
            elif key in outlets:
                out[source_id] = replace(source, kind="outlet", name=match["name"])
    return out


def identities(
    mentions: Iterable[Mention], sources: Mapping[str, Source], derivations: Iterable[Derivation]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, SourceKind]]:
    """Sources that are one entity: the least id of each, and that id's others and kind (carriers first)."""
    used = {s for m in mentions for s in m.chain if s in sources}
    used |= {reached for s in used if (reached := sources[s].reached_by) is not None and reached in sources}
    used |= {d.earlier for d in derivations if d.earlier in sources}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_name: dict[str, tuple[str, str]] = {}
    for source_id in sorted(used):
        source = sources[source_id]
        named = source.kind not in {"anonymous", "unspecified"}
        name = " ".join(_name_words(source.name[:_LONGEST_FULL_NAME]))
        key = ("entity", source.entity or "") if named and source.entity is not None else ("source", source_id)
        if source.kind == "outlet" and (called := outlet_key(source.name)):  # "the Post's report" is the Post
            name = f"outlet {called}"
        if named and source.kind != "document" and " " in name:  # one full name is one, whatever it was taken for
            key = by_name.setdefault(name, key)
        groups[key].append(source_id)
    alias: dict[str, str] = {}
    folded: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, SourceKind] = {}
    for members in groups.values():
        # who is called by a bare name leads, not "the Post's report"
        lead, *others = sorted(members, key=lambda i: (bool(_LABEL.search(sources[i].name.casefold())), i))
        alias.update(dict.fromkeys((lead, *others), lead))
        folded[lead] = tuple(others)
        found = [sources[s].kind for s in (lead, *others)]
        kinds[lead] = next((k for k in found if k in CARRIER_KINDS), found[0])
    return alias, folded, kinds


_HOST = re.compile(r"https?://(?:www\.)?(?P<host>[\w.-]{3,253})", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}")
_LABEL = re.compile(
    r"(?:['’]s)?\s*(?:\([^()]{0,40}\)|\s[-–—|]\s.{0,40}|\s(?:reports?|story|stories|articles?|newspaper|website|reporters?|"
    r"correspondents?|journalists?))\s*$"
)
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac"})
_LEAST_INITIALS = 3  # words of a name whose initials may be the name of its site
_LONGEST_FULL_NAME = 120  # code points of a name that are compared
_LONGEST_NAME = 6  # words of a name that are looked for in a byline
_SHORTEST_ENDING = 4  # letters of the first word of an outlet's name cut short
_LONGEST_BYLINE = 60  # words of a byline that are looked at


def outlet_key(name: str) -> str:
    """The form in which outlets are compared: "The Post", "post" and "www.post.com" are one."""
    folded = _LABEL.sub("", name.casefold().strip())
    if len(folded) <= 253 and _DOMAIN.fullmatch(folded):
        labels = folded.split(".")[:-1]
        if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
            labels.pop()
        folded = labels[-1]
    return "".join(c for c in folded.removeprefix("the ") if c.isalnum())


def _called(article: Article) -> str:
    """What an article's outlet is called: where nobody says, its host, or the name it was saved under."""
    if article.outlet:
        return article.outlet
    host = _HOST.match(article.url or "")
    return host["host"] if host else article.id


def _name_words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.casefold())


def own_articles(
    kinds: Mapping[str, SourceKind],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    unit: Mapping[str, Node],
    folded: Mapping[str, tuple[str, ...]],
) -> dict[Node, tuple[Node, ...]]:
    """For each source the articles of this claim that it published or wrote itself.

    A writer is known by two names or more; an outlet also by the end of its name ("the Courier") where only one article
    can be meant.
    """
    by_outlet: dict[str, set[Node]] = defaultdict(set)
    by_ending: dict[str, set[Node]] = defaultdict(set)
    by_host: dict[str, set[Node]] = defaultdict(set)
    by_writer: dict[tuple[str, ...], set[Node]] = defaultdict(set)
    for article_id, node in unit.items():
        article = articles.get(article_id)
        if article is None:
            continue
        called = _called(article)
        by_outlet[outlet_key(called)].add(node)
        if _DOMAIN.fullmatch(called[:253].casefold()):
            by_host[outlet_key(called)].add(node)
        full = _name_words(called)[:_LONGEST_NAME]
        for at in range(1, len(full)):
            if len(full[at]) >= _SHORTEST_ENDING:
                by_ending["".join(full[at:])].add(node)
        line = _name_words(article.byline or "")[:_LONGEST_BYLINE]
        for size in range(2, _LONGEST_NAME + 1):
            for at in range(len(line) - size + 1):
                by_writer[tuple(line[at : at + size])].add(node)
    out = {}
    for lead, kind in kinds.items():
        found: set[Node] = set()
        for name in (sources[s].name for s in (lead, *folded[lead])):
            if kind in {"outlet", "organisation"} and (key := outlet_key(name)):
                ending = by_ending.get(key, set())
                initials = "".join(word[0] for word in _name_words(name)[:_LONGEST_NAME])
                short = by_host.get(initials, set()) if len(initials) >= _LEAST_INITIALS else set()
                found |= by_outlet.get(key) or (ending if len(ending) == 1 else short)
            elif kind in {"journalist", "person"}:
                found |= by_writer.get(tuple(_name_words(name)), set())
                if kind == "journalist" and not found:  # a paper that is called like a person
                    found |= by_outlet.get(outlet_key(name), set())
        if found:
            out[Node("source", lead)] = tuple(sorted(found))
    return out
