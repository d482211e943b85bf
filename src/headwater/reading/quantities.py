"""Numbers in English news with what they count, as bounds: "more than 225,000 Americans" is at least 225000.

Takes text and its sentences, gives Quantities; also the value of one expression, and how many people words like "three
military sources" stand for. Bounds, because two tellings agree as long as theirs meet. Years, dates, clock times,
ordinals, scores, telephone numbers and names with a number in them are no quantities.
"""

import re
from collections.abc import Sequence
from typing import Final

from headwater.dates import absolute_dates
from headwater.lexicon import AUXILIARIES, BELIEVED, IRREGULAR, PRONOUNS, SAID, STOPWORDS, UNNAMED
from headwater.model import Quantity, Span

Bounds = tuple[float | None, float | None]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ONES: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_SCALES: Final = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9,
    "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
#: What a bare plural stands for at the least: two of it.
_MANY: Final = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2e3, "millions": 2e6, "billions": 2e9,
                "trillions": 2e12}  # fmt: skip

_GAP: Final = "[ \\t\u00a0\u202f]{1,2}(?:\\r?\\n)?"
_SMALL: Final = "|".join(sorted((*_ONES, *_TENS), key=len, reverse=True))
_WORDED: Final = rf"(?:{'|'.join(_TENS)})[-‑ ](?:{'|'.join(w for w, n in _ONES.items() if 0 < n < 10)})|{_SMALL}"
_SCALE: Final = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_DIGITS: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,6})?(?![0-9])|[0-9]{1,15}(?:\.[0-9]{1,6})?(?:[½¼¾])?)"
_NUMBER: Final = (
    rf"(?:{_DIGITS}(?:[-‑]?{_GAP}{_SCALE}|-{_SCALE}|[ ]?(?:bn|tn|mn)|[mkb](?=\b))?"
    rf"|half{_GAP}an?{_GAP}{_SCALE}|(?:an?|several|a{_GAP}few|a{_GAP}couple{_GAP}of|many)(?:{_GAP}|[-‑]){_SCALE}"
    rf"(?:{_GAP}{_SCALE})?"
    rf"|(?:{_WORDED})(?:(?:{_GAP}|[-‑]){_SCALE}(?:(?:{_GAP}and)?{_GAP}(?:{_WORDED})(?!{_GAP}{_SCALE}))?){{0,3}})"
)
_LEAD: Final = {
    "over": ("more than", "over", "above", "upward of", "upwards of", "in excess of", "at least", "no fewer than",
             "no less than", "not less than", "well over", "well above", "a minimum of"),
    "under": ("less than", "fewer than", "under", "below", "no more than", "not more than", "at most", "up to",
              "as many as", "as much as", "a maximum of", "well under"),
    "nearly": ("nearly", "almost", "close to", "just under", "just shy of", "just below", "approaching"),
    "about": ("about", "around", "some", "roughly", "approximately", "an estimated", "estimated", "circa", "~",
              "perhaps"),
    "just over": ("just over", "slightly more than", "a little over", "a little more than", "just above"),
    "exactly": ("exactly", "precisely", "only", "a total of", "all"),
}  # fmt: skip
_LEAD_OF: Final = {phrase: kind for kind, phrases in _LEAD.items() for phrase in phrases}
_LEADS: Final = "|".join(
    phrase.replace(" ", _GAP) for phrase in sorted(_LEAD_OF, key=lambda phrase: (-len(phrase), phrase))
)
_MONEY: Final = r"(?:US|A|C|AU|CA|NZ|HK)?[$]|£|€|¥|₹"
_UNIT_AFTER: Final = (
    rf"[ \u00a0]?%|{_GAP}per(?:{_GAP})?cent\b|[-‑]percent\b|{_GAP}percentage{_GAP}points?\b"
    rf"|{_GAP}(?:(?:US|U\.S\.|American|Canadian|Australian){_GAP})?(?:dollars|euros)\b"
)
_EXPRESSION: Final = re.compile(
    rf"""
    (?<!(?u:\w))(?<![.,/:@\#\-–‑+$£€])(?<![0-9][’'])
    (?:(?P<lead>{_LEADS})(?:{_GAP}|(?<=~)))?
    (?:
      (?P<share>(?:(?:(?P<over>one|two|three|four|five|six|seven|nine|an?)(?:[-‑]|{_GAP})
          (?P<part>half|third|quarter|fourth|fifth|sixth|eighth|tenth)s?)|half)(?={_GAP}(?:of|the|its|their|his|her|all)\b)
          |(?P<over2>one|two|three|four)[-‑](?P<part2>third|quarter|fifth)s?)
      | (?P<between>between{_GAP})?(?P<money>{_MONEY})?(?P<first>{_NUMBER})
        (?P<unit1>{_UNIT_AFTER})?
        (?:(?:{_GAP}(?(between)and|(?:to|or)){_GAP}|[ ]?[-–][ ]?)(?P<money2>{_MONEY})?(?P<second>{_NUMBER})
          (?P<unit2>{_UNIT_AFTER})?)?
      | (?P<many>(?:(?:tens|dozens|hundreds|many|several){_GAP}of{_GAP})?
          (?:(?:hundreds|thousands|millions){_GAP}of{_GAP})?
          (?:dozens|scores(?={_GAP}of)|hundreds|thousands|millions|billions|trillions))
    )
    (?P<tail>\+|{_GAP}or{_GAP}(?:more|so|fewer|less)\b|[-‑]plus\b)?
    (?![\w@/:]|[.,’'][0-9]|[-‑–][0-9])
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_NUMERIC_HEAD: Final = _set(
    """no nos number numbers article articles section sections chapter title titles route highway interstate flight
    room page pages phase level resolution amendment class channel area figure table part episode season round
    act rule unit building gate division line psalm proposition prop iphone galaxy type category district ward
    zone tier formula volume vol version grade question form ps windows boeing airbus apollo saturn verse bus
    train size model step lot camp pier platform covid agenda vision expo war group"""
)
_COLLECTIVES: Final = _set(
    """people police men women children troops staff personnel dead wounded injured missing homeless crew feet cattle
    percent sheep aircraft"""
)
_NOT_PLURAL: Final = _set(
    """news politics economics his its this us is was has as plus less previous various religious serious dangerous
    suspicious ambitious famous enormous anonymous numerous unanimous business mass gross cross press class
    campus gas homeless bus virus overseas always perhaps towards across consensus congress afterwards besides
    obvious indigenous continuous precious ms mrs"""
)
_IRREGULAR: Final = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "lives": "life",
    "wives": "wife", "knives": "knife", "countries": "country", "policemen": "policeman", "servicemen": "serviceman",
    "servicewomen": "servicewoman", "congressmen": "congressman", "gunmen": "gunman", "crises": "crisis",
    "series": "series", "species": "species", "movies": "movie", "cookies": "cookie", "ties": "tie", "shoes": "shoe",
    "buses": "bus", "viruses": "virus", "troops": "troop", "houses": "house", "cases": "case", "bases": "base",
    "horses": "horse", "nurses": "nurse", "causes": "cause", "phases": "phase", "leases": "lease",
    "purchases": "purchase", "expenses": "expense", "licenses": "license", "courses": "course",
    "responses": "response", "diseases": "disease",
    "caches": "cache", "headaches": "headache", "axes": "axe",
}  # fmt: skip
_STOPS: Final = (
    (AUXILIARIES | SAID | BELIEVED | PRONOUNS | STOPWORDS)
    - {"people", "things", "reports", "calls", "posts", "plans", "objects", "offers", "tweets", "demands", "comments",
       "claims", "states", "labels", "fears", "hopes", "quotes", "forecasts", "promises", "pledges", "notes", "favors",
       "supports", "protests", "other", "more", "former", "same", "say", "very", "just"}
) | {"familiar", "close", "briefed", "ago", "later", "including", "each", "earlier",
     "today", "here", "there"}  # fmt: skip
_NOUN: Final = re.compile(r"(?:[ \t\u00a0\u202f]{1,2}|[ \t]?\r?\n)([^\W\d_][\w’'‑-]*)")
_HYPHENED: Final = re.compile(r"[-‑]([a-z]+(?:[-‑]old)?s?)(?=[^\w]|$)", re.IGNORECASE)
_CLOCK_AFTER: Final = re.compile(r"[ \u00a0\u202f]?(?:[ap]\.?m\b|o['’]clock|gmt\b|utc\b)", re.IGNORECASE)
_MONTH_BEFORE: Final = re.compile(
    r"\b(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)\s$"
)
_MONTH_AFTER: Final = re.compile(
    r"\s(?:of\s)?(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))(?!\w)"
)
_YEAR: Final = re.compile(r"(?:1[5-9]|20)[0-9]{2}", re.ASCII)
_WORD_BEFORE: Final = re.compile(r"([^\W\d_][\w’'.-]*)[ \u00a0]$")
_NO_ONE: Final = re.compile(r"\b(?:no|any|every|this|that|the|each|which|another|number)\s$", re.IGNORECASE)
_NOT_SHARE: Final = re.compile(r"\b(?:first|second|third|fourth|last|latter|final|other|better|back)\s$", re.IGNORECASE)
_FROM: Final = re.compile(r"\bfrom\s$", re.IGNORECASE)
_OF_MANY: Final = re.compile(r"[ \u00a0]of(?: the| his| her| its| their| those| these)?")
_PAIRED: Final = _set("current former serving retired active present past")
_TIME_UNITS: Final = _set("minute hour day week month quarter year decade century")
_TIME_AFTER: Final = re.compile(
    r"\s(?:and a half\s)?(?:ago|later|earlier|before|after|prior|afterwards?)\b", re.IGNORECASE
)
_TIME_BEFORE: Final = re.compile(r"\b(?:past|last|previous|next|coming|following|within)\s$", re.IGNORECASE)
#: A count of these says nothing that two tellings could differ in.
_IDLE: Final = _set("reason day point time thing way hand side year moment example problem question issue matter")
#: "nine out of ten", "four in 10": a share said with two numbers, neither of which counts anything.
_IN_TEN: Final = re.compile(rf"\s(?:in|out of)\s(?:{_NUMBER})\b", re.IGNORECASE)
_TEN_OF: Final = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|[0-9]{1,2})\s(?:in|out of)\s$", re.IGNORECASE
)
_LAST: Final = 10**15


def _number(form: str) -> Bounds | None:
    """The bounds of a bare number: digits or words, with its scale."""
    text = " ".join(form.casefold().replace("‑", "-").replace("-", " ").split())
    if digits := re.match(r"([0-9][0-9,]*(?:\.[0-9]+)?)([½¼¾]?)\s?([a-z]*)$", text):
        value = float(digits[1].replace(",", "")) + {"½": 0.5, "¼": 0.25, "¾": 0.75}.get(digits[2], 0.0)
        scale = _SCALES.get(digits[3], 1.0)
        return (value * scale, value * scale) if not digits[3] or digits[3] in _SCALES else None
    words = text.split()
    loose: Bounds | None = None
    if words[:1] == ["half"]:
        value = _SCALES.get(words[-1], 0.0) / 2
        return (value, value) if value else None
    for opening, low, high in (("several ", 2, 9), ("many ", 2, None), ("a few ", 2, 9), ("a couple of ", 2, 3)):
        if text.startswith(opening):
            scale = 1.0
            for word in text[len(opening) :].split():
                scale *= _SCALES.get(word, 1.0)
            loose = (low * scale, high * scale if high else None)
    if loose:
        return loose
    total = current = 0.0
    seen = False
    for word in words:
        if word in {"a", "an"}:
            current = 1.0
        elif word == "and":
            continue
        elif word in _ONES or word in _TENS:
            current += _ONES.get(word, _TENS.get(word, 0))
            seen = True
        elif word in {"hundred", "dozen"}:
            current = (current or 1) * _SCALES[word]
            seen = True
        elif word in _SCALES:
            total, current, seen = total + (current or 1) * _SCALES[word], 0.0, True
        else:
            return None
    return (total + current, total + current) if seen else None


def _many(form: str) -> Bounds:
    low = 1.0
    words = [word for word in form.casefold().split() if word != "of"]
    for word in words:
        low *= {"tens": 20.0, "many": 1.0, "several": 1.0}.get(word, _MANY.get(word, 1.0))
    if len(words) > 1 and words[-1] in _MANY and words[-2] in {"tens", "dozens", "hundreds", "thousands", "millions"}:
        low /= 2  # "tens of thousands": twenty thousand, not forty
    return low, None


def _share(match: re.Match[str]) -> Bounds:
    over, part = match["over"] or match["over2"], match["part"] or match["part2"]
    above = _ONES.get(over.casefold(), 1) if over else 1
    value = round(100 * above / _PARTS[part.casefold() if part else "half"], 2)
    return value, value


def _lead(kind: str | None, bounds: Bounds) -> Bounds:
    """The bounds after "more than", "nearly" ... before them."""
    low, high = bounds
    if kind is None or kind == "exactly":
        return bounds
    if kind == "over":
        return low, None
    if kind == "under":
        return None, high if high is not None else low
    if low is None or high is None:
        return bounds
    if kind == "nearly":
        return round(0.9 * low, 6), high
    if kind == "just over":
        return low, round(1.1 * high, 6)
    return round(0.9 * low, 6), round(1.1 * high, 6)


def _bounds(match: re.Match[str]) -> Bounds | None:
    """The bounds of a matched expression, None when it is no quantity."""
    if match["many"]:
        return _many(match["many"])
    if match["share"]:
        found: Bounds | None = _share(match)
    else:
        found = _number(match["first"])
        if found and match["second"]:
            found = _range(match, found)
    if found is None:
        return None
    tail = " ".join((match["tail"] or "").split()).casefold()
    lead = _LEAD_OF[" ".join(match["lead"].split()).casefold()] if match["lead"] else None
    if tail:
        lead = {"or so": "about", "or fewer": "under", "or less": "under"}.get(tail, "over")
    return _lead(lead, found)


def _range(match: re.Match[str], first: Bounds) -> Bounds | None:
    """From the one to the other ("20 to 30"); a scale after the second counts for both ("1.5 to 2 million")."""
    second = _number(match["second"])
    if second is None or first[0] is None or second[1] is None:
        return None
    low, high = first[0], second[1]
    scale = re.search(r"(hundred|thousand|million|billion|trillion|dozen|bn|mn|tn|[mkb])$", match["second"].casefold())
    if scale and re.fullmatch(r"[0-9.,]+|[a-z]+", match["first"].casefold()) and low * _SCALES[scale[1]] < high:
        low *= _SCALES[scale[1]]
    return (low, high) if low < high else None


def value_of(words: str) -> Bounds | None:
    """The bounds of one expression of quantity, with or without what it counts.

    Args:
        words: "more than 225,000 Americans", "about 300", "two-thirds", "dozens of".

    Returns:
        (low, high), None = open on that side; None where there is no number. "more than" and "at least" leave high
        open, "up to" and "fewer than" low. "nearly 40" is 36 to 40, "about 300" 270 to 330, "just over 50" 50 to 55:
        a tenth, as reporters round. "dozens" is 24 or more, "hundreds" 200 or more. Shares are in per cent.
    """
    text = words.strip()
    for match in _EXPRESSION.finditer(text[:200]):
        if bounds := _bounds(match):
            return None if bounds == (1.0, 1.0) and _NO_ONE.search(text[: match.start()]) else bounds
    return None


def _singular(noun: str) -> str:
    """The singular of a plural noun, where that is plain."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith(("ss", "us", "is")) or len(noun) < 4 or not noun.endswith("s"):
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes", "zes")):
        return noun[:-2]
    return noun[:-1]


def _is_plural(word: str) -> bool:
    if word in _COLLECTIVES or word in _IRREGULAR:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _NOT_PLURAL


def _counted(text: str, at: int, end: int, *, single: bool) -> tuple[str, int] | None:
    """The noun that a number before ``at`` counts, singular, and where it ends."""
    run: list[tuple[str, int]] = []
    while len(run) < 6 and (match := _NOUN.match(text, at, end)):
        word = match[1].casefold().replace("’", "'")
        bare = word.removesuffix("'s").removesuffix("'")
        if word == "and" and run and run[-1][0] in _PAIRED:  # "current and former officials"
            at = match.end()
            continue
        stop = word in _STOPS or (single and (word in IRREGULAR or word.endswith("ed")) and len(run) > 0)
        if stop:
            break
        run.append((bare, match.end() - (len(match[1]) - len(bare))))
        at = match.end()
        if word != bare:
            break
    if single:
        return run[-1] if 0 < len(run) <= 4 and run[-1][0] in UNNAMED else run[0] if len(run) == 1 else None
    for index, (word, stop_at) in enumerate(run):
        if _is_plural(word):
            while index + 1 < len(run) and _is_plural(run[index + 1][0]) and run[index + 1][0] in UNNAMED:
                index += 1
                word, stop_at = run[index]
            measure = index and run[index - 1][0] in {"square", "cubic", "nautical"}
            return f"{run[index - 1][0]} {_singular(word)}" if measure else _singular(word), stop_at
    return None


def _unit(match: re.Match[str]) -> str | None:
    """The unit that stands on the number itself: money, per cent."""
    if match["share"]:
        return "%"
    money = match["money"] or match["money2"]
    if money:
        return money[-1]
    unit = " ".join((match["unit2"] or match["unit1"] or "").casefold().replace("‑", "-").split())
    if not unit:
        return None
    if "point" in unit:
        return "percentage point"
    if "%" in unit or "cent" in unit:
        return "%"
    return "$" if unit.endswith("dollars") else "€"


def _is_quantity(text: str, match: re.Match[str], what: str | None, end: int) -> bool:
    """Whether the number counts or measures something: no year, date, clock time, score or name."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
    if match["share"]:
        return not _NOT_SHARE.search(before)
    if what in _TIME_UNITS and (_TIME_AFTER.match(text, end) or _TIME_BEFORE.search(before)):
        return False  # "three years ago", "the past two weeks": a time
    first = match["first"]
    if first and not _unit(match) and (_CLOCK_AFTER.match(after) or _IN_TEN.match(after) or _TEN_OF.search(before)):
        return False
    if match["many"] or _unit(match) or match["lead"]:
        return True
    previous = _WORD_BEFORE.search(before)
    head = previous[1].casefold().rstrip(".") if previous else ""
    if head in _NUMERIC_HEAD or _MONTH_AFTER.match(after) or _MONTH_BEFORE.search(before):
        return False
    if _YEAR.fullmatch(first):
        return what in _PEOPLE and head not in _YEAR_HEADS
    if what is not None:
        return True
    if match["second"]:
        return match.end("second") - match.start() > len(first) + 1 + len(match["second"])  # "555-1234"
    if head in _TOLLS:
        return True
    if not first[0].isdigit():
        return " " in first or "-" in first  # "two hundred", but not "the two", "both three"
    # "Catch 22", "the 12": a bare number is one only where it is long
    return len(first) > 3 and not (previous and previous[1][0].isupper() and previous.start() > 0)


_TOLLS: Final = _set("killed killing injured injuring wounded wounding hurt leaving")
_YEAR_HEADS: Final = _set("the in since of by until from to and or for s his her their its")
_PEOPLE: Final = _set(
    "person man woman child troop soldier job home house death case vote worker student mile foot police"
)


def find_quantities(article: str, text: str, sentences: Sequence[Span]) -> tuple[Quantity, ...]:
    """The quantities in the sentences, in order of place.

    Args:
        article: its id, for the records.
        text: its whole text.
        sentences: where to look, in order.

    Returns:
        Each with its bounds (see ``value_of``), its unit or the noun it counts in ``what``, and a place that reaches
        from "more than" to that noun.
    """
    out: list[Quantity] = []
    for sentence in sentences:
        dated = iter(absolute_dates(text, sentence))
        date = next(dated, None)
        at = sentence.start
        while match := _EXPRESSION.search(text, at, sentence.end):
            at = match.end()
            while date and date[0].end <= match.start():
                date = next(dated, None)
            if date and date[0].start < match.end() and match.end() - match.start() <= date[0].end - date[0].start + 6:
                continue
            quantity = _quantity(article, text, match, sentence)
            if quantity:
                out.append(quantity)
                at = quantity.end
            elif match["second"]:
                at = match.start("second")
    return tuple(out)


def _quantity(article: str, text: str, match: re.Match[str], sentence: Span) -> Quantity | None:
    if match["second"] and _FROM.search(text[max(0, match.start() - 6) : match.start()]):
        # "from 20 to 30" is a change, not a range: the first now, the second on its own
        shorter = _EXPRESSION.match(text, match.start(), match.end("unit1") if match["unit1"] else match.end("first"))
        return _quantity(article, text, shorter, sentence) if shorter else None
    bounds = _bounds(match)
    if bounds is None or any(bound is not None and bound > _LAST for bound in bounds):
        return None
    end, what = match.end(), _unit(match)
    if what is None:
        following = text[end : end + 1]
        if following in "-‑" and following:
            joined = _HYPHENED.match(text, end, sentence.end)
            if not joined:
                return None
            what, end = joined[1].casefold().replace("‑", "-"), joined.end()
            if what in {"and", "or", "to", "on", "in", "up", "way", "fold", "off", "time", "s"}:
                return None
        else:
            at = end
            if of := re.compile(r"[ \u00a0]of(?: the| his| her| its| their| those| these)?").match(
                text, end, sentence.end
            ):
                if not match["many"]:
                    of = None
                else:
                    at = of.end()
            single = bounds == (1.0, 1.0)
            counted = _counted(text, at, sentence.end, single=single)
            if counted is None and match["lead"] and (one := _NOUN.match(text, at, sentence.end)):
                word = one[1].casefold()
                counted = (word, one.end()) if word in _TIME_UNITS else None  # "at least one day"
            if counted:
                what, end = counted
            if single and (
                counted is None or what in _IDLE or _NO_ONE.search(text[max(0, match.start() - 12) : match.start()])
            ):
                return None
    if not _is_quantity(text, match, what, end):
        return None
    return Quantity(article=article, start=match.start(), end=end, low=bounds[0], high=bounds[1], what=what)


_HEAD_ENDS: Final = re.compile(
    r"\b(?:of|in|at|with|from|for|on|who|whom|whose|that|which|familiar|close|briefed|involved|to|near|inside|within|by|and|or"
    r"|speaking|working|said|says|told)\b|[,;:(—–]",
    re.IGNORECASE,
)
_AND_MORE: Final = re.compile(
    r"\b(?:and|or|plus)\s+(?:an?|one|two|three|four|five|six|several|some|another|other|others|the|his|her|their|[0-9]+)\b",
    re.IGNORECASE,
)
_GROUPS: Final = re.compile(
    r"\b(?:group|number|handful|series|majority|team|panel|range|variety|string|host|crowd|bunch|set|network)s?\s+of\b",
    re.IGNORECASE,
)


def number_of_people(words: str) -> int | None:
    """How many people an expression for unnamed sources stands for.

    Args:
        words: the expression: "three military sources", "a senior official", "officials familiar with the talks".

    Returns:
        Their number when the words say one exactly; None for "officials", "several people", "more than 20", "two or
        three aides", a group or a number of them, and wherever more people are joined on with "and".
    """
    text = " ".join(words[:300].split())
    if not text or _AND_MORE.search(text) or _GROUPS.search(text):
        return None
    pair = re.match(r"(?:an?|the|another) (?:pair|couple|duo) of\b|both\b", text, re.IGNORECASE)
    if pair:
        return 2
    if trio := re.match(r"(?:an?|the) (trio|quartet)\b", text, re.IGNORECASE):
        return 3 if trio[1].casefold() == "trio" else 4
    head_end = _HEAD_ENDS.search(text)
    head_words = text[: head_end.start()].split() if head_end else text.split()
    if head_end and head_end.group().casefold() == "and":  # "a dozen current and former officials"
        rest = _HEAD_ENDS.search(text, head_end.end())
        head_words = (text[: rest.start()] if rest else text).split()
    if re.match(r"one (?:other )?of\b", text, re.IGNORECASE):
        return 1
    if not head_words:
        return None
    head = head_words[-1].casefold().strip(".'\"’”")
    match = next((m for m in _EXPRESSION.finditer(text) if not m["share"]), None)
    if match and match.start() < len(" ".join(head_words)) and not _unit(match):
        bounds = _bounds(match)
        if bounds and bounds[0] == bounds[1] and bounds[0] is not None and bounds[0] == int(bounds[0]):
            number = int(bounds[0])
            bare = match.end() >= len(" ".join(head_words))
            return number if 0 < number < 10_000 and (number == 1 or bare or _is_plural(head)) else None
        return None
    if head in UNNAMED and not _is_plural(head) and head not in {"authorities", "others"}:
        return 1
    return None
