"""Finds names by rule: takes a text and its sentences, gives spans of people, organisations, places and a few others.

Two rounds: the first reads what a sentence itself shows (titles, given names, listed names, head words), the second
also what the rest of the text showed (surnames, acronyms, words met in small letters). Linear in the text's length.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from headwater.lexicon import SAID
from headwater.model import EntityType, Span
from headwater.read.names.gazetteer import Listed, Lists, folded, forms, lists
from headwater.read.tagger import Name

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w'’]))?|[^\W_][\w\u0300-\u036f]*(?:[-‑'’&][^\W_][\w\u0300-\u036f]*)*|\S"
)
_POSSESSIVE = re.compile(r"['’][sS]$")
_JOINED = re.compile(r"(?:al|el|as|an|ar|at|ash|ad|ul|ud|d|l|dell)[-‑'’][^\W\d_]")
_PARTICLES = forms(
    "de del della di da do dos das du des la le van von der den ten ter zu bin ibn ben al el y e af av bint abu"
)
_OPENING = frozenset("“‘«\"'„‹(")
_CLOSING = frozenset("”’»\"'“›)")
_SMALL = forms(
    "a an the of in on for to and at by with as from after over into or but nor vs via is be amid up off out per than"
)
_NOT_ORGANISATIONS = frozenset(
    """TV PM AM GDP DNA HIV AIDS COVID CEO CFO COO TCO TCOs WMD WMDs UFO USD OK PR IT HR PC CD DVD ID IQ FAQ GPS PDF AI VP MP MPs
    MEP MEPs PhD MBA BC AD BCE CE GMT EST EDT PST UTC LGBT LGBTQ NGO NGOs IED IEDs ICBM POW II III IV VI VII VIII IX XI XII TBA
    RSVP SUV DIY VIP NOTE READ MORE BREAKING UPDATE WATCH JUST NEWS EXCLUSIVE VIDEO PHOTO EDITOR LIVE DJ MC LP EP UTF ASAP
    CCTV WWII WW2 WWI PTSD PPE MRI PCR COVID-19 SARS MERS H1N1 ID FYI DC POTUS FLOTUS SCOTUS QUOTE END EU-wide GOP-led""".split()
)
_SURNAME_HEADS = frozenset(
    """Church Bank Hill Park Lake Post Star Sun Castle Lane Street Bridge Law Price Press Ridge Point Hall Forest Day Spring
    Bay Beach Garden Stone Field Rivers West Case Power Page Bond Steel Banner Hills Constable""".split()
)
_COMMON_ENDINGS = re.compile(
    r".(?:tion|tions|ment|ments|ness|ity|ities|ings?|ously|ally|edly|ly|ful|less|able|ible|ists?|isms?|ance|ences?|ships?|ers|ors|ived|ied)$"
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_MIXED = re.compile(r"[^\W\d_]*[a-zß-ÿ]")


class Token(NamedTuple):
    """A word or mark: ``form`` is without a possessive; ``shape`` one of cap, caps, initial, joined, lower, number, mark."""

    start: int
    end: int
    form: str
    low: str
    shape: str
    owner: bool
    near: bool


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, in order; ``near`` is True when only blanks of one line stand before."""
    out: list[Token] = []
    short = lists().short_titles
    last = start
    for match in _TOKEN.finditer(text, start, end):
        form = match.group()
        at, to = match.span()
        if at < last:
            continue
        gap = text[last:at]
        near = len(gap) < 4 and "\n" not in gap and "\r" not in gap
        owner = False
        first = form[0]
        if not (first.isalnum()):
            shape = "mark"
            last = to
        else:
            last = to
            if len(form) > 2 and form[-1] in "sS" and _POSSESSIVE.search(form):
                form = form[:-2]
                to -= 2
                owner = True
            if first.isdigit():
                shape = "number"
            elif first.isupper() or first.istitle():
                letters = form.replace(".", "")
                if len(letters) == 1:
                    shape = "initial"
                elif letters.isupper() or (letters[:-1].isupper() and letters[-1] == "s" and len(letters) > 2):
                    shape = (
                        "initial"
                        if "." in form
                        and len(letters) < 4
                        and letters
                        not in (
                            "US",
                            "UK",
                            "UN",
                            "EU",
                            "DC",
                            "LA",
                            "USA",
                            "AP",
                            "NY",
                            "CIA",
                            "FBI",
                            "DEA",
                            "NSA",
                            "UAE",
                            "GOP",
                            "DHS",
                        )
                        else "caps"
                    )
                else:
                    shape = "cap"
            elif first.islower() and _JOINED.match(form) and any(c.isupper() for c in form):
                shape = "joined"
            else:
                shape = "lower"
            if not owner and to < end and text[to] == "." and "." not in form:
                low = form.casefold()
                if shape == "initial" or (shape in ("cap", "caps") and (low in short or low in _DOTTED)):
                    to += 1
                    form += "."
                    last = to
        out.append(
            Token(at, to, form.replace("’", "'"), form.casefold().replace("’", "'").rstrip("."), shape, owner, near)
        )
    return out


_DOTTED = forms("jr sr inc corp ltd co st mt ft bros")
_CAPITAL = forms("cap caps initial")


@dataclass(slots=True)
class _Seen:
    """What the whole text shows: words in small letters, capitals in mid-sentence, names found for sure."""

    lower: set[str] = field(default_factory=set)
    middle: Counter[str] = field(default_factory=Counter)
    surnames: Counter[str] = field(default_factory=Counter)
    sure: dict[tuple[str, ...], EntityType] = field(default_factory=dict)
    sure_longest: dict[str, int] = field(default_factory=dict)
    acronyms: dict[str, EntityType] = field(default_factory=dict)


class _Found(NamedTuple):
    start: int
    end: int
    type: EntityType
    score: float


class _Sentence:
    """Reads the names of one sentence."""

    def __init__(self, toks: list[Token], seen: _Seen, known: Lists) -> None:
        self.toks = toks
        self.seen = seen
        self.known = known
        self.found: list[_Found] = []
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
        """Whether a capital here is owed to its place: first in the sentence or in a quotation, after a colon or dash."""
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
        if tok.shape not in _CAPITAL or tok.owner:
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
        return 1 if folded(tok.form) in self.known.before else 0

    def listed(self, i: int, end: int, *, any_case: bool = False) -> tuple[int, Listed] | None:
        """The longest listed name at ``i`` within ``end``, and how many tokens it takes."""
        toks = self.toks
        longest = self.known.longest.get(toks[i].form, 0) if not any_case else 6
        for size in range(min(longest, len(toks) - i), 0, -1):
            part = toks[i : i + size]
            if any(tok.owner for tok in part[:-1]) and not (size == 2 and part[0].form in ("McDonald", "Women")):
                continue
            if i + size > end and not all(tok.shape in ("lower", "mark") or tok.shape in _CAPITAL for tok in part):
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
        while j < n:
            tok, before = toks[j], toks[j - 1]
            if not tok.near:
                break
            if before.owner and before.form not in _OWNERS:
                break
            if tok.shape in _CAPITAL or tok.shape == "joined":
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
            if tok.form == "&" and j + 1 < n and toks[j + 1].shape in _CAPITAL and not (j - i > 1 and self.given(i)):
                j += 2
                continue
            if tok.shape == "lower" and tok.low in _PARTICLES:
                k = j + 1
                while k < n and k < j + 3 and toks[k].shape == "lower" and toks[k].low in _PARTICLES:
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
                head = head and (
                    tok.low == "of"
                    or before.form
                    in (
                        "Center",
                        "Centre",
                        "Institute",
                        "Council",
                        "Committee",
                        "Fund",
                        "Foundation",
                        "Coalition",
                        "Campaign",
                        "Office",
                        "Association",
                        "Agency",
                        "Commission",
                        "Bureau",
                        "Federation",
                        "Union",
                        "Alliance",
                        "Centers",
                        "Department",
                        "Ministry",
                        "Board",
                        "Society",
                    )
                )
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

    # -- reading -----------------------------------------------------------------------------------------------------

    def read(self) -> list[_Found]:
        """All names of the sentence, in order."""
        toks = self.toks
        i, n = 0, len(toks)
        while i < n:
            tok = toks[i]
            if self.capitals:
                i = self.loud(i)
            elif tok.shape == "mark" or tok.shape in ("lower", "number"):
                i += 1
            elif tok.shape == "joined":
                i = self.run_from(i)
            elif tok.low in self.known.never and not (tok.shape == "caps" and (tok.form,) in self.known.listed):
                hit = self.listed(i, n) if tok.low in ("the", "may", "new") else None
                if hit and hit[0] > 1 and not hit[1].shared:
                    self.add(i, i + hit[0], hit[1].type, 0.9)
                    i += hit[0]
                else:
                    i += 1
            else:
                i = self.run_from(i)
        return self.found

    def run_from(self, i: int) -> int:
        j = self.run(i)
        if self.headline:
            self.quiet(i, j)
        else:
            self.segment(i, j)
        return j

    def loud(self, i: int) -> int:
        """One step through a sentence in capitals: only names known from a list or from the rest of the text."""
        if self.toks[i].shape in ("mark", "number"):
            return i + 1
        end = len(self.toks)
        hit = self.listed(i, end, any_case=True)
        sure = self.remembered(i, end)
        if sure and sure[0] >= (hit[0] if hit else 0) and (sure[0] > 1 or self.toks[i].low not in self.known.common):
            self.add(i, i + sure[0], sure[1], 0.6)
            return i + sure[0]
        if hit and not hit[1].shared:
            self.add(i, i + hit[0], hit[1].type, 0.6)
            return i + hit[0]
        return i + 1

    def quiet(self, i: int, j: int) -> None:
        """A run in a headline: listed names, names known from the text, a given name and one word after it."""
        p = i
        while p < j:
            sure = self.remembered(p, j)
            hit = self.listed(p, j)
            if sure and sure[0] >= (hit[0] if hit else 0):
                self.add(p, p + sure[0], sure[1], 0.7)
                p += sure[0]
            elif hit and not hit[1].shared and not (hit[0] == 1 and self.toks[p].low in self.known.common):
                self.add(p, p + hit[0], hit[1].type, 0.7)
                p += hit[0]
            elif self.given(p) and p + 1 < j:
                q = p + 1
                while q < j and self.toks[q].shape == "initial":
                    q += 1
                if (
                    q < j
                    and self.toks[q].shape == "cap"
                    and not self.common(q)
                    and self.toks[q].low not in self.known.demonyms
                ):
                    self.add(p, q + 1, "person", 0.6)
                    p = q + 1
                else:
                    p += 1
            elif folded(self.toks[p].form) in self.seen.surnames and not self.common(p):
                self.add(p, p + 1, "person", 0.6)
                p += 1
            else:
                p += 1

    def add(self, i: int, j: int, type_: EntityType, score: float) -> None:
        if type_ == "organisation" and i and j - i > 1 and self.toks[i].near and _ORDINAL.match(self.toks[i - 1].form):
            i -= 1  # "82nd Airborne Division"
        self.found.append(_Found(i, j, type_, score))

    def organisation_end(self, i: int, j: int) -> bool:
        """Whether the run reads as an organisation: its last word, or an inner word with "of", shows it."""
        heads = self.known.heads
        size = j - i
        last = self.toks[j - 1]
        if any(
            self.toks[k].low in ("of", "for", "on", "to") and self.toks[k - 1].form in heads["of"]
            for k in range(i + 1, j)
        ):
            return True
        if size < 2:
            return False
        if last.form.rstrip(".") in heads["last"] or last.form in heads["corporate"]:
            return not (last.form in _SURNAME_HEADS and size == 2 and self.given(i))
        if last.form in heads["outlet"]:
            return not (last.form in _SURNAME_HEADS and size == 2 and self.given(i)) and not self.common(i)
        return False

    def segment(self, i: int, j: int) -> None:
        """Cut a run into names, titles and ordinary words."""
        toks, known = self.toks, self.known
        # Dateline: capitals at the start of a text or paragraph.
        if i == 0 and toks[0].shape == "caps":
            hit = self.listed(0, j, any_case=True)
            if hit and hit[1].type == "place":
                self.add(0, hit[0], "place", 0.9)
                i = hit[0]
                if i >= j:
                    return
        p = i
        while p < j and toks[p].low in known.never and toks[p].shape == "cap":
            p += 1
        if p >= j:
            return
        start_opens = self.opens(p)
        hit = self.listed(p, j)
        if hit and p + hit[0] >= j:
            self.listed_name(p, hit)
            return
        whole_org = self.organisation_end(p, j)
        # The last title with a name after it: what stands before it describes, what follows is a person.
        cut = -1
        if not (
            whole_org and not any(toks[k].low in known.short_titles and toks[k].form.endswith(".") for k in range(p, j))
        ) or self.titled_person(p, j):
            k = p
            while k < j:
                size = self.title(k, j)
                if size and k + size < j and self.nameable(k + size, j):
                    cut = k
                    k += size
                else:
                    k += 1
        if cut >= 0:
            size = self.title(cut, j)
            if cut > p:
                self.before_title(p, cut)
            self.person_from(cut + size, j, 0.95)
            return
        if start_opens and self.strip_opener(p, j):
            p += 1
            hit = self.listed(p, j)
            if hit and p + hit[0] >= j:
                self.listed_name(p, hit)
                return
            whole_org = self.organisation_end(p, j)
        if p >= j:
            return
        if whole_org and not (
            j - p >= 2
            and all(self.common(k) for k in range(p, j - 1))
            and start_opens
            and j - p == 2
            and toks[j - 1].low in known.common
            and False
        ):
            if hit and hit[0] > 1 and hit[1].type == "organisation" and toks[p + hit[0]].shape != "lower":
                pass
            if (
                all(self.common(k) or toks[k].low in known.demonyms or toks[k].shape == "lower" for k in range(p, j))
                and (start_opens or j - p == 2)
                and not self.named_elsewhere(p, j)
                and not any(toks[k].low == "of" for k in range(p, j))
                and start_opens
            ):
                return
            self.add(p, j, "organisation", 0.8)
            return
        self.pieces(p, j)

    def titled_person(self, p: int, j: int) -> bool:
        """Whether a run that ends like an organisation is a titled person all the same ("Judge Ada Church")."""
        toks = self.toks
        return toks[j - 1].form in _SURNAME_HEADS and any(
            self.title(k, j) and k + 1 < j and self.given(k + 1) for k in range(p, max(p, j - 2))
        )

    def named_elsewhere(self, p: int, j: int) -> bool:
        return tuple(folded(tok.form) for tok in self.toks[p:j]) in self.seen.sure

    def nameable(self, i: int, j: int) -> bool:
        """Whether what follows a title can be a person's name."""
        tok = self.toks[i]
        if tok.shape == "mark" or tok.shape == "lower" and tok.low not in _PARTICLES:
            return False
        if tok.shape == "caps" and len(tok.form) > 3 or tok.low in self.known.demonyms and j - i == 1:
            return False
        if self.title(i, j) and not self.given(i) and j - i > 1:
            return False
        if self.title(i, j) and j - i == 1 and folded(tok.form) not in self.seen.surnames:
            return False
        if tok.form in self.known.heads["last"] and tok.form not in _SURNAME_HEADS:
            return False
        if tok.form in self.known.heads["corporate"]:
            return False
        hit = self.listed(i, j)
        if hit and i + hit[0] >= j and hit[1].type != "place" and not hit[1].shared:
            return False
        if hit and i + hit[0] >= j and not self.given(i) and folded(tok.form) not in self.seen.surnames:
            return False
        return not (tok.low in self.known.common and not self.given(i) and (j - i == 1 or self.common(i + 1)))

    def before_title(self, i: int, j: int) -> None:
        """Names among the capitals before a title ("US Navy Secretary ...", "Pentagon Spokesman ...")."""
        p = i
        if self.organisation_end(i, j) and not self.listed(i, j):
            self.add(i, j, "organisation", 0.7)
            return
        while p < j:
            hit = self.listed(p, j)
            sure = self.remembered(p, j)
            if hit and p + hit[0] <= j and not hit[1].shared:
                self.add(p, p + hit[0], hit[1].type, 0.85)
                p += hit[0]
            elif sure:
                self.add(p, p + sure[0], sure[1], 0.8)
                p += sure[0]
            else:
                if (
                    self.toks[p].shape == "caps"
                    and self.toks[p].form not in _NOT_ORGANISATIONS
                    and 2 <= len(self.toks[p].form) <= 9
                ):
                    self.add(p, p + 1, "organisation", 0.6)
                p += 1

    def person_from(self, i: int, j: int, score: float) -> None:
        """A person's name from ``i``, cut where it can no longer be one."""
        toks = self.toks
        k = i
        words = 0
        while k < j and words < 7:
            tok = toks[k]
            if tok.shape == "lower" and tok.low not in _PARTICLES:
                break
            if (
                tok.shape == "caps"
                and k > i
                and tok.form not in ("II", "III", "IV", "VI", "VII", "XVI")
                and len(tok.form) > 3
            ):
                break
            if (
                k > i
                and self.title(k, j)
                and not self.given(k)
                and j - k > 1
                and folded(tok.form) not in self.seen.surnames
            ):
                break
            words += tok.shape not in ("mark", "initial")
            k += 1
            if tok.owner:
                break
        while k > i and (toks[k - 1].shape == "lower" or toks[k - 1].shape == "mark"):
            k -= 1
        if k > i and any(toks[m].shape != "initial" for m in range(i, k)):
            self.add(i, k, "person", score)
        if k < j and k > i:
            self.pieces(k, j)

    def strip_opener(self, p: int, j: int) -> bool:
        """Whether the first word of a sentence is an ordinary word before a name ("Former Acme Corp.")."""
        tok = self.toks[p]
        if j - p < 2 or tok.shape == "caps":
            return False
        key = folded(tok.form)
        if self.listed(p, j) or self.remembered(p, j):
            return False
        if key in self.known.first and key not in self.known.first_words:
            return False
        if key in self.known.first_words:
            # "Will Trump resign?" and "Mark Trent": the next word decides.
            nxt = folded(self.toks[p + 1].form)
            return (
                (nxt in self.seen.surnames and not self.named_elsewhere(p, min(j, p + 2)))
                or self.listed(p + 1, j) is not None
                or bool(self.title(p + 1, j))
            )
        if tok.low in self.known.demonyms:
            return False
        return (
            (tok.low in self.known.common or tok.low in self.seen.lower)
            and self.seen.middle[tok.form] == 0
            or (tok.low in self.known.common and not self.organisation_end(p, j))
        )

    def listed_name(self, p: int, hit: tuple[int, Listed]) -> None:
        """Add a listed name, unless it is an ordinary word at the start or a short form that could be anything."""
        size, entry = hit
        toks = self.toks
        if (
            size == 1
            and self.opens(p)
            and toks[p].shape == "cap"
            and (toks[p].low in self.known.common or toks[p].low in self.seen.lower)
            and self.seen.middle[toks[p].form] == 0
        ):
            return
        with_the = p > 0 and toks[p - 1].low == "the"
        if entry.shared and not (with_the or self.named_elsewhere(p, p + size)):
            return
        if (
            size == 1
            and entry.outlet
            and not entry.shared
            and toks[p].low in self.known.common
            and not with_the
            and toks[p].shape == "cap"
        ):
            return
        if (
            size == 1
            and entry.outlet
            and toks[p].shape == "cap"
            and toks[p].low in _SPELT_LIKE_WORDS
            and not with_the
            and not self.said_near(p)
        ):
            return
        person = (
            size == 1
            and folded(toks[p].form) in self.seen.surnames
            and entry.type == "place"
            and (
                tuple([folded(toks[p].form)]) in self.seen.sure and self.seen.sure[(folded(toks[p].form),)] == "person"
            )
        )
        self.add(p, p + size, "person" if person else entry.type, 0.6 if person else 0.9)

    def said_near(self, p: int) -> bool:
        toks = self.toks
        return (p + 1 < len(toks) and toks[p + 1].low in SAID) or (p > 0 and toks[p - 1].low in ("told", "by", "to"))

    def pieces(self, p: int, j: int) -> None:
        """Read a run without titles from left to right."""
        toks, known = self.toks, self.known
        heads = known.heads
        while p < j:
            tok = toks[p]
            if tok.shape in ("mark", "lower"):
                p += 1
                continue
            rest = j - p
            hit = self.listed(p, j)
            sure = self.remembered(p, j)
            if hit and hit[0] >= rest:
                self.listed_name(p, hit)
                return
            if sure and sure[0] >= rest:
                self.add(p, p + sure[0], sure[1], 0.85)
                return
            if self.organisation_end(p, j):
                self.add(p, j, "organisation", 0.75)
                return
            kind = self.kind_by_head(p, j)
            if kind and not (self.given(p) and rest == 2 and toks[j - 1].form in _SURNAME_HEADS):
                self.add(p, j, kind, 0.7)
                return
            if (
                self.given(p)
                and rest > 1
                and not (hit and hit[0] > 1)
                and (not self.opens(p) or folded(tok.form) not in known.first_words or self.middle_name(p))
            ):
                follow = toks[p + 1]
                if (
                    follow.shape in ("cap", "initial", "joined", "mark", "lower")
                    and not (
                        self.common(p + 1)
                        and rest == 2
                        and follow.low in known.common
                        and not self.seen.middle[follow.form]
                    )
                    and follow.low not in known.demonyms
                ):
                    self.person_from(p, j, 0.9)
                    return
            if sure and sure[0] >= (hit[0] if hit else 0):
                self.add(p, p + sure[0], sure[1], 0.8)
                p += sure[0]
                continue
            if hit:
                if hit[1].type == "place" and self.team(p + hit[0], j):
                    self.add(p, j, "organisation", 0.5)
                    return
                if hit[1].type == "place" and self.part_of_more(p + hit[0], j):
                    return
                self.listed_name(p, hit)
                p += hit[0]
                continue
            if rest > 1:
                if self.unknown(p, j):
                    return
                p += 1
                continue
            self.single(p)
            p += 1

    def middle_name(self, p: int) -> bool:
        """Whether "Will X", "Mark X" at the start is shown to be a name elsewhere, or has an initial."""
        return self.toks[p + 1].shape == "initial" or self.seen.middle[self.toks[p].form] > 0 or not self.common(p + 1)

    def team(self, p: int, j: int) -> bool:
        last = self.toks[j - 1]
        return (
            last.shape == "cap"
            and last.form.endswith("s")
            and not self.common(j - 1)
            and last.low not in self.known.demonyms
            and j - p <= 2
        )

    def part_of_more(self, p: int, j: int) -> bool:
        """Whether a place is followed by capitals that make it part of a longer name we do not know ("Perth Glory")."""
        return all(
            tok.shape == "cap"
            and not self.title(k, j)
            and not self.given(k)
            and not self.listed(k, j)
            and not self.remembered(k, j)
            and folded(tok.form) not in self.seen.surnames
            and tok.low not in self.known.demonyms
            for k, tok in enumerate(self.toks[p:j], p)
        )

    def kind_by_head(self, p: int, j: int) -> EntityType | None:
        """Place or other by the word that begins or ends the run."""
        heads = self.known.heads
        toks = self.toks
        if j - p < 2 or self.common(p) and toks[p].form not in heads["place_first"] | heads["military_first"]:
            if not any(toks[k].low == "of" for k in range(p + 1, j)):
                return None
        last = toks[j - 1].form
        if any(toks[k].low == "of" and toks[k - 1].form in heads["place_of"] for k in range(p + 1, j)):
            return "place"
        if last in heads["place_last"] and toks[j - 1].low not in self.known.demonyms:
            return "place"
        if toks[p].form in heads["military_first"] and j - p <= 4:
            return "other"
        if last in heads["other"]:
            return "other"
        if (
            toks[p].form in heads["place_first"]
            and j - p == 2
            and not self.given(p)
            and not self.common(j - 1)
            and toks[p + 1].shape == "cap"
        ):
            return "place" if toks[p + 1].low not in self.known.demonyms else None
        return None

    def unknown(self, p: int, j: int) -> bool:
        """Two or more capitals that no list knows."""
        toks = self.toks
        while j > p and toks[j - 1].shape in ("mark", "lower"):
            j -= 1
        words = [k for k in range(p, j) if toks[k].shape not in ("mark", "lower")]
        plain = [
            k
            for k in words
            if self.common(k) and not self.seen.middle[toks[k].form] > 1 or toks[k].low in self.known.common
        ]
        if any(tok.low in ("of", "for") for tok in toks[p:j]):
            return False
        if (
            not plain
            and 2 <= len(words) <= 4
            and all(toks[k].shape in ("cap", "initial", "joined") for k in words)
            and toks[p].low not in self.known.demonyms
            and toks[words[-1]].shape != "initial"
        ):
            if toks[words[-1]].low in self.known.demonyms:
                return False
            self.add(p, j, "person", 0.5)
            return True
        return False

    def single(self, p: int) -> None:
        """One capitalised word alone."""
        toks, known = self.toks, self.known
        tok = toks[p]
        key = folded(tok.form)
        before = toks[p - 1] if p else None
        after = toks[p + 1] if p + 1 < len(toks) else None
        if tok.shape == "caps":
            if tok.form in _NOT_ORGANISATIONS or len(tok.form) < 3 or not tok.form.rstrip("s").isalpha():
                return
            if tok.form in self.seen.acronyms:
                self.add(p, p + 1, self.seen.acronyms[tok.form], 0.8)
            elif (
                len(tok.form) <= 9
                and not tok.form.endswith("s")
                and tok.low not in known.common
                and tok.low not in self.seen.lower
            ):
                self.add(p, p + 1, "organisation", 0.5)
            return
        if tok.shape not in ("cap", "joined") or tok.low in known.demonyms:
            return
        if key in self.seen.surnames and not (self.common(p) and (self.opens(p) or not self.seen.middle[tok.form])):
            self.add(p, p + 1, "person", 0.8)
            return
        if self.common(p) or self.title(p, p + 1) or _MIXED.match(tok.form) is None:
            return
        if self.opens(p) and not self.seen.middle[tok.form] and key not in known.first:
            return
        if key in known.first and not (self.opens(p) and key in known.first_words):
            self.add(p, p + 1, "person", 0.6)
            return
        if after and after.form == "," and p + 2 < len(toks):
            region = self.listed(p + 2, len(toks))
            if region and region[1].type == "place":
                self.add(p, p + 1, "place", 0.7)
                return
        if (
            before
            and before.low in ("in", "near")
            and not tok.owner
            and (after is None or after.shape == "mark" or after.low in _SMALL)
        ):
            self.add(p, p + 1, "place", 0.5)
            return
        if _COMMON_ENDINGS.search(tok.low):
            return
        if after and after.low in SAID and not (before and before.low == "the"):
            self.add(p, p + 1, "person", 0.4)


_OWNERS = forms(
    "People Women Men Children Veterans Workers Queen King St. Writers Lloyd Teachers Farmers Citizens Saint Attorney Sheriff Governor"
)
_SPELT_LIKE_WORDS = forms(
    "time dawn reforma proceso observer independent guardian spectator fortune variety hill puck wired bild insider slate salon intercept sputnik pravda billboard"
)


def all_capitals(toks: Sequence[Token]) -> bool:
    """Whether the sentence is set in capitals."""
    words = [tok for tok in toks if tok.shape in ("cap", "caps", "lower", "joined") and len(tok.form) > 3]
    return len(words) >= 2 and sum(tok.shape == "caps" for tok in words) > 0.7 * len(words)


def is_headline(toks: Sequence[Token], seen: _Seen, known: Lists) -> bool:
    """Whether ordinary words carry capitals throughout, as in headlines."""
    if len(toks) < 4 or len(toks) > 40:
        return False
    lower = cap = plain = 0
    for i, tok in enumerate(toks):
        if tok.shape == "lower" and tok.low not in _SMALL:
            lower += 1
        elif tok.shape == "cap":
            cap += 1
            if (
                i
                and not (toks[i - 1].form in _OPENING)
                and tok.low not in known.never
                and folded(tok.form) not in known.roles
            ):
                plain += (
                    tok.low in known.common
                    or tok.low in seen.lower
                    or tok.low in SAID
                    or bool(_COMMON_ENDINGS.search(tok.low))
                )
    open_ended = toks[-1].form not in ".!?”\"'" and cap >= 4
    return cap >= 3 and plain >= (1 if open_ended and not lower else 2) and lower <= 0.15 * (lower + cap)


def _trimmed(text: str, toks: Sequence[Token], found: _Found) -> Span | None:
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


def _defined(toks: Sequence[Token], found: Sequence[_Found], seen: _Seen) -> None:
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


def _gathered(text: str, sentences: Sequence[Span], known: Lists) -> _Seen:
    seen = _Seen()
    for span in sentences:
        toks = tokens(text, span.start, span.end)
        if all_capitals(toks):
            continue
        headline = is_headline(toks, seen, known)
        for i, tok in enumerate(toks):
            if tok.shape == "lower":
                seen.lower.add(tok.low)
            elif tok.shape == "cap" and i and not headline and toks[i - 1].shape == "lower":
                seen.middle[tok.form] += 1
    return seen


def _remember(text: str, sentences: Sequence[Span], seen: _Seen, known: Lists) -> None:
    """First round: keep what sentences show by themselves."""
    votes: dict[tuple[str, ...], Counter[EntityType]] = {}
    for span in sentences:
        toks = tokens(text, span.start, span.end)
        sentence = _Sentence(toks, seen, known)
        if sentence.capitals or sentence.headline:
            continue
        found = sentence.read()
        _defined(toks, found, seen)
        for name in found:
            part = [tok for tok in toks[name.start : name.end] if tok.shape != "mark"]
            if name.score < 0.7 or not part:
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
                    and key[-2] not in _PARTICLES
                    and key[1] != key[-1]
                ):
                    seen.surnames[key[-2]] += times
            elif len(key) == 1:
                seen.surnames[key[0]] += times
        if len(key) > 1 or (type_ != "person" and len(key[0]) > 3):
            seen.sure[key] = type_
            seen.sure_longest[key[0]] = max(seen.sure_longest.get(key[0], 0), len(key))


_GENERATIONS = forms("jr sr ii iii iv")


def _with_administration(toks: Sequence[Token], found: list[_Found]) -> Iterator[_Found]:
    """ "the Trump administration" is an organisation's name, not the president's."""
    for name in found:
        nxt = toks[name.end] if name.end < len(toks) else None
        if name.type == "person" and nxt and nxt.low == "administration" and nxt.near and not toks[name.end - 1].owner:
            yield _Found(name.start, name.end + 1, "organisation", 0.8)
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
        found = sorted(_Sentence(toks, seen, known).read())
        for name in _with_administration(toks, found):
            where = _trimmed(text, toks, name)
            if where is None or where.start < last:
                continue
            out.append(Name(where.start, where.end, name.type, name.score))
            last = where.end
    return tuple(out)
