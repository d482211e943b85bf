"""What the words of one sentence are and where its runs of capitals begin and end: the ground names are cut from.

Takes tokens, the word lists and what the whole text showed; decides nothing about names yet.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from headwater.lexicon import SAID
from headwater.model import EntityType
from headwater.reading.names.gazetteer import Listed, Lists, folded, forms
from headwater.reading.names.tokens import CAPITAL, Token

PARTICLES = forms(
    "de del della di da do dos das du des la le van von der den ten ter zu bin ibn ben al el y e af av bint abu"
)
_OPENING = frozenset("“‘«\"'„‹(")
_CLOSING = frozenset("”’»\"'“›)")
SMALL = forms(
    "a an the of in on for to and at by with as from after over into or but nor vs via is be amid up off out per than"
)
COMMON_ENDINGS = re.compile(
    r".(?:tion|tions|ment|ments|ness|ity|ities|ings?|ously|ally|edly|ly|ful|less|able|ible|ists?|isms?|ance|ences?|ships?|ers|ors|ived|ied)$"
)
#: Runs are cut here: no name is longer, and text may be nothing but capitals.
_LONGEST_RUN = 24


@dataclass(slots=True)
class Seen:
    """What the whole text shows: words in small letters, capitals in mid-sentence, names found for sure."""

    lower: set[str] = field(default_factory=set)
    middle: Counter[str] = field(default_factory=Counter)
    surnames: Counter[str] = field(default_factory=Counter)
    sure: dict[tuple[str, ...], EntityType] = field(default_factory=dict)
    sure_longest: dict[str, int] = field(default_factory=dict)
    acronyms: dict[str, EntityType] = field(default_factory=dict)


class Line:
    """One sentence as tokens.

    Args:
        toks: its tokens, in order.
        seen: what the whole text showed so far.
        known: the word lists.
    """

    def __init__(self, toks: list[Token], seen: Seen, known: Lists) -> None:
        """Note whether the sentence is set in capitals or as a headline."""
        self.toks = toks
        self.seen = seen
        self.known = known
        self.capitals = all_capitals(toks)
        self.headline = not self.capitals and is_headline(toks, seen, known)

    # -- what single words are -----------------------------------------------------------------------------------

    def common(self, i: int) -> bool:
        """Whether the word is an ordinary one, by the list or because the text has it in small letters."""
        tok = self.toks[i]
        if tok.shape == "caps":
            return False
        return tok.low in self.known.common or tok.low in self.known.never or tok.low in self.seen.lower

    def opens(self, i: int) -> bool:
        """Whether a capital here is owed to its place: first in the sentence or a quotation, after a colon or dash."""
        if i == 0:
            return True
        before = self.toks[i - 1]
        if before.shape == "mark":
            return (
                before.form in _OPENING
                or before.form in "“‘«:—–-•*|>["
                or (before.form in ".!?…" and before.shape == "mark")
            )
        return all(tok.shape in ("mark", "number") for tok in self.toks[max(0, i - 4) : i]) and i < 4

    def title(self, i: int, end: int) -> int:
        """How many tokens of a capitalised title stand at ``i``; 0 for none."""
        tok = self.toks[i]
        if tok.shape not in CAPITAL or tok.owner:
            return 0
        for words in self.known.titles.get(tok.low, ()):
            if i + len(words) <= end and all(self.toks[i + k].low == word for k, word in enumerate(words)):
                return len(words)
        if tok.low in self.known.short_titles:
            return (
                1
                if tok.form.endswith(".")
                or tok.low
                in (
                    "mr",
                    "mrs",
                    "ms",
                    "dr",
                    "miss",
                    "gen",
                    "sen",
                    "rep",
                    "gov",
                    "prof",
                    "rev",
                    "lt",
                    "col",
                    "capt",
                    "sgt",
                    "adm",
                )
                else 0
            )
        key = folded(tok.form)
        if "-" in key and key not in self.known.before:  # "Then-President", "Ex-Mayor"
            front, _, last = key.rpartition("-")
            if last in ("elect", "designate", "general"):
                return 1 if front in self.known.before else 0
            key = last
            if front not in ("then", "ex", "vice", "former", "under", "co", "deputy"):
                return 0
        return 1 if key in self.known.before else 0

    def listed(self, i: int, end: int, *, any_case: bool = False) -> tuple[int, Listed] | None:
        """The longest listed name at ``i`` within ``end``, and how many tokens it takes."""
        toks = self.toks
        longest = self.known.longest.get(toks[i].form, 0) if not any_case else 6
        for size in range(min(longest, len(toks) - i), 0, -1):
            part = toks[i : i + size]
            if any(tok.owner for tok in part[:-1]) and not (size == 2 and part[0].form in ("McDonald", "Women")):
                continue
            if i + size > end and not all(tok.shape in ("lower", "mark") or tok.shape in CAPITAL for tok in part):
                continue
            if any(not tok.near for tok in part[1:]):
                continue
            if any_case:
                entry = self.known.listed_folded.get(tuple(folded(tok.form) for tok in part))
                if entry and size == 1 and (len(part[0].form) < 4 or part[0].low in self.known.common):
                    continue
            else:
                entry = self.known.listed.get(tuple(tok.form for tok in part))
            if entry:
                return size, entry
        return None

    def remembered(self, i: int, end: int) -> tuple[int, EntityType] | None:
        """The longest name at ``i`` that the text showed for sure elsewhere."""
        toks = self.toks
        key = folded(toks[i].form)
        for size in range(min(self.seen.sure_longest.get(key, 0), end - i), 0, -1):
            type_ = self.seen.sure.get(tuple(folded(tok.form) for tok in toks[i : i + size]))
            if type_:
                return size, type_
        return None

    def given(self, i: int) -> bool:
        """Whether the token is a given name (or a pair of them joined by a hyphen)."""
        tok = self.toks[i]
        if tok.shape != "cap":
            return False
        key = folded(tok.form)
        return key in self.known.first or ("-" in key and key.split("-")[0] in self.known.first)

    # -- runs of capitals ------------------------------------------------------------------------------------------

    def run(self, i: int) -> int:
        """The end of the run of capitalised words that starts at ``i``."""
        toks, heads = self.toks, self.known.heads
        n = len(toks)
        j = i + 1
        linked = False
        while j < n and j - i < _LONGEST_RUN:
            tok, before = toks[j], toks[j - 1]
            if not tok.near:
                break
            if before.owner and before.form not in self.known.heads["owner"]:
                break
            if tok.shape in CAPITAL or tok.shape == "joined":
                if (
                    tok.low in self.known.never
                    and tok.shape != "initial"
                    and tok.form not in ("Us", "May", "WHO", "US", "IT")
                ):
                    break
                if tok.form == "I":
                    break
                j += 1
                continue
            if tok.form == "&" and j + 1 < n and toks[j + 1].shape in CAPITAL and not (j - i > 1 and self.given(i)):
                j += 2
                continue
            if tok.shape == "lower" and tok.low in PARTICLES:
                k = j + 1
                while k < n and k < j + 3 and toks[k].shape == "lower" and toks[k].low in PARTICLES:
                    k += 1
                if (
                    k < n
                    and toks[k].shape == "cap"
                    and toks[k].near
                    and not (tok.low in ("y", "e", "do", "den", "la", "el") and not self.given(i))
                ):
                    j = k + 1
                    continue
            if tok.low in ("of", "for", "on", "to") and j + 1 < n:
                head = before.form in heads["of"] or before.form in heads["place_of"]
                head = head and (tok.low == "of" or before.form in heads["for"])
                k = j + 1
                if toks[k].low == "the" and k + 1 < n:
                    k += 1
                if head and (toks[k].shape in ("cap", "caps")) and toks[k].low not in self.known.never:
                    linked = True
                    j = k + 1
                    continue
            if linked and tok.low == "and" and j + 1 < n and toks[j + 1].form in heads["joined"]:
                j += 2
                continue
            if linked and tok.form == "," and j + 1 < n and toks[j + 1].form in heads["joined"]:
                k = j + 2
                while k < n and k < j + 8 and (toks[k].form in heads["joined"] or toks[k].form == ","):
                    k += 1
                if k + 1 < n and toks[k].low == "and" and toks[k + 1].form in heads["joined"]:
                    j = k + 2
                    continue
            if (
                tok.form == ","
                and j + 1 < n
                and toks[j + 1].form
                in ("Jr.", "Jr", "Sr.", "Sr", "Inc", "Inc.", "Ltd", "Ltd.", "LLC", "Corp.", "L.L.C.")
            ):
                j += 2
                continue
            nick = self.nickname(j)
            if nick and before.shape == "cap":
                j = nick
                continue
            break
        return j

    def nickname(self, j: int) -> int:
        """Past a name in quotation marks that is followed by a capital ("X “El Y” Z"); 0 if none stands at ``j``."""
        toks = self.toks
        if toks[j].form not in ("“", "‘", '"', "'", "«", "("):
            return 0
        k = j + 1
        while k < len(toks) and k < j + 4 and toks[k].shape in ("cap", "caps"):
            k += 1
        if j + 1 < k < len(toks) - 1 and toks[k].form in _CLOSING and toks[k + 1].shape == "cap" and toks[k + 1].near:
            return k + 1 if toks[j].form != "(" else 0
        return 0


def all_capitals(toks: Sequence[Token]) -> bool:
    """Whether the sentence is set in capitals."""
    words = [tok for tok in toks if tok.shape in ("cap", "caps", "lower", "joined") and len(tok.form) > 3]
    return len(words) >= 2 and sum(tok.shape == "caps" for tok in words) > 0.7 * len(words)


def is_headline(toks: Sequence[Token], seen: Seen, known: Lists) -> bool:
    """Whether ordinary words carry capitals throughout, as in headlines."""
    if len(toks) < 4 or len(toks) > 40:
        return False
    lower = cap = plain = 0
    for i, tok in enumerate(toks):
        if tok.shape == "lower" and tok.low not in SMALL:
            lower += 1
        elif tok.shape == "cap":
            cap += 1
            if (
                i
                and toks[i - 1].form not in _OPENING
                and tok.low not in known.never
                and folded(tok.form) not in known.roles
            ):
                plain += (
                    tok.low in known.common
                    or tok.low in seen.lower
                    or tok.low in SAID
                    or bool(COMMON_ENDINGS.search(tok.low))
                )
    if toks[-1].form == "." and lower:
        return False
    open_ended = toks[-1].form not in ".!?”\"'" and cap >= 4
    return cap >= 3 and plain >= (1 if open_ended and not lower else 2) and lower <= 0.15 * (lower + cap)
