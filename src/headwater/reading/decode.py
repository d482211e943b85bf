"""Tags -> attributions and sources: ties each span to a person, an organisation, a document, a carrier, people unnamed.

Takes an article, its sentences, tags, entities; gives Attribution and Source records whose ids are the article's own.
Here it is decided whom the words came through (``via``), whether they are quoted, and which words hedge them; ``whom``
decides who a source is.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from headwater import lexicon
from headwater.model import Article, Attribution, Entity, Mode, Place, Source, Span, stable_id
from headwater.reading import marks
from headwater.reading.issued import from_papers
from headwater.reading.tagger import Tagged, Tags
from headwater.reading.whom import Sources, singular
from headwater.words import key_of, words

_HEDGE = re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(h) for h in lexicon.HEDGES) + r")(?![\w-])", re.IGNORECASE)
#: What may stand before the first clause proper: marks, "that", and an opening that its comma closes.
_OPENING = re.compile(
    r"[\s“\"‘']*(?:that\b[\s“\"]*)?(?:(?:if|when|while|although|though|after|before|as|in|on|at|since|because|during)\b"
    r"[^,.;!?]{0,120},)?",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[.!?](?=[\s”\"’]|$)(?<!\b[A-Z]\.)(?<!Mr\.)(?<!Ms\.)(?<!Dr\.)(?<!Mrs\.)(?<!Sen\.)(?<!Rep\.)(?<!Gov\.)"
    r"|[;:\u2013\u2014]|,\s+(?:and|but|so|which|who|whose|where|because|while|though|although|if)\b"
    r"|\s(?:who|which|whom|whose|because|whether|unless|until|so that|in case|if|but)\b"
)
_ABILITY = re.compile(
    r"\b(?:everything|all|what|anything|whatever|nothing|as \w+ as|so|than|how)\s+"
    r"(?:he|she|they|we|i|you|it|one)\s+$",
    re.IGNORECASE,
)
_UTMOST = re.compile(r"\b(?:as \w+ as|\w+est|if|wherever|whenever|everything|anything|make it|made it)\s+$")
_QUALIFIES = re.compile(
    r"\b(?:an?|the|any|every|some|his|her|their|its|this|that|these|those|of|for|about|no)\s+(?:\w+\s+)?$"
)
_JUDGED = frozenset("rejected rejects disputed disputes dismissed dismisses denied denies".split())
_GENERIC = frozenset("news media press newspaper original initial exclusive published recent new".split())
_PRINTED = re.compile(r"(?:as )?(?:first )?(?:reported|revealed|disclosed|published) by", re.IGNORECASE)
#: What stands before a clause that the writer puts into what others say: ", which" and, of its noun, nothing.
_ASIDE = re.compile(r",\s+(?:which|who|whom)\s+$|[^,;:.!?“\"‘']\s$")
_WHICH = re.compile(r",\s+(?:which|who)\s+$")
#: A passive whose subject others speak of.
_SAID_OF = re.compile(
    r"(?:(?:is|are|was|were|been|being|has|have|had|stands?|stood|also|long)\s+)*"
    r"(?:(?:accused|convicted|suspected|acquitted|cleared|found guilty) of|charged (?:with|in)|known (?:for|as)"
    r"|seen as)\b"
)
_GAP = re.compile(r"(?:would|will|could|should|has|have|had|is|are|was|were|did|does|do|can|cannot|may|might|must)\b")
_THE = re.compile(r"(?:the|this|that|these|those|its|his|her|their)\s", re.IGNORECASE)
_LED = re.compile(r"\b(?:the|this|that|these|those|its|his|her|their)\s+$", re.IGNORECASE)
_BESIDE = 300  # code points within which a carrier stands beside "a report"
_AROUND = 12  # attributions on either side among which the ones that hold an attribution are looked for
_WHOLE = 0.6  # share of an attribution's content that an inner one must fill for the outer to be only its carrier,
_WEAK = 0.55  # score up to which an attribution is too unsure to take the place of the one that holds it
_CLAUSE = 4  # words from which on what is left over can be a clause of its own
_PART = 0.25  # and the share that the inner one's content must have in it


@dataclass(frozen=True, slots=True)
class _Made:
    """A tag with its source, the carriers it names itself, and whether another tag of the same words went before."""

    tagged: Tagged
    source: str | None
    via: tuple[str, ...]
    again: bool = False


def decode(
    article: Article, sentences: Sequence[Span], tags: Tags, entities: Sequence[Entity], quoted: Sequence[marks.Quoted]
) -> tuple[tuple[Attribution, ...], tuple[Source, ...]]:
    """Make records of what a tagger marked.

    Args:
        article: the article; its text is what spans count in.
        sentences: its sentences outside furniture, in order.
        tags: what the tagger marked.
        entities: the article's entities, as ``names.entities`` gives them.
        quoted: its quotations, as ``marks.quotations`` gives them.

    Returns:
        The attributions in order of place, and the sources they name, in order of first mention. Of attributions that
        hold one another entirely ("K reported that an official said …") only the innermost stays, with the others in
        its ``via``.
    """
    people = Sources(article, sentences, entities, quoted)
    tagged_all = from_papers(article.text, sentences, entities, quoted, tags.attributions)
    people.note_carriers((v for t in tagged_all for v in t.via), (s for t in tagged_all for s in t.source))
    made = _reports_to_reporters(_made(tagged_all, people), people)
    attributions: dict[str, Attribution] = {}
    for one, outer in zip(made, _nested(made, article.text), strict=True):
        tagged = one.tagged
        if outer is None or not (tagged.content or tagged.cue):
            continue
        chain = tuple(v for v in dict.fromkeys((*outer, *one.via)) if v != one.source and not people.is_own_outlet(v))
        spans = tuple(sorted({*tagged.cue, *tagged.content}))
        hedges = _hedges(article.text, tagged.cue, tagged.content)
        scope = one.source if one.again else ""
        attribution = Attribution(
            id=stable_id("attribution", article.id, scope, *(f"{s.start}-{s.end}" for s in spans)),
            article=article.id,
            source=one.source,
            source_spans=tuple(people.bare(span) for span in tagged.source),
            cue_spans=tagged.cue,
            content_spans=tagged.content,
            mode=_mode(article.text, tagged.content, quoted),
            hedged=bool(hedges),
            hedge_spans=hedges,
            via=chain,
            via_spans=_told(tagged, one.via, people),
            said=tagged.said,
            score=tagged.score,
        )
        attributions[attribution.id] = attribution
    ordered = sorted(
        attributions.values(), key=lambda a: ((a.content_spans or a.cue_spans)[0].start, a.cue_spans, a.id)
    )
    used = {i for a in ordered for i in (a.source, *a.via) if i}
    used |= {people.known[i].reached_by or "" for i in used}
    sources = [known.record() for known in people.known.values() if known.id in used]
    return tuple(ordered), tuple(
        sorted(sources, key=lambda s: (s.mentions[0] if s.mentions else Place("", 0, 0), s.id))
    )


def _made(attributions: Sequence[Tagged], people: Sources) -> list[_Made]:
    """Each tag with its source and carriers; "both the Ledger and the Courier reported" is one for each."""
    made: list[_Made] = []
    where: list[int] = []  # for each tag, its place among those made
    for tagged in attributions:
        via = tuple(v for v in (people.carrier(span) for span in tagged.via) if v)
        several = people.joint.several(tagged.source[0], via) if tagged.source else []
        source = people.source(tagged.source[0], via, tagged.content) if tagged.source and not several else None
        if several:
            source = several[0]
        if source and tagged.cue and _PRINTED.fullmatch(tagged.cue[0].of(people.text)):
            people.prints(source)
        if tagged.follows is not None and 0 <= tagged.follows < len(where):
            before = made[where[tagged.follows]]
            said_by = key_of(tagged.source[0].of(people.text).strip()) if tagged.source else ""
            if (
                said_by in lexicon.PRONOUNS
                and source != before.source
                and before.source
                and not people.pronouns.can_mean(said_by, before.source, tagged.source[0].start)
            ):
                pass  # "she" is not the spokespeople whose sentence goes on
            elif source is None or source == before.source or people.unknown(source):
                source, via = before.source or source, via or before.via
            elif people.known[source].kind == people.known[before.source or source].kind == "anonymous":
                via = via or before.via
        if tagged.source and _is_told_of(people.text, people.bare(tagged.source[-1]), tagged.cue):
            source = None
        made.append(_Made(tagged, source, via))
        where.append(len(made) - 1)
        made.extend(_Made(tagged, other, via, again=True) for other in several[1:])
    return made


def _is_told_of(text: str, source: Span, cue: Sequence[Span]) -> bool:
    """Whether the one marked as source says nothing, but has it said of him: "a singer accused of", "was known for"."""
    if not cue or source.end > cue[0].start:
        return False
    between = text[source.end : cue[0].start].strip()
    after = text[cue[0].start : cue[-1].end + 8]
    return between in {"", ",", "is", "was", "were", "are"} and _SAID_OF.match(after) is not None


def _told(tagged: Tagged, via: tuple[str, ...], people: Sources) -> tuple[Span, ...]:
    """The spans of the carriers nearest the words that print them or were told; others on the way are speakers."""
    if len(via) != len(tagged.via):
        return tagged.via
    first = len(via)
    while first > 0:
        kind = people.known[via[first - 1]].kind
        if kind not in {"outlet", "journalist", "document"} and not people.named.passed_to(tagged.via[first - 1]):
            break
        first -= 1
    return tagged.via[first:]


def _reports_to_reporters(made: list[_Made], people: Sources) -> list[_Made]:
    """Ties "a report" and "the newspaper" to the one reporter or outlet this article credits, where there is one."""
    carriers = {
        i
        for one in made
        if one.tagged.said
        for i in (one.source, *one.via)
        if i and people.known[i].kind in {"journalist", "outlet"} and not people.is_own_outlet(i)
        and people.known[i].name != lexicon.WRITER and people.known[i].name[:1].isupper()
    }  # fmt: skip
    papers, houses = set(), set()
    for known in people.known.values():
        form = [key_of(w) for w in known.name.split()]
        if known.kind == "document" and len(form) <= 2 and set(form) <= lexicon.REPORTS | _GENERIC:
            if form[-1] == singular(form[-1]) or any(_is_definite(people.text, m) for m in known.mentions):
                papers.add(known.id)  # but "reports say" is nobody's
        elif known.kind == "outlet" and known.entity is None and len(form) == 1 and form[0] in lexicon.OUTLETS:
            houses.add(known.id)
    reporters = {i for i in carriers if people.known[i].kind == "journalist"}
    swap: dict[str, str] = {}
    own = {i for i in people.known if people.is_own_outlet(i)}  # "told the network": perhaps its own
    for generic, only in (
        (papers, carriers if len(carriers) == 1 else reporters),
        (houses, carriers - reporters | own),
    ):
        carrier = next(iter(only)) if len(only) == 1 else _credited_beside(generic, only or carriers, people)
        if carrier is not None:
            swap.update(dict.fromkeys(generic, carrier))
            for name in sorted(generic):
                people.known[carrier].mentions.extend(people.known[name].mentions)
    for known in people.known.values():
        known.reached_by = swap.get(known.reached_by or "", known.reached_by or "") or None
    return [
        replace(
            one,
            source=swap.get(one.source or "", one.source or "") or None,
            via=tuple(dict.fromkeys(swap.get(v, v) for v in one.via)),
        )
        for one in made
    ]


def _is_definite(text: str, place: Place) -> bool:
    """Whether a noun is spoken of as known: "the reports", "its stories"."""
    return bool(_THE.match(text[place.start : place.end]) or _LED.search(text[max(0, place.start - 8) : place.start]))


def _credited_beside(generic: Iterable[str], carriers: Iterable[str], people: Sources) -> str | None:
    """The one carrier named close to where an unnamed report is first met: "a report …. The Courier reported …"."""
    places = [m.start for name in generic for m in people.known[name].mentions]
    if not places:
        return None
    first = min(places)
    near = sorted((min(abs(m.start - first) for m in people.known[c].mentions), c) for c in carriers)
    if not near or near[0][0] > _BESIDE or (len(near) > 1 and near[1][0] < 2 * near[0][0]):
        return None
    return near[0][1]


def _nested(made: Sequence[_Made], text: str) -> list[tuple[str, ...] | None]:
    """For each attribution the chain of those it stands in, outermost first; None where it only carries one."""
    extents = []
    for one in made:
        spans = [*one.tagged.source, *one.tagged.cue, *one.tagged.content]
        extents.append(Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else Span(0, 0))
    out: list[tuple[str, ...]] = []
    only_carry: set[int] = set()
    for index, one in enumerate(made):
        known = one.tagged.via
        aside = _aside(one.tagged, text)
        chain: list[tuple[int, int, str]] = []
        for other in range(max(0, index - _AROUND), min(len(made), index + _AROUND + 1)):
            outer = made[other]
            if other == index or not outer.source or outer.source == one.source:
                continue
            if extents[other] == extents[index] and _size(outer.tagged) <= _size(one.tagged):
                continue
            if not outer.tagged.said or _judges(outer.tagged, text):
                continue  # who believes, rejects or denies what another said passes nothing on
            parts = (*one.tagged.source, *one.tagged.cue, *one.tagged.content)
            if not all(any(c.holds(part) for c in outer.tagged.content) for part in parts):
                continue
            size = _size(outer.tagged)
            if not aside and not any(span.overlap(v) for span in outer.tagged.source for v in known):  # else it says so
                chain.extend((-size, step, carrier) for step, carrier in enumerate((*outer.via, outer.source)))
            inner = _size(one.tagged)
            together = any(c.holds(extents[index]) for c in outer.tagged.content)
            filled = extents[index].end - extents[index].start if together else sum(p.end - p.start for p in parts)
            whole = filled >= _WHOLE * size and inner >= _PART * size and not _left_over(made, other, text)
            if one.tagged.said and outer.tagged.said and whole and one.tagged.score > _WEAK:
                only_carry.add(other)
        out.append(tuple(carrier for _, _, carrier in sorted(chain)))
    return [None if index in only_carry else chain for index, chain in enumerate(out)]


def _size(tagged: Tagged) -> int:
    """Code points of its content."""
    return sum(c.end - c.start for c in tagged.content)


def _aside(tagged: Tagged, text: str) -> bool:
    """Whether it is a relative clause, the writer's own in what others say: "the dam, which he says leaks"."""
    first = min((s.start for s in (*tagged.source, *tagged.cue)), default=0)
    before = _ASIDE.search(text, max(0, first - 12), first)
    if before is not None and before.group().startswith(","):
        return True
    if any(s.of(text) in {"which", "who"} for s in tagged.source) and text[max(0, first - 2) : first] == ", ":
        return True
    if any(_WHICH.search(text, max(0, c.start - 9), c.start) for c in tagged.cue[:1]):
        return True  # its source may be the noun before: "the Trust, which says"
    # "a border the ministry says will open": its noun is the subject of what it says
    after = tagged.content[0].start if tagged.content else 0
    return before is not None and after > first and _GAP.match(text, after) is not None


def _left_over(made: Sequence[_Made], index: int, text: str) -> bool:
    """Whether an attribution's content tells anything besides what the attributions in it say: a clause of its own."""
    outer = made[index].tagged.content
    taken = sorted(
        (s.start, s.end)
        for one in made[max(0, index - _AROUND) : index + _AROUND + 1]
        if one is not made[index] and one.tagged.content != outer and one.tagged.said
        for s in (*one.tagged.source, *one.tagged.cue, *one.tagged.content, *one.tagged.via)
        if any(c.holds(s) for c in outer)
    )
    for span in outer:
        at = span.start
        for start, end in (*taken, (span.end, span.end)):
            if start > at:
                keys = [w.key for w in words(text, Span(at, min(start, span.end)))] if at < span.end else []
                if len(keys) >= _CLAUSE and any(
                    k in lexicon.SAID or k in lexicon.BELIEVED or k in lexicon.AUXILIARIES or k.endswith("ed")
                    for k in keys
                ):
                    return True
            at = max(at, end)
    return False


def _judges(tagged: Tagged, text: str) -> bool:
    """Whether its verb only judges what others say."""
    return bool(tagged.cue) and key_of(tagged.cue[-1].of(text).split()[-1]) in _JUDGED


def _mode(text: str, content: Sequence[Span], quoted: Sequence[marks.Quoted]) -> Mode:
    """Whether all, a part or none of the content's words stand in quotation marks."""
    total = inside = 0
    for span in content:
        index = bisect_right(quoted, span.start, key=lambda q: q.end)
        for word in words(text, span):
            while index < len(quoted) and quoted[index].end <= word.start:
                index += 1
            total += 1
            inside += index < len(quoted) and quoted[index].start <= word.start
    if total == 0 or inside == 0:
        return "indirect"
    return "direct" if inside >= 0.9 * total else "mixed"


def _hedges(text: str, cue: Sequence[Span], content: Sequence[Span]) -> tuple[Span, ...]:
    """The words that hedge what is said: those of the cue, and those of the content's own first clause.

    What a later clause, or one that "who" opens, leaves open is not what is said; nor are the words of another whom the
    speaker quotes. "May" with a capital is a month or opens a wish.
    """
    found = {Span(m.start(), m.end()) for c in cue for m in _HEDGE.finditer(text, c.start, c.end)}
    for first in content[:1]:
        opening = _OPENING.match(text, first.start, first.end)
        begin = opening.end() if opening else first.start
        clause = _CLAUSE_END.search(text, min(begin + 1, first.end), first.end)
        end = clause.start() if clause else first.end
        found |= {
            Span(m.start(), m.end())
            for m in _HEDGE.finditer(text, first.start, end)
            if not _other_sense(text[first.start : m.start()], m.group().casefold(), text[m.end() : first.end][:40])
        }
    return tuple(sorted(s for s in found if s.of(text) != "May"))


def _other_sense(before: str, hedge: str, after: str) -> bool:
    """Whether a word that can hedge means something else here: "all he could do", "the best possible"."""
    if re.search(r"(?:^|[\s“\"])[‘']\w[^’']*$", before):
        return True  # quoted within a quotation
    if hedge in {"may", "might", "could"}:
        return bool(re.match(r"\s+(?:have to\b|no longer\b|dream\b)", after) or _ABILITY.search(before)) or (
            hedge == "could" and re.match(r"\s+not\b", after) is not None
        )
    if hedge == "potentially":
        return re.match(r"\s+[a-z]+(?:ive|ous|al|ful|ing|ent|ant|ic|able|ible|ed)\b", after) is not None
    if hedge in {"possible", "likely", "unlikely"}:
        attribute = bool(_QUALIFIES.search(before)) and re.match(r"\s+[a-z]", after) is not None
        return attribute or bool(_UTMOST.search(before))
    return False
