"""Why a count is wrong: which known origins were not named, what was named that is none, and by which slip.

Read with the words of the articles; the classes are those of the first thing that went wrong, in order of reading.
"""

from collections.abc import Mapping

from headwater.model import Attribution, Claim, Mention, Span, Trace, text_of

from .graphs import Telling
from .score import Judged, mentions_hit, words_of
from .truth import evident_edges
from .write import Story


def reasons(told: Story, judged: Judged, trace: Trace) -> list[str]:
    """The reasons why one claim's count is not exact, each once; empty where it is."""
    if judged.exact:
        return []
    claim = judged.claim
    if claim is None:
        return ["not linked: no traced claim gathers half of the articles"]
    plan, out = told.plan, set[str]()
    attributions = {a.id: a for a in trace.attributions}
    sources = {s.id: s for s in trace.sources}
    ends = {o.source: set(sources[o.source].name.casefold().split()) for o in claim.origins if o.source in sources}
    known = {end: words_of(told, end) for end in evident_edges(plan, plan.of(judged.number))[1]}
    for end, words in sorted(known.items()):
        if not any(words & said for said in ends.values()):
            tellings = [t for t in plan.of(judged.number) if _names(t, end)]
            out |= {_missing(told, judged, claim, t, end, attributions) for t in tellings}
    gathered = {i for i, one in enumerate(told.mentions) if claim.id in mentions_hit(one, [claim])}
    foreign = [m for m in claim.mentions if _foreign(told, judged.number, m)]
    out |= {"wrong merge: a mention of another known claim is in it" for _ in foreign[:1]}
    allowed = set().union(*known.values()) if known else set[str]()
    foreign_ends = {i for m in foreign for i in m.counted}
    for end, said in sorted(ends.items()):
        if not said & allowed and end not in foreign_ends:
            out.add(f"no origin: {_invented(told, sources[end].name, sources[end].kind)}")
    if not out and judged.low is not None and judged.low > judged.known.count:
        out.add("origins named rightly, counted too high")
    if not out:
        left = [i for i, m in enumerate(told.mentions) if m.claim == judged.number and i not in gathered]
        carriers = {told.mentions[i].article for i in left} - {told.mentions[i].article for i in gathered}
        out.add(
            "not linked: an article of a named origin is outside"
            if carriers
            else "origins named rightly, folded too far"
        )
    return sorted(out)


def _names(t: Telling, end: str) -> bool:
    return t.origin is not None and (end == t.origin or end.startswith(f"{t.origin}/") or end == f"outlet/{t.outside}")


def _foreign(told: Story, number: int, mention: Mention) -> bool:
    """Whether a traced mention lies on a mention of another known claim, and on none of this one."""
    here = [m for m in told.mentions if m.article == mention.article]
    touched = {m.claim for m in here if any(s.overlap(Span(m.start, m.end)) for s in mention.spans)}
    umbrella = {told.plan.claims[number].part_of, told.plan.claims[number].id}
    return number not in touched and any(
        told.plan.claims[c].id not in umbrella and told.plan.claims[c].part_of not in umbrella for c in touched
    )


def _missing(
    told: Story, judged: Judged, claim: Claim, t: Telling, end: str, attributions: Mapping[str, Attribution]
) -> str:
    """Why an end that an article names is not among the origins of the traced claim."""
    article = told.plan.articles[t.article].id
    here = [m for m in told.mentions if m.article == article and m.claim == judged.number]
    known = [m for m in here if m.origin is not None and m.origin == t.origin] or here
    kind = end.partition("/")[0] if t.way != "confirmed" else f"confirmed by {end.partition('/')[0]}"
    if t.way == "credit_source":
        kind = f"{kind} through a credited outlet"
    if not any(claim.id in mentions_hit(m, [claim]) for m in known):
        return "not linked: an article of an origin is outside"
    traced = [
        m
        for m in claim.mentions
        if m.article == article and any(s.overlap(Span(k.start, k.end)) for s in m.spans for k in known)
    ]
    if not any(m.attribution for m in traced):
        return f"attribution missed: {kind}"
    if not any(attributions[m.attribution].source for m in traced if m.attribution and m.attribution in attributions):
        return f"attribution without source: {kind}"
    return f"other source: {kind}"


def _invented(told: Story, name: str, kind: str) -> str:
    words = set(name.casefold().removeprefix("the ").split())
    outlets = {a.outlet.casefold() for a in told.plan.articles}
    if any(set(outlet.split()) <= words for outlet in outlets):
        return f"an outlet as {kind}"
    if words & {"report", "reports", "media"}:
        return f"reports as {kind}"
    return f"somebody else as {kind}"


def shown(told: Story, judged: Judged, trace: Trace) -> list[str]:
    """Lines that show one claim: what is so, the articles' words, what was made of them, and why it is wrong."""
    plan = told.plan
    texts = {str(r["id"]): str(r["text"]) for r in told.records}
    outlets = {a.id: a.outlet for a in plan.articles}
    articles = {a.id: a for a in trace.articles}
    names = {source.id: f"{source.name} [{source.kind}]" for source in trace.sources}
    known = judged.known
    kind = "NOT GATHERED" if judged.low is None else "INVENTED" if judged.invented else "COUNT"
    out = [
        "",
        (
            f"{kind} {plan.id} claim {judged.number + 1} ({plan.claims[judged.number].id}): so {known.count} "
            f"[{known.low}, {known.high}], said {judged.low} to {judged.high}; origins {', '.join(known.origins)}"
        ),
    ]
    out.extend(f"  why: {reason}" for reason in reasons(told, judged, trace))
    for t in plan.of(judged.number):
        parent = f"from {plan.articles[t.parent].outlet}" if t.parent is not None else ""
        article = plan.articles[t.article]
        facts = (f"  so: {article.id} {article.outlet}: {t.way}", t.origin, parent, t.outside)
        out.append(" ".join(fact for fact in facts if fact))
    paragraphs = dict[tuple[str, str], None]()
    for m in (m for m in told.mentions if m.claim == judged.number):
        text = texts[m.article]
        start, end = text.rfind("\n", 0, m.start) + 1, text.find("\n", m.end)
        paragraphs[m.article, text[start : end if end > 0 else len(text)]] = None
    out.extend(f"    {article}: {text}" for article, text in paragraphs)
    if judged.claim:
        out.append(f"  traced: {judged.claim.text!r}")
        for said in judged.claim.mentions:
            words = text_of(articles[said.article], said.spans)
            way = " < ".join(outlets.get(i, names.get(i, i)) for i in said.counted) or "-"
            out.append(f"    {said.article} {outlets[said.article]} ({said.basis}) {way}: {words!r}")
        out.extend(f"  origin: {names.get(o.source, o.source)}: {o.reason}" for o in judged.claim.origins)
    return out
