"""The rule tagger: attributions from word order, reporting verbs and quotation marks, without any model.

Takes text and sentences, gives ``Tags``. Quotations are folded to one item first, so that a sentence inside one never
ends the sentence around it; then each reporting verb looks for its subject to the left or right and its content on the
other side. It is the floor a trained tagger must beat. Patterns after Pouliquen et al. (RANLP 2007) and the attribution
orders counted in PolNeAR (Newell et al., LREC 2018).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from headwater import lexicon
from headwater.model import Span
from headwater.reading import marks, names
from headwater.reading.tagger import Name, Tagged, Tags
from headwater.words import key_of, paragraphs, trimmed

_ITEM = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W_]+(?:[-'’‑][^\W_]+)*|[^\w\s]|_")
#: "CALDER (Northern Wire) - ", "STRAND — ", "TORHAVEN, Feb 13 (Cardinal) - ", "PORT ELMS: "
_DATELINE = re.compile(
    r"(?=[^a-z\n]{3})[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w. ]{1,24}){0,2}(?: ?\([A-Z][\w .]{1,40}\))?(?: ?[–—] ?| - |: )(?=[“\"A-Z])"
)
_LONGEST = 300  # items of one sentence that are looked at together; longer ones are cut

_AUX = lexicon.AUXILIARIES
_BE = frozenset("is are was were be been being am get gets got isn't aren't wasn't weren't".split())
_MODAL = frozenset("will would can could may might shall should must to won't wouldn't can't couldn't not".split())
_NEGATED = frozenset(
    "not never n't didn't doesn't don't wouldn't won't hasn't haven't hadn't couldn't can't cannot".split()
)
_PAST = lexicon.IRREGULAR
_ADVERBS = frozenset(
    """also later then earlier still already again once first recently previously repeatedly publicly privately
    reportedly
    allegedly now only just even today yesterday tuesday monday wednesday thursday friday saturday sunday bluntly
    flatly simply
    himself herself themselves""".split()
)
_CLAUSE = frozenset(
    """that because but while as when if although though after before since where whether which until unless so than
    whereas whose""".split()
)
_PREPOSITIONS = frozenset(
    """in on at by for from with to of about against during into over under through between among within without near
    across
    behind beyond despite after before since until amid around inside outside toward towards upon via per
    following""".split()
)
_DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your one two three four five six seven eight nine ten
    several
    some many most all both another other no any each every senior former multiple numerous few various dozens
    hundreds""".split()
)
_TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september
    october november december today yesterday tomorrow week month year morning afternoon evening night weekend day
    days weeks
    months years hours last next this earlier late early mid""".split()
)
_ORGS = frozenset(
    """company ministry government department police agency court union group campaign administration committee
    council office
    embassy military army navy party bank team organisation organization firm authority authorities commission board
    centre
    center institute university college school hospital church league association federation network newspaper
    magazine paper
    outlet channel broadcaster service parliament senate congress house cabinet palace kremlin pentagon media press
    charity
    foundation coalition alliance regime command bureau directorate utility operator regulator watchdog tribunal
    prosecutors
    city state county province district region hq staff side family lawyers campaigners trust society chamber guild
    consortium
    corporation laboratory lab observatory garrison brigade""".split()
)
_SPEAKING_TO = frozenset("to with".split())
_HEADS = lexicon.UNNAMED | lexicon.DOCUMENTS | _ORGS | lexicon.JOURNALISTS | lexicon.OUTLETS
_BARE = frozenset(
    """say says said claim claims claimed insist insists insisted argue argues argued allege alleges alleged believe
    believes
    believed think thinks thought estimate estimates estimated admit admits admitted acknowledge acknowledges
    acknowledged
    deny denies denied confirm confirms confirmed announce announces announced report reports reported reveal reveals
    revealed
    warn warns warned note notes noted predict predicts predicted suggest suggests suggested maintain maintains
    maintained
    concede concedes conceded contend contends contended declare declares declared explain explains explained fear fears
    feared hope hopes hoped expect expects expected state stated disclose disclosed indicate indicates indicated
    testify testifies testified recall recalls recalled write wrote writes assert asserts asserted boast boasts boasted
    told tells tell informed puts doubt doubts doubted assured conclude concluded concludes swear swore complain complained
    find
    finds found show shows showed describes described""".split()
)
_SAY = frozenset(
    "say says said claim claims claimed insist insists insisted believe believes think thinks argue argues".split()
)
_TELL = frozenset(
    """tell tells told telling inform informs informed informing assure assures assured remind reminds reminded warn
    warns warned
    advise advises advised ask asks asked urge urges urged""".split()
)
_TO_CONTENT = frozenset(
    "vow vows vowed pledge pledges pledged promise promises promised threaten threatens threatened".split()
)
_TO_WANT = frozenset(
    "want wants wanted hope hopes hoped intend intends intended expect expects expected prefer prefers preferred".split()
)
_NOUN_VERBS = frozenset(
    """report reports claim claims plan plans state states order orders note notes call calls post posts estimate
    estimates demand
    demands comment comments offer offers promise promises tweet tweets label labels brief briefs charge charges doubt
    doubts hope
    hopes fear fears support favor favors forecast forecasts quote quotes remark remarks protest protests object
    objects repeat
    tease outline hint hints pledge pledges cite praise blame feel see sees dispute disputes advise reply recall read
    reads show
    shows find finds detail details list lists""".split()
)
_CUE_NOUNS = frozenset(
    """claim claims statement assertion assertions warning warnings denial allegation allegations suggestion
    insistence prediction
    accusation accusations testimony admission conclusion argument assessment""".split()
)
_ACCORDING = (("according", "to"), ("as", "reported", "by"), ("as", "first", "reported", "by"), ("first", "reported", "by"),
              ("in", "the", "words", "of"), ("as", "seen", "by"), ("as", "told", "to"))  # fmt: skip
_PASSING = frozenset("spoke speaking talked talking told briefed interviewed quoted cited quizzed".split())
_TAIL_PLACES = frozenset(
    "statement interview post tweet conference briefing speech call email letter message testimony blog column".split()
)


@dataclass(frozen=True, slots=True)
class _Item:
    """A word, a punctuation mark, or a whole quotation (``quote``), with its place."""

    start: int
    end: int
    key: str
    raw: str
    quote: marks.Quoted | None = None

    @property
    def is_word(self) -> bool:
        return self.quote is None and (self.raw[0].isalnum())

    @property
    def capital(self) -> bool:
        return self.is_word and self.raw[0].isupper()


@dataclass(frozen=True, slots=True)
class RuleTagger:
    """Marks attributions by rules and names by ``names.find_names``; a Tagger."""

    name: str = "rules-1"

    def tag(self, text: str, sentences: Sequence[Span]) -> Tags:
        """Mark ``text``; ``sentences`` are its sentences outside furniture, in order."""
        found = names.find_names(text, sentences)
        out: list[Tagged] = []
        previous: int | None = None  # the last attribution with quoted words in the paragraph before
        quoted = marks.quotations(text, paragraphs_of(text, sentences))
        carriers = _carriers(text, found)
        at = 0
        for paragraph in paragraphs_of(text, sentences):
            dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
            if dateline:
                paragraph = Span(dateline.end(), paragraph.end)
            inside = []
            while at < len(quoted) and quoted[at].start < paragraph.end:
                inside.append(quoted[at])
                at += 1
            previous = _read_paragraph(text, paragraph, inside, found, carriers, out, previous)
        return Tags(attributions=tuple(out), names=found)


def paragraphs_of(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The paragraphs that hold the sentences: a line break between two sentences ends one."""
    out: list[Span] = []
    for sentence in sentences:
        if out and "\n" not in text[out[-1].end : sentence.start] and sentence.start - out[-1].end < 4:
            out[-1] = Span(out[-1].start, sentence.end)
        else:
            out.append(sentence)
    return out


def _carriers(text: str, found: Sequence[Name]) -> frozenset[str]:
    """Last names of people the text calls journalists, lower case: "journalist Ken Roe", "Roe reported"."""
    out = set()
    for name in found:
        if name.type != "person":
            continue
        before = re.findall(r"[^\W\d_]+", text[max(0, name.start - 40) : name.start])[-2:]
        after = text[name.end : name.end + 60]
        if any(word.casefold() in lexicon.JOURNALISTS for word in before) or re.match(
            r"(?:’s|'s)? (?:first |exclusive |original )?(?:reported|report\b|Substack|story\b)|,? (?:a|an|the)? ?(?:\w+ ){0,3}"
            r"(?:journalist|reporter|correspondent|columnist)\b",
            after,
        ):
            out.add(key_of(text[name.start : name.end].split()[-1]))
    return frozenset(out)


def _items(text: str, paragraph: Span, quoted: Sequence[marks.Quoted]) -> list[_Item]:
    out: list[_Item] = []
    at = paragraph.start
    for quote in [*quoted, None]:
        stop = quote.start if quote else paragraph.end
        for match in _ITEM.finditer(text, at, max(at, stop)):
            out.append(_Item(match.start(), match.end(), key_of(match.group()), match.group()))
        if quote:
            end = min(quote.end, paragraph.end)
            out.append(_Item(quote.start, max(end, quote.start + 1), "", text[quote.start : end], quote))
            at = max(at, end)
    return out


def _words_in(item: _Item) -> int:
    return len(re.findall(r"\w+", item.raw[:400]))


def _flat_sentences(text: str, items: Sequence[_Item]) -> list[list[_Item]]:
    """Sentences as lists of items; a quotation never has a boundary inside."""
    out: list[list[_Item]] = []
    now: list[_Item] = []
    for index, item in enumerate(items):
        now.append(item)
        follow = items[index + 1] if index + 1 < len(items) else None
        ends = False
        if follow is None or len(now) >= _LONGEST:
            ends = True
        elif item.quote:
            inner = item.raw.rstrip("”’\"'»› ")
            if inner.endswith((".", "!", "?", "…")) and (follow.quote or follow.raw[0].isupper()):
                ends = not (inner.endswith(("!", "?")) and _verb_soon(items, index + 1))
        elif (
            item.raw in ".!?…"
            and (follow.quote or not follow.raw[0].islower())
            and not (item.raw == "." and _abbreviated(text, items, index))
        ):
            ends = follow.raw not in ',.;:)!?…”’"'
        if ends:
            out.append(now)
            now = []
    if now:
        out.append(now)
    return out


def _abbreviated(text: str, items: Sequence[_Item], index: int) -> bool:
    from headwater.words import _ABBREVIATIONS

    before = items[index - 1] if index else None
    if before is None or before.end != items[index].start or not before.is_word:
        return False
    return (len(before.raw) == 1 and before.raw.isupper()) or (
        before.raw.casefold() in _ABBREVIATIONS and before.raw[0].isupper()
    )


def _verb_soon(items: Sequence[_Item], at: int) -> bool:
    for item in items[at : at + 6]:
        if item.quote or item.raw in ".!?":
            return False
        if item.key in lexicon.SAID:
            return True
    return False


class _Sentence:
    """One flat sentence with what is asked of it."""

    def __init__(self, text: str, items: list[_Item], found: Sequence[Name], carriers: frozenset[str]) -> None:
        self.text, self.items, self.found, self.carriers = text, items, found, carriers

    def span(self, first: int, last: int) -> Span:
        return Span(self.items[first].start, self.items[last].end)

    def key(self, at: int) -> str:
        return self.items[at].key if 0 <= at < len(self.items) else ""

    def raw(self, at: int) -> str:
        return self.items[at].raw if 0 <= at < len(self.items) else ""

    def content(self, first: int, last: int) -> tuple[Span, ...]:
        """Items first..last as a content span, without loose punctuation at the ends; () when nothing is left."""
        while first <= last and not self.items[first].quote and self.items[first].raw in ",;:—–-.…":
            first += 1
        while first <= last and not self.items[last].quote and self.items[last].raw in ",;:—–-":
            last -= 1
        if first <= last and self.items[last].raw == "." and not self.items[last].quote:
            last -= 1
        if first > last:
            return ()
        return (Span(self.items[first].start, self.items[last].end),)

    def finite(self, at: int) -> bool:
        item = self.items[at]
        if not item.is_word:
            return False
        key = item.key
        return (
            key in _AUX
            or key in _PAST
            or (not item.capital and (key in lexicon.SAID or key in lexicon.BELIEVED) and key not in _NOUN_VERBS)
            or (not item.capital and key.endswith("ed") and len(key) > 4 and self.key(at + 1) not in {"by", "with"})
        )


def _read_paragraph(
    text: str,
    paragraph: Span,
    quoted: Sequence[marks.Quoted],
    found: Sequence[Name],
    carriers: frozenset[str],
    out: list[Tagged],
    previous: int | None,
) -> int | None:
    flat = _flat_sentences(text, _items(text, paragraph, quoted))
    used: set[int] = set()  # start of quotations that already have a speaker
    last_quoting: int | None = None
    for index, items in enumerate(flat):
        sentence = _Sentence(text, items, found, carriers)
        alone = len([i for i in items if i.quote]) >= 1 and all(i.quote or not i.is_word for i in items)
        if alone:
            quotes = [i for i in items if i.quote and i.start not in used]
            if quotes and last_quoting is not None:  # "…," Roe said. "…": one attribution, split
                whole = out[last_quoting]
                out[last_quoting] = _with_content(whole, [_quote_span(i) for i in quotes])
                used.update(i.start for i in quotes)
                continue
            if quotes and sum(_words_in(i) for i in quotes) >= 4:
                follow = _Sentence(text, flat[index + 1], found, carriers) if index + 1 < len(flat) else None
                tail = _bare_said(follow) if follow else None
                if tail is not None:
                    source, cue = tail
                    out.append(Tagged(cue=cue, source=source, content=tuple(_quote_span(i) for i in quotes), score=0.8))
                    last_quoting = len(out) - 1
                    used.update(i.start for i in quotes)
                elif previous is not None and index == 0:
                    out.append(
                        Tagged(cue=(), content=tuple(_quote_span(i) for i in quotes), follows=previous, score=0.5)
                    )
                    last_quoting = len(out) - 1
                    used.update(i.start for i in quotes)
            continue
        before = len(out)
        _read_sentence(sentence, out)
        for at in range(before, len(out)):
            for span in out[at].content:
                for item in items:
                    if item.quote and span.start <= item.start and item.end <= span.end:
                        used.add(item.start)
                        if _words_in(item) >= 4 and out[at].said:
                            last_quoting = at
        if before == len(out) and not any(i.quote for i in items):
            last_quoting = None
    if last_quoting is not None:
        return last_quoting
    # "…, where he said that his cooperation is closer than ever." may lead into a quotation in the next paragraph
    return (
        len(out) - 1
        if out and out[-1].content and out[-1].content[-1].end >= paragraph.end - 2 and out[-1].source
        else None
    )


def _with_content(tagged: Tagged, more: Iterable[Span]) -> Tagged:
    return Tagged(
        cue=tagged.cue, source=tagged.source, content=(*tagged.content, *more), via=tagged.via, said=tagged.said,
        follows=tagged.follows, score=tagged.score,
    )  # fmt: skip


def _quote_span(item: _Item) -> Span:
    return Span(item.start, item.end)


def _bare_said(sentence: "_Sentence") -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """A sentence that is only "Roe said." or "said Roe": its source and cue."""
    words = [i for i in range(len(sentence.items)) if sentence.items[i].is_word]
    if not 2 <= len(words) <= 9 or any(i.quote for i in sentence.items):
        return None
    for at in words:
        if sentence.key(at) in lexicon.SAID and at == words[-1]:
            subject = _subject(sentence, at)
            if subject:
                return (sentence.span(*subject[0]),), (sentence.span(at, at),)
    return None


# Reading one sentence ------------------------------------------------------------------------------------------------


def _read_sentence(s: _Sentence, out: list[Tagged]) -> None:
    cues: list[Tagged] = []
    tail = len(s.items)  # where a trailing ", according to …" or ", X said" begins: content of other cues ends there
    speaker = _colon_speaker(s)
    if speaker:
        cues.append(speaker)
        out.extend(cues)
        return
    according = _according(s)
    for tagged, cut in according:
        cues.append(tagged)
        tail = min(tail, cut)
    inherited: tuple[Span, ...] = ()
    trailing: list[tuple[Tagged, int]] = []
    taken: set[int] = set()
    for at in range(len(s.items)):
        if at in taken or not _is_cue(s, at):
            continue
        result = _post_cue(s, at)
        if result:
            trailing.append((result[0], result[1]))
            taken.update(range(at, at + 1))
            tail = min(tail, result[1]) if result[1] > 0 else tail
            inherited = result[0].source or inherited
    for at in range(len(s.items)):
        if at in taken or not _is_cue(s, at):
            continue
        end = tail if at < tail else len(s.items)
        before = _pre_cue(s, at, end, inherited)
        if before:
            cues.append(before)
            inherited = before.source or inherited
    cues.extend(t for t, _ in trailing)
    cues.extend(_owned_claims(s, tail))
    cues = _cite(s, cues)
    cues.sort(key=lambda c: (c.cue or c.content)[0].start if (c.cue or c.content) else 0)
    out.extend(c for c in cues if c.content)


def _is_cue(s: _Sentence, at: int) -> bool:
    item = s.items[at]
    if not item.is_word:
        return False
    key = item.key
    known = key in lexicon.SAID or key in lexicon.BELIEVED or key in lexicon.SHOWS or key in _TO_CONTENT
    if not known or (item.capital and at > 0 and not _title_case(s)) or (at > 0 and s.raw(at - 1) == "("):
        return False
    group = at
    while group > 0 and (
        s.key(group - 1) in _ADVERBS or (s.key(group - 1).endswith("ly") and s.items[group - 1].is_word)
    ):
        group -= 1
    before = s.key(group - 1) if group else ""
    if before in _NEGATED or before in _MODAL:
        return False
    if before in _BE and not key.endswith("ing"):
        return False
    if group == at and before in _DETERMINERS and key not in {"say", "think"} and not _head(s, at - 1):
        return False  # "the reported session", "an alleged plot"
    if key.endswith("ed") and any(s.key(i) == "by" for i in range(at + 1, min(at + 4, len(s.items)))):
        return False  # "an effort announced Monday by the agency"
    if key.endswith("ing"):
        return (
            at > 0
            and s.raw(at - 1) in {",", "—", "–"}
            and key not in {"citing", "quoting", "calling"}
            or (s.key(at - 1) == "as" and s.key(at - 2) in {"quoted", "cited"})
        )
    if key in _NOUN_VERBS:
        if before in _DETERMINERS or before in _PREPOSITIONS or before in {"of", "and", "or"} or not before:
            return False
        if s.items[group - 1].quote is None and s.raw(group - 1)[-2:] in {"'s", "’s"}:
            return False
        follow = s.raw(at + 1)
        clause = s.key(at + 1) in {"that", "it", "he", "she", "they", "there", "the", "a", "on", "no"} | _TIME or (
            at + 1 < len(s.items) and s.items[at + 1].quote is not None
        )
        if not (clause or (at + 1 < len(s.items) and s.items[at + 1].capital) or follow in {":", ","}):
            return False
        if not key.endswith("s") and key not in {"read", "forecast"}:
            subject = s.key(group - 1)
            return subject.endswith("s") or subject in {"they", "we", "i", "who", "people", "police"}
        subject_item = s.items[group - 1]
        return subject_item.capital or subject_item.key in lexicon.UNNAMED | lexicon.DOCUMENTS | _ORGS | {
            "he",
            "she",
            "it",
            "who",
        }
    return True


def _title_case(s: _Sentence) -> bool:
    words = [i for i in s.items if i.is_word]
    return bool(words) and sum(i.capital for i in words) > 0.7 * len(words)


def _group_start(s: _Sentence, at: int) -> int:
    """The first item of the verb group that ends at ``at``: adverbs and auxiliaries before it."""
    while at > 0:
        key = s.key(at - 1)
        if (
            key in _AUX
            or (key in _ADVERBS and s.items[at - 1].is_word and not _time_subject(s, at - 1))
            or (key.endswith("ly") and len(key) > 4 and s.items[at - 1].is_word and not s.items[at - 1].capital)
        ):
            at -= 1
        elif key == "as" and s.key(at - 2) in {"quoted", "cited"}:
            at -= 2
        elif key == "and" and s.key(at).endswith("ly") and s.key(at - 2).endswith("ly"):
            at -= 2
        else:
            break
    return at


def _time_subject(s: _Sentence, at: int) -> bool:
    return s.items[at].key in _TIME and at == 0


def _subject(s: _Sentence, verb: int) -> tuple[tuple[int, int], tuple[Span, ...]] | None:
    """The noun phrase before a verb group, as item indices (first, last), and carriers its apposition names."""
    end = _group_start(s, verb) - 1
    via: tuple[Span, ...] = ()
    if end < 0:
        return None
    if s.raw(end) in {",", "—", "–", ")"}:
        opener = {",": ",", "—": "—", "–": "–", ")": "("}[s.raw(end)]
        k = end - 1
        steps = 0
        best = -1
        while k > 0 and steps < 60:
            item = s.items[k]
            if item.quote and _words_in(item) > 6:
                break
            if item.raw == opener and k - 1 >= 0:
                best = k
                first = s.items[k + 1] if k + 1 < end else None
                if first is not None and (
                    first.key in {"who", "whose", "which", "a", "an", "the", "speaking", "citing", "briefed", "of", "now", "then", "former", "himself"}
                    or first.key in lexicon.UNNAMED or first.key in lexicon.JOURNALISTS or opener != ","
                    or first.key.endswith("ing") or first.is_word
                ):  # fmt: skip
                    head = _head(s, k - 1)
                    if head or s.items[k - 1].capital:
                        break
            k -= 1
            steps += 1
        if best < 1:
            return None
        k = best
        via = _speaking_to(s, k + 1, end - 1)
        named = _named_at(s, k + 1, end - 1)
        if named is not None and not s.items[k - 1].capital:  # "the harbour master, Ivo Brandt, said": both are the source
            first = _phrase_start(s, k - 1)
            if first is not None and first < k and _can_speak(s, first, k - 1):
                return (first, named), via
        end = k - 1
        if s.items[end].raw == ")":
            while end > 0 and s.items[end].raw != "(":
                end -= 1
            end -= 1
    if end < 0 or s.items[end].quote:
        return None
    for at in range(end, max(0, end - 16), -1):  # "two people who attended the meeting said": the people
        if s.items[at].quote or (not s.items[at].is_word and s.raw(at) in ",;:—–"):
            break
        if s.key(at) == "who" and 0 < at < end:
            via = via or _speaking_to(s, at, end)
            end = at - 1
            break
    if end < 0 or s.items[end].quote:
        return None
    if s.key(end) in {"who", "which", "that"}:
        relative = s.key(end)
        end -= 1
        if end >= 0 and s.raw(end) == ",":
            end -= 1
        if end < 0 or s.items[end].quote or not s.items[end].is_word:
            return None
        if relative != "who" and not (_head(s, end) or s.items[end].capital):
            return None
    first = _phrase_start(s, end)
    if first is None or first > end:
        return None
    if s.key(end + 1) in {"who", "which", "that", ","}:  # "announced by the agency, which …": the agency alone
        first = max([at + 1 for at in range(first, end) if s.key(at) == "by"], default=first)
    if not _can_speak(s, first, end):
        return None
    return (first, end), via


def _named_at(s: _Sentence, first: int, last: int) -> int | None:
    """The last item of a person's name that begins at ``first``, a title before it allowed; None when there is none."""
    start, stop = s.items[first].start, s.items[last].end
    for name in s.found:
        if name.type == "person" and start <= name.start and name.end <= stop:
            if name.start - start > 12 or s.items[first].key in _DETERMINERS:
                return None
            return max(at for at in range(first, last + 1) if s.items[at].start < name.end)
    return None


def _phrase_start(s: _Sentence, end: int) -> int | None:
    """Where the noun phrase that ends at ``end`` begins."""
    left = end
    steps = 0
    while left > 0 and steps < 40:
        item = s.items[left - 1]
        if item.quote and (_words_in(item) > 3 or item.raw.rstrip("”\"'’»").endswith((",", ".", "!", "?"))):
            break
        if not item.quote and not item.is_word and item.raw not in {"&", "’", "'", ".", "/", "”", "“", '"'}:
            if item.raw == ")":
                back = left - 1
                while back > 0 and s.items[back].raw != "(" and left - back < 8:
                    back -= 1
                if s.items[back].raw == "(" and back > 0:
                    left = back
                    continue
            break
        if item.key in _CLAUSE and not item.capital:
            break
        if item.key == "who":
            break
        left -= 1
        steps += 1
    # conjunctions, adverbs and openings before the phrase proper
    while left < end and (s.key(left) in {"but", "and", "however", "meanwhile", "yet", "still", "so", "instead", "also", "then", "now",
                                          "later", "earlier", "separately", "historically", "indeed", "when", "while", "as", "if",
                                          "after", "before", "because", "though", "although", "that", "or", "for", "since"}
                          or (s.key(left).endswith("ly") and s.key(left) not in {"family", "italy", "daily", "weekly", "monthly", "assembly"}
                              and not s.items[min(left + 1, end)].capital)):  # fmt: skip
        left += 1
    # a finite verb inside: the subject is what follows the conjunction, or what stands before that verb
    for at in range(left, end + 1):
        if s.finite(at):
            for conj in range(end, at, -1):
                if s.key(conj) in {"and", "but", "or"}:
                    if conj == end:
                        return _trim_lead(s, left, at - 1) if False else None
                    return _trim_lead(s, conj + 1, end)
            return _new_phrase(s, at + 1, end)
    return _trim_lead(s, left, end)


def _trim_lead(s: _Sentence, left: int, end: int) -> int:
    """Past a leading "On Tuesday", "In April", "At a news conference"."""
    if left < end and s.key(left) in _PREPOSITIONS:
        return _new_phrase(s, left + 1, end) or left
    while (
        left < end and s.key(left) in _TIME and (s.items[left + 1].capital or s.key(left + 1) in _TIME | _DETERMINERS)
    ):
        left += 1
    return left


def _new_phrase(s: _Sentence, left: int, end: int) -> int | None:
    """The last place in left..end where a noun phrase can begin anew: after a noun, at an article, name or pronoun."""
    for at in range(end, left - 1, -1):
        before = s.key(at - 1)
        if before in _PREPOSITIONS or before in _DETERMINERS or before in {"and", "or", "of", "&"}:
            continue
        item = s.items[at]
        if item.key in _DETERMINERS or item.key in {"he", "she", "they", "it", "we", "i", "who"}:
            return at
        if (
            item.capital
            and at > 0
            and s.items[at - 1].is_word
            and not s.items[at - 1].capital
            and s.key(at - 1) not in _DETERMINERS
        ):
            return at
    return None


def _head(s: _Sentence, at: int) -> bool:
    key = s.key(at)
    return key in _HEADS


def _can_speak(s: _Sentence, first: int, last: int) -> bool:
    if last - first > 30:
        return False
    if first == last and s.key(first) in {"you", "which", "that", "this", "what", "these", "those", "there", "here"}:
        return False
    if s.key(first) in {"what", "whatever", "how", "why", "where"}:
        return False
    for at in range(first, last + 1):
        item = s.items[at]
        if item.key in {"he", "she", "they", "we", "i", "who", "it"} or item.capital or _head(s, at):
            return not (first == last and item.capital and item.key in _TIME | _ADVERBS | _PREPOSITIONS | _CLAUSE)
        if item.key in {"of", "for", "from", "with", "in", "at", "on"}:
            break
    return s.key(first) in _DETERMINERS


def _speaking_to(s: _Sentence, first: int, last: int) -> tuple[Span, ...]:
    """Carriers in a relative clause or apposition: "who spoke to the Ledger", "speaking to Roe", "cited by the
    Post"."""
    for at in range(first, last):
        if s.key(at) not in _PASSING and s.key(at) not in _TAIL_PLACES:
            continue
        step = at + 1
        if s.key(at) in _TAIL_PLACES and s.key(at - 1) not in {"a", "an", "the", "his", "her", "their"}:
            continue
        if s.key(step) in {"to", "with", "by", "exclusively"}:
            step += 1
            if s.key(step) == "to":
                step += 1
        elif s.key(at) not in {"told", "briefed"}:
            continue
        phrase = _carrier_phrase(s, step, last)
        if phrase:
            return (s.span(*phrase),)
    return ()


def _carrier_phrase(s: _Sentence, first: int, last: int) -> tuple[int, int] | None:
    """The carrier that begins at ``first``: an outlet, a journalist by name, "me"; None when it is nobody who
    prints."""
    if first > last or first >= len(s.items) or not s.items[first].is_word:
        return None
    if s.key(first) in {"me", "us"}:
        return (first, first)
    if s.key(first) in lexicon.NOT_CARRIERS:
        return None
    at = first
    start, stop = s.items[first].start, s.items[first].end
    limit = min(last, first + 9)
    end_char = s.items[limit].end
    for name in s.found:
        if name.end <= start or name.start >= end_char:
            continue
        between = s.text[start : max(start, name.start)]
        if (
            re.search(r"[,;:.!?“”\"]", between.replace(".", "", 1) if re.match(r"\w+\.", between) else between)
            or len(between.split()) > 5
        ):
            break
        shown = s.text[name.start : name.end]
        last_name = key_of(shown.split()[-1])
        lead = {key_of(w) for w in between.split()}
        if names.is_outlet(shown) or last_name in s.carriers or lead & (lexicon.JOURNALISTS | lexicon.OUTLETS):
            while at < last and s.items[at].end < name.end:
                at += 1
            return (first, at)
        break
    for at in range(first, limit + 1):
        key = s.key(at)
        if key in lexicon.NOT_CARRIERS and at == first:
            return None
        if key in lexicon.OUTLETS or (key in lexicon.JOURNALISTS and key[-1] != "s"):
            return (first, at)
        if not s.items[at].is_word or key in _PREPOSITIONS or s.finite(at):
            return None
    return None if stop else None


def _skip_addressee(s: _Sentence, at: int, end: int) -> tuple[int, tuple[Span, ...]]:
    """Past whom something was told; gives the next index and the carrier, if the one told is one."""
    phrase = _carrier_phrase(s, at, end - 1)
    if phrase:
        return phrase[1] + 1, (s.span(*phrase),)
    step = at
    steps = 0
    while step < end and steps < 14:
        item = s.items[step]
        if item.quote or item.key in {"that", "to", "it", "there", "how", "what", "why", "about"} or item.raw in ",:;":
            break
        if step > at and (
            item.key in _DETERMINERS - {"one"} or item.key in {"he", "she", "they", "we", "i", "it"} or s.finite(step) or item.key in {"on", "in", "during", "at"}
        ) and s.key(step - 1) not in _PREPOSITIONS | {"and"}:  # fmt: skip
            break
        if (
            step > at
            and item.capital
            and not s.items[step - 1].capital
            and s.key(step - 1) not in _DETERMINERS | _PREPOSITIONS | {"and"}
        ):
            break
        step += 1
        steps += 1
    return step, ()


def _skip_circumstances(s: _Sentence, at: int, end: int) -> tuple[int, tuple[Span, ...]]:
    """Past "on Tuesday", "in a statement to the Ledger", "at a briefing"; gives the next index and any carrier."""
    via: tuple[Span, ...] = ()
    while at < end:
        key = s.key(at)
        if key in _TIME or (key in _ADVERBS and s.items[at].is_word and key not in {"only", "just", "even"}):
            at += 1
            continue
        if key in {"on", "in", "at", "during", "to", "through", "via", "late", "early", "by", "from"}:
            step = at + 1
            words = 0
            hit = False
            while step < end and words < 9:
                item = s.items[step]
                if item.quote or (not item.is_word and item.raw not in {"-", "."}):
                    break
                if item.key == "that" or s.finite(step):
                    break
                if item.key in {"to", "with"}:
                    phrase = _carrier_phrase(s, step + 1, end - 1)
                    if phrase:
                        via = (s.span(*phrase),)
                        step = phrase[1] + 1
                        hit = True
                        break
                if item.key in _TIME or item.key in _TAIL_PLACES or item.key in lexicon.DOCUMENTS or item.key in lexicon.NOT_CARRIERS or item.key in {"twitter", "facebook", "x", "substack", "television", "tv", "radio", "air", "record", "camera", "social"}:  # fmt: skip
                    hit = True
                if hit and step + 1 < end and (
                    s.key(step + 1) in _DETERMINERS | {"he", "she", "they", "it", "there", "that", "we"}
                    or (s.items[step + 1].capital and s.key(step) in _TIME and s.key(step + 1) not in _TIME)
                ) and item.key not in _PREPOSITIONS | _DETERMINERS:  # fmt: skip
                    step += 1
                    break
                step += 1
                words += 1
            if key == "to" and not hit:
                phrase = _carrier_phrase(s, at + 1, end - 1)
                if not phrase:
                    return at, via
                via = (s.span(*phrase),)
                at = phrase[1] + 1
                continue
            if hit:
                at = step
                continue
        break
    return at, via


def _post_cue(s: _Sentence, at: int) -> tuple[Tagged, int] | None:
    """Content first: "…," Roe said; "…," said Roe; … , the ministry said. Gives it and the index its tail begins at."""
    key = s.key(at)
    if key not in lexicon.SAID or (key.endswith("ing") and s.key(at - 1) != "as"):
        return None
    group = _group_start(s, at)
    if group == 0:
        return None
    before = s.items[group - 1]
    # inversion: quotation or clause, verb, speaker
    inverted = None
    if key not in _TELL and (before.quote or (before.raw in {",", "?", "!", "—", "–"} and group > 1)):
        inverted = _speaker_after(s, at)
    if inverted and (before.quote or _clause_before(s, group - 1)):
        first, last, via, after = inverted
        content = _left_content(s, group - 1)
        if content:
            spans = content + _continued(s, after)
            return Tagged(
                cue=(s.span(group, at),), source=(s.span(first, last),), content=spans, via=via, score=0.9
            ), group - 1
    found = _subject(s, at)
    if found is None:
        return None
    (first, last), via = found
    if first == 0:
        return None
    lead = s.items[first - 1]
    if not (lead.quote or lead.raw in {",", "—", "–", "?", "!"}):
        return None
    # nothing but circumstances may follow, or a quotation that goes on
    step = at + 1
    if key in _TELL:
        step, told = _skip_addressee(s, step, len(s.items))
        via = via or told
    step, told = _skip_circumstances(s, step, len(s.items))
    via = via or told
    rest = s.items[step] if step < len(s.items) else None
    quote_before = lead.quote is not None
    if (
        not quote_before
        and lead.raw == ","
        and rest is not None
        and rest.raw == ","
        and not _clause_before(s, first - 1)
    ):
        # "The mayor, officials also tell me, is losing patience": the clause goes on on the other side
        left, right = s.content(0, first - 2), s.content(step + 1, len(s.items) - 1)
        if (
            left
            and right
            and first - 1 <= 12
            and any(s.finite(i) for i in range(step + 1, min(len(s.items), step + 5)))
        ):
            cue = (s.span(_group_start(s, at), at),)
            return Tagged(cue=cue, source=(s.span(first, last),), content=left + right, via=via, score=0.7), len(
                s.items
            )
    if rest is not None and rest.raw not in {".", ",", ";", "!", "?", "—", "–", ")", "…"} and not (
        quote_before and (rest.key in {"in", "on", "at", "of", "after", "before", "during", "when", "as", "while", "to", "about", "from", "with", "by", "who", "following", "last", "and", "trying"} or rest.key.endswith("ing"))
    ):  # fmt: skip
        return None
    if not quote_before and not _clause_before(s, first - 1):
        return None
    content = _left_content(s, first - 1)
    if not content:
        return None
    spans = content + _continued(s, step)
    return Tagged(
        cue=(s.span(_group_start(s, at), at),), source=(s.span(first, last),), content=spans, via=via, score=0.9
    ), first - 1


def _clause_before(s: _Sentence, end: int) -> bool:
    """Whether items before ``end`` make a clause (a finite verb or a quotation), not a mere opening phrase."""
    if s.key(0) in {
        "when",
        "while",
        "as",
        "if",
        "after",
        "before",
        "in",
        "on",
        "at",
        "asked",
        "although",
        "though",
        "since",
        "during",
        "speaking",
        "according",
        "because",
        "for",
    }:
        return any(i.quote and _words_in(i) >= 4 for i in s.items[:end])
    return any(
        s.items[i].quote and _words_in(s.items[i]) >= 3 or s.finite(i) or s.key(i) in {"says", "wants", "plans"}
        for i in range(end)
    )


def _left_content(s: _Sentence, end: int) -> tuple[Span, ...]:
    """The content before the cue: the quotation that touches it, with the clause it is part of."""
    first = 0
    last = end - 1 if not s.items[end].quote else end
    while first <= last and s.key(first) in {"but", "and", "yet", "still"} and not s.items[first].quote:
        first += 1
    if last >= 0 and s.items[last].quote and _words_in(s.items[last]) >= 5:
        # a full quotation: it alone, unless words before it belong to the same clause
        before = s.items[last - 1] if last > 0 else None
        if before is None or not before.is_word:
            if before is None or before.raw in {".", ":", "?", "!"} or s.items[last].raw[1:2].isupper():
                return (Span(s.items[last].start, s.items[last].end),)
    return s.content(first, last)


def _continued(s: _Sentence, at: int) -> tuple[Span, ...]:
    """A quotation that goes on after the cue: “…,” Roe said, “…”."""
    if (
        at < len(s.items)
        and s.raw(at) in {",", ":", "—", "–"}
        and at + 1 < len(s.items)
        and s.items[at + 1].quote
        and _words_in(s.items[at + 1]) >= 2
    ):
        return (_quote_span(s.items[at + 1]),)
    return ()


def _speaker_after(s: _Sentence, verb: int) -> tuple[int, int, tuple[Span, ...], int] | None:
    """The speaker that follows the verb in "said X, who …": first, last, carriers, next index."""
    first = verb + 1
    if first >= len(s.items) or s.items[first].quote or not s.items[first].is_word:
        return None
    if s.key(first) in {
        "that",
        "on",
        "in",
        "at",
        "to",
        "it",
        "there",
        "he",
        "she",
        "they",
        "about",
        "as",
        "of",
    } and not (s.key(first) in {"he", "she", "they"} and (first + 1 >= len(s.items) or s.raw(first + 1) in ".,")):
        return None
    last = first
    while last + 1 < len(s.items):
        item = s.items[last + 1]
        if (
            item.quote
            or (not item.is_word and item.raw not in {"-", "&", "."})
            or (item.raw == "." and last + 2 >= len(s.items))
        ):
            break
        if item.raw == "." and not _abbreviated(s.text, s.items, last + 1):
            break
        if s.finite(last + 1) and item.key not in {"united", "unnamed", "retired", "elected", "appointed"}:
            return None
        if item.key in {"that", "who", "which", "when", "as", "after", "while", "on", "during", "to"} | (
            _TIME - {"may"}
        ):
            break
        last += 1
        if last - first > 24:
            return None
    while last > first and s.items[last].raw == ".":
        last -= 1
    if not _can_speak(s, first, last):
        return None
    via: tuple[Span, ...] = ()
    step = last + 1
    if step < len(s.items) and s.key(step) == "who" or (s.raw(step) == "," and s.key(step + 1) in {"who", "speaking"}):
        stop = min(len(s.items) - 1, step + 14)
        via = _speaking_to(s, step, stop)
    step, told = _skip_circumstances(s, step, len(s.items))
    return first, last, via or told, step


def _pre_cue(s: _Sentence, at: int, end: int, inherited: tuple[Span, ...]) -> Tagged | None:
    """Speaker first: "Roe said that …", "Roe told the Ledger …", "… called it a disgrace"; also ", saying that …"."""
    key = s.key(at)
    said = key in lexicon.SAID or key in lexicon.SHOWS or key in _TO_CONTENT
    via: tuple[Span, ...] = ()
    source: tuple[Span, ...]
    first = last = -1
    if key.endswith("ing") and s.key(at - 1) != "as":
        source = inherited or _sentence_subject(s, at)
        if not source:
            return None
    else:
        subject = _subject(s, at)
        if subject is None:
            group = _group_start(s, at)
            if (
                group > 0
                and s.key(group - 1) in {"and", "but", ","}
                and inherited
                and key in lexicon.CLAUSAL
                and s.key(at + 1) == "that"
            ):
                source = inherited
            else:
                return None
        else:
            (first, last), via = subject
            if (
                key in lexicon.SHOWS
                and key not in lexicon.SAID
                and not any(s.key(i) in lexicon.DOCUMENTS for i in range(first, last + 1))
            ):
                return None
            source = (s.span(first, last),)
    step = at + 1
    if key in _TELL:
        step, told = _skip_addressee(s, step, end)
        via = via or told
    step, told = _skip_circumstances(s, step, end)
    via = via or told
    if step >= end:
        return None
    item = s.items[step]
    citing = _citing_aside(s, step, end)
    if citing:
        step = citing
        if step >= end:
            return None
        item = s.items[step]
    cue = (s.span(at, at),)
    score = 0.85 if said else 0.6
    if item.raw in {":", ","} and step + 1 < end and s.items[step + 1].quote:
        return Tagged(cue=cue, source=source, content=_quotes_from(s, step + 1, end), via=via, said=said, score=0.95)
    if item.quote and (_words_in(item) >= 5 or item.raw.rstrip("”\"'’").endswith((".", ",", "!", "?"))):
        return Tagged(cue=cue, source=source, content=_quotes_from(s, step, end), via=via, said=said, score=0.95)
    stop = _content_end(s, step, end)
    if item.raw == ":":
        content = s.content(step + 1, stop - 1)
    elif item.key in {"that", "how", "why", "whether", "what", "if"} and key not in lexicon.OBJECT:
        content = s.content(step + (item.key == "that"), stop - 1)
    elif key in _TO_CONTENT or key in _TO_WANT:
        if item.key not in {"to", "not"}:
            return None
        content = s.content(step, stop - 1)
    elif key in lexicon.OBJECT:
        if not item.is_word and not item.quote:
            return None
        content = s.content(step, stop - 1)
        score = 0.6
        for at_colon in range(step + 1, stop - 1):  # "underscored the danger: “These gates …”"
            if s.raw(at_colon) == ":" and s.items[at_colon + 1].quote:
                content, score = _quotes_from(s, at_colon + 1, stop), 0.85
                break
    elif key in _BARE:
        if not item.is_word and not item.quote:
            return None
        if item.key in _PREPOSITIONS - {
            "for",
            "against",
            "of",
            "in",
            "on",
            "after",
            "at",
            "with",
            "under",
            "by",
            "over",
            "about",
        }:
            return None
        if item.key in {"and", "or", "but", "as"}:
            return None
        verbal = key in _SAY or any(
            s.finite(i) or (s.items[i].quote and _words_in(s.items[i]) >= 3) for i in range(step, stop)
        )
        if not verbal and key not in {"denied", "denies", "confirmed", "confirms", "announced", "announces", "warned", "warns", "admitted",
                                      "alleged", "alleges", "predicted", "predicts"}:  # fmt: skip
            return None
        content = s.content(step, stop - 1)
        score -= 0.1
    else:
        return None
    if not content or content[0].end - content[0].start < 4:
        return None
    return Tagged(cue=cue, source=source, content=content, via=via, said=said, score=round(score, 2))


def _citing_aside(s: _Sentence, step: int, end: int) -> int:
    """Past ", citing two officials," between verb and content; 0 when there is none."""
    if s.raw(step) == "," and s.key(step + 1) in {"citing", "quoting"}:
        at = step + 2
        while at < end and s.raw(at) != ",":
            at += 1
        return at + 1 if at < end else 0
    return 0


def _sentence_subject(s: _Sentence, verb: int) -> tuple[Span, ...]:
    """The subject of the sentence's first finite verb before ``verb``."""
    for at in range(1, verb):
        if s.finite(at):
            subject = _subject(s, at)
            return (s.span(*subject[0]),) if subject else ()
    return ()


def _quotes_from(s: _Sentence, first: int, end: int) -> tuple[Span, ...]:
    """The quotation at ``first``, and those that go on after it in the sentence."""
    out = [_quote_span(s.items[first])]
    at = first + 1
    while at < end and (s.items[at].quote or s.raw(at) in {",", "…"}):
        if s.items[at].quote:
            out.append(_quote_span(s.items[at]))
        at += 1
    return tuple(out)


def _content_end(s: _Sentence, first: int, end: int) -> int:
    """Where indirect content ends: the sentence, or a comma before another reporting participle or contrast."""
    for at in range(first + 1, end):
        if s.raw(at) != ",":
            continue
        following = s.key(at + 1)
        if following in {
            "adding",
            "saying",
            "noting",
            "stating",
            "telling",
            "insisting",
            "citing",
            "quoting",
            "arguing",
            "warning",
            "claiming",
            "stressing",
            "trying",
        }:
            return at
        if following == "and" and (s.key(at + 2) in lexicon.SAID):
            return at
        if s.key(at + 3) in {"after", "before"} and s.key(at + 2) in {"day", "week", "month", "year", "hour"}:
            return at  # ", a day after the newspaper reported that …"
        if following in {"while", "but", "although", "though", "even"} and any(
            s.key(i) in lexicon.SAID or s.key(i) in _AUX for i in range(at + 2, min(end, at + 12))
        ):
            return at
    return end


def _colon_speaker(s: _Sentence) -> Tagged | None:
    """Transcripts and headlines: "WALLACE: …", "Minister: dam is safe", "Report: …"."""
    for at in range(1, min(8, len(s.items) - 2)):
        if s.raw(at) == ":":
            lead = s.items[:at]
            if not all(i.is_word or i.raw in ".-()’'," for i in lead) or any(s.finite(i) for i in range(at)):
                return None
            shown = s.text[lead[0].start : lead[-1].end]
            upper = shown.isupper() and len(shown) > 2
            named = any(n.type == "person" and n.start >= lead[0].start and n.end <= lead[-1].end for n in s.found)
            if shown.casefold() in {"q", "a", "question", "answer"}:
                return None
            if lead[0].key in {
                "read",
                "photo",
                "watch",
                "related",
                "source",
                "updated",
                "published",
                "note",
                "more",
                "video",
            }:
                return None
            quote = s.items[at + 1].quote is not None
            if not (upper or named or (at <= 3 and lead[-1].key in lexicon.UNNAMED | {"report"})):
                return None
            if not quote and not (upper or at <= 3):
                return None
            content = s.content(at + 1, len(s.items) - 1)
            if not content:
                return None
            return Tagged(
                cue=(s.span(at, at),), source=(Span(lead[0].start, lead[-1].end),), content=content, score=0.6
            )
        if s.items[at].quote:
            return None
    return None


def _according(s: _Sentence) -> list[tuple[Tagged, int]]:
    """ "According to X, …", "…, according to X", "…, per X", "As reported by X, …": each with where its tail begins."""
    out: list[tuple[Tagged, int]] = []
    at = 0
    while at < len(s.items):
        length = 0
        for form in _ACCORDING:
            if all(
                s.key(at + i) == word and s.items[at + i].quote is None
                for i, word in enumerate(form)
                if at + i < len(s.items)
            ) and at + len(form) <= len(s.items):
                length = max(length, len(form))
        if (
            not length
            and s.key(at) == "per"
            and (at == 0 or s.raw(at - 1) == ",")
            and at + 1 < len(s.items)
            and (s.items[at + 1].capital or s.key(at + 1) in {"the", "a"})
        ):
            length = 1
        if not length:
            at += 1
            continue
        first = at + length
        if first >= len(s.items) or s.items[first].quote:
            at = first
            continue
        initial = at == 0 or (at <= 2 and s.key(0) in {"but", "and", "yet"})
        last = _source_end(s, first, initial)
        if last < first:
            at = first
            continue
        source, via = _split_source(s, first, last)
        cue = (s.span(at, at + length - 1),)
        if initial:
            start = last + 1
            content = s.content(start, len(s.items) - 1)
            if (
                start < len(s.items)
                and s.raw(start) == ","
                and start + 1 < len(s.items)
                and s.items[start + 1].quote
                and _words_in(s.items[start + 1]) > 5
            ):
                content = _quotes_from(s, start + 1, len(s.items))
            cut = len(s.items)
        else:
            begin = 0
            while begin < at and s.key(begin) in {"but", "and", "yet"}:
                begin += 1
            content = s.content(begin, at - 1)
            more: tuple[Span, ...] = ()
            if last + 2 < len(s.items) and s.raw(last + 1) == ",":
                more = s.content(last + 2, len(s.items) - 1)
            content = content + more
            cut = at - 1 if s.raw(at - 1) == "," else at
        if content:
            out.append((Tagged(cue=cue, source=source, content=content, via=via, score=0.85), cut))
        at = max(last, first) + 1
    return out


def _source_end(s: _Sentence, first: int, initial: bool) -> int:
    """The last item of the source after "according to"."""
    at = first
    while at < len(s.items):
        item = s.items[at]
        if item.quote and _words_in(item) > 4:
            return at - 1
        if item.raw in {";", ":", "—", "–"} or (item.raw in ".!?" and not _abbreviated(s.text, s.items, at)):
            return at - 1
        if item.raw == ",":
            follow = s.items[at + 1] if at + 1 < len(s.items) else None
            if follow is None:
                return at - 1
            if follow.key in {"who", "whose", "which"} or (
                follow.is_word
                and not follow.capital
                and (
                    follow.key in lexicon.UNNAMED
                    or follow.key
                    in {"a", "an", "associate", "head", "chief", "deputy", "assistant", "vice", "author", "former"}
                )
            ):  # an apposition: the source ends here, the clause begins after its closing comma
                close = at + 1
                while close < len(s.items) and s.raw(close) != ",":
                    close += 1
                if close < len(s.items) - 1 and initial:
                    return close - 1
                if not initial:
                    return at - 1
            return at - 1
        at += 1
        if at - first > 60:
            return -1
    return at - 1


def _split_source(s: _Sentence, first: int, last: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Source and carriers of "a report citing X", "three sources who spoke to K", "a person cited by the Post"."""
    for at in range(first + 1, last):
        if s.key(at) in {"citing", "quoting"} and any(
            s.key(i) in lexicon.DOCUMENTS or s.items[i].capital for i in range(first, at)
        ):
            return (s.span(at + 1, last),), (s.span(first, at - 1),)
    end = last
    via: tuple[Span, ...] = ()
    for at in range(first + 1, last + 1):
        if s.key(at) in {"who", "speaking", "quoted", "cited", "interviewed", "briefed"} or (s.raw(at) == ","):
            via = _speaking_to(s, at, last) or _speaking_to(s, at - 1, last)
            if s.key(at) != "briefed":
                end = at - 1
            break
    while end > first and not s.items[end].is_word and s.items[end].raw not in ".)":
        end -= 1
    return (s.span(first, end),), via


def _owned_claims(s: _Sentence, tail: int) -> list[Tagged]:
    """ "Roe's claim that …": a noun as cue, with its owner."""
    out = []
    for at in range(1, min(tail, len(s.items)) - 2):
        if (
            s.key(at) in _CUE_NOUNS
            and s.key(at + 1) == "that"
            and s.raw(at - 1)[-2:] in {"'s", "’s"}
            and s.items[at - 1].capital
        ):
            first = at - 1
            while first > 0 and s.items[first - 1].capital:
                first -= 1
            content = s.content(at + 2, _content_end(s, at + 2, tail) - 1)
            if content:
                owner = Span(s.items[first].start, s.items[at - 1].end - 2)
                out.append(Tagged(cue=(s.span(at, at),), source=(owner,), content=content, score=0.6))
    return out


def _cite(s: _Sentence, cues: list[Tagged]) -> list[Tagged]:
    """ "The Ledger reported, citing two officials, that …": the officials are the source, the Ledger the carrier."""
    out = list(cues)
    for at in range(1, len(s.items) - 1):
        if s.key(at) not in {"citing", "quoting"}:
            continue
        last = at + 1
        while (
            last + 1 < len(s.items)
            and (s.items[last + 1].is_word)
            and s.key(last + 1) not in {"that", "who", "reported", "said", "as"}
        ):
            last += 1
        who = s.span(at + 1, last)
        if not any(_head(s, i) and s.key(i) not in _ORGS for i in range(at + 1, last + 1)):
            continue
        mine = s.items[at].start
        for index, cue in enumerate(cues):
            if not cue.source or not cue.content or any(c.start <= mine < c.end for c in cue.source):
                continue
            if cue.source[0].start > mine:
                continue  # "The Post, citing two aides, published a report that the mayor said …": not the mayor's aides
            carried = tuple(
                trimmed(s.text, Span(c.start, min(c.end, mine)), ",") if c.start < mine < c.end else c
                for c in cue.content
            )
            if any(c.end <= c.start for c in carried) or any(o.source == (who,) for o in out):
                continue
            out.append(
                Tagged(cue=(s.span(at, at),), source=(who,), content=carried, via=(*cue.via, *cue.source), score=0.8)
            )
            out[index] = Tagged(
                cue=cue.cue,
                source=cue.source,
                content=carried,
                via=cue.via,
                said=cue.said,
                follows=cue.follows,
                score=cue.score,
            )
            break
    return out


__all__ = ["RuleTagger", "paragraphs", "paragraphs_of"]
