"""What an editor should see first: five to twelve sentences, each built from records and linked to its words.

Takes a trace, gives Findings, most severe first. Nothing is said here that no record says; where nothing stands out,
little is said.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from headwater.labels import balanced, labels, listed, number_of, plain, statement_words
from headwater.model import (
    CARRIER_KINDS,
    Claim,
    Conflict,
    ConflictType,
    Derivation,
    Finding,
    Mention,
    Origin,
    Place,
    Relation,
    Severity,
    Span,
    Trace,
    stable_id,
)
from headwater.naming import called, unnamed
from headwater.tracing.own_word import doubts, is_doubt, own_origin

_MOST = 12
_UNCONFIRMED = re.compile(
    r"\b(?:(?:could|has|have|had|was|were) not (?:be(?:en)? )?(?:independently )?(?:verif|confirm|corroborat)\w+|"
    r"(?:un|not )able to (?:independently )?(?:verify|confirm)|not independently (?:verified|confirmed))",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?\n]")
_BESIDE = re.compile(r".{1,80}? (?:says|quotes) “")  # a note that sets words beside words and says no more
_UNLIKE: dict[ConflictType, str] = {
    "number": "Different numbers",
    "date": "Different dates",
    "modality": "Not equally sure",
    "polarity": "Yes and no",
    "wording": "Quoted differently",
}
_PRINTED: dict[Relation, str] = {
    "trimmed": "cut",
    "respelled": "spelled otherwise",
    "retranslated": "another translation",
    "altered": "words changed",
}
_MOST_NAMED = 4  # articles that share one text
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})  # marks within marks
_AT_LARGE = re.compile(
    r"(?:(?:the|some|several|many|other|earlier|recent|unconfirmed|local|news|media|press)\s){0,4}"
    r"(?:reports?|rumou?rs?|accounts|media|press)",
    re.IGNORECASE,
)  # nobody that could be asked
_RANK = {"high": 0, "medium": 1, "low": 2}


def findings_of(trace: Trace) -> tuple[Finding, ...]:
    """The findings of a trace, most severe first, at most twelve."""
    teller = _Teller(trace)
    found = [
        *teller.single_origins(),
        *teller.circles(),
        *teller.nobody_named(),
        *teller.several_origins(),
        *teller.differences(),
        *teller.silent_copies(),
        *teller.quotations(),
        *teller.unknown_origins(),
        *teller.could_not_confirm(),
    ]
    once = {f.text: f for f in reversed(found) if f.evidence}  # what cannot be shown is not said
    shown = [f for f in found if once.get(f.text) is f]
    return tuple(sorted(shown, key=lambda f: _RANK[f.severity])[:_MOST])


def _finding(
    text: str,
    severity: Severity,
    evidence: Iterable[Place],
    *,
    claims: Sequence[str] = (),
    conflicts: Sequence[str] = (),
) -> Finding:
    places = tuple(dict.fromkeys(evidence))
    return Finding(
        id=stable_id("finding", text, *(f"{p.article}:{p.start}" for p in places)),
        text=text,
        severity=severity,
        claims=tuple(claims),
        conflicts=tuple(conflicts),
        evidence=places,
    )


class _Teller:
    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.labels = labels(trace.articles)
        self.sources = {s.id: s for s in trace.sources}
        self.articles = {a.id: a for a in trace.articles}
        self.shared = [
            c
            for c in trace.claims
            if len({m.article for m in c.mentions}) > 1 and not all(is_doubt(m, self.articles) for m in c.mentions)
        ]

    # words ---------------------------------------------------------------------------------------------------------

    def who(self, source_id: str) -> str:
        """A source in a sentence: "three unnamed military sources, through Ken Roe"."""
        source = self.sources.get(source_id)
        if source is None:
            return self.labels.get(source_id, source_id)
        name = called(source, self.articles)
        if source.kind != "anonymous":
            return name
        through = self.sources.get(source.reached_by or "")
        by = called(through, self.articles) if through else self.labels.get(source.reached_by or "")
        return unnamed(name) + (f", through {plain(by)}" if by else "")

    def origin(self, origin: Origin) -> str:
        """An origin in a sentence: "The Ledger, which says that it saw this itself"."""
        found = own_origin(origin, self.sources, self.articles)
        if found is None:
            return self.who(origin.source)
        return f"{self.who(origin.source)}, which says that it {'saw' if found[1] else 'confirmed'} this itself"

    def whose(self, origins: Iterable[Origin], most: int = 3) -> str:
        """Several origins in a sentence; those that themselves hold a comma are set apart by semicolons."""
        shown = list(dict.fromkeys(self.origin(o) for o in origins))
        more = len(shown) - most
        shown = shown[:most] + ([f"{more} more"] if more > 0 else [])
        return "; ".join(shown) if any("," in s for s in shown) and len(shown) > 1 else listed(shown)

    def quote(self, claim: Claim, most: int = 140) -> str:
        """A claim's words, cut at a word."""
        text = statement_words(claim.text, within=True)
        return f"“{text}”" if len(text) <= most else f"“{text[:most].rsplit(' ', 1)[0]} …”"

    def brief(self, text: str, most: int = 160) -> str:
        """Words for within quotation marks, cut at a word, without their full stop."""
        text = balanced(plain(text)).rstrip(" .").translate(_INNER)
        return text if len(text) < most else text[:most].rsplit(" ", 1)[0] + " …"

    def places(self, claim: Claim, articles: Iterable[str] | None = None) -> list[Place]:
        keep = set(articles) if articles is not None else None
        return [s.at(m.article) for m in claim.mentions if keep is None or m.article in keep for s in m.spans]

    def carried(self, claim: Claim) -> int:
        return len({m.article for m in claim.mentions})

    # what stands out -----------------------------------------------------------------------------------------------

    def single_origins(self) -> list[Finding]:
        """Reported by many, rests on one; then what else stands on the same one."""
        single = [
            c
            for c in self.shared
            if c.origins and c.independent.low <= 1 and c.independent.high <= 1 and not c.circular
        ]
        doubtful = [c for c in self.shared if c.origins and c.independent.low <= 1 < c.independent.high]
        out = []
        groups: dict[str, list[Claim]] = defaultdict(list)
        for claim in single + doubtful:
            groups[self._lead(claim)].append(claim)
        ranked = sorted((sorted(group, key=self._first) for group in groups.values()), key=self._first_group)
        for place, claims in enumerate(ranked[:3]):
            main = claims[0]
            count = self.carried(main)
            if place and count < 3 and len(claims) < 3:
                break
            origins = self.whose(main.origins)
            if main.independent.high <= 1:
                origins += ", counted as one" if len(main.origins) > 1 else ""
                text = f"Reported by {number_of(count, 'article')}, rests on 1 origin ({origins}): {self.quote(main)}."
            else:
                silent = len(main.unknown)
                origins += f"; {number_of(silent, 'article')} not saying where it is from" if silent else ""
                text = (
                    f"Reported by {number_of(count, 'article')}, only 1 origin is proven separate, "
                    f"{main.independent.high} at most ({origins}): {self.quote(main)}."
                )
            lead = self._lead(main)
            others = [c for c in claims[1:] if lead in c.bottlenecks and not c.unknown]
            if others:
                stand = "stands or falls" if len(others) == 1 else "stand or fall"
                also = "also " if lead in main.bottlenecks else ""
                more = number_of(len(others), "other claim")
                text += f" {more} carried by more than one article {also}{stand} with {self.who(lead)}."
            severity: Severity = "high" if count > 2 or place == 0 else "medium"
            evidence = [*(p for o in main.origins for p in o.evidence), *self.places(main)]
            evidence += [p for c in others for p in self.places(c)][:8]
            out.append(_finding(text, severity, evidence, claims=[main.id, *(c.id for c in others)]))
        return out

    def _first(self, claim: Claim) -> tuple[bool, int, bool, float, str]:
        """What is told first: what many carry and one stands behind, what most carry, what articles begin with."""
        many_on_one = self.carried(claim) > 2 and claim.independent.high <= 1
        done = claim.kind in {"fact", "intention"}
        return not many_on_one, -self.carried(claim), not done, self._depth(claim), claim.id

    def _first_group(self, claims: Sequence[Claim]) -> tuple[bool, int, int, str]:
        """The same of claims that stand on one; of alike ones the group of more claims."""
        unlike, carried, *_ = self._first(claims[0])
        return unlike, carried, -len(claims), self._lead(claims[0])

    def _depth(self, claim: Claim) -> float:
        """How far into the articles that carry it a claim is first told, as a mean share of their text, 0..1."""
        first: dict[str, int] = {}
        for place in self.places(claim):
            first[place.article] = min(place.start, first.get(place.article, place.start))
        found = [at / max(1, len(self.articles[a].text)) for a, at in first.items() if a in self.articles]
        return sum(found) / max(1, len(found))

    def _lead(self, claim: Claim) -> str:
        """The node a claim stands or falls with that an editor would name: a carrier first, else the origin."""
        carriers = [b for b in claim.bottlenecks if b in self.sources and self.sources[b].kind in CARRIER_KINDS]
        if carriers:
            return carriers[0]
        if claim.bottlenecks:
            return claim.bottlenecks[0]
        return claim.origins[0].source

    def circles(self) -> list[Finding]:
        """Claims that go round in a ring."""
        out = []
        for claim in sorted(self.trace.claims, key=lambda c: (-self.carried(c), c.id)):
            if not claim.circular:
                continue
            ring = listed(self._ring(claim.circular))
            if claim.independent.high <= 0:
                nobody = "" if claim.unknown else "; nobody else is named"
                text = f"Circular reporting: {ring} credit one another for {self.quote(claim)}{nobody}"
                text += ": counted as nothing."
            else:
                text = f"{ring} credit one another for {self.quote(claim)}; that ring is counted as nothing."
            out.append(_finding(text, "high", self.places(claim), claims=[claim.id]))
        return out[:2]

    def _ring(self, ids: Sequence[str]) -> list[str]:
        """Who stands in a ring, each newsroom once: its article and its name as others credit it are one."""
        names = [self.who(i) for i in ids]
        forms = {
            n: " ".join("".join(c if c.isalnum() else " " for c in n.casefold()).split()).removeprefix("the ")
            for n in names
        }
        return [
            n
            for n in dict.fromkeys(names)
            if n not in self.labels.values()
            or not any(m != n and (forms[m] == forms[n] or forms[n].endswith(" " + forms[m])) for m in names)
        ]

    def nobody_named(self) -> list[Finding]:
        """Claims that go from mouth to mouth and end in nobody: "reports", which others then credit."""
        out = []
        for claim in sorted(self.shared, key=lambda c: (-self.carried(c), c.id)):
            if claim.origins or claim.circular:
                continue
            crediting = [m for m in claim.mentions if m.chain]
            ends = [m for m in crediting if self._passes_on(m.chain[-1])]
            if len({m.article for m in crediting}) < 2 or len(ends) < len(crediting):
                continue
            text = (
                f"{self._credits(crediting)}, for {self.quote(claim)}; nobody first-hand is named: no origin is proven."
            )
            out.append(_finding(text, "high", self.places(claim), claims=[claim.id]))
        return out[:2]

    def _passes_on(self, source_id: str) -> bool:
        """Whether a source is a carrier or "reports" at large, so that nobody could be asked."""
        source = self.sources.get(source_id)
        return source is not None and (
            source.kind in CARRIER_KINDS or bool(_AT_LARGE.fullmatch(plain(source.name[:120])))
        )

    def _credits(self, mentions: Iterable[Mention], most: int = 3) -> str:
        """Who credits whom: "Ledger credits “reports” and Bugle credits Ledger"."""
        shown: dict[str, list[str]] = {}
        for mention in mentions:
            source = self.sources[mention.chain[-1]]
            named = plain(source.name)
            named = f"“{named.translate(_INNER)}”" if source.kind not in CARRIER_KINDS else named
            shown.setdefault(f"credits {named}", []).append(self.labels.get(mention.article, mention.article))
        rows = []
        for credit, articles in shown.items():
            names = list(dict.fromkeys(articles))
            rows.append(f"{listed(names)} {credit if len(names) == 1 else credit.replace('credits', 'credit', 1)}")
        more = len(rows) - most
        return listed([*rows[:most], *([f"{more} more likewise"] if more > 0 else [])])

    def several_origins(self) -> list[Finding]:
        """The claims with the most origins proven separate."""
        several = [c for c in self.shared if c.independent.low > 1]
        several.sort(key=lambda c: (-c.independent.low, -self.carried(c), c.id))
        out = []
        for claim in several[:2]:
            low, high = claim.independent.low, claim.independent.high
            shown = str(low) if low == high else f"{low} to {high}"
            names = self.whose(claim.origins, 4)
            text = f"{shown} separate origins stand behind {self.quote(claim)}: {names}."
            evidence = [*(p for o in claim.origins for p in o.evidence), *self.places(claim)]
            out.append(_finding(text, "medium", evidence, claims=[claim.id]))
        return out

    def differences(self) -> list[Finding]:
        """Conflicts, denials and drift, the severe ones first."""
        out = []
        seen: set[tuple[str, str]] = set()
        for conflict in sorted(self.trace.conflicts, key=lambda c: (_RANK[c.severity], c.verdict != "denial", c.id)):
            kind = (conflict.type, conflict.claim or conflict.id)
            if conflict.severity == "low" or kind in seen:
                continue
            seen.add(kind)
            evidence = [s.at(side.article) for side in conflict.sides for s in side.spans]
            out.append(
                _finding(
                    self._unlike(conflict),
                    conflict.severity,
                    evidence,
                    claims=[conflict.claim] if conflict.claim else [],
                    conflicts=[conflict.id],
                )
            )
        high = [f for f in out if f.severity == "high"][:4]
        return [*high, *[f for f in out if f.severity != "high"][: max(1, 4 - len(high))]]

    def _unlike(self, conflict: Conflict) -> str:
        """The note on a difference; in what they differ, and in whose words, where it only sets words beside words."""
        kind = _UNLIKE.get(conflict.type)
        if kind is None or not _BESIDE.match(conflict.note):
            return conflict.note
        if conflict.type == "wording":
            places = [s.at(side.article) for side in conflict.sides for s in side.spans]
            speaker = next((s for place in places if (s := self._speaker(place))), None)
            kind += f", of {self.who(speaker)}" if speaker else ""
        return f"{kind}: {conflict.note}"

    def _speaker(self, place: Place) -> str | None:
        """Whose quotation stands at a place."""
        found = (
            q.speaker
            for q in self.trace.quotations
            for v in q.variants
            if v.article == place.article and any(s.overlap(place.span) for s in v.spans)
        )
        return next(found, None)

    def silent_copies(self) -> list[Finding]:
        """Articles that share their text with others and do not say so: all on one text together."""
        stated = {(d.later, d.earlier) for d in self.trace.derivations if d.stated}
        groups: dict[str, list[Derivation]] = {}
        home: dict[str, str] = {}
        for d in self.trace.derivations:
            if d.kind not in {"copy", "rewrite"} or d.stated or d.share is None or d.share < 0.3:
                continue
            if d.earlier not in self.labels or d.later not in self.labels or (d.later, d.earlier) in stated:
                continue
            one, other = home.setdefault(d.earlier, d.earlier), home.setdefault(d.later, d.later)
            groups.setdefault(one, []).append(d)
            if one != other:
                groups[one] += groups.pop(other, [])
                home = {article: one if at == other else at for article, at in home.items()}
        found = [(max(d.share or 0 for d in group), self._copied(group)) for group in groups.values()]
        return [finding for _, finding in sorted(found, key=lambda row: (-row[0], row[1].id))[:2]]

    def _copied(self, group: Sequence[Derivation]) -> Finding:
        """Two articles, or many, that share one text."""
        names = sorted({self.labels[end] for d in group for end in (d.later, d.earlier)})
        first = max(group, key=lambda d: (d.share or 0, d.later, d.earlier))
        share = f"{round((first.share or 0) * 100)} %"
        later, earlier = self.labels[first.later], self.labels[first.earlier]
        if len(names) > 2:
            shown = listed([*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"] if len(names) > 5 else names)
            text = (
                f"{len(names)} articles share text (up to {share} of the words of one) without crediting the others: "
            )
            text += f"{shown}."
        elif first.directed:
            text = f"{later} shares text with {earlier} ({share} of its words) and does not credit it."
        else:
            part = f"{share} of the words of one"
            text = f"{later} and {earlier} share text ({part}); which of them was first cannot be judged."
        return _finding(text, "medium", [p for d in group for p in d.evidence])

    def quotations(self) -> list[Finding]:
        """The quotation printed in most different forms."""
        rows = []
        for quotation in self.trace.quotations:
            kinds = [v.relation for v in quotation.variants[1:]]
            changed = [k for k in kinds if k in _PRINTED]
            if len({v.article for v in quotation.variants}) < 2 or not changed:
                continue
            rows.append((-len(set(changed)), -len(quotation.variants), quotation.id, quotation, changed))
        out = []
        for *_, quotation, changed in sorted(rows, key=lambda r: r[:3])[:2]:
            speaker = f"of {self.who(quotation.speaker)}" if quotation.speaker else "whose speaker cannot be judged"
            first = quotation.variants[0]
            text = next(a.text for a in self.trace.articles if a.id == first.article)
            shown = plain(" ".join(s.of(text) for s in first.spans)).strip("“”\"' ")[:90].rsplit(" ", 1)[0]
            how = listed(words for kind, words in _PRINTED.items() if kind in changed)
            severity: Severity = "medium" if set(changed) & {"altered", "retranslated"} else "low"
            out.append(
                _finding(
                    f"{number_of(len({v.article for v in quotation.variants}), 'article')} print words {speaker}, "
                    f"not all alike ({how}): “{shown} …”.",
                    severity,
                    [s.at(v.article) for v in quotation.variants for s in v.spans],
                )
            )
        return out

    def unknown_origins(self) -> list[Finding]:
        """What several articles state in their own voice, with nobody named behind it."""
        own = {c.id for c in self.shared if not any(m.chain for m in c.mentions if m.article in c.unknown)}
        unknown = [c for c in self.shared if not c.origins and not c.circular and len(c.unknown) > 1 and c.id in own]
        unknown.sort(key=lambda c: (-self.carried(c), c.id))
        if not unknown:
            return []
        main = unknown[0]
        text = (
            f"{number_of(self.carried(main), 'article')} state in their own voice that {self.quote(main)}; "
            f"where they have it from cannot be judged"
            + (f" (so with {number_of(len(unknown) - 1, 'other claim')})." if len(unknown) > 1 else ".")
        )
        return [_finding(text, "medium", self.places(main), claims=[c.id for c in unknown])]

    def could_not_confirm(self) -> list[Finding]:
        """Where an article says that it could not confirm something: it adds no origin. First of what many carry."""
        out: list[Finding] = []
        told: set[str] = set()
        for claim in sorted(self.trace.claims, key=lambda c: (-self.carried(c), c.id)):
            for mention in claim.mentions:
                place = next(iter(doubts(mention, self.articles)), None)
                if place is None or place.article in told:
                    continue
                told.add(place.article)
                words = self.brief(place.span.of(self.articles[place.article].text))
                label = self.labels[place.article]
                text = f"{label} prints {self.quote(claim)} and says with it: “{words}”."
                severity: Severity = "medium" if self.carried(claim) > 1 else "low"
                out.append(
                    _finding(
                        text, severity, [place, *(s.at(mention.article) for s in mention.spans)], claims=[claim.id]
                    )
                )
        for article in self.trace.articles:
            if article.id in told:
                continue
            away = [f.span for f in article.furniture]
            for match in _UNCONFIRMED.finditer(article.text):
                before = max(article.text.rfind(c, 0, match.start()) for c in ".!?\n") + 1
                stop = _STOP.search(article.text, match.end())
                sentence = article.text[before : stop.start() if stop else len(article.text)]
                start = before + len(sentence) - len(sentence.lstrip())
                span = Span(start, before + len(sentence))
                if span.end <= span.start or any(span.overlap(f) for f in away):
                    continue
                words = self.brief(span.of(article.text))
                text = f"{self.labels[article.id]} says that something could not be confirmed: “{words}”."
                out.append(_finding(text, "low", [span.at(article.id)]))
                break
        return out[:2]
