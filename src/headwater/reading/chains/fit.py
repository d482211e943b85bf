"""Which words can stand for a carrier at all: takes an attribution, gives those of its carriers that can be one.

Whatever pattern found them, carriers are somebody's name, a paper, people by a noun or a pronoun for them; never a
conjunction or an article, never whoever speaks.
"""

import re

from headwater import lexicon
from headwater.model import Span
from headwater.reading.names.gazetteer import lists
from headwater.reading.rules.forms import ADVERBS, AUX, CLAUSE, DETERMINERS, HEADS, MODAL, PREPOSITIONS, TIME
from headwater.reading.tagger import Tagged
from headwater.reading.whom import is_people, singular
from headwater.words import words

_PRONOUNS = frozenset("he she they it i we me us him her them who one both".split())
_EMPTY = (
    AUX | MODAL | CLAUSE | PREPOSITIONS | DETERMINERS | TIME | (ADVERBS | lexicon.STOPWORDS) - HEADS
    | frozenset("and or but q a asked told said".split())
)  # fmt: skip
_NEVER_FIRST = frozenset("whom whose what how why when where while because although though asked".split())
#: What ends the words for who speaks, before what only describes them: "three people, who spoke to the Comet".
_HEAD_ENDS = re.compile(r"[,;(—–]| (?:who|that|which|of|to|with|by|for|from|at|in|on) ")
_LONGEST = 300  # code points of a phrase that are looked at


def can_carry(text: str, tagged: Tagged) -> tuple[Span, ...]:
    """The attribution's carriers that can be carriers, in their order."""
    return tuple(
        span
        for span in tagged.via
        if _is_somebody(text, span)
        and not _speaks(text, span, tagged)
        and not any(c.start <= span.start and span.end <= c.end for c in tagged.content)  # told of, not telling
    )


def _is_somebody(text: str, span: Span) -> bool:
    shown = span.of(text)[:_LONGEST]
    form = words(shown)
    if not form or form[0].key in _NEVER_FIRST or shown.endswith(("’s", "'s")):
        return False
    if len(form) == 1 and form[0].key in _PRONOUNS:
        return True
    for word in form:
        key = word.key
        if key in _EMPTY:
            continue
        noun = key in HEADS or singular(key) in HEADS or is_people(key) or key in lexicon.NOT_CARRIERS
        if noun or not shown[word.start].islower() or key in lists().institutions:
            return True
    return form[0].key in DETERMINERS and any(w.key not in _EMPTY for w in form)


def _speaks(text: str, span: Span, tagged: Tagged) -> bool:
    """Whether the carrier is by name whoever speaks: "Roe" of "Ivan Roe"."""
    mine = words(span.of(text)[:_LONGEST])
    name = span.of(text)[:_LONGEST].split()[-1:]
    if not mine or not name or not name[0][:1].isupper():
        return False
    for source in tagged.source:
        shown = _HEAD_ENDS.split(source.of(text)[:_LONGEST], maxsplit=1)[0]
        theirs = words(shown)
        owner = any(mark in shown for mark in ("’s", "'s"))
        if not owner and theirs and theirs[-1].key == mine[-1].key and mine[-1].key not in lexicon.OUTLETS:
            return True
    return False
