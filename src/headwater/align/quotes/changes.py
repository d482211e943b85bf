"""What a printing changed: its relation to the fullest one, and every difference with its places on both sides.

Takes two aligned printings. Words dropped here and added there have moved; spelling is compared on the words as they
are written, the rest on their folded forms. A capital is no change of words.
"""

from collections import defaultdict
from collections.abc import Iterable

from headwater.align.quotes.alignment import Aligned, Gap, is_outer, sentence_bound
from headwater.align.quotes.printings import SHORTEST, Printing, own
from headwater.align.quotes.weight import TURNING, is_content
from headwater.align.spelling import Token, forms
from headwater.model import Change, ChangeKind, Relation, Span
from headwater.words import holding

#: How a speaker begins who does not vouch for what follows.
_FRAMES = (
    ("i", "think"), ("we", "think"), ("i", "believe"), ("we", "believe"), ("i", "suspect"), ("i", "guess"),
    ("i", "suppose"), ("i", "assume"), ("i", "fear"), ("i", "doubt"), ("it", "seems"), ("it", "appears"),
)  # fmt: skip
_FRAME_WORDS = forms("if unless perhaps maybe possibly probably apparently allegedly reportedly")
_MOST_FRAME = 10
#: Places at which a translation differs, where only one of them sets several words anew.
_MANY = 4


def relation_of(full: Printing, other: Printing, aligned: Aligned, *, translated: bool) -> Relation:
    """What the other printing is to the fuller one; ``translated`` says that both may be translations of one speech."""
    gained = [gap for gap in aligned.gaps if own(other, *gap.other)]
    lost = [gap for gap in aligned.gaps if own(full, *gap.full)]
    if not gained:
        if lost:
            cut = any(_cut_silently(full, other, gap) or _frame_cut(full, other, gap) for gap in lost)
            return "altered" if cut else "trimmed"
        return "respelled" if any(_spelled_otherwise(full, other, aligned)) else "verbatim"
    if translated and _set_anew(full, other, aligned):
        return "retranslated"
    if all(_more_of_it(full, other, gap) for gap in gained):
        return "altered" if any(_cut_silently(full, other, gap) for gap in lost) else "trimmed"
    return "altered"


def _set_anew(full: Printing, other: Printing, aligned: Aligned) -> bool:
    """Whether the words differ as two translations do: a slip changes a word, a translator sets the sentences anew."""
    exchanged = [gap for gap in aligned.gaps if min(own(full, *gap.full), own(other, *gap.other))]
    anew = [gap for gap in exchanged if own(full, *gap.full) > 1]
    return len(anew) > 1 or len(exchanged) > 2 or (len(anew) == 1 and len(aligned.gaps) >= _MANY)


def _more_of_it(full: Printing, other: Printing, gap: Gap) -> bool:
    """Whether what the other has besides is more of the same speech, or a small word at the edge of a fragment."""
    if own(full, *gap.full):
        return is_outer(gap, full, other) and not _tells(other, gap)
    bound = all(sentence_bound(other, at) for at in gap.other)
    if bound:
        return True
    outer = is_outer(gap, full, other)
    return outer and (own(other, *gap.other) >= SHORTEST or not _tells(other, gap))


def _tells(other: Printing, gap: Gap) -> bool:
    return any(is_content(fold) or fold in TURNING for fold in other.folds[slice(*gap.other)])


def _cut_silently(full: Printing, other: Printing, gap: Gap) -> bool:
    """Whether words that tell something were left out of a sentence inside one pair of marks, without an ellipsis."""
    at = gap.other[0]
    if gap.other[0] != gap.other[1] or not 0 < at < len(other.tokens):
        return False
    if other.tokens[at - 1].part != other.tokens[at].part or sentence_bound(other, at):
        return False
    lost = [t.fold for t in full.tokens[slice(*gap.full)] if not t.aside]
    return any(fold in TURNING or is_content(fold) for fold in lost)


def _frame_cut(full: Printing, other: Printing, gap: Gap) -> bool:
    """Whether "I think" or "if …" was cut from the head of a sentence that the other prints as a whole one."""
    start, end = gap.full
    if gap.other[0] != gap.other[1] or end >= len(full.tokens) or gap.other[0] >= len(other.tokens):
        return False
    while end - start > _MOST_FRAME or (start < end and not sentence_bound(full, start)):
        start += 1
    if start == end or sentence_bound(full, end) or not sentence_bound(other, gap.other[0]):
        return False
    first = other.tokens[gap.other[0]]
    whole = other.article_text[first.start].isupper() and full.article_text[full.tokens[end].start].islower()
    return whole and (full.folds[start : start + 2] in _FRAMES or full.folds[start] in _FRAME_WORDS)


def _surface(printing: Printing, token: Token) -> str:
    form = printing.article_text[token.start : token.end].casefold()
    return form.replace("’", "'").replace("‑", "-").replace("[", "").replace("]", "")


def _spelled_otherwise(
    full: Printing, other: Printing, aligned: Aligned
) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    """Token ranges of matched words that are written otherwise; "we've" and "we have" are one difference."""
    for i, j, size in aligned.blocks:
        k = 0
        while k < size:
            end = k + 1
            while end < size and (
                full.tokens[i + end].start == full.tokens[i + end - 1].start
                or other.tokens[j + end].start == other.tokens[j + end - 1].start
            ):
                end += 1
            left = [_surface(full, t) for n, t in enumerate(full.tokens[i + k : i + end]) if _first(full, i + k + n)]
            right = [
                _surface(other, t) for n, t in enumerate(other.tokens[j + k : j + end]) if _first(other, j + k + n)
            ]
            if left != right:
                yield (i + k, i + end), (j + k, j + end)
            k = end


def _first(printing: Printing, at: int) -> bool:
    """Whether a token is the first of its place: a contraction is two tokens of one."""
    return at == 0 or printing.tokens[at - 1].start != printing.tokens[at].start


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


def _whole_words(full: Printing, other: Printing, gap: Gap) -> Gap:
    """The gap without half a contraction: "won't" against "will" is another word, not a lost one."""
    (i, to_i), (j, to_j) = gap.full, gap.other
    split = (0 < i < to_i and not _first(full, i)) or (0 < j < to_j and not _first(other, j))
    if split and i > 0 and j > 0:
        i, j = i - 1, j - 1
    split = (i < to_i < len(full.tokens) and not _first(full, to_i)) or (
        j < to_j < len(other.tokens) and not _first(other, to_j)
    )
    if split and to_i < len(full.tokens) and to_j < len(other.tokens):
        to_i, to_j = to_i + 1, to_j + 1
    return Gap((i, to_i), (j, to_j))


def _change(kind: ChangeKind, full: Printing, other: Printing, gap: Gap) -> Change:
    before, after = _spans(full, *gap.full), _spans(other, *gap.other)
    return Change(
        kind=kind,
        before=" … ".join(span.of(full.article_text) for span in before),
        after=" … ".join(span.of(other.article_text) for span in after),
        spans=after,
        fullest_spans=before,
    )


def changes_of(full: Printing, other: Printing, aligned: Aligned, *, spelling: bool) -> tuple[Change, ...]:
    """Every difference, in the order of the fullest wording; a block dropped here and added there has moved."""
    found: list[tuple[tuple[int, int], Change]] = []
    dropped = [gap for gap in aligned.gaps if gap.other[0] == gap.other[1]]
    added = [gap for gap in aligned.gaps if gap.full[0] == gap.full[1]]
    moved: set[Gap] = set()
    places: defaultdict[tuple[str, ...], list[Gap]] = defaultdict(list)
    for gap in dropped:
        places[full.folds[slice(*gap.full)]].append(gap)
    for gap in added:
        words_moved = other.folds[slice(*gap.other)]
        if places.get(words_moved) and any(is_content(fold) for fold in words_moved):
            left = places[words_moved].pop(0)
            moved |= {gap, left}
            found.append(((left.full[0], gap.other[0]), _change("moved", full, other, Gap(left.full, gap.other))))
    wide = [_whole_words(full, other, gap) for gap in aligned.gaps if gap not in moved]
    for gap in wide:
        kind: ChangeKind = (
            "dropped" if gap.other[0] == gap.other[1] else "added" if gap.full[0] == gap.full[1] else "replaced"
        )
        found.append(((gap.full[0], gap.other[0]), _change(kind, full, other, gap)))
    if spelling:
        told = {at for gap in wide for at in range(*gap.full)}
        for left_range, right_range in _spelled_otherwise(full, other, aligned):
            if not told & set(range(*left_range)):
                found.append(
                    ((left_range[0], right_range[0]), _change("replaced", full, other, Gap(left_range, right_range)))
                )
    return tuple(item for _, item in sorted(found, key=lambda pair: pair[0]))
