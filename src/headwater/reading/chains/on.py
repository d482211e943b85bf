"""Later sentences of the same utterance: "Three officials told K …. The officials said …" goes on by way of K.

A new occasion ("on Tuesday", "in a statement") ends it, and so does anybody else who speaks.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from headwater import lexicon
from headwater.model import Span
from headwater.reading.chains.clauses import aside_of_writer
from headwater.reading.chains.mark import Mark, mark_in
from headwater.reading.chains.quoting import PROVIDES
from headwater.reading.chains.told import OBTAINED
from headwater.reading.rules.carriers import carrier_at, speaking_to
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import BE, PREPOSITIONS, TAIL_PLACES, TELL, WEEKDAYS
from headwater.reading.rules.phrases import subject_of
from headwater.reading.tagger import Tagged
from headwater.reading.whom import is_people, singular
from headwater.words import key_of, words

_BACK = 3  # sentences, within which the same people go on
_NAMED_BACK = 2  # and within which one with a name or a pronoun does
_ONE = frozenset("he she".split())
_THE = frozenset("the those these both that this".split())
_PLURALS = frozenset("other others more".split())
_ANYBODY = frozenset("source official person".split())
_OCCASION = WEEKDAYS | TAIL_PLACES | frozenset("today yesterday tomorrow later earlier separately".split())
_REPORTED = frozenset("reported reports writes wrote revealed revealed".split())
_SOME = re.compile(
    r"(?:the other|the second|the third|a second|a third)(?: one)?"
    r"|(?:another |a second |the other |one |two )(?P<kind>(?!of\b)\w+)"
    r"|(?:one|two|three|some|several|many|most|both|another|others|all)(?: others?)?"
    r"(?: of (?:them|(?:the|those|these) (?P<rest>.+)))?",
    re.IGNORECASE,
)


def carried_on(
    flat: Sequence[tuple[int, Sentence]], places: Sequence[tuple[int, int]], attributions: Sequence[Tagged]
) -> tuple[Tagged, ...]:
    """Let later attributions go on with the carriers of earlier ones.

    Args:
        flat: the text's sentences in order, each with the number of its paragraph.
        places: for each attribution that stands in one, the sentence's number and its own.
        attributions: all of them, as a tagger orders them.

    Returns:
        All of them, in the same order.
    """
    out = list(attributions)
    before: list[tuple[int, int]] = []
    ordered = sorted(places, key=lambda p: (p[0], (out[p[1]].cue or out[p[1]].content or out[p[1]].source)[0].start))
    for at, number in ordered:
        tagged = out[number]
        number_of_paragraph, s = flat[at]
        recent = [b for b in before[-8:] if at - b[0] <= _BACK and number_of_paragraph - flat[b[0]][0] <= 1]
        before.append((at, number))
        if tagged.via or tagged.follows is not None or not tagged.source:
            continue
        mark = mark_in(s, tagged)
        if mark is None or not mark.source or mark.verb < 0 or aside_of_writer(mark):
            continue
        told = _reported(mark, recent, out)
        if told:
            out[number] = replace(tagged, via=told)
            continue
        silent = not any(place == at - 1 for place, _ in recent)
        handed = _handed_on(flat, at, mark) or (_met(flat, at, mark) if silent else ())
        if handed:
            out[number] = replace(tagged, via=handed)
            continue
        same = next((n for place, n in reversed(recent) if place == at and out[n].source == tagged.source), None)
        if same is not None and same < number and s.key(mark.verb).endswith("ing") and _carried(out, same):
            out[number] = replace(tagged, follows=same)  # "…, adding that …"
            continue
        told = _told_again(mark, recent, out)
        if told:
            out[number] = replace(tagged, via=told)
            continue
        if _new_occasion(mark):
            continue
        earlier = _goes_on(mark, at, recent, out)
        if earlier is not None and earlier < number and _carried(out, earlier):
            out[number] = replace(tagged, follows=earlier)
    return tuple(out)


def _carried(attributions: Sequence[Tagged], number: int) -> bool:
    """Whether an attribution has carriers, its own or those of whom it follows."""
    seen: set[int] = set()
    at: int | None = number
    while at is not None and at not in seen and 0 <= at < len(attributions):
        if attributions[at].via:
            return True
        seen.add(at)
        at = attributions[at].follows
    return False


def _goes_on(mark: Mark, at: int, recent: Sequence[tuple[int, int]], out: Sequence[Tagged]) -> int | None:
    """The attribution whose speaker goes on here; None where nobody's does."""
    s = mark.s
    shown = mark.tagged.source[0].of(s.text)
    key = key_of(shown.strip())
    others = [(place, number) for place, number in recent if place < at and out[number].source]
    if not others:
        return None
    place, last = others[-1]
    if key in _ONE or key == "they":
        fits = _plural(s, out[last]) == (key == "they") if _plural(s, out[last]) is not None else True
        return last if fits and at - place <= _NAMED_BACK and not _paper(s, out[last]) else None
    some = _SOME.fullmatch(shown)
    if some and some["kind"] and some["kind"] not in _PLURALS and _plural(s, out[last]):
        mine = {singular(w.key) for w in words(out[last].source[0].of(s.text)[:200])}
        return last if singular(some["kind"]) in mine and at - place <= _BACK else None
    if some and not some["rest"] and not some["kind"]:  # "One said …": of those who spoke just before
        return last if _plural(s, out[last]) and at - place <= _NAMED_BACK else None
    if key == "it":
        return last if _paper(s, out[last]) and at - place <= 1 else None
    phrase = f"the {some['rest']}" if some and some["rest"] else shown
    form = words(phrase)
    if form and form[0].key in _THE and not any(w.key[:1].isdigit() for w in form):
        head = singular(form[-1].key)
        proper = {singular(w.key) for w in form[1:] if phrase[w.start].isupper()}
        for _, number in reversed(others):
            mine = _called(s, out[number])
            anybody = head in _ANYBODY and (mine & _ANYBODY or (number == last and _plural(s, out[last]) is not None))
            if (head in mine or anybody) and proper <= mine:
                named = any(_covers(n.start, out[number]) for n in s.around.found if n.type == "person")
                return None if named and head not in mine else number
        return None
    name = shown.split()[-1:]
    theirs = out[last].source[0].of(s.text).split()
    if name and name[0][:1].isupper() and name[0] in [t.strip(",") for t in theirs] and at - place <= _NAMED_BACK:
        return last
    return None


def _called(s: Sentence, tagged: Tagged) -> set[str]:
    """The words for a source, with the apposition that follows it: "Mia Holt, a surveyor, told …"."""
    span = tagged.source[0]
    end = tagged.cue[0].start if tagged.cue and span.end < tagged.cue[0].start < span.end + 120 else span.end
    return {singular(w.key) for w in words(s.text[span.start : min(end, span.start + 300)])}


def _covers(at: int, tagged: Tagged) -> bool:
    return any(span.start <= at < span.end for span in tagged.source)


def _plural(s: Sentence, tagged: Tagged) -> bool | None:
    """Whether the source is several people; None where its form does not show."""
    form = [w for w in words(tagged.source[0].of(s.text)[:200])]
    for word in form:
        if is_people(word.key):
            return word.key != singular(word.key) or word.key == "people"
        if word.key in {"of", "who", "for", "at", "from", "in"}:
            break
    if form and form[0].key in {"they", "we"}:
        return True
    return False if form and form[0].key in _ONE else None


def _paper(s: Sentence, tagged: Tagged) -> bool:
    form = words(tagged.source[0].of(s.text)[:200])
    return bool(form) and form[-1].key in lexicon.DOCUMENTS


def _new_occasion(mark: Mark) -> bool:
    """Whether the attribution's own clause names a day, a place of speaking or somebody told."""
    s = mark.s
    if s.key(mark.verb) in TELL and s.key(mark.verb) not in {"warned", "warns", "urged", "asked"}:
        return True
    return any(mark.gap(i) and s.key(i) in _OCCASION and s.key(i - 1) != "same" for i in range(len(s.items)))


def _told_again(mark: Mark, recent: Sequence[tuple[int, int]], out: Sequence[Tagged]) -> tuple[Span, ...]:
    """Reads "Lanning reported that …. The juror told her …": told to whoever reported it just before."""
    s = mark.s
    if s.key(mark.verb) not in TELL or s.key(mark.verb + 1) not in {"her", "him", "them", "it", "me"} or not recent:
        return ()
    for _, number in reversed(recent):
        tagged = out[number]
        reported = any(key_of(span.of(s.text).split()[-1]) in _REPORTED for span in tagged.cue if span.end > span.start)
        if reported and tagged.source and not tagged.via and not _covers(mark.tagged.source[0].start, tagged):
            head = key_of(tagged.source[0].of(s.text).split()[-1])
            return tagged.source if head not in lexicon.UNNAMED | lexicon.PRONOUNS else ()
    return ()


def _reported(mark: Mark, recent: Sequence[tuple[int, int]], out: Sequence[Tagged]) -> tuple[Span, ...]:
    """Reads "Roon reported that three surveyors had seen it. The surveyors said …": they said it to Roon."""
    s = mark.s
    shown = words(mark.tagged.source[0].of(s.text)[:200])
    if len(shown) < 2 or shown[0].key != "the" or len(shown) > 4 or _new_occasion(mark):
        return ()
    head = shown[-1].key
    if not is_people(head) or not recent:
        return ()
    tagged = out[recent[-1][1]]
    reported = any(key_of(span.of(s.text).split()[-1]) in _REPORTED for span in tagged.cue if span.end > span.start)
    if not reported or tagged.via or not tagged.source:
        return ()
    for span in tagged.content:
        form = words(span.of(s.text)[:400])
        for at, word in enumerate(form):
            if singular(word.key) == singular(head) and at and form[at - 1].key not in {"the", "his", "her", "their"}:
                return tagged.source
    return ()


def _handed_on(flat: Sequence[tuple[int, Sentence]], at: int, mark: Mark) -> tuple[Span, ...]:
    """Reads "The Lantern has obtained the diary. In it, he writes …", "K shared a letter from a guest. The guest …"."""
    if at == 0 or flat[at][0] - flat[at - 1][0] > 1:
        return ()
    s, previous = mark.s, flat[at - 1][1]
    shown = words(mark.tagged.source[0].of(s.text)[:200])
    head = singular(shown[-1].key) if shown and shown[0].key == "the" else ""
    itself = bool(shown) and shown[-1].key in {"it", "they"}
    refers = itself or (s.key(0) in {"in", "according"} and s.key(1 + (s.key(1) == "to")) in {"it", "them", "the"})
    if not refers and not head:
        return ()
    for verb in range(1, len(previous.items)):
        key = previous.key(verb)
        if key not in PROVIDES | OBTAINED or previous.key(verb + 1) == "by" or previous.key(verb - 1) in BE:
            continue
        paper = next((i for i in range(verb + 1, min(verb + 8, len(previous.items))) if _paper_at(previous, i)), 0)
        subject = subject_of(previous, verb) if paper else None
        if subject is None:
            continue
        carrier = previous.span(subject.first, subject.last)
        if head and any(singular(previous.key(i)) == head for i in range(subject.first, subject.last + 1)):
            continue  # "a statement reads …. The statement continues …"
        prints = carrier_at(previous, subject.first, subject.last, papers=True) is not None
        if prints and refers and (itself or s.key(1) in {"it", "them"} or s.key(2) == previous.key(paper)):
            return (carrier,)
        if prints and head and singular(previous.key(paper)) == head:
            return (carrier,)
        stop = next((i for i in range(paper + 2, len(previous.items)) if previous.key(i) in {"who", "that"}), None)
        giver = range(paper + 2, (stop if stop is not None else min(paper + 8, len(previous.items))))
        if head and previous.key(paper + 1) in {"from", "by"} and any(singular(previous.key(i)) == head for i in giver):
            return (carrier,)
    return ()


def _met(flat: Sequence[tuple[int, Sentence]], at: int, mark: Mark) -> tuple[Span, ...]:
    """Reads "General Lund spoke to the Comet. “…,” she said" and "The Comet interviewed three officers. They …"."""
    if at == 0 or flat[at][0] - flat[at - 1][0] > 1:
        return ()
    s, previous = mark.s, flat[at - 1][1]
    shown = words(mark.tagged.source[0].of(s.text)[:200])
    last = shown[-1].key if shown else ""
    if not (last in _ONE or last == "they" or any(singular(item.key) == singular(last) for item in previous.items)):
        return ()
    for verb in range(1, len(previous.items) - 1):
        if previous.key(verb) not in {"spoke", "talked", "interviewed", "sat"} or previous.key(verb - 1) in BE:
            continue
        subject = subject_of(previous, verb)
        if subject is None:
            continue
        told = speaking_to(previous, verb, len(previous.items) - 1)
        prints = carrier_at(previous, subject.first, subject.last)
        return told or ((previous.span(subject.first, subject.last),) if prints and prints[0] == subject.last else ())
    return ()


def _paper_at(s: Sentence, at: int) -> bool:
    return s.key(at) in lexicon.DOCUMENTS | {"diary", "diaries"} and s.key(at - 1) not in PREPOSITIONS
