"""Who passed words on: outlets, journalists and "me" after "told", "speaking to", "seen by", "in a statement to"."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from headwater import lexicon
from headwater.model import Span
from headwater.reading import names
from headwater.reading.names.gazetteer import lists
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import (
    ADVERBS,
    AIR,
    AUX,
    CLAUSE,
    DETERMINERS,
    ORGS,
    PASSED,
    PASSING,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    TAIL_PLACES,
    TIME,
)
from headwater.reading.tagger import Name
from headwater.words import key_of

_REPORTER_AFTER = re.compile(
    r"(?:’s|'s)? (?:first |exclusive |original )?(?:reported|report\b|reporting\b|Substack|story\b)"
    r"|,? (?:a|an|the)? ?(?:\w+ ){0,3}(?:journalist|reporter|correspondent|columnist)\b"
    r"|, who (?:covers|writes|reports|hosts|edits|broke|covered)\b"
)
_REPORTER = re.compile(
    r"\b(?:[Jj]ournalist|[Rr]eporter|[Cc]orrespondent|[Cc]olumnist) ([A-Z]\w+)"
    r"|\b([A-Z]\w+)(?:’s|'s) (?:report|reporting|scoop)\b"
)
_APPROACHED = frozenset("asked reached contacted approached pressed questioned".split())
_WRITERS = lexicon.JOURNALISTS | frozenset("writer author host presenter interviewer podcaster biographer".split())
_MEDIA = frozenset("press post network media radio television broadcasting news".split())
_BODIES = (ORGS | lists().institutions | frozenset(("corp", "inc", "ltd", "plc", "llc"))) - _MEDIA - lexicon.OUTLETS
_AIRED = frozenset("television radio tv media".split())
_MEDIA_FIRST = frozenset("channel radio news state agence tv".split())
#: What may follow a name without being its head: "told the Ledger it", but not "told the Planning committee".
_FOLLOW = (
    (PREPOSITIONS - {"of"}) | DETERMINERS | CLAUSE | lexicon.PRONOUNS | AUX | TIME | ADVERBS
    | frozenset("and or there how why what if exclusively who whom".split())
)  # fmt: skip
_SIGNED_WITHIN = 800  # code points between "tell me" and the line that signs the post
_DESKS = lexicon.JOURNALISTS | frozenset(
    "desk team programme program podcast website show newsroom host presenter".split()
)


def carriers_named(text: str, found: Sequence[Name]) -> frozenset[str]:
    """Last names of people the text calls journalists, small letters: "journalist Ken Roe", "Roe’s report"."""
    out = set()
    known = set()
    for name in found:
        last = key_of(text[name.start : name.end].split()[-1])
        known.add(last)
        if name.type != "person":
            continue
        before = re.findall(r"[^\W\d_]+", text[max(0, name.start - 40) : name.start])[-2:]
        if any(word.casefold() in lexicon.JOURNALISTS for word in before) or _REPORTER_AFTER.match(
            text, name.end, name.end + 60
        ):
            out.add(last)
    for match in _REPORTER.finditer(text):
        last = key_of(match.group(1) or match.group(2))
        if last not in known and last not in lexicon.OUTLETS and last not in ORGS:
            out.add(last)
    return frozenset(out)


def signatures(text: str) -> tuple[Span, ...]:
    """The names that sign posts: "— Sam Tull (@samtull)"."""
    return tuple(
        Span(*m.span(1)) for m in re.finditer(r"[—–-] ?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}) \(@\w{1,30}\)", text)
    )


def speaking_to(s: Sentence, first: int, last: int) -> tuple[Span, ...]:
    """Carriers in a relative clause or apposition: "who spoke to the Ledger", "speaking to Roe", "seen by the Post"."""
    for at in range(first, last):
        key = s.key(at)
        if key == "anonymity" and s.key(at + 1) == "by":  # "granted anonymity by the Comet"
            phrase = carrier_at(s, at + 2, last, papers=True)
            if phrase:
                return (phrase[1],)
        dated = s.key(at + 1) == "on" and s.key(at + 2) in TIME  # "broadcast on Sunday by Channel Four"
        after = at + 2 * dated + 1
        papers = key in PASSED and s.key(after) in {"by", "with", "to", "on"}
        if key in _APPROACHED and s.key(after) != "by":
            continue
        if not papers and key not in PASSING and key not in TAIL_PLACES:
            continue
        if key in TAIL_PLACES and s.key(at - 1) not in {"a", "an", "the", "his", "her", "their"}:
            continue
        step = after
        if key in {"quoted", "cited", "interviewed"} and s.key(step) in {"in", "on"}:
            papers = True
        if s.key(step) in {"to", "with", "by", "exclusively"} or papers:
            step += 1
            if s.key(step) == "to":
                step += 1
        elif key not in {"told", "briefed"}:
            continue
        phrase = carrier_at(s, step, last, papers=papers)
        if phrase:
            return (phrase[1],)
    return ()


def carrier_at(s: Sentence, first: int, last: int, *, papers: bool = False) -> tuple[int, Span] | None:
    """The carrier that begins at item ``first``: an outlet, a journalist by name, "me".

    Args:
        s: the sentence.
        first: where the phrase begins.
        last: the last item it may reach.
        papers: whether it is what a paper was seen or published by, so that no person is meant.

    Returns:
        Its last item and its place; None when it is nobody who prints.
    """
    last = min(last, len(s.items) - 1)
    if first > last or not s.word(first):
        return None
    if s.key(first) in {"me", "us"}:
        here = s.items[first].span
        after = bisect_left(s.around.signed, here)
        signed = s.around.signed[after] if after < len(s.around.signed) else None
        return first, signed if signed and signed.start - here.start <= _SIGNED_WITHIN else here
    if s.key(first) in lexicon.NOT_CARRIERS | CLAUSE:
        return None
    if s.key(first) in {"one", "another"} and s.key(first + 1) in lexicon.JOURNALISTS and not s.capital(first + 2):
        return None  # "he told one reporter": a news conference
    limit = min(last, first + 9)
    found = _known_carrier(s, first, limit)
    if found is None:
        found = _called_carrier(s, first, limit)
    if found is None:
        found = _unlisted(s, first, limit, papers=papers)
    if found is None:
        return None
    span = s.span(first, found)
    bare = s.raw(found)[-2:] in {"’s", "'s"}  # "told MSNBC’s “Morning Joe”"
    return found, Span(span.start, span.end - 2) if bare and span.end - span.start > 4 else span


def _known_carrier(s: Sentence, first: int, limit: int) -> int | None:
    """The end of a phrase whose name is a known outlet's or a journalist's."""
    start, stop = s.items[first].start, s.items[limit].end
    for name in s.found:
        if name.end <= start or name.start >= stop:
            continue
        between = s.text[start : max(start, name.start)]
        checked = between.replace(".", "", 1) if re.match(r"\w+\.", between) else between
        if re.search(r"[,;:.!?“”\"]", checked) or len(between.split()) > 5:
            return None
        shown = s.text[name.start : name.end]
        lead = {key_of(w) for w in between.split()}
        if names.is_outlet(shown) or key_of(shown.split()[-1]) in s.carriers or lead & (_WRITERS | lexicon.OUTLETS):
            at = first
            while at < limit and s.items[at].end < name.end:
                at += 1
            return _with_desk(s, at, limit)
        desk = next((i for i in range(first, limit + 1) if s.items[i].start >= name.end), limit)
        if s.key(desk) in lexicon.JOURNALISTS and s.raw(desk - 1)[-2:] not in {"’s", "'s"}:
            while desk < limit and s.capital(desk + 1):  # "Sellwick Record reporter Nina Kolberg"
                desk += 1
            return desk
        return None
    return first if s.key(first) in s.carriers and s.capital(first) else None


def _called_carrier(s: Sentence, first: int, limit: int) -> int | None:
    """The end of a phrase that says itself what it is: "a local newspaper", "the agency Orbis"."""
    for at in range(first, limit + 1):
        key = s.key(at)
        if key.startswith("state-") and s.capital(at + 1):  # "state-run KVT"
            key = "agency"
        if (
            key in lexicon.OUTLETS
            or key in _AIRED
            or (key in lexicon.JOURNALISTS and key[-1] != "s")
            or (key == "agency" and s.capital(at + 1))
        ) and not s.capital(at):
            while at < limit and s.capital(at + 1):
                at += 1
            return at
        if not s.word(at) or s.capital(at) or key in PREPOSITIONS or s.finite(at):
            return None
    return None


def _unlisted(s: Sentence, first: int, limit: int, *, papers: bool) -> int | None:
    """The end of an outlet's name that no list has: "the Ledger", "Channel Nine"; by where it stands alone."""
    at = first
    article = s.key(at) == "the" and not s.capital(at)
    crew = s.key(at) in {"a", "an"} and not s.capital(at)
    if crew:  # "a TV Seven crew"
        desk = next((i for i in range(at + 2, min(limit, at + 5) + 1) if s.key(i) in _DESKS | {"crew"}), 0)
        named = desk and all(s.capital(i) for i in range(at + 1, desk)) and s.key(at + 1) not in _BODIES
        return desk if named else None
    at += article
    end = at
    while end < limit and s.raw(end)[-2:] not in {"’s", "'s"}:
        owner = s.raw(end + 1) in {"’", "'"} and s.capital(end + 2)  # "the Farmers’ Weekly"
        if not owner and not s.capital(end + 1):
            break
        end += 2 if owner else 1
    keys = [s.key(i) for i in range(at, end + 1) if s.word(i)]
    if (
        at > limit
        or not s.capital(at)
        or len(keys) > 4
        or any(k in _BODIES for k in keys)
        or all(k in TIME for k in keys)
    ):
        return None
    if len(keys) == 1 and (
        (keys[0] in lists().roles and not papers) or keys[0] in lists().demonyms or keys[0][:-1] in lists().demonyms
    ):
        return None
    start, stop = s.items[at].start, s.items[end].end
    whole = next((n for n in s.found if n.start <= start and n.end >= stop - 2), None)
    guessed = papers and whole is not None and whole.score <= 0.5 and len(keys) == 1
    if whole is not None and whole.type == "person" and not guessed:
        return end if not papers and s.key(end + 1) in {"on", "under"} and _anonymity(s) else None
    if whole is not None and not guessed and (whole.type != "organisation" or whole.score >= 0.85):
        return None
    if not (article or papers or keys[0] in _MEDIA_FIRST):
        return end if s.key(end + 1) in {"on", "under"} and _anonymity(s) and len(keys) == 1 else None
    if s.raw(end)[-2:] in {"’s", "'s"}:
        desk = _with_desk(s, end, limit)
        return desk if desk > end else None
    follow = s.key(end + 1)
    plain = end >= limit or not s.word(end + 1) or follow in _FOLLOW or s.finite(end + 1) or follow.endswith("ly")
    return end if plain else None


def _with_desk(s: Sentence, at: int, limit: int) -> int:
    """Past "’s arts editor" or "’s Ann Moss" after an outlet's name."""
    if s.raw(at)[-2:] not in {"’s", "'s"}:
        return at
    person = next((n for n in s.found if at < limit and n.start == s.items[at + 1].start), None)
    if (person is not None and person.type == "person") or (s.capital(at + 1) and s.capital(at + 2)):
        end = at + 1
        while end < limit and s.capital(end + 1):
            end += 1
        return end
    for end in range(at + 1, min(limit, at + 4) + 1):
        if s.key(end) in _DESKS:
            while end < limit and s.capital(end + 1):
                end += 1
            return end
        if not s.word(end):
            break
    return at


def _anonymity(s: Sentence) -> bool:
    """Whether somebody speaks on condition of anonymity here: whoever was spoken to then carries the words."""
    return any(item.key in {"anonymity", "anonymously"} for item in s.items)


def skip_addressee(s: Sentence, at: int, end: int) -> tuple[int, tuple[Span, ...]]:
    """Past whom something was told; gives the next index and the carrier, if the one told is one."""
    phrase = carrier_at(s, at, end - 1)
    if phrase:
        return phrase[0] + 1, (phrase[1],)
    if s.key(at) in {"of", "about", "against", "over"}:
        return at, ()  # "warned of cracks"
    step = at
    while step < end and step - at < 14:
        item = s.items[step]
        if item.quote or item.key in {"that", "to", "it", "there", "how", "what", "why", "about"} or item.raw in ",:;":
            break
        opens = (
            item.key in DETERMINERS - {"one"}
            or item.key in SUBJECT_PRONOUNS
            or item.key in {"on", "in", "during", "at"}
            or s.finite(step)
        )
        if step > at and opens and s.key(step - 1) not in PREPOSITIONS | {"and"}:
            break
        if (
            step > at
            and item.capital
            and not s.capital(step - 1)
            and s.key(step - 1) not in DETERMINERS | PREPOSITIONS | {"and"}
        ):
            break
        step += 1
    return step, ()


def skip_circumstances(s: Sentence, at: int, end: int) -> tuple[int, tuple[Span, ...]]:
    """Past "on Tuesday", "in a statement to the Ledger", "at a briefing"; gives the next index and any carrier."""
    via: tuple[Span, ...] = ()
    while at < end:
        key = s.key(at)
        if key in TIME or (key in ADVERBS and s.word(at) and key not in {"only", "just", "even"}):
            at += 1
            continue
        if key not in {"on", "in", "at", "during", "to", "through", "via", "late", "early", "by", "from"}:
            break
        step, found = _circumstance(s, at, end)
        if step == at and key == "to":
            phrase = carrier_at(s, at + 1, end - 1)
            if phrase:
                step, found = phrase[0] + 1, (phrase[1],)
        if step == at:
            break
        at, via = step, found or via
    return at, via


def _circumstance(s: Sentence, at: int, end: int) -> tuple[int, tuple[Span, ...]]:
    """Past one circumstance that begins with a preposition at ``at``; gives ``at`` when it is none."""
    step = at + 1
    hit = False
    while step < end and step - at < 10:
        item = s.items[step]
        if item.quote or (not item.is_word and item.raw not in {"-", "."}):
            break
        if item.key in CLAUSE or s.finite(step):
            break
        if item.key in {"to", "with"}:
            phrase = carrier_at(s, step + 1, end - 1)
            if phrase:
                return phrase[0] + 1, (phrase[1],)
        hit = hit or (
            item.key in TIME
            or item.key in TAIL_PLACES
            or item.key in lexicon.DOCUMENTS
            or item.key in lexicon.NOT_CARRIERS
            or item.key in AIR
        )
        starts = s.key(step + 1) in DETERMINERS | {"he", "she", "they", "it", "there", "that", "we"} or (
            s.capital(step + 1) and item.key in TIME and s.key(step + 1) not in TIME
        )
        step += 1
        if hit and step < end and starts and item.key not in PREPOSITIONS | DETERMINERS:
            break
    return (step, ()) if hit else (at, ())
