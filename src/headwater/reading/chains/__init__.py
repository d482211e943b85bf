"""Second pass over any tagger's attributions: whom the words came through (``via``), and whose they are after all.

A reader marks who said what, flat. Here each attribution is looked at where it stands: what its sentence leaves over
around it names carriers, clauses that hold it report it, and a later sentence goes on as the one before was carried.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from headwater.model import Span
from headwater.reading.chains.clauses import Holder, aside_of_writer, cites, holders, holding, prints, told_cited
from headwater.reading.chains.fit import can_carry
from headwater.reading.chains.mark import Mark, mark_in
from headwater.reading.chains.on import carried_on
from headwater.reading.chains.told import carriers_of
from headwater.reading.rules.carriers import carrier_at
from headwater.reading.rules.crediting import cited, split_source
from headwater.reading.rules.flat import Sentence, flat_sentences, items_of
from headwater.reading.rules.page import page_of
from headwater.reading.rules.phrases import group_start, sentence_subject, subject_of
from headwater.reading.tagger import Name, Tagged
from headwater.reading.whom import is_people
from headwater.words import key_of

_FAR = 80  # items from an attribution within which "citing" is looked for
_REPORTED = frozenset("reported reports".split())
_NO_SPEECH = frozenset("citing quoting according regarding concerning following including".split())
#: What opens a clause under another, whose subject does not speak: "when he led the board".
_UNDER = frozenset("when while after before because since if as that where whether until although though than".split())
_NO_SUBJECT = frozenset("that which who whom to".split())

__all__ = ["with_carriers"]


def with_carriers(
    text: str,
    sentences: Sequence[Span],
    names: Sequence[Name],
    attributions: Sequence[Tagged],
    *,
    also: Callable[[Sequence[Tagged]], Sequence[Tagged]] | None = None,
) -> tuple[Tagged, ...]:
    """Decide for each attribution whom its words came through.

    Args:
        text: the article's text.
        sentences: its sentences outside furniture, in order.
        names: the names in it, in order of place.
        attributions: what a tagger marked, whatever order; ``follows`` counts in it.
        also: asked for more once every sentence has been looked at; gives the same attributions in the same order.

    Returns:
        The same attributions in the same order. ``via`` has the carriers the text names, outermost first; ``source``
        is whoever is cited where the tagger marked who cites; ``follows`` is set where a later sentence goes on with
        the carriers of the one before. What is right already comes back as it was.
    """
    page = page_of(text, sentences, names)
    flat: list[tuple[int, Sentence]] = []  # with the number of its paragraph
    for number, (paragraph, quoted) in enumerate(page.read()):
        items = items_of(text, paragraph, quoted)
        flat.extend((number, Sentence(page.around, part)) for part in flat_sentences(page.around, items))
    starts = [s.items[0].start for _, s in flat]
    turns = {number for number, paragraph in enumerate(page.paragraphs) if paragraph.start in page.turns}
    out = list(attributions)
    held: dict[int, tuple[Holder, ...]] = {}
    places: list[tuple[int, int]] = []  # (sentence, attribution)
    asides: set[int] = set()  # attributions of the writer's own
    for number, tagged in enumerate(attributions):
        anchor = (*tagged.cue, *tagged.source, *tagged.content)
        at = bisect_right(starts, anchor[0].start) - 1 if anchor else -1
        if at < 0:
            continue
        places.append((at, number))
        s = flat[at][1]
        mark = mark_in(s, tagged)
        if mark is None:
            continue
        if at not in held:
            held[at] = holders(s)
        out[number] = _chained(mark, held[at])
        if aside_of_writer(mark):
            asides.add(number)
        if flat[at][0] in turns:  # in a transcript "us" is whoever has the turn
            via = tuple(span for span in out[number].via if key_of(span.of(text)) not in {"me", "us"})
            out[number] = replace(out[number], via=via)
    out = [replace(t, via=kept) if t.via != (kept := can_carry(text, t)) else t for t in out]
    if also is not None:
        out = [before if i in asides else more for i, (before, more) in enumerate(zip(out, also(out), strict=True))]
    done = carried_on(flat, places, out)
    return tuple(replace(t, via=kept) if t.via != (kept := can_carry(text, t)) else t for t in done)


def _chained(mark: Mark, around: Sequence[Holder]) -> Tagged:
    """One attribution with its source and carriers."""
    mark = _participle(mark)
    mark, citers = _cited_for(mark, around)
    found = (*holding(mark, around), *citers, *carriers_of(mark))
    given = mark.tagged.via
    via: list[Span] = []
    for span in found:
        same = next((g for g in given if g.overlap(span)), span)
        owner = any(same.start == x.start and same.end < x.end for x in mark.tagged.source)  # "Ferrer’s sources"
        if same not in via and not any(same.overlap(v) for v in (*via, *(() if owner else mark.tagged.source))):
            via.append(same)
    if not all(g in via for g in given):  # what the tagger knew stays, nearest the words; what holds it goes before
        via = [*(v for v in via if v not in given), *given]
    return replace(mark.tagged, via=tuple(via))


def _participle(mark: Mark) -> Mark:
    """Gives "by saying “…”" or ", vowing …" that nobody is marked for to the subject of its clause."""
    s, verb = mark.s, mark.verb
    if mark.tagged.source or verb < 2 or not s.key(verb).endswith("ing") or s.key(verb) in _NO_SPEECH:
        return mark
    lead = mark.cue[0] - 1
    if not (s.key(lead) == "by" or s.raw(lead) == "," or s.key(mark.cue[0]) == "by"):
        return mark
    for at in range(lead, max(0, lead - _FAR), -1):
        if s.raw(at) in {";", ":"} or (s.key(at) in {"which", "who", "whom"} and at > 1):
            return mark
        if s.finite(at):
            start = group_start(s, at)
            subject = subject_of(s, at) if s.key(start - 1) not in _NO_SUBJECT else None
            if subject is None or (subject.first > 0 and s.key(subject.first - 1) in _UNDER):
                continue
            return _given(mark, s.span(subject.first, subject.last))
    return mark


def _cited_for(mark: Mark, around: Sequence[Holder]) -> tuple[Mark, tuple[Span, ...]]:
    """Gives the words to whoever is cited for them: the mark with its source right, and who cites."""
    s, source = mark.s, mark.source
    if not source:
        return mark, ()
    inside, via = split_source(s, source.start, source.stop - 1)
    if via and inside != mark.tagged.source and len(mark.tagged.source) == 1:
        return _given(mark, inside[0]), via  # "a report citing three engineers", "a memo obtained by the Post"
    own = next((h for h in around if h.verb in mark.cue or (h.credit and h.first in mark.cue)), None)
    if own is not None and own.chain[-1].start != s.items[source.start].start and mark.tagged.source[0] in own.chain:
        whole = own.chain[: own.chain.index(mark.tagged.source[0])]
        if len(own.chain) == len(whole) + 1:
            return mark, ()
    credited = _credited_to(mark, around)
    if credited is not None:
        return _given(mark, credited.chain[-1]), (*mark.tagged.source, *credited.chain[:-1])
    for at in range(max(0, mark.first - _FAR), min(len(s.items), mark.last + _FAR)):
        if not cites(s, at):
            continue
        first = cites(s, at)
        if source.start <= first + 1 and at < source.stop:
            return mark, _citer(mark, around, at)
        who = cited(s, first, plain=prints(s, mark.tagged.source[0]))
        if who is None or told_cited(s, at):
            continue
        if own is not None and own.cites == at and any(own.chain[0].overlap(x) for x in mark.tagged.source):
            return _given(mark, who, cue=s.items[at].span), mark.tagged.source
    return mark, ()


def _credited_to(mark: Mark, around: Sequence[Holder]) -> Holder | None:
    """People without a name to whom an outlet credits what it reports: "CNN reported …, according to officials"."""
    s, source = mark.s, mark.source
    if s.key(mark.verb) not in _REPORTED:
        return None
    phrase = carrier_at(s, source.start, source.stop - 1, papers=True)
    if phrase is None or phrase[0] != source.stop - 1:
        return None
    for holder in around:
        if holder.credit and holder.first > max(mark.source.stop, mark.verb) and holder.first >= mark.last:
            key = next((s.key(i) for i in range(holder.first, holder.last + 1) if is_people(s.key(i))), "")
            return holder if key else None
    return None


def _citer(mark: Mark, around: Sequence[Holder], at: int) -> tuple[Span, ...]:
    """Who cites the source that stands behind "citing" at item ``at``."""
    for holder in around:
        if holder.cites == at:
            return tuple(span for span in holder.chain if not any(span.overlap(x) for x in mark.tagged.source))
    if mark.s.raw(at - 1) == ",":
        return ()
    subject = subject_of(mark.s, at)  # "a report citing two aides said …"
    # "The magazine ran a story on Thursday quoting several patients, who said …"
    return sentence_subject(mark.s, at) or ((mark.s.span(subject.first, subject.last),) if subject else ())


def _given(mark: Mark, source: Span, cue: Span | None = None) -> Mark:
    """The mark with another source."""
    cues = mark.tagged.cue if cue is None or cue in mark.tagged.cue else tuple(sorted((*mark.tagged.cue, cue)))
    tagged = replace(mark.tagged, source=(source,), cue=cues)
    made = mark_in(mark.s, tagged)
    return mark if made is None else made
