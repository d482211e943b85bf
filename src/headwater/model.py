"""The records of a trace: frozen, plain, the one definition that JSON and the JSON Schema come from.

Every span is half-open and counted in Unicode code points of ``Article.text``, as Python slices are. ``None`` means
unknown and stays unknown. Tuples, never lists. Records that a trace does not hold but stages pass on (``Reading``,
``Passage``, ``Statement``) stand at the end.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

FurnitureKind = Literal[
    "related_link",
    "headline_list",
    "promo",
    "caption",
    "disclaimer",
    "embed",
    "share",
    "repeated_title",
    "date_line",
    "paywall",
    "other",
]
PublishedBasis = Literal["metadata", "text", "file", "caller"]
SourceKind = Literal["person", "organisation", "document", "outlet", "journalist", "anonymous", "unspecified"]
EntityType = Literal["person", "organisation", "place", "work", "other"]
Mode = Literal["direct", "indirect", "mixed"]
Relation = Literal["fullest", "verbatim", "trimmed", "respelled", "retranslated", "altered", "paraphrased"]
ChangeKind = Literal["dropped", "added", "replaced", "moved"]
Basis = Literal["stated", "recovered", "inferred", "unknown"]
ClaimKind = Literal["fact", "forecast", "opinion", "intention"]
ConflictType = Literal[
    "number",
    "date",
    "role",
    "modality",
    "polarity",
    "denial",
    "name",
    "conflation",
    "attribution_dropped",
    "hedge_dropped",
    "wording",
]
Verdict = Literal["conflict", "denial", "drift"]
Severity = Literal["high", "medium", "low"]
DerivationKind = Literal["copy", "rewrite", "credit", "quote"]
CopyBasis = Literal["published", "stated"]
CopyKind = Literal["reprint", "shortened", "extended", "contained", "reworked", "part"]

FORMAT = "headwater/trace"
VERSION = 1

#: Source kinds that pass on what others know; the other kinds can be first-hand.
CARRIER_KINDS: frozenset[SourceKind] = frozenset({"journalist", "outlet"})


def stable_id(prefix: str, *parts: object) -> str:
    """An id that depends only on what it names: ``prefix-`` and ten hexadecimal digits of a BLAKE2b hash."""
    digest = hashlib.blake2b("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass"), digest_size=5)
    return f"{prefix}-{digest.hexdigest()}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range [start, end) into an article's text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words the span stands for."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: "Span") -> int:
        """How many code points both share; 0 when they are apart."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def at(self, article: str) -> "Place":
        """The same span in a named article."""
        return Place(article, self.start, self.end)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span in one article: ``[start, end)`` code points of the text of the article with that id."""

    article: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The span alone."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, order=True)
class Furniture:
    """Page furniture: words on the page that are not the article's own."""

    start: int
    end: int
    kind: FurnitureKind

    @property
    def span(self) -> Span:
        """The span alone."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it came in; cleaning marks it, nothing rewrites ``text``.

    ``published`` is EDTF (ISO 8601-2), ``published_basis`` says where it was read; ``language`` is an ISO 639-1 code;
    ``words`` counts the words of ``text`` that are not furniture; ``truncated`` is True when the text shows that it
    was cut off (a paywall, "Read the full story").

    What the page or feed claims of itself, None or empty where it does not say: ``modified`` and ``fetched`` are EDTF;
    ``publisher`` is who publishes it, ``credit`` whom it names as where it has the text from (schema.org
    ``creditText``), ``based_on`` the addresses it names as its basis (``isBasedOn``), ``free`` whether all may read it
    (``isAccessibleForFree``), ``feed`` the title of the feed it came through. ``owner`` is whom a table says the
    outlet belongs to.
    """

    id: str
    text: str
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None
    language: str | None = None
    words: int = 0
    truncated: bool = False
    furniture: tuple[Furniture, ...] = ()
    modified: str | None = None
    fetched: str | None = None
    publisher: str | None = None
    credit: str | None = None
    based_on: tuple[str, ...] = ()
    free: bool | None = None
    feed: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whom words are traced to: a person, an organisation speaking, a document, a carrier, or people unnamed.

    ``number`` is how many people it says it stands for, None when it does not say. ``reached_by`` is the Source or
    Article id of the reporter or newsroom that spoke to an unnamed source: unnamed people belong to whoever reached
    them. ``maybe_same`` holds ids of sources that nothing shows to be other people (counted apart in ``high`` only).
    """

    id: str
    name: str
    kind: SourceKind
    number: int | None = None
    entity: str | None = None
    reached_by: str | None = None
    maybe_same: tuple[str, ...] = ()
    mentions: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """A title or description given to an entity, where it stands."""

    text: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Someone or something named; ``name`` is the fullest form met."""

    id: str
    name: str
    type: EntityType
    mentions: tuple[Place, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who is said to have said what: source, cue, content (Pareti 2015, PARC 3.0).

    ``source`` is a Source id, None when nobody is named ("it was reported"). ``via`` holds the Source ids the words
    came through, outermost first, this article's own outlet left out. ``said`` is True for saying, writing, reporting
    and False for believing, wanting, intending. ``score`` is a share 0..1.
    """

    id: str
    article: str
    source: str | None
    source_spans: tuple[Span, ...] = ()
    cue_spans: tuple[Span, ...] = ()
    content_spans: tuple[Span, ...] = ()
    mode: Mode = "indirect"
    hedged: bool = False
    hedge_spans: tuple[Span, ...] = ()
    via: tuple[str, ...] = ()
    via_spans: tuple[Span, ...] = ()
    said: bool = True
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference of a variant from the fullest wording.

    ``spans`` lie in the variant (empty for ``dropped``), ``fullest_spans`` in the fullest variant (empty for
    ``added``); ``before`` and ``after`` are those words.
    """

    kind: ChangeKind
    before: str
    after: str
    spans: tuple[Span, ...] = ()
    fullest_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One outlet's printing of an act of speech; ``relation`` is to the fullest variant."""

    article: str
    spans: tuple[Span, ...]
    attribution: str
    relation: Relation
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One act of speech, however many outlets print it; ``speaker`` is a Source id. Fullest variant first."""

    id: str
    speaker: str | None
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where a claim is made.

    ``chain`` holds Source ids, outermost first, as this article states it; empty = in the outlet's own voice.
    ``basis`` says how the chain that was counted is known, ``counted`` is that chain (Source and Article ids,
    outermost first), and ``evidence`` the words that show a recovered or inferred one.
    """

    article: str
    spans: tuple[Span, ...]
    attribution: str | None = None
    chain: tuple[str, ...] = ()
    basis: Basis = "unknown"
    counted: tuple[str, ...] = ()
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A first-hand end of a claim's chains.

    ``path`` holds the Source and Article ids from the origin to the claim, origin first. ``reason`` is one plain
    sentence, ``evidence`` its words, ``articles`` every article that has the claim from this origin, ``folded`` the
    Source ids that were counted as this one.
    """

    source: str
    path: tuple[str, ...]
    basis: Basis
    reason: str = ""
    articles: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Independent:
    """How many independent origins: ``low`` proven separate, ``high`` after only proven copies are folded."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing asserted, in the words of one of its mentions.

    ``outlets`` counts the outlets that carry it (an article without a known outlet counts as one of its own).
    ``bottlenecks`` holds the Source and Article ids without which no chain is left. ``unknown`` lists the articles
    that carry it in their own voice with no origin found; ``circular`` the ids that credit one another in a ring.
    ``related`` holds ids of claims that are near but not the same: shown, never counted; ``parts`` those among them
    that assert a part or an instance of this one, which is then the wider claim.
    """

    id: str
    text: str
    mentions: tuple[Mention, ...]
    outlets: int
    origins: tuple[Origin, ...]
    independent: Independent
    bottlenecks: tuple[str, ...]
    kind: ClaimKind = "fact"
    unknown: tuple[str, ...] = ()
    circular: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a conflict: the words, and the value read from them."""

    article: str
    spans: tuple[Span, ...]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two tellings that differ. ``note`` is one plain sentence; ``claim`` a Claim id or None."""

    id: str
    type: ConflictType
    verdict: Verdict
    severity: Severity
    note: str
    sides: tuple[Side, ...]
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoint:
    """An expression of time and its EDTF value, None when it cannot be resolved; ``claim`` is a Claim id or None."""

    article: str
    start: int
    end: int
    value: str | None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """The later took it from the earlier (Article or Source ids).

    ``stated`` is True when the later one says so. ``share`` is the share 0..1 of the later one's words, None where
    it is not measured in words (a credit). ``directed`` is False when the texts share wording but nothing shows which
    came first; the ids are then in order.
    """

    later: str
    earlier: str
    kind: DerivationKind
    stated: bool
    share: float | None = None
    directed: bool = True
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What an editor should see first; ``claims`` and ``conflicts`` are ids, ``evidence`` the words."""

    id: str
    text: str
    severity: Severity
    claims: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """What could not be judged, and why; ``article`` is its id, or None for the story as a whole."""

    what: str
    why: str
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller asked for; ``published`` is the EDTF date given for articles that bear none."""

    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeRun:
    """What a judge was asked about doubtful pairs of statements, where one was named.

    ``name`` is the model and its server, ``prompt`` the id of the instruction it was given. Of ``pairs`` different
    ones ``asked`` were put to it; ``answered`` of these have an answer that stood the check, ``ignored`` one that did
    not. Answers that were kept from before count like those given now.
    """

    name: str
    prompt: str
    pairs: int
    asked: int
    answered: int
    ignored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBy:
    """The version of Headwater, the reader's name, the options, and the judge (None = none asked) of a trace."""

    headwater: str
    reader: str
    options: Options = Options()
    judge: JudgeRun | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Everything said of one story. The same articles, in any order, give the same bytes."""

    format: Literal["headwater/trace"] = "headwater/trace"
    version: Literal[1] = 1
    made_by: MadeBy
    articles: tuple[Article, ...] = ()
    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    timeline: tuple[TimePoint, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    findings: tuple[Finding, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()


# What stages hand to one another.


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what it counts: "more than 225,000 Americans" -> low 225000, high None, what "americans".

    ``low`` and ``high`` bound the value (equal when exact; None = open on that side). ``what`` is the counted noun,
    lower case and singular where that is plain, or a unit ("%", "$", "km"); None when nothing is counted.
    """

    article: str
    start: int
    end: int
    low: float | None
    high: float | None
    what: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one article says, by itself: ids of sources and entities are the article's own until a story joins them.

    ``furniture`` repeats the article's, ``sentences`` covers the text outside furniture, in order.
    """

    id: str
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    timeline: tuple[TimePoint, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words two articles share, exactly or lightly edited.

    ``same`` counts the words that are equal in order, ``words`` those of the longer side.
    """

    left: Place
    right: Place
    same: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Text that two articles share, as ``headwater copies`` writes it.

    ``share`` is the share 0..1 of the later one's words that stand in the earlier one; ``directed`` is False when
    nothing shows which came first (then ``earlier`` is the first by id), and ``basis`` says what does: the dates of
    publication, or the later one's own words. ``share_of_earlier`` is the share 0..1 of the earlier one's own words
    that stand in the later. ``kind``: nearly all of both is shared (reprint), nearly all of the later (shortened) or of
    the earlier (extended), of either where nothing shows which came first (contained), a good part (reworked), or less
    (part).
    """

    earlier: str
    later: str
    share: float
    directed: bool
    passages: tuple[Passage, ...]
    share_of_earlier: float
    basis: CopyBasis | None
    kind: CopyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles on one event, ids in order."""

    story: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A clause that asserts something: the unit that is matched across articles.

    ``attribution`` is the id of the Attribution whose content it lies in, None = the outlet's own voice.
    """

    article: str
    spans: tuple[Span, ...]
    attribution: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A source by its kind and its name as a trace gives it."""

    kind: SourceKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What a person decided of a story, in pairs; each changes what it names and nothing else.

    Of claims, places of two statements; of sources, a place of a mention of each, or kind and name. Where two pairs
    cannot both hold, things stay apart.
    """

    same_claim: tuple[tuple[Place, Place], ...] = ()
    not_same_claim: tuple[tuple[Place, Place], ...] = ()
    same_source: tuple[tuple[Place | Named, Place | Named], ...] = ()
    not_same_source: tuple[tuple[Place | Named, Place | Named], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that could not be used: where it was, and one line that says why and what to do."""

    where: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What came in: the articles that could be read, and the inputs that could not."""

    articles: tuple[Article, ...] = ()
    failures: tuple[Failure, ...] = field(default=())


def text_of(article: Article, spans: Iterable[Span]) -> str:
    """The words of several spans, in order, joined by " … " where they are apart."""
    return " … ".join(span.of(article.text) for span in sorted(spans))
