"""Cuts articles into statements: the clauses of which one claim is made, without their sources and cues.

Takes articles with their readings, gives Statements in order, and says of one whether it denies and what kind it is.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from headwater import lexicon
from headwater.model import Article, Attribution, ClaimKind, Reading, Span, Statement
from headwater.words import merged, outside, trimmed, words
from headwater.words import stem as words_stem

_BETWEEN = 4  # words that may stand between source, cue and content of an act of speech
_LONGEST_ACT = 30  # words
#: Verbs that say no more than that something was said: their content is the statement.
_PLAIN = frozenset(
    "say says said saying tell tells told telling add adds added adding according note notes noted write writes wrote "
    "report reports reported state states stated read reads cite cites cited citing quote quotes "
    "quoted".split()
)
_ASKING = frozenset("ask asks asked asking".split())
#: What somebody is asked for, not what is asked: "Estmark for an explanation", "him to resign".
_ASKED = re.compile(
    r"(?!(?:whether|if|how|why|what|who|whom|whose|when|where|which|that|about)\b)(?:[\w’'.-]+\s){1,7}?(?:for|to)\s",
    re.I,
)
_ORDERS = frozenset(
    "order orders ordered ordering direct directs directed directing instruct instructs instructed instructing "
    "task tasks tasked tasking command commands commanded authorize authorizes authorized authorise authorises "
    "authorised approve approves approved sign signs signed".split()
)
#: Who made the article, not what it tells: "(Reporting by A. B.; editing by C. D.)", "A. B. contributed to this story".
_STAFF = re.compile(
    r"\W{0,3}(?:with |additional |further )*(?:reporting|writing|editing|translation|research|reported|written|edited|"
    r"compiled|translated) (?:[^\W\d_]+ ){0,2}by (?-i:[A-Z])"
    r"|[^\n.!?]{0,300}\bcontributed (?:reporting )?(?:to|for) (?:this|the) (?:report|story|article|piece)\b"
    r"|contributing: ",
    re.I,
)
#: What is left of a sentence when its content is another's: "its ministry said in a statement on Friday".
_SAYS_ONLY = re.compile(
    r"(?:[\w’'.-]+\s){1,7}(?:said|says|added|adds|announced|wrote|writes|told\s(?:[\w’'.-]+\s){0,4}[\w’'.-]+)"
    r"(?:,?\s(?:in|on|at|by|to|during|after|last|this|late|early|earlier|through)\s"
    r"(?:(?!\b(?:that|it|he|she|they|there|we|I|is|are|was|were|has|have|had|will|would|could|can|might|must|should|did)\b)"
    r"[^,;:“”\"]){2,60}"
    r"|,?\s(?:yesterday|today|later|again|[A-Z]\w+day)(?:\s\w+)?)?",
)
_LONGEST_NAME = 400  # code points; what is longer is no name of a source
_CUT = re.compile(
    r"(?:[,;]|\s[–—-]\s|—|:)\s+(?=(?:and|but|or|which|who|whom|whose|that|where|when|while|after|before|because|as|with|"
    r"it|he|she|they|the|a|an|its|his|her|their|this|these|in|on|at|to|[a-z]+ing|[a-z]+ed)\b)|"
    r"\s(?=(?:because|while|whether|who|which|after|when|although|though|but)\s)|;\s+|\s—\s",
)
_LEAD = re.compile(
    r"(?:(?:that|and|but|which|who|with|because|while|so|or|when|as|although|though|now,?|thus)\s+)+(?=\S)", re.I
)
_LONGEST_TAIL = 24  # code points
_TAIL = re.compile(
    r"[,;:—–-]?\s+(?:which|who|whom|whose|that|where|when|while|because|as|and|but|or|with|after|before)\Z"
)
#: "The order, issued in January, directs …": what is put in between asserts something by itself.
_INSERTED = re.compile(
    r"(?P<who>(?:[\w’'$%.-]+\s){0,7}[\w’'$%.-]+),\s(?P<put>(?:\w+ed|\w+en|made|sent|held|built|drawn|set|led|known|shown)\s"
    r"[^,;:—–“”\"\n]{8,140}),\s(?P<on>(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|did|does|"
    r"do|[a-z]{3,}(?:s|ed))\s\S.*)",
    re.DOTALL,
)
_DATELINE = re.compile(
    r"(?=[^a-z\n]{3})[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w. ]{1,24}){0,2}(?: ?\([A-Z][\w .]{1,40}\))?"
    r"(?: ?[–—] ?| - |: )(?=[“\"A-Z])"
)
_WILL = re.compile(
    r"\b(?:will|would|shall|expected to|due to|likely to|forecast|predict\w*|set to|by (?:next|the end))\b", re.I
)
_PLAN = re.compile(
    r"\b(?:plans?|planning|intends?|aims?|aiming|seeks?|wants?|vow\w*|pledg\w*|promis\w*|prepar\w+|ordered|instruct\w+|"
    r"direct(?:s|ed) the) (?:\w+ ){0,3}to\b",
    re.I,
)
_OPINION = re.compile(
    r"\b(?:should|must|ought|best|worst|terrible|disgrace\w*|wrong|right thing|absurd|shame\w*|great|dangerous|"
    r"reckless|lawless|shortsighted|important|I (?:think|believe|fear|hope)|we (?:think|believe|fear|hope))\b",
    re.I,
)


def stem(word: str) -> str:
    """The stem of a word in small letters; numbers up to fifteen as figures."""
    return words_stem(_NUMBERS.get(word, word))


_NUMBERS = {
    w: str(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}


def terms(text: str, span: Span | None = None) -> list[str]:
    """The stems of the content words, in order: stop words left out, numbers as figures."""
    out: list[str] = []
    for word in words(text, span):
        if word.key in lexicon.STOPWORDS:
            continue
        key = (
            _NUMBERS.get(word.key, word.key).replace(",", "")
            if word.key[:1].isdigit()
            else _NUMBERS.get(word.key, word.key)
        )
        out.extend(stem(part) for part in key.replace("-", "'").split("'") if len(part) > 1 or part.isdigit())
    return out


def statements(article: Article, reading: Reading) -> tuple[Statement, ...]:
    """The article's statements, in order: clauses of its sentences without sources and cues; the headline left out.

    Belief, intention and orders stay whole ("Mexico wants to …"): told by the outlet, not said by who holds them.
    What is left of a sentence beside reported words is a statement only where it asserts something by itself.
    """
    text = article.text
    said = [a for a in reading.attributions if a.said and not _is_order(text, a)]
    marked = merged(f.span for f in reading.furniture)
    acts = [(a, act) for a in said if (act := _act(text, a)) is not None and not _between(marked, act)]
    own = {a.id for a, _ in acts}
    away = merged(
        s for a in said if a.id not in own for s in (*a.source_spans, *a.cue_spans, *a.via_spans)
        if s.end - s.start < _LONGEST_NAME
    )  # fmt: skip
    whole = _short_quotations(text, [a for a in said if a.mode == "direct" and a.content_spans and a.id not in own])
    whole += [Statement(article=a.article, spans=(act,), attribution=a.id) for a, act in acts]
    out = list(whole)
    taken = merged(span for statement in whole for span in statement.spans)
    holders = _Holders(said)
    contents = {a.id: a.content_spans for a in said}
    for sentence in reading.sentences:
        if _is_title(article, sentence):
            continue
        dateline = _DATELINE.match(text, sentence.start, sentence.end)
        if dateline:
            sentence = Span(dateline.end(), sentence.end)
        if _STAFF.match(text, sentence.start, sentence.end):
            continue
        gaps = [
            Span(max(g.start, sentence.start) - sentence.start, min(g.end, sentence.end) - sentence.start)
            for g in _between(away, sentence)
        ]
        for part in outside(sentence.end - sentence.start, gaps):
            chunk = Span(part.start + sentence.start, part.end + sentence.start)
            held = holders.innermost(chunk)
            if held is not None:  # "reported Thursday that …": the content alone
                inner = max(contents[held], key=lambda c: (c.overlap(chunk), -c.start))
                if inner.overlap(chunk) > 0:
                    chunk = Span(max(chunk.start, inner.start), min(chunk.end, inner.end))
            for piece in _clauses(text, chunk):
                if any(piece.overlap(t) > 0.5 * (piece.end - piece.start) for t in _between(taken, piece)):
                    continue
                by = holders.innermost(piece)
                if by is None and ((gaps and not _asserts(text, piece)) or _SAYS_ONLY.fullmatch(piece.of(text))):
                    continue  # "in the Rose Garden on Friday" beside what was said there
                out += [Statement(article=article.id, spans=spans, attribution=by) for spans in _apart(text, piece)]
    return tuple(sorted(out, key=lambda s: s.spans))


def _between(spans: Sequence[Span], within: Span) -> list[Span]:
    at = bisect_right(spans, within.start, key=lambda s: s.end)
    out = []
    while at < len(spans) and spans[at].start < within.end:
        out.append(spans[at])
        at += 1
    return out


def _is_title(article: Article, sentence: Span) -> bool:
    title = (article.title or "").strip()
    return bool(title) and sentence.start <= 400 and sentence.of(article.text).strip() == title


def _is_order(text: str, attribution: Attribution) -> bool:
    """Whether somebody is told to have ordered something: who gives an order is no source for its being given."""
    return any(w.key in _ORDERS for span in attribution.cue_spans for w in words(text, span))


def _act(text: str, attribution: Attribution) -> Span | None:
    """The words of an act of speech whose content asserts nothing by itself: "he denied the charge".

    None where the content is a clause, where the verb only says that something was said, or where other words stand
    between.
    """
    parts = sorted((*attribution.source_spans, *attribution.cue_spans, *attribution.content_spans))
    if not attribution.cue_spans or not attribution.content_spans or not attribution.source_spans:
        return None
    if any(w.key in _PLAIN for span in attribution.cue_spans for w in words(text, span)):
        return None
    asked = any(w.key in _ASKING for span in attribution.cue_spans for w in words(text, span))
    if not (asked and _ASKED.match(attribution.content_spans[0].of(text))) and any(
        _is_verb(w.key) for span in attribution.content_spans for w in words(text, span)
    ):
        return None
    act = trimmed(text, Span(parts[0].start, max(p.end for p in parts)), ',;:—–-.“”"’‘')
    between = outside(act.end - act.start, [Span(max(p.start - act.start, 0), p.end - act.start) for p in parts])
    if sum(len(words(text, Span(g.start + act.start, g.end + act.start))) for g in between) > _BETWEEN:
        return None
    return (
        act
        if "\n" not in act.of(text) and len(terms(text, act)) >= 3 and len(words(text, act)) <= _LONGEST_ACT
        else None
    )


def _short_quotations(text: str, attributions: Sequence[Attribution]) -> list[Statement]:
    """Direct quotations of up to 40 words are one statement; longer ones are cut like other text."""
    out = []
    for a in attributions:
        spans = tuple(trimmed(text, s, "“”„«»\"‘’'") for s in a.content_spans)
        spans = tuple(s for s in spans if s.end > s.start)
        if spans and 4 <= sum(len(words(text, s)) for s in spans) <= 40:
            out.append(Statement(article=a.article, spans=spans, attribution=a.id))
    return out


class _Holders:
    """Which attribution's content holds a span most closely, by an index over content spans."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        rows = [(s.start, s.end, a.id) for a in attributions if a.said for s in a.content_spans]
        self.rows = sorted(rows)
        self.starts = [r[0] for r in self.rows]

    def innermost(self, span: Span) -> str | None:
        best: tuple[int, str] | None = None
        at = bisect_right(self.starts, span.start + (span.end - span.start) // 2) - 1
        steps = 0
        while at >= 0 and steps < 24:
            start, end, found = self.rows[at]
            if span.overlap(Span(start, end)) > 0.6 * (span.end - span.start):
                size = end - start
                if best is None or size < best[0]:
                    best = (size, found)
            at -= 1
            steps += 1
        return best[1] if best else None


def _clauses(text: str, chunk: Span) -> list[Span]:
    """A chunk cut at clause boundaries; pieces without a verb or with under three content words join a neighbour."""
    cuts = [chunk.start]
    for match in _CUT.finditer(text, chunk.start, chunk.end):
        cuts.append(match.end())
    cuts.append(chunk.end)
    pieces: list[Span] = []
    for start, end in pairwise(cuts):
        piece = trimmed(text, Span(start, end), ',;:—–-.“”"’‘')
        lead = _LEAD.match(text, piece.start, piece.end)
        if lead:
            piece = Span(lead.end(), piece.end)
        tail = _TAIL.search(text, max(piece.start, piece.end - _LONGEST_TAIL), piece.end)
        if tail:
            piece = Span(piece.start, tail.start())
        if piece.end <= piece.start or _TAIL.fullmatch(text, max(piece.start - 1, chunk.start), piece.end):
            continue
        if pieces and not (_stands(text, piece) and _stands(text, pieces[-1])):
            pieces[-1] = Span(pieces[-1].start, piece.end)
        else:
            pieces.append(piece)
    return [p for p in pieces if len(terms(text, p)) >= 3]


def _apart(text: str, piece: Span) -> list[tuple[Span, ...]]:
    """A piece; or, where something is put between its subject and verb, that and the rest, each with the subject."""
    found = _INSERTED.fullmatch(text, piece.start, piece.end)
    if not found or any(w.key in lexicon.AUXILIARIES | lexicon.SAID for w in words(text, Span(*found.span("who")))):
        return [(piece,)]
    inner, rest = Span(piece.start, found.end("put")), Span(*found.span("on"))
    if len(terms(text, inner)) < 3 or not _stands(text, rest):
        return [(piece,)]
    return [(inner,), (Span(*found.span("who")), rest)]


def is_whole(texts: Mapping[str, str], statement: Statement) -> bool:
    """Whether the statement reads as a clause by itself: one piece with a verb in it."""
    return len(statement.spans) == 1 and _stands(texts[statement.article], statement.spans[0])


def _stands(text: str, piece: Span) -> bool:
    """Whether a piece has three content words and a verb, and does not begin with one that leans on a neighbour."""
    found = words(text, piece)
    content = sum(w.key not in lexicon.STOPWORDS for w in found)
    if content < 3 or found[0].key == "to" or (len(found[0].key) > 5 and found[0].key.endswith("ing")):
        return False
    return any(_is_verb(w.key) for w in found)


def _asserts(text: str, piece: Span) -> bool:
    """Whether a piece stands and has something before its verb: "the deal was signed", not "signed on Friday".

    A word written large is a name there: "in the Rose Garden on Friday". Nor does what begins with its verb: "dated
    Friday and signed by the mayor".
    """
    first = words(text, piece)[:1]
    if first and _is_verb(first[0].key) and not text[first[0].start : first[0].end].istitle():
        return False
    verbs = (w for w in words(text, piece)[1:] if _is_verb(w.key))
    return _stands(text, piece) and any(not text[w.start : w.end].istitle() for w in verbs)


def _is_verb(key: str) -> bool:
    return (
        key in lexicon.AUXILIARIES or key in lexicon.IRREGULAR or key in lexicon.SAID
        or (len(key) > 4 and key.endswith("ed") and not key.startswith("un"))
    )  # fmt: skip


def denies(text: str, statement: Statement, attribution: Attribution | None) -> bool:
    """Whether the statement asserts that something is not so: a negation in it, or a denying verb before it."""
    negative = any(w.key in lexicon.NEGATIONS for span in statement.spans for w in words(text, span))
    if attribution:
        cue = {w.key for span in attribution.cue_spans for w in words(text, span)}
        if cue & lexicon.DENIALS:
            return not negative
    return negative


def kind_of(text: str, statement: Statement) -> ClaimKind:
    """Fact, forecast, opinion or intention, by plain marks in the words; fact where there is none."""
    shown = " ".join(span.of(text) for span in statement.spans)
    if _OPINION.search(shown):
        return "opinion"
    if _PLAN.search(shown):
        return "intention"
    return "forecast" if _WILL.search(shown) else "fact"
