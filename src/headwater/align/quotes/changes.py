"""What a printing changed: its relation to the fullest one, and every difference with its places on both sides.

Takes two aligned printings. Words dropped here and added there have moved; spelling is compared on the words as they
are written, the rest on their folded forms.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from headwater.align.quotes.acts import SHARE
from headwater.align.quotes.alignment import Aligned, Gap, is_outer, shares
from headwater.align.quotes.printings import SHORTEST, TURNING, Printing, is_content, own
from headwater.align.spelling import Token
from headwater.model import Article, Change, ChangeKind, Relation, Span, text_of
from headwater.words import holding

#: Share of words above which a printing is the same wording, touched up, not another translation.
_TOUCHED = 0.9


def relation_of(full: Printing, other: Printing, aligned: Aligned, *, translated: bool) -> Relation:
    """What the other printing is to the fuller one; ``translated`` says that both may be translations of one speech."""
    lost = sum(own(full, *gap.full) for gap in aligned.gaps)
    if not any(own(other, *gap.other) for gap in aligned.gaps):
        if lost:
            return "altered" if _cut_silently(full, other, aligned) else "trimmed"
        return "respelled" if aligned.gaps or _respelled(full, other, aligned) else "verbatim"
    share, _ = shares(aligned, full, other)
    changed = [gap for gap in aligned.gaps if own(other, *gap.other)]
    # more of the same speech, which the other left out, or an article or "that" beside it, changes no word of the rest
    if all(
        (own(other, *gap.other) >= SHORTEST and not own(full, *gap.full))
        or (
            is_outer(gap, full, other)
            and not any(is_content(f) or f in TURNING for f in other.folds[gap.other[0] : gap.other[1]])
        )
        for gap in changed
    ):
        return "trimmed"
    # a slip or a touch of the pen changes a word here or there; a translator sets the sentences anew
    anew = [gap for gap in changed if min(own(full, *gap.full), own(other, *gap.other)) and own(full, *gap.full) > 1]
    fillings = [gap for gap in changed if own(full, *gap.full)]  # words here for words there, in three places or more
    again = translated and share < _TOUCHED and (len(anew) > 1 or len(fillings) > 2)
    return "retranslated" if share < SHARE or again else "altered"


def _cut_silently(full: Printing, other: Printing, aligned: Aligned) -> bool:
    """Whether words that turn the sense were left out inside one pair of marks, without an ellipsis."""
    for gap in aligned.gaps:
        at = gap.other[0]
        inside = 0 < at < len(other.tokens) and other.tokens[at - 1].part == other.tokens[at].part
        if inside and any(t.fold in TURNING for t in full.tokens[gap.full[0] : gap.full[1]] if not t.aside):
            return True
    return False


def _plain(form: str) -> str:
    return form.replace("’", "'").replace("‑", "-")


def _surface(printing: Printing, token: Token) -> str:
    return _plain(printing.article_text[token.start : token.end])


def _respelled(full: Printing, other: Printing, aligned: Aligned) -> bool:
    return any(_spelling_pairs(full, other, aligned))


def _spelling_pairs(full: Printing, other: Printing, aligned: Aligned) -> Iterable[tuple[Token, Token]]:
    """Matched words written otherwise; the capital at the head of a part is no difference."""
    for i, j, size in aligned.blocks:
        for k in range(size):
            left, right = full.tokens[i + k], other.tokens[j + k]
            one, two = _surface(full, left), _surface(other, right)
            if one == two:
                continue
            head = (
                i + k == 0
                or j + k == 0
                or full.tokens[i + k - 1].part != left.part
                or other.tokens[j + k - 1].part != right.part
            )
            if not (head and one.casefold() == two.casefold()):
                yield left, right


def _spans(printing: Printing, start: int, end: int) -> tuple[Span, ...]:
    """The places of tokens ``start`` to ``end``, one span for each stretch inside one pair of marks."""
    out: list[Span] = []
    number = -1
    for token in printing.tokens[start:end]:
        holder = holding(printing.spans, token.start)
        if out and holder == number:
            out[-1] = Span(out[-1].start, max(out[-1].end, token.end))
        else:
            out.append(Span(token.start, token.end))
        number = holder
    return tuple(out)


def changes_of(
    full: Printing, other: Printing, aligned: Aligned, texts: Mapping[str, Article], *, spelling: bool
) -> tuple[Change, ...]:
    """Every difference, in the order of the fullest wording; a block dropped here and added there has moved."""

    def change(kind: ChangeKind, left: tuple[int, int], right: tuple[int, int]) -> Change:
        before, after = _spans(full, *left), _spans(other, *right)
        return Change(
            kind=kind,
            before=text_of(texts[full.article], before),
            after=text_of(texts[other.article], after),
            spans=after,
            fullest_spans=before,
        )

    found: list[tuple[tuple[int, int], Change]] = []
    dropped = [gap for gap in aligned.gaps if gap.other[0] == gap.other[1]]
    added = [gap for gap in aligned.gaps if gap.full[0] == gap.full[1]]
    moved: set[Gap] = set()
    places: defaultdict[tuple[str, ...], list[Gap]] = defaultdict(list)
    for gap in dropped:
        places[full.folds[gap.full[0] : gap.full[1]]].append(gap)
    for gap in added:
        words_moved = other.folds[gap.other[0] : gap.other[1]]
        if places.get(words_moved) and any(is_content(fold) for fold in words_moved):
            left = places[words_moved].pop(0)
            moved |= {gap, left}
            found.append(((left.full[0], gap.other[0]), change("moved", left.full, gap.other)))
    for gap in aligned.gaps:
        if gap in moved:
            continue
        kind: ChangeKind = (
            "dropped" if gap.other[0] == gap.other[1] else "added" if gap.full[0] == gap.full[1] else "replaced"
        )
        found.append(((gap.full[0], gap.other[0]), change(kind, gap.full, gap.other)))
    if spelling:
        position = {(i + k, j + k) for i, j, size in aligned.blocks for k in range(size)}
        seen: set[tuple[int, int]] = set()
        numbers_full = {id(token): n for n, token in enumerate(full.tokens)}
        numbers_other = {id(token): n for n, token in enumerate(other.tokens)}
        for one, two in _spelling_pairs(full, other, aligned):
            place = (one.start, two.start)
            if place in seen:  # a contraction is two tokens of one place
                continue
            seen.add(place)
            left_n, right_n = numbers_full[id(one)], numbers_other[id(two)]
            if (left_n, right_n) in position:
                found.append(((left_n, right_n), change("replaced", (left_n, left_n + 1), (right_n, right_n + 1))))
    return tuple(item for _, item in sorted(found, key=lambda pair: pair[0]))
