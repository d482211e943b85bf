"""What a name or a description says by itself: of unnamed people, of a paper, of a body, of a newsroom.

Takes names, gives the forms in which they are compared; knows nothing of the story they stand in.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from headwater import lexicon
from headwater.model import Article, Source
from headwater.words import words

_ENDS = frozenset(
    """of at in for from with who familiar close briefed on obtained seen reviewed published prepared dated released
    leaked written by titled called shown shared""".split()
)
_EMPTY = frozenset(
    """the a an one two three four five six seven eight nine ten eleven twelve dozen several some many most other
    others another
    both of at in for on from with and or to by who that which familiar close matter briefed condition anonymity
    speaking told spoke
    unnamed anonymous his her their its this these those also he she they as half pair group number few
    multiple""".split()
)
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "families": "family"}
#: What says nothing of which paper is meant: when it came out, how long it is.
_DATED = re.compile(r"\d[\w-]*|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|recent|latest|new|early|late")
#: Papers that are called by each other's names.
_ONE_PAPER = {
    "suit": "lawsuit",
    "complaint": "lawsuit",
    "filing": "lawsuit",
    "notes": "note",
    "memorandum": "memo",
    "e-mail": "email",
    "communiqué": "communique",
    "judgement": "ruling",
    "judgment": "ruling",
    "verdict": "ruling",
    "inquiry": "investigation",
    "programme": "program",
    "footage": "video",
}
_US = re.compile(r"\b(?:u\.s\.a?\.?|united states(?: of america)?|usa|american)(?=\W|$)")


@dataclass(frozen=True, slots=True)
class Described:
    """What the words say of unnamed people: head noun, other content words, proper names among them, one or more."""

    head: str
    traits: frozenset[str]
    proper: frozenset[str]
    plural: bool


def _singular(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3 else noun


@lru_cache(maxsize=4096)
def describe(name: str) -> Described:
    """Read a description of unnamed people or of a paper: "two senior ministry officials" gives "official" and more."""
    head, plural = "", False
    traits: set[str] = set()
    proper: set[str] = set()
    ended = False
    for word in words(name):
        key = word.key
        if key in _ENDS and head:
            ended = True
        if ended:
            continue
        known = key in lexicon.UNNAMED or key in lexicon.DOCUMENTS or key in lexicon.JOURNALISTS
        if known:
            if head:
                traits.add(head)
            plural = _singular(key) != key or key in {"people", "police", "spokesmen", "spokeswomen"}
            head = "spokesperson" if key in lexicon.SPOKESPEOPLE else _ONE_PAPER.get(_singular(key), _singular(key))
            continue
        if key in _EMPTY or key.isdigit():
            continue
        traits.add(_singular(key))
        if (name[word.start].isupper() and word.start > 0) or (
            name[word.start].isupper() and (name[word.start : word.end].isupper() or "." in name[word.start : word.end])
        ):
            proper.add(key)
    return Described(head, frozenset(traits), frozenset(proper), plural)


def telling(described: Described) -> frozenset[str]:
    """What a paper's description says of which paper it is: not when it came out, nor how long it is."""
    return frozenset(t for t in described.traits if not _DATED.fullmatch(t))


def plain(name: str) -> str:
    """A name for comparing: small letters and digits, no leading article, no final "Inc." and the like."""
    key = re.sub(r"[^\w]+", " ", name.casefold()).strip()
    return re.sub(r"\s(?:inc|ltd|plc|llc|com)$", "", key.removeprefix("the "))


def body_key(name: str) -> str:
    """A body's name for comparing: as ``plain``, without possessives, "its" and the like; "U.S." is "American"."""
    folded = name.casefold().replace("’", "'")
    folded = re.sub(r"(?<=\w)'s?(?=\W|$)", "", _US.sub("us", folded))
    return re.sub(r"^(?:(?:the|its|their|his|her|our|a|an)\s)+(?=\S)", "", plain(folded))


_ARMED = re.compile(r"\b(?:armed forces|defen[cs]e forces?|military|army)\b")


def army_key(name: str) -> str:
    """A body's name for comparing, every word for an army being "army": "Karelund's armed forces", its military."""
    return _ARMED.sub("army", body_key(name))


_LABELS = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.){1,4}[a-z]{2,12})(?:/\S*)?", re.IGNORECASE)
_BEHIND = re.compile(r"\s*\([^()]*\)\s*$|\s+-\s+\w+\s*$")
_LONGEST_BYLINE = 60  # words of a byline that are looked at
_LONGEST_WRITER = 6  # words of a writer's or an outlet's name
_SECTION = re.compile(r"\s(?:online(?: news)?|web(?: news)?)$")


def own_names(article: Article) -> tuple[str, ...]:
    """The names an article's own newsroom goes by, plain: its outlet, else what its id (a file's name) may say.

    An outlet's name may bear a section ("Ledger (Web News)", "Ledger - News"), or be a host ("www.ledger.com").
    """
    if article.outlet:
        host = _LABELS.fullmatch(article.outlet.strip())
        if host:
            labels = [x for x in host[1].casefold().split(".")[:-1] if x not in {"www", "co", "com", "org", "net"}]
            return (labels[-1],) if labels else (plain(article.outlet),)
        full = plain(article.outlet)
        bare = _SECTION.sub("", plain(_BEHIND.sub("", article.outlet)))
        return tuple(dict.fromkeys(n for n in (full, bare) if n)) or ("",)
    return (plain(re.sub(r"[_\W]+", " ", re.sub(r"[_-][0-9a-f]{8,}$|^\d+[_-]", "", article.id))),)


def own_forms(article: Article) -> set[str]:
    """Every plain form by which an article names its own newsroom: its names, also without a first word; its writers.

    A writer is known by two words or more of the byline that stand together.
    """
    out = set()
    for own in own_names(article):
        out |= {own, own.partition(" ")[2]}
    line = plain(article.byline or "").split()[:_LONGEST_BYLINE]
    for size in range(2, _LONGEST_WRITER + 1):
        out |= {" ".join(line[at : at + size]) for at in range(len(line) - size + 1)}
    return out - {""}


def is_own(article: Article, name: str) -> bool:
    """Whether a carrier's name is the article's own newsroom: "the Ledger" in the Morning Ledger, its byline's name."""
    form = plain(name)
    return form in own_forms(article) or not host_names(form).isdisjoint(own_names(article))


def host_names(form: str) -> set[str]:
    """What an outlet's host may be: "Old Harbour Ledger" is oldharbourledger, ohledger or ohl; also with "news"."""
    names = form.split()[:_LONGEST_WRITER]
    if not names:
        return set()
    cut = {"".join(names), "".join(n[0] for n in names[:-1]) + names[-1]}
    if len(names) > 2:
        cut.add("".join(n[0] for n in names))
    return cut | {c + "news" for c in cut} | {c + "online" for c in cut}


def is_generic(source: Source) -> bool:
    """Whether a carrier is not named: "a newspaper", "the network"."""
    return source.kind == "outlet" and source.entity is None and source.name == source.name.casefold()
