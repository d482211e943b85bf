"""Tells whether an attribution is somebody's speech or writing, or an attitude that the article's writer ascribes.

Takes the text and the spans of cue, content and source; gives True for speech, writing and publishing ("said", "voiced
concern", a poll that "shows"), False for thinking, wanting, feeling, perceiving and doing ("believes", "has doubts").
The first word of the cue that decides holds, whatever stands in quotation marks. A cue without a known word is speech
where it has no letters, ends in a colon, has quoted words, or follows its content after a comma; else it is not.
"""

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from headwater.model import Span
from headwater.reading.saying_words import KINDS, PAPER_WORDS, PERSON_WORDS, SPEAK_PHRASES, THINK_PHRASES

By = Literal["word", "phrase", "marks", "form"]

_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_QUOTES: Final = frozenset("“‘«„‹\"'`”’»›")
_NOT: Final = frozenset("not never cannot without hardly barely scarcely nor no".split())
#: Speech that says no: "did not deny" is as much speech as "denied".
_NO_WORDS: Final = frozenset(
    """deny denied denies denying dispute disputed disputes rule contest hide refuse refused comment decline
    declined""".split()
)
_ABILITY: Final = frozenset("would will won't wouldn't can can't cannot could couldn't".split())
_WILL: Final = frozenset("will 'll shall".split())
_REFUSE: Final = frozenset("refuse refuses refused refusing refusal declined decline declines declining".split())
#: Verbs that are what their object is: "made / similar comments".
_LIGHT: Final = frozenset(
    """make makes made making give gives gave given giving use uses used using draw draws drew drawn hold holds held
    holding send sends sent sending run runs ran running have has had launch launched unleash unleashed out""".split()
)
#: Endings of adjectives that only colour a noun of speech after them ("enthusiastic endorsement").
_ADJECTIVES: Final = ("ate", "tic", "cal", "ous", "ful", "gry", "itter", "dent", "ive")
_OPENLY: Final = frozenset("aloud loudly openly publicly repeatedly".split())
#: Finite forms of saying that hold after an attitude, unless one of the next set stands before them.
_FINITE: Final = frozenset("said says told tells wrote writes added adds tweeted testified replied explained".split())
_GOVERNS: Final = frozenset("to be been being was were is are".split())
#: Sources that nobody is: "no one said", "neither Roe nor Poe has said".
_NO_ONE: Final = re.compile(r"(?:neither|no one|nobody|no-one|none)\b", re.IGNORECASE)
_YET: Final = frozenset("have has had".split())
_UNTOLD: Final = re.compile(
    r"\bno (?:sign|evidence|indication|hint|suggestion|record) (?:yet )?that (?:\w+ ){0,3}$|\bif $", re.IGNORECASE
)
_ASKING: Final = re.compile(r"(?:^|[.!?\n“\"] *)(?:Did|Does|Do|Would|Will|Could|Should) $")
_ASKS: Final = frozenset("did does do".split())
_BE: Final = frozenset("is are was were been being be".split())
#: Passives that tell of words although nobody is named: "it was reported that", "he is said to".
_TOLD: Final = frozenset(
    """reported revealed said told understood rumored rumoured alleged announced quoted described called published
    claimed named dubbed entitled titled cited estimated written heard disclosed leaked used""".split()
)
#: Passives whose subject is spoken to or judged, and does not speak.
_DONE_TO: Final = frozenset(
    """asked charged ordered appointed deemed expected urged invited questioned indicted pressed advised warned
    discussed confirmed considered barred approved""".split()
)
#: Nouns of speech that stand for no utterance when nobody owns them: "Questions over the bridge".
_LOOSE: Final = frozenset(
    "questions reports rumors rumours allegations claims accusations talk criticism fears".split()
)
_OWNER: Final = re.compile(r"(?:['’]s?|\b(?:his|her|their|its|our|my|your)) (?:\w+ ){0,2}$")
_CLOSED: Final = re.compile(r"[,.?!…][”\"]\Z")
_BEFORE: Final = 60  # code points before an attribution that may deny it
_AGENT_WITHIN: Final = 12  # and after it, within which "by" is looked for
_LONGEST_CUE: Final = 400
_LONGEST_SOURCE: Final = 200


class Verdict(NamedTuple):
    """Whether it is speech, and by what that was told: a listed word, a listed phrase, marks alone, or the form."""

    said: bool
    by: By


def says(text: str, cue: Sequence[Span], content: Sequence[Span] = (), source: Sequence[Span] = ()) -> bool:
    """Whether an attribution is speech, writing or publishing rather than an attitude.

    Args:
        text: The article.
        cue: The words that attribute, in order; none where the words are simply quoted.
        content: What is attributed.
        source: To whom; tells documents, polls and outlets ("the survey found") from people ("she found").

    Returns:
        True for speech; False for thinking, wanting, feeling, perceiving and doing, and for speech that did not take
        place ("did not mention", "will announce").
    """
    return judge(text, cue, content, source).said


def judge(text: str, cue: Sequence[Span], content: Sequence[Span] = (), source: Sequence[Span] = ()) -> Verdict:
    """The same as ``says``, with what decided."""
    whole = _joined(text, cue, _LONGEST_CUE)
    if _nobody(text, cue, content, source):
        return Verdict(said=False, by="form")
    words = _WORD.findall(whole.lower().replace("’", "'"))
    if not words or whole.lstrip()[0] in "[(":
        return Verdict(said=True, by="marks")
    known = False
    paper = False
    for at, word in enumerate(words):
        if word in THINK_PHRASES and _goes_on(words, at, THINK_PHRASES[word]):
            return Verdict(said=False, by="phrase")
        if word in SPEAK_PHRASES and _goes_on(words, at, SPEAK_PHRASES[word]):
            return Verdict(said=_takes_place(words, at, text, source), by="phrase")
        kind = KINDS.get(word)
        if kind is None:
            continue
        known = True
        if kind == "s":
            if word in _REFUSE:
                return Verdict(said=_refuses_words(words, at, text, content), by="word")
            return Verdict(said=_takes_place(words, at, text, source), by="word")
        if kind == "t":
            if word.endswith(_ADJECTIVES) and KINDS.get("".join(words[at + 1 : at + 2])) == "s":
                continue
            return Verdict(said=_said_after(words, at), by="word")
        if kind == "d":
            return Verdict(said=not _person(text, source) and _takes_place(words, at, text, source), by="word")
        if kind == "q" and not _OPENLY.isdisjoint(words):
            return Verdict(said=True, by="word")
        paper = paper or kind == "p"
    if paper and _paper(text, source):
        return Verdict(said=True, by="word")
    if words[-1] in _LIGHT and "s" in [KINDS.get(word) for word in _first_words(text, content)]:
        return Verdict(said=True, by="word")
    if (
        whole.rstrip().endswith(":")
        or _quoted(text, cue, content)
        or (not known and _after_content(text, cue, content))
    ):
        return Verdict(said=True, by="form")
    return Verdict(said=False, by="word" if known else "form")


def _nobody(text: str, cue: Sequence[Span], content: Sequence[Span], source: Sequence[Span]) -> bool:
    """Whether nobody said it by the form around the cue: denied, asked, supposed, or a passive without a speaker."""
    if not cue:
        return False
    words = _WORD.findall(_joined(text, cue, _LONGEST_CUE).lower().replace("’", "'"))
    if not words:
        return False
    if source and _NO_ONE.match(text, source[0].start, source[0].end):
        return words[0] not in _NO_WORDS
    if words[1:3] == ["yet", "to"] and words[0] in _YET:
        return True
    first = min(s.start for s in (*source, *cue))
    before = text[max(0, first - _BEFORE) : first]
    if _UNTOLD.search(before) or (source and (_ASKING.search(before) or (words[0] in _ASKS and len(cue) > 1))):
        return True
    after = text[cue[-1].end : cue[-1].end + _AGENT_WITHIN].split()
    if _passive(words) and (not source or source[-1].end <= cue[0].start):
        by = after[:1] == ["by"] or after[1:2] == ["by"] or not {"reportedly", "allegedly"}.isdisjoint(words)
        return not by and (words[-1] in _DONE_TO if source else words[-1] not in _TOLD)
    loose = len(words) == 2 and words[1] in {"of", "over", "about"} and words[0] in _LOOSE
    return loose and not source and not _OWNER.search(before)


def _passive(words: Sequence[str]) -> bool:
    """Whether the cue is a passive: "has been ordered", "is being asked"."""
    return not _BE.isdisjoint(words[:-1]) and words[-1].endswith("ed")


def _joined(text: str, spans: Sequence[Span], longest: int) -> str:
    return " ".join([text[s.start : min(s.end, s.start + longest)] for s in spans])[:longest]


def _goes_on(words: Sequence[str], at: int, tails: Sequence[Sequence[str]]) -> bool:
    """Whether one of the tails follows, its words in order with at most two others before each."""
    for tail in tails:
        place = at
        for part in tail:
            near = words[place + 1 : place + 4]
            if part not in near:
                break
            place += 1 + near.index(part)
        else:
            return True
    return False


def _takes_place(words: Sequence[str], at: int, text: str, source: Sequence[Span]) -> bool:
    """Whether the speech is told as done: not "did not mention", nor "will announce" of anybody but the speaker."""
    before = words[max(0, at - 4) : at]
    if not before or words[at] in _NO_WORDS:
        return True
    denied = any(
        (word in _NOT or word.endswith("n't")) and before[i + 1 : i + 2] != ["only"] for i, word in enumerate(before)
    )
    if denied:
        return not _ABILITY.isdisjoint(before) and "to" not in before
    if _WILL.isdisjoint(before) and not before[-1].endswith("'ll"):
        return True
    return bool(source) and text[source[0].start : source[0].end].strip() in {"I", "we", "We"}


def _refuses_words(words: Sequence[str], at: int, text: str, content: Sequence[Span]) -> bool:
    """Whether what is refused is to speak ("refused to say"), rather than to act; "declined" alone is an answer."""
    rest = words[at + 1 :]
    for word in rest[:4] or _first_words(text, content):
        kind = KINDS.get(word)
        if kind in {"s", "t"}:
            return kind == "s"
    return words[at].startswith("decl")


def _first_words(text: str, content: Sequence[Span]) -> list[str]:
    """The first four words of the content."""
    if not content:
        return []
    start = content[0].start
    return _WORD.findall(text[start : min(content[0].end, start + 60)].lower())[:4]


def _said_after(words: Sequence[str], at: int) -> bool:
    """Whether a finite verb of saying follows that the attitude does not govern ("believes ... said")."""
    return any(words[i] in _FINITE and words[i - 1] not in _GOVERNS for i in range(at + 1, len(words)))


def _quoted(text: str, cue: Sequence[Span], content: Sequence[Span]) -> bool:
    """Whether a part of the content begins at a quotation mark, or ends in one after a comma, before its cue."""
    if any(not _QUOTES.isdisjoint(text[max(0, s.start - 1) : s.start + 1]) for s in content):
        return True
    return any(cue and s.end <= cue[0].start and _CLOSED.match(text, s.end - 2, s.end) for s in content)


def _after_content(text: str, cue: Sequence[Span], content: Sequence[Span]) -> bool:
    """Whether the cue comes after its content and a comma parts them ("The dam held, she verbed")."""
    if not cue or not content or content[-1].end > cue[0].start:
        return False
    between = text[content[-1].end : min(cue[0].start, content[-1].end + 3)]
    return text[content[-1].end - 1] in ",?!" or "," in between


def _source_words(text: str, source: Sequence[Span]) -> list[str]:
    return _WORD.findall(_joined(text, source, _LONGEST_SOURCE).lower())


def _paper(text: str, source: Sequence[Span]) -> bool:
    """Whether the source is a document, a poll, a rule or an outlet."""
    return any(word in PAPER_WORDS for word in _source_words(text, source))


def _person(text: str, source: Sequence[Span]) -> bool:
    """Whether the source is people by its form, and no paper of theirs."""
    words = _source_words(text, source)
    return bool(words) and words[0] in PERSON_WORDS and not any(word in PAPER_WORDS for word in words)
