"""Newsrooms: an article, its outlet and its reporter are one house; short and unnamed forms of outlets find their name.

Takes articles, readings and local sources; joins sources, and says which of them carry news and to which house.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater import lexicon
from headwater.model import CARRIER_KINDS, Article, Reading, Source
from headwater.tracing.described import body_key, host_names, is_generic, own_forms, own_names, plain
from headwater.tracing.sets import Sets

#: What follows an outlet's name where its work or its people are meant.
_OUTPUT = re.compile(
    r"\s(?:reports?|articles?|story|stories|scoop|team|newsroom|reporters?|editors?|news|channel|website|newspaper)$"
)
_WORK = re.compile(r"\s(?:report|article|story|scoop|team)s?$", re.IGNORECASE)
_NAMED_OFTEN = 3  # times that a country's name stands in an article for its bodies to need no country there


@dataclass(frozen=True, slots=True)
class Houses:
    """Newsrooms, by the leads of joined sources.

    ``of`` maps the leads and article ids to a house; ``carriers`` holds the leads that carry news; ``own`` gives for
    each article the leads that are its own newsroom.
    """

    of: Mapping[str, str]
    carriers: frozenset[str]
    own: Mapping[str, frozenset[str]]


def join_short_names(
    articles: Mapping[str, Article], local: Mapping[str, Source], owner: Mapping[str, str], union: Sets
) -> None:
    """Join short names: "the Ledger" is the Morning Ledger where only one outlet of the story ends so.

    So is the "Ledger report", its work. "The health ministry" is the Karelund health ministry where no other is named,
    in an article that speaks of Karelund throughout.
    """
    forms: dict[str, str] = {}
    for source in sorted(local.values(), key=lambda s: (s.kind != "outlet", s.id)):
        if source.kind in {"outlet", "organisation"} and not is_generic(source):
            forms.setdefault(body_key(source.name), source.id)
    endings: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        parts = form.split()[:8]
        for at in range(1, len(parts)):
            endings[" ".join(parts[at:])].add(form)
    text = {a.id: a.text.casefold() for a in articles.values()}
    for form, source_id in forms.items():
        longer = sorted({union.find(forms[name]) for name in endings.get(form, ())})
        if len(longer) != 1:
            continue
        if local[source_id].kind == "outlet":
            union.join(longer[0], source_id)
        elif local[source_id].kind == "organisation" and len(form.split()) > 1:
            name = min(endings[form])
            land = name.removesuffix(form).split()
            if len(land) == 1 and len(land[0]) > 3 and text[owner[source_id]].count(land[0][:4]) >= _NAMED_OFTEN:
                union.join(longer[0], source_id)
    people = {body_key(s.name): s.id for s in local.values() if s.kind == "person" and len(s.name.split()) == 1}
    outlets = {form: s for form, s in forms.items() if local[s].kind == "outlet"}
    for source in sorted(local.values(), key=lambda s: s.id):
        if source.kind not in {"outlet", "organisation", "document"}:
            continue
        form = body_key(source.name)
        bare = _OUTPUT.sub("", form)
        if bare != form and source.kind == "outlet" and bare in people:  # "Karelund" and "Karelund News"
            union.join(people[bare], source.id)
        found = [bare] if bare in outlets else [n for n in endings.get(bare, ()) if n in outlets]
        if bare != form and bare and len(found) == 1:
            union.join(outlets[found[0]], source.id)


def is_work(name: str) -> bool:
    """Whether a name ends in what an outlet makes, or in its people: "Ledger report", "Ledger team"."""
    return bool(_WORK.search(name))


def join_generic_outlets(readings: Sequence[Reading], local: Mapping[str, Source], union: Sets) -> None:
    """Join "the newspaper" to the one outlet its article credits by name, where there is only one."""
    for reading in readings:
        cited = {s for a in reading.attributions for s in (a.source, *a.via) if s and local[s].kind == "outlet"}
        named = sorted({union.find(s) for s in cited if not is_generic(local[s])})
        if len(named) == 1:
            for source in sorted(cited):
                if is_generic(local[source]):
                    union.join(named[0], source)


def find_houses(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    local: Mapping[str, Source],
    union: Sets,
    reporters: Mapping[str, str],
) -> Houses:
    """Tie articles to the carriers that are their own newsroom, and note who carries news though no list says so.

    ``reporters`` gives for local sources who are given as an outlet's people a source of that outlet.
    """
    carriers = {union.find(s.id) for s in local.values() if s.kind in CARRIER_KINDS}
    carriers |= {union.find(person) for person, outlet in reporters.items() if union.find(outlet) in carriers}
    for reading in readings:
        for a in reading.attributions:
            for told in a.via[len(a.via) - len(a.via_spans) :] if a.via_spans else ():
                if local[told].kind in {"organisation", "person"}:
                    carriers.add(union.find(told))
    house = Sets()
    own: dict[str, set[str]] = defaultdict(set)
    roots: dict[str, str] = {}
    hosts: dict[str, set[str]] = defaultdict(set)
    for source in sorted(local.values(), key=lambda s: s.id):
        if source.kind not in {"anonymous", "document", "unspecified"}:
            form = plain(source.name)
            roots.setdefault(form, union.find(source.id))
            if source.kind == "outlet":  # that a body has a site does not make it a carrier
                for host in host_names(form):
                    hosts[host].add(form)
    for article in articles:
        forms = own_forms(article) & roots.keys()
        for name in own_names(article):
            forms |= hosts.get(name, set())
        for root in sorted({roots[form] for form in forms}):
            carriers.add(root)
            own[article.id].add(root)
            house.join(root, f"article {article.id}")
    for person, outlet in sorted(reporters.items()):
        if union.find(outlet) in carriers:
            house.join(union.find(person), union.find(outlet))
    keys = {union.find(s) for s in local} | {f"article {a.id}" for a in articles}
    return Houses(
        of={k.removeprefix("article "): house.find(k) for k in keys},
        carriers=frozenset(carriers),
        own={a.id: frozenset(own.get(a.id, ())) for a in articles},
    )


def writer(article: Article, here: Sequence[Source]) -> str | None:
    """Who "me" is in this article: its byline, else the one journalist it credits (text copied with its "me")."""
    journalists = sorted({s.id for s in here if s.kind == "journalist" and s.name != lexicon.WRITER})
    if article.byline:
        line = plain(article.byline)
        for source in here:
            if source.kind in {"journalist", "person"} and plain(source.name) in line and source.name != lexicon.WRITER:
                return source.id
        return None
    return journalists[0] if len(journalists) == 1 else None
