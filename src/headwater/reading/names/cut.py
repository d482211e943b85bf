"""Cuts the runs of capitals of one sentence into titles, names and ordinary words, and says what the names are.

Takes a sentence's tokens and what the text showed so far; gives spans of tokens with a type and a score.
"""

import re
from typing import NamedTuple

from headwater.lexicon import SAID
from headwater.model import EntityType
from headwater.reading.names.gazetteer import Listed, Lists, folded
from headwater.reading.names.line import COMMON_ENDINGS, PARTICLES, SMALL, Line, Seen
from headwater.reading.names.tokens import Token

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_MIXED = re.compile(r"[^\W\d_]*[a-zß-ÿ]")


class Found(NamedTuple):
    """A name as tokens ``[start, end)`` of its sentence."""

    start: int
    end: int
    type: EntityType
    score: float


class Reader(Line):
    """Reads the names of one sentence."""

    def __init__(self, toks: list[Token], seen: Seen, known: Lists) -> None:
        """Start with no name found."""
        super().__init__(toks, seen, known)
        self.found: list[Found] = []

    def read(self) -> list[Found]:
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
        """Read the run that starts at ``i``; gives its end."""
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
        """Note a name."""
        if type_ == "organisation" and i and j - i > 1 and self.toks[i].near and _ORDINAL.match(self.toks[i - 1].form):
            i -= 1  # "82nd Airborne Division"
        self.found.append(Found(i, j, type_, score))

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
            return not (last.form in self.known.heads["surname"] and size == 2 and self.given(i))
        if last.form in heads["outlet"]:
            return not (last.form in self.known.heads["surname"] and size == 2 and self.given(i)) and not self.common(i)
        return False

    def segment(self, i: int, j: int) -> None:
        """Cut a run into names, titles and ordinary words."""
        toks = self.toks
        if i == 0 and toks[0].shape == "caps":  # a dateline: "PORT ADA (AP)"
            dateline = self.listed(0, j, any_case=True)
            if dateline and dateline[1].type == "place":
                self.add(0, dateline[0], "place", 0.9)
                i = dateline[0]
        p = i
        while p < j and toks[p].low in self.known.never and toks[p].shape == "cap":
            p += 1
        if p >= j or self.wholly_listed(p, j):
            return
        opens = self.opens(p)
        if opens and self.strip_opener(p, j):
            p += 1
            if self.wholly_listed(p, j):
                return
        byline = self.before_listed(p, j)
        if byline > p:
            self.add(p, byline, "person", 0.8)
            self.pieces(byline, j)
            return
        cut = self.last_title(p, j)
        if cut >= 0:
            if cut > p:
                self.before_title(p, cut)
            self.person_from(cut + self.title(cut, j), j, 0.95)
            return
        if not self.organisation_end(p, j):
            self.pieces(p, j)
        elif not (opens and self.plain_words(p, j)):
            self.add(p, j, "organisation", 0.8)

    def before_listed(self, p: int, j: int) -> int:
        """Where a person's name ends before a listed organisation ("GEOFF LUND Associated Press"); ``p`` for none."""
        if folded(self.toks[p].form) not in self.known.first:
            return p
        for k in range(p + 2, min(j - 1, p + 5)):
            hit = self.listed(k, j)
            if hit and k + hit[0] >= j and hit[1].type == "organisation":
                return k
        return p

    def wholly_listed(self, p: int, j: int) -> bool:
        """Whether the rest of the run is one listed name; it is then dealt with."""
        hit = self.listed(p, j)
        if hit and p + hit[0] >= j:
            self.listed_name(p, hit)
            return True
        return False

    def last_title(self, p: int, j: int) -> int:
        """Where the last title with a name after it stands: what follows is a person; -1 for none."""
        toks = self.toks
        if self.organisation_end(p, j) and not self.titled_person(p, j):
            dotted = any(tok.low in self.known.short_titles and tok.form.endswith(".") for tok in toks[p:j])
            if not dotted:
                return -1
        cut, k = -1, p
        while k < j:
            size = self.title(k, j)
            if size and k + size < j and self.nameable(k + size, j):
                cut = k
            k += size or 1
        return cut

    def plain_words(self, p: int, j: int) -> bool:
        """Whether an organisation's shape is made of ordinary words only ("Police Department", "Border Patrol")."""
        toks = self.toks
        return (
            all(self.common(k) or toks[k].low in self.known.demonyms for k in range(p, j))
            and not any(tok.shape == "lower" for tok in toks[p:j])
            and not self.named_elsewhere(p, j)
        )

    def titled_person(self, p: int, j: int) -> bool:
        """Whether a run that reads as an organisation ends with a titled person ("Department of X Secretary Y")."""
        heads = self.known.heads
        last = self.toks[j - 1].form
        if last not in heads["surname"] and (last in heads["last"] or last in heads["outlet"]):
            return False
        for k in range(p, j - 2):
            size = self.title(k, j)
            if size and k + size < j - 1 and self.given(k + size):
                return True
        return False

    def named_elsewhere(self, p: int, j: int) -> bool:
        """Whether the text showed these words for a name elsewhere."""
        return tuple(folded(tok.form) for tok in self.toks[p:j]) in self.seen.sure

    def nameable(self, i: int, j: int) -> bool:
        """Whether what follows a title can be a person's name."""
        tok = self.toks[i]
        if tok.shape == "mark" or (tok.shape == "lower" and tok.low not in PARTICLES):
            return False
        if (tok.shape == "caps" and len(tok.form) > 3) or (tok.low in self.known.demonyms and j - i == 1):
            return False
        if self.title(i, j) and not self.given(i) and j - i > 1:
            return False
        if self.title(i, j) and j - i == 1 and folded(tok.form) not in self.seen.surnames:
            return False
        if tok.form in self.known.heads["last"] and tok.form not in self.known.heads["surname"]:
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
                    and self.toks[p].form not in self.known.heads["not_organisation"]
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
            if tok.shape == "lower" and tok.low not in PARTICLES:
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
            hit = self.listed(k, j) if k > i and tok.shape == "caps" else None
            if hit and hit[1].type == "organisation":
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
        if j - p < 2 or tok.shape == "caps" or self.toks[p + 1].shape == "lower" or self.title(p, j):
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
        if tok.low.endswith(("ing", "ly", "ed")) and len(tok.low) > 5 and not self.seen.middle[tok.form]:
            return True
        return ((tok.low in self.known.common or tok.low in self.seen.lower) and self.seen.middle[tok.form] == 0) or (
            tok.low in self.known.common and not self.organisation_end(p, j)
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
            and toks[p].low in self.known.heads["word_outlet"]
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
        """Whether a word beside it speaks: "K said", "told K"."""
        toks = self.toks
        return (p + 1 < len(toks) and toks[p + 1].low in SAID) or (p > 0 and toks[p - 1].low in ("told", "by", "to"))

    def pieces(self, p: int, j: int) -> None:
        """Read a run without titles from left to right."""
        toks, known = self.toks, self.known
        while p < j:
            tok = toks[p]
            if tok.shape in ("mark", "lower"):
                p = max(p + 1, self.nickname(p))
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
            if kind and not (self.given(p) and rest == 2 and toks[j - 1].form in self.known.heads["surname"]):
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
        """Whether the words after a place are a club's ("Pittsburgh Pirates")."""
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
        opens_place = toks[p].form in heads["place_first"] | heads["military_first"]
        if (j - p < 2 or (self.common(p) and not opens_place)) and not any(tok.low == "of" for tok in toks[p + 1 : j]):
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
            if (self.common(k) and not self.seen.middle[toks[k].form] > 1) or toks[k].low in self.known.common
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
            if (
                tok.form in self.known.heads["not_organisation"]
                or len(tok.form) < 3
                or not tok.form.rstrip("s").isalpha()
            ):
                return
            if tok.form in self.seen.acronyms:
                self.add(p, p + 1, self.seen.acronyms[tok.form], 0.8)
            elif (
                len(tok.form) <= 9
                and not COMMON_ENDINGS.search(tok.low)
                and not tok.form.endswith("s")
                and tok.low not in known.common
                and tok.low not in self.seen.lower
            ):
                self.add(p, p + 1, "organisation", 0.5)
            return
        if tok.shape not in ("cap", "joined") or tok.low in known.demonyms or "." in tok.form:
            return
        if key in self.seen.surnames and not (self.common(p) and (self.opens(p) or not self.seen.middle[tok.form])):
            self.add(p, p + 1, "person", 0.8)
            return
        if self.common(p) or self.title(p, p + 1) or _MIXED.match(tok.form) is None:
            return
        if after and after.low == "administration" and not tok.owner:
            self.add(p, p + 1, "person", 0.6)
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
            and (after is None or after.shape == "mark" or after.low in SMALL)
        ):
            self.add(p, p + 1, "place", 0.5)
            return
        if COMMON_ENDINGS.search(tok.low):
            return
        if after and after.low in SAID and not (before and before.low == "the"):
            self.add(p, p + 1, "person", 0.4)
