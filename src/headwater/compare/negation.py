"""What turns a clause: negations, words that turn it without one, and attributions that deny.

A clause is plain when nothing in it, or in the words that cite it, turns its sense.
"""

from itertools import pairwise

from headwater.compare.stems import DENY, NEGATIONS, word_list
from headwater.compare.told import Telling, Told
from headwater.lexicon import AUXILIARIES, CLAUSAL, IRREGULAR, SAID
from headwater.model import Article, Attribution
from headwater.words import Word, words

#: Words that turn a clause without being a negation; a clause with one is never compared by its negations alone.
TURNS = DENY | word_list(
    """false untrue wrong incorrect baseless unfounded refuse refused refuses fail failed fails decline declined
    declines lack lacks lacked absence without unable unlikely hardly barely unclear unconfirmed instead stop
    stopped end ended avoid avoided prevent prevented halt halted cancel cancelled canceled never rule ruled ruling
    against oppose opposed opposes"""
)


#: After "not", words that make it less than a denial.
_MILD = word_list("only about just merely simply all every enough yet clear sure so as even necessarily always exactly")


#: Words that begin a question: what follows is not said to be so.
_ASKING = word_list("if whether unless")
CONDITIONS = word_list("until unless if should must ought")


_ASSERTING = CLAUSAL | word_list(
    """according accuse accuses accused accusing allegedly reportedly call calls called describe describes described
    cite cites cited citing amounted published"""
)


def negations(found: tuple[Word, ...]) -> list[int]:
    """Numbers of the words that negate; "not only" and "no longer" do not."""
    keys = [word.key for word in found]
    return [
        n
        for n, key in enumerate(keys)
        if (key in NEGATIONS or key.endswith("n't"))
        and not (key == "not" and keys[n + 1 : n + 2] and keys[n + 1] in _MILD)
        and not (key == "no" and keys[n + 1 : n + 2] in (["longer"], ["doubt"], ["matter"]))
    ]


def _not_a_denial(telling: Telling, at: int) -> bool:
    """Whether the negation only rules out, asks, or is silent: "can't", "not ... until", "not to go", "no comment"."""
    keys = [word.key for word in telling.words]
    if keys[at] == "not" and keys[at + 1 : at + 2] == ["to"]:
        return True
    if "comment" in keys[at + 1 : at + 4]:
        return True
    return keys[at] in {"can't", "cannot"} or keys[max(0, at - 1)] == "can" or bool(set(keys) & CONDITIONS)


def negated(telling: Telling) -> tuple[int, int] | None:
    """The one negation of a clause and the first content word it governs, as word numbers."""
    found = negations(telling.words)
    if (
        len(found) != 1
        or _not_a_denial(telling, found[0])
        or any(word.key in TURNS - NEGATIONS for word in telling.words)
    ):
        return None
    target = next((n for n in range(found[0] + 1, min(found[0] + 6, len(telling.words))) if telling.stems[n]), -1)
    return (found[0], target) if target >= 0 else None


def plain(telling: Telling) -> bool:
    """Whether nothing in the clause, or in the words that cite it, turns its sense."""
    return (
        not negations(telling.words)
        and not any(word.key in _ASKING for word in telling.words[:1])
        and not any(word.key in TURNS for word in telling.words)
        and not any(denies(telling.article, a) for a in telling.heard)
    )


def states(telling: Telling) -> bool:
    """Whether it says that something is so: a verb is among its words, and whoever is cited for it asserts it.

    A noun phrase is nothing that one can deny, nor is what somebody only defends, praises or asks about.
    """
    cues = {w.key for a in telling.heard for span in a.cue_spans for w in words(telling.article.text, span)}
    if cues and not cues & _ASSERTING:
        return False
    return any(
        word.key in AUXILIARIES or word.key in IRREGULAR or word.key in SAID or (word.key.endswith("ed") and number)
        for number, word in enumerate(telling.words)
    )


def denies(article: Article, attribution: Attribution) -> bool:
    """Whether the cue is a verb of denying, itself not negated."""
    found = [word.key for span in attribution.cue_spans for word in words(article.text, span)]
    if any(one.startswith("push") and two == "back" for one, two in pairwise(found)):
        return True
    return any(key in DENY for key in found) and not any(key in NEGATIONS for key in found)


def speaker(telling: Telling) -> str | None:
    """The Source id on whose word it is told, None for the outlet's own."""
    chain = telling.mention.chain
    return next((a.source for a in telling.heard if a.source), chain[-1] if chain else None)


def citing(told: Told, telling: Telling) -> str:
    """What a note calls the article, with whom it cites for the telling."""
    who = speaker(telling)
    return told.label(telling.article) + (f", citing {told.name(who)}," if who in told.sources else "")
