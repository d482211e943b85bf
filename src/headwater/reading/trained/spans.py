"""The network's scores -> spans: the likeliest source and content of each cue, then what cues may not share.

Labels of one cue are chosen together (Viterbi), so that no span starts inside another. A word is content of one cue
only, as in PolNeAR: the surer attribution takes it.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headwater.model import EntityType, Span
from headwater.reading.tagger import Name, Tagged

Floats = npt.NDArray[np.float32]
Range = tuple[int, int]  # half-open, in words of the window

FLAT = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("O", "B-source", "I-source", "B-content", "I-content")
NAMES = ("O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place", "B-other", "I-other")
_TYPES: dict[str, EntityType] = {"person": "person", "organisation": "organisation", "place": "place", "other": "other"}
_GOES_ON = 0.3  # share from which a word goes on with a cue
_SHARED = 0.5  # share of an attribution's content taken by a surer one from which on it is none
_WEAK_CUE = 0.2  # score from which on words that are surely content are somebody's, however weak their cue
_CONTENT = 0.8  # and the share from which on, by the labels of single words, they surely are
_NOBODY = 0.75  # score below which words are nobody's without a speaker, unless they surely are content: from
_SURELY = 0.9  # this share on


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in words of its window; ``score`` is a share 0..1."""

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    score: float


def log_shares(scores: Floats) -> Floats:
    """Natural logarithm of the softmax of each row."""
    low = scores - scores.max(-1, keepdims=True)
    out: Floats = low - np.log(np.exp(low).sum(-1, keepdims=True))
    return out


def likeliest(shares: Floats, labels: Sequence[str]) -> npt.NDArray[np.intp]:
    """The likeliest labels of rows of words, none inside a span that has not begun (Viterbi).

    Args:
        shares: logarithms, rows x words x labels.
        labels: what they are of: "O", then "B-" and "I-" of each kind.

    Returns:
        Numbers of labels, rows x words.
    """
    follows = np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in labels] for a in labels])
    out: npt.NDArray[np.intp] = shares.argmax(-1)
    # where the likeliest labels of single words go together, nothing else can be likelier
    fits = follows[0, out[:, 0]] & follows[out[:, :-1], out[:, 1:]].all(1)
    for row in np.flatnonzero(~fits):
        out[row] = _fitting(shares[row].tolist())
    return out


def _fitting(words: Sequence[Sequence[float]]) -> list[int]:
    """The likeliest labels of one row that go together; in plain numbers: arrays do not pay for a single window."""
    size = len(words[0])
    score = [-math.inf if label and label % 2 == 0 else share for label, share in enumerate(words[0])]
    steps = []
    for shares in words[1:]:
        best = score.index(max(score))
        step = [best] * size
        reached = [score[best] + share for share in shares]
        for inside in range(2, size, 2):
            before = inside if score[inside] > score[inside - 1] else inside - 1
            step[inside] = before
            reached[inside] = score[before] + shares[inside]
        steps.append(step)
        score = reached
    at = score.index(max(score))
    out = [at]
    for step in reversed(steps):
        at = step[at]
        out.append(at)
    return out[::-1]


def spans_of(chosen: Sequence[int], begins: int) -> list[Range]:
    """The spans of one kind, whose labels are ``begins`` and the next."""
    out: list[Range] = []
    for at, label in enumerate(chosen):
        if label == begins or (label == begins + 1 and not (out and out[-1][1] == at)):
            out.append((at, at + 1))
        elif label == begins + 1:
            out[-1] = (out[-1][0], at + 1)
    return out


def cues_of(flat: Floats, at_least: float) -> list[tuple[Range, float]]:
    """Where a cue may stand, with its share: loosely, since what has no content is dropped later."""
    shares = np.exp(log_shares(flat))
    begins, inside = shares[:, FLAT.index("B-cue")], shares[:, FLAT.index("I-cue")]
    out: list[tuple[Range, float]] = []
    at = 0
    while at < len(shares):
        if max(begins[at], inside[at]) <= at_least:
            at += 1
            continue
        end = at + 1
        while end < len(shares) and inside[end] > max(_GOES_ON, begins[end]):
            end += 1
        out.append(((at, end), float(max(begins[at], inside[at]))))
        at = end
    return out


def attributions(cues: Sequence[tuple[Range, float]], roles: Floats, flat: Floats, at_least: float) -> list[Found]:
    """The attributions of one window, surest first.

    Args:
        cues: as ``cues_of`` gives them.
        roles: their scores, cues x words x ``ROLES``.
        flat: the scores of the words alone, words x ``FLAT``.
        at_least: share below which an attribution is dropped, unless it has a speaker and its words are surely
            content ("went on: …" with a cue the network hardly knows).
    """
    alone = np.exp(log_shares(flat))[:, FLAT.index("B-content") :].sum(1)
    made: list[tuple[float, Range, tuple[Range, ...], set[int]]] = []
    logs = log_shares(roles)
    every = np.exp(logs)
    for (cue, share), shares, labels in zip(cues, every, likeliest(logs, ROLES), strict=True):
        chosen = labels.tolist()
        content = {k for a, b in spans_of(chosen, ROLES.index("B-content")) for k in range(a, b)} - set(range(*cue))
        if not content:
            continue
        sure = share * float(shares[sorted(content), 3:5].sum(1).mean())
        sources = spans_of(chosen, ROLES.index("B-source"))
        best = max(sources, key=lambda s: float(shares[s[0] : s[1], 1:3].sum(1).mean()), default=None)
        if best:
            believed = sure >= at_least or (sure >= _WEAK_CUE and _mean(alone, content) >= _CONTENT)
        else:
            believed = sure >= at_least and (sure >= _NOBODY or _mean(alone, content) >= _SURELY)
        if believed:
            made.append((sure, cue, (best,) if best else (), content))
    made.sort(key=lambda m: (-m[0], m[1]))
    taken: set[int] = set()
    out = []
    for sure, cue, source, content in made:
        left = content - taken
        if len(left) <= _SHARED * len(content):
            continue
        taken |= left
        out.append(Found(cue, source, runs(left), sure))
    return out


def _mean(shares: Floats, words: Iterable[int]) -> float:
    return float(shares[sorted(words)].mean())


def runs(words: Iterable[int]) -> tuple[Range, ...]:
    """Words as ranges of neighbours."""
    out: list[Range] = []
    for word in sorted(words):
        if out and out[-1][1] == word:
            out[-1] = (out[-1][0], word + 1)
        else:
            out.append((word, word + 1))
    return tuple(out)


def tagged(found: Found, place: Callable[[Range], Span]) -> Tagged:
    """The attribution with its places in the text."""
    return Tagged(
        cue=(place(found.cue),),
        source=tuple(place(r) for r in found.source),
        content=tuple(place(r) for r in found.content),
        score=found.score,
    )


def names_of(scores: Floats, place: Callable[[Range], Span], at_least: float) -> list[Name]:
    """The names of one window, in order."""
    logs = log_shares(scores)
    chosen = likeliest(logs[None], NAMES)[0].tolist()
    shares = np.exp(logs)
    out = []
    for begins in range(1, len(NAMES), 2):
        for start, end in spans_of(chosen, begins):
            share = float(shares[start:end, begins : begins + 2].sum(1).mean())
            if share >= at_least:
                span = place((start, end))
                out.append(Name(span.start, span.end, _TYPES[NAMES[begins][2:]], round(share, 4)))
    return sorted(out)
