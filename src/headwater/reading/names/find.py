"""Finds names by rule: takes a text and its sentences, gives spans of people, organisations, places and a few others.

Two rounds: the first reads what a sentence itself shows (titles, given names, listed names, head words), the second
also what the rest of the text showed (surnames, acronyms, words met in small letters). Linear in the text's length.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from headwater.model import EntityType, Span
from headwater.reading.names.cut import Found, Reader
from headwater.reading.names.gazetteer import Lists, folded, forms, lists
from headwater.reading.names.line import PARTICLES, Seen, all_capitals, is_headline
from headwater.reading.names.tokens import Token, tokens
from headwater.reading.tagger import Name

_GENERATIONS = forms("jr sr ii iii iv")


def _trimmed(text: str, toks: Sequence[Token], found: Found) -> Span | None:
    i, j = found.start, found.end
    while i < j and (toks[i].low == "the" or toks[i].shape == "mark"):
        i += 1
    while j > i and (toks[j - 1].shape == "mark"):
        j -= 1
    if i >= j:
        return None
    end = toks[j - 1].end
    if toks[j - 1].shape == "initial" and toks[j - 1].form.count(".") == 1 and j - i > 1:
        end -= 1
    return Span(toks[i].start, end) if end > toks[i].start else None


def _defined(toks: Sequence[Token], found: Sequence[Found], seen: Seen) -> None:
    """Note acronyms given in brackets after a name: "Harbour Board (HB)", "... Command (called SOCN)"."""
    for name in found:
        j = name.end
        if j + 2 >= len(toks) or toks[j].form != "(":
            continue
        k = j + 1
        while k < len(toks) and k < j + 5 and toks[k].shape in ("lower", "mark") and toks[k].form != ")":
            k += 1
        if k + 1 < len(toks) and toks[k].shape == "caps" and toks[k + 1].form in (")", ",", ";", "”", '"'):
            type_: EntityType = "organisation" if name.type == "person" else name.type
            seen.acronyms.setdefault(toks[k].form, type_)


def _gathered(text: str, sentences: Sequence[Span], known: Lists) -> Seen:
    seen = Seen()
    for span in sentences:
        toks = tokens(text, span.start, span.end)
        if all_capitals(toks):
            continue
        headline = is_headline(toks, seen, known)
        for i, tok in enumerate(toks):
            if tok.shape == "lower":
                seen.lower.add(tok.low)
            elif (
                tok.shape == "cap"
                and i
                and not headline
                and (toks[i - 1].shape == "lower" or toks[i - 1].low in known.common)
            ):
                seen.middle[tok.form] += 1
    return seen


def _remember(text: str, sentences: Sequence[Span], seen: Seen, known: Lists) -> None:
    """First round: keep what sentences show by themselves."""
    votes: dict[tuple[str, ...], Counter[EntityType]] = {}
    for span in sentences:
        toks = tokens(text, span.start, span.end)
        sentence = Reader(toks, seen, known)
        if sentence.capitals or sentence.headline:
            continue
        found = sentence.read()
        _defined(toks, found, seen)
        for name in found:
            part = [tok for tok in toks[name.start : name.end] if tok.shape != "mark"]
            if not part or name.score < 0.5:
                continue
            # A shape alone counts where its last word is met alone in mid-sentence too.
            if name.score < 0.7 and not (name.type == "person" and len(part) > 1 and seen.middle[part[-1].form]):
                continue
            key = tuple(folded(tok.form) for tok in part)
            votes.setdefault(key, Counter())[name.type] += 1
    for key, count in votes.items():
        type_, times = max(count.items(), key=lambda item: (item[1], item[0]))
        if times * 2 <= sum(count.values()):
            continue
        if type_ == "person":
            last = key[-1] if key[-1] not in _GENERATIONS else key[-2] if len(key) > 1 else ""
            if len(key) > 1 and len(last) > 1:
                seen.surnames[last] += times
                if (
                    len(key) > 2
                    and key[-1] == last
                    and len(key[-2]) > 2
                    and key[-2] not in known.first
                    and key[-2] not in PARTICLES
                    and key[1] != key[-1]
                ):
                    seen.surnames[key[-2]] += times
            elif len(key) == 1:
                seen.surnames[key[0]] += times
        if len(key) > 1 or (type_ != "person" and len(key[0]) > 3):
            seen.sure[key] = type_
            seen.sure_longest[key[0]] = max(seen.sure_longest.get(key[0], 0), len(key))


def _with_administration(toks: Sequence[Token], found: list[Found]) -> Iterator[Found]:
    """The names found, with "the Trump administration" an organisation's name, not the president's."""
    for name in found:
        nxt = toks[name.end] if name.end < len(toks) else None
        if name.type == "person" and nxt and nxt.low == "administration" and nxt.near and not toks[name.end - 1].owner:
            yield Found(name.start, name.end + 1, "organisation", 0.8)
        else:
            yield name


def find_names(text: str, sentences: Sequence[Span]) -> tuple[Name, ...]:
    """Names of people, organisations, places and a few others in ``text``, by rule.

    Args:
        text: the article's text.
        sentences: its sentences outside furniture, in order; only these are read.

    Returns:
        Names in order of place, apart from one another, without titles and without a leading "the"; ``score`` is a
        share 0..1, .9 and above where a list or a title shows the name, .5 and below where only its shape does.
    """
    known = lists()
    seen = _gathered(text, sentences, known)
    _remember(text, sentences, seen, known)
    out: list[Name] = []
    last = 0
    for span in sentences:
        toks = tokens(text, span.start, span.end)
        found = sorted(Reader(toks, seen, known).read())
        for name in _with_administration(toks, found):
            where = _trimmed(text, toks, name)
            if where is None or where.start < last:
                continue
            out.append(Name(where.start, where.end, name.type, name.score))
            last = where.end
    return tuple(out)
