"""Draws who told whom: articles in order of time, and for each claim by which way each article has it.

Nothing here is text. A plan is drawn again until what a careful reader can prove and what is so agree (``truth``).
"""

from dataclasses import dataclass
from random import Random
from typing import Literal

from .words import Half, Proposition, Setting, setting

OriginKind = Literal["person", "post", "organisation", "spokesperson", "document", "unnamed", "newsroom", "hidden"]
Way = Literal["own", "confirmed", "credit", "credit_source", "dropped", "silent", "reports", "copied"]
ArticleKind = Literal["report", "copy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A first-hand end, as it is described.

    ``key`` names it in the setting (a cast key, or a number into a list); ``newsroom`` is the outlet that reached
    unnamed people; ``truly`` is who it really is: equal for two descriptions of the same people.
    """

    id: str
    kind: OriginKind
    key: str
    truly: str
    newsroom: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How one article has one claim.

    ``parent`` is the article it was taken from, ``outside`` the outlet that is not among the articles; ``origin`` is
    whom the words name, or whom an outside outlet that names nobody had it from.
    """

    article: int
    claim: int
    way: Way
    origin: str | None = None
    parent: int | None = None
    outside: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A denial of a claim, or the remark that it could not be confirmed: no mention of it, no origin."""

    article: int
    claim: int
    denier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One article; ``parent`` is the article whose text it copied, ``marked`` whether it says so."""

    id: str
    outlet: str
    kind: ArticleKind
    published: str | None
    parent: int | None = None
    marked: bool = False
    wire: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A story before it is written; ``claims`` hold each claim's proposition, articles are in order of time."""

    id: str
    setting: Setting
    articles: tuple[Planned, ...]
    claims: tuple[Proposition, ...]
    origins: dict[str, Origin]
    tellings: tuple[Telling, ...]
    asides: tuple[Aside, ...]

    def of(self, claim: int) -> tuple[Telling, ...]:
        """The tellings of one claim, by article."""
        return tuple(t for t in self.tellings if t.claim == claim)


def draw(words: Half, rng: Random, name: str) -> Plan:
    """One plan, not yet judged for agreement."""
    scene = setting(words, rng)
    articles = _articles(words, rng, name)
    inside = {a.outlet for a in articles}
    outside = [o for o in (*words.wires, *words.outlets) if o not in inside][:3]
    pool = list(scene.theme.props)
    rng.shuffle(pool)
    claims = [*pool[: rng.choice((2, 3, 3, 4, 4, 5, 6))], *rng.sample(scene.theme.near, rng.choice((0, 1, 2)))]
    drawer = _Drawer(scene, articles, outside, rng)
    for number, claim in enumerate(claims):
        drawer.tell(number, near=claim in scene.theme.near)
    carried = {t.article for t in drawer.tellings}
    for lone in (i for i, a in enumerate(articles) if a.kind == "report" and i not in carried):
        either = rng.randrange(2)
        drawer.tell_once(either, lone)
        drawer.copy(either, lone)
    asides = []
    for t in drawer.tellings:
        if articles[t.article].kind == "report" and t.way != "silent":
            if rng.random() < 0.08:
                asides.append(Aside(article=t.article, claim=t.claim, denier=rng.choice(list(scene.people))))
            elif t.way in {"credit", "credit_source"} and rng.random() < 0.2:
                asides.append(Aside(article=t.article, claim=t.claim))
    return Plan(
        id=name,
        setting=scene,
        articles=articles,
        claims=tuple(claims),
        origins=drawer.origins,
        tellings=tuple(sorted(drawer.tellings, key=lambda t: (t.claim, t.article))),
        asides=tuple(asides),
    )


def _articles(words: Half, rng: Random, name: str) -> tuple[Planned, ...]:
    count = rng.choice((2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 12))
    outlets = rng.sample(words.outlets, count)
    if rng.random() < 0.5:
        outlets[rng.randrange(min(2, count))] = rng.choice(words.wires)
    letters = rng.sample("abcdefghijklmnop", count)
    hour = 6
    out: list[Planned] = []
    for i, outlet in enumerate(outlets):
        hour = min(hour + rng.choice((0, 1, 1, 2, 2)), 23)
        stamp = f"2031-03-04T{hour:02}:{4 * i:02}:00Z"
        kept = rng.random()
        parent = None
        if i and outlet not in words.wires and rng.random() < 0.27:
            parent = rng.choice([j for j, a in enumerate(out) if a.kind == "report"])
        out.append(
            Planned(
                id=f"{name}-{letters[i]}",
                outlet=outlet,
                kind="copy" if parent is not None else "report",
                published=stamp if kept < 0.7 else stamp[:10] if kept < 0.85 else None,
                parent=parent,
                marked=parent is not None and rng.random() < 0.6,
                wire=outlet in words.wires,
            )
        )
    return tuple(out)


class _Drawer:
    """Draws the tellings of a story's claims, and keeps the origins that they share."""

    def __init__(self, scene: Setting, articles: tuple[Planned, ...], outside: list[str], rng: Random) -> None:
        self.scene, self.articles, self.outside, self.rng = scene, articles, outside, rng
        self.origins: dict[str, Origin] = {}
        self.tellings: list[Telling] = []
        self.reports = [i for i, a in enumerate(articles) if a.kind == "report"]

    def tell(self, claim: int, *, near: bool) -> None:
        """Draw how each article has one claim; what is merely near has one origin and few articles."""
        rng = self.rng
        wanted = 1 if near else rng.choices((0, 1, 2, 3, 4), (10, 44, 23, 13, 10))[0]
        most = min(2, len(self.reports)) if near else len(self.reports)
        carriers = sorted(rng.sample(self.reports, rng.randint(min(most, max(1, wanted, 2)), most)))
        if wanted == 0 and len(carriers) > 1:
            self._ring(claim, carriers)
        else:
            owners = set(rng.sample(carriers, min(max(1, wanted), len(carriers))))
            if rng.random() < 0.8 and carriers[0] not in owners:  # else the first has it from outside
                owners = {carriers[0], *sorted(owners)[1:]}
            taken: set[str] = set()
            for article in carriers:
                if article in owners:
                    origin = self._origin(self.articles[article].outlet, taken)
                    taken.add(origin.truly)
                    sure = origin.kind in {"unnamed", "newsroom"} and rng.random() < 0.4
                    way: Way = "confirmed" if sure or origin.kind == "newsroom" else "own"
                    self._add(article, claim, way, origin=origin.id)
                else:
                    self.tell_once(claim, article)
        self.copy(claim)

    def tell_once(self, claim: int, article: int) -> None:
        """One more article that has the claim from an earlier one, from outside, or from the same person."""
        rng = self.rng
        before = [t for t in self.tellings if t.claim == claim and t.article < article]
        first_hand = [t for t in before if t.way in {"own", "confirmed"}]
        named = [t for t in first_hand if t.origin and self.origins[t.origin].kind in {"person", "organisation"}]
        roll = rng.random()
        if not before or roll < 0.06:
            outside = rng.choice(self.outside)
            if rng.random() < 0.5:
                origin = self._origin(outside, set(), plain=True)
                self._add(article, claim, "credit_source", origin=origin.id, outside=outside)
            else:
                hidden = self._keep(Origin(id=f"hidden/{outside}", kind="hidden", key="", truly=f"hidden/{outside}"))
                self._add(article, claim, "credit", origin=hidden.id, outside=outside)
        elif roll < 0.25 and named:
            same = self.origins[rng.choice(named).origin or ""]
            if same.kind == "organisation":
                same = self._keep(
                    Origin(id=f"spokesperson/{same.key}", kind="spokesperson", key=same.key, truly=same.truly)
                )
            self._add(article, claim, "own", origin=same.id)
        elif roll < 0.5 and first_hand:
            told = rng.choice(first_hand)
            stated = self.origins[told.origin or ""].kind != "newsroom"
            self._add(
                article,
                claim,
                "credit_source" if stated else "credit",
                origin=told.origin if stated else None,
                parent=told.article,
            )
        elif roll < 0.65 and first_hand:
            told = rng.choice(first_hand)
            if self.origins[told.origin or ""].kind != "newsroom":
                self._add(article, claim, "dropped", origin=told.origin, parent=told.article)
        elif roll < 0.75:
            self._add(article, claim, "silent", parent=rng.choice(before).article)
        elif roll < 0.8:
            self._add(article, claim, "reports", parent=rng.choice(before).article)
        else:
            self._add(article, claim, "credit", parent=rng.choice(before).article)

    def _ring(self, claim: int, carriers: list[int]) -> None:
        one, other, *rest = self.rng.sample(carriers, len(carriers))
        if self.rng.random() < 0.5:
            self._add(one, claim, "credit", parent=other)
        else:
            self._add(one, claim, "reports")
        self._add(other, claim, "credit", parent=one)
        for article in rest:
            self._add(article, claim, "credit", parent=self.rng.choice((one, other)))

    def copy(self, claim: int, only: int | None = None) -> None:
        """Hand a claim on to the copies of the articles that have it, or of one of them; some add an origin."""
        for i, article in enumerate(self.articles):
            if article.parent is None or (only is not None and article.parent != only):
                continue
            inherited = [t for t in self.tellings if t.claim == claim and t.article == article.parent]
            if inherited and (claim == 0 or self.rng.random() < 0.75):
                self._add(i, claim, "copied", parent=article.parent)
                if inherited[0].way != "reports" and self.rng.random() < 0.12:
                    taken = {self.origins[t.origin].truly for t in self.tellings if t.claim == claim and t.origin}
                    added = self._origin(article.outlet, taken)
                    self._add(i, claim, "confirmed" if added.kind == "newsroom" else "own", origin=added.id)

    def _add(
        self,
        article: int,
        claim: int,
        way: Way,
        *,
        origin: str | None = None,
        parent: int | None = None,
        outside: str | None = None,
    ) -> None:
        self.tellings.append(
            Telling(article=article, claim=claim, way=way, origin=origin, parent=parent, outside=outside)
        )

    def _keep(self, origin: Origin) -> Origin:
        return self.origins.setdefault(origin.id, origin)

    def _origin(self, outlet: str, taken: set[str], *, plain: bool = False) -> Origin:
        """Somebody who is not ``taken`` yet; with ``plain`` nobody who writes or confirms."""
        rng, theme = self.rng, self.scene.theme
        while True:
            kind: OriginKind = rng.choices(
                ("person", "unnamed", "organisation", "document", "post", "newsroom"), (40, 30, 14, 10, 4, 4)
            )[0]
            if plain and kind not in {"person", "unnamed"}:
                continue
            if kind == "unnamed":
                key = str(rng.randrange(len(theme.unnamed)))
                same = [o for o in self.origins.values() if o.kind == "unnamed" and o.key == key]
                others = [o.truly for o in same if o.newsroom != outlet]
                truly = rng.choice(others) if others and rng.random() < 0.3 else f"unnamed/{key}/{outlet}"
                origin = Origin(
                    id=f"unnamed/{key}/{outlet}",
                    kind=kind,
                    key=key,
                    truly=truly,
                    newsroom=outlet,
                    number=rng.choice((None, 1, 1, 2, 2, 3)),
                )
            elif kind == "newsroom":
                origin = Origin(id=f"newsroom/{outlet}", kind=kind, key="", truly=f"newsroom/{outlet}", newsroom=outlet)
            else:
                listed = {"organisation": theme.orgs, "document": theme.docs}.get(kind, tuple(theme.cast))
                number = rng.randrange(len(listed))
                key = str(number) if kind in {"organisation", "document"} else list(theme.cast)[number]
                base = "person" if kind == "post" else kind
                origin = Origin(id=f"{kind}/{key}", kind=kind, key=key, truly=f"{base}/{key}")
            if origin.truly not in taken:
                return self._keep(origin)
