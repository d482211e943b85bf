"""A whole trace of an invented story, made by hand: every kind of record, and text that wants to do harm.

Nothing in it comes from a real outlet. Spans are found by their words, so that the texts can be edited.
"""

from dataclasses import astuple

from headwater.model import (
    Article,
    Attribution,
    Change,
    Claim,
    Conflict,
    Derivation,
    Entity,
    Finding,
    Furniture,
    FurnitureKind,
    Independent,
    MadeBy,
    Mention,
    Options,
    Origin,
    Place,
    Quotation,
    Role,
    Side,
    Source,
    Span,
    TimePoint,
    Trace,
    Unjudged,
    Variant,
)

LEDGER = """Three engineers told the Ledger that the Kessel tide gate stood open for 41 minutes on the night of 3 March.

“We knew the gate was stuck, and we told nobody until the water was in the street,” said Oda Quill, the harbour master.

The water reached 212 homes in mid-March, the town council’s flood log shows. 🌊🌊

The engineers, who asked not to be named, said the gate reportedly had not been tested since late spring 2024.
"""

WIRE = """KESSEL (Coastwire) — The tide gate at Kessel stood open for 41 minutes on 3 March, the Harbour Ledger \
reported, citing three engineers.

“We knew the gate was stuck,” harbour master Oda Quill told the newspaper.

The flood reached 212 homes, according to the council’s flood log.

The port authority rejected the report. “The gate was never left open,” a spokesman said.
"""

BUGLE = """Home > News > Kessel
The tide gate at Kessel stood open for 41 minutes on 3 March, the Harbour Ledger reported, citing three engineers.
READ MORE: Ten cafés to try on the Kessel quay
“We knew the gate was stuck,” harbour master Oda Quill told the newspaper.
The flood reached 221 homes.
Share this article
"""

QUAY = """<script>alert("gate")</script> The gate at Kessel was open for about 50 minutes & nobody was told.

“We knew the gate wasn’t working and we told no one,” Quill said last Tuesday.

A senior port official told Quay & “Tide” the council will replace the gate by 2027. 👩🏽‍🚀 \
Ze\u0301 Z\u0301ł \u202eevil\u202c text.
"""

MINA = """قال مسؤول كبير في الميناء إن المجلس سيستبدل البوابة بحلول عام 2027.

بقيت بوابة كيسل مفتوحة 41 دقيقة.
"""

TEXTS = {
    "000_06e229d54b13a752": LEDGER,
    "wire 1": WIRE,
    "002_cfc9a2e83eae11d1": BUGLE,
    '"><img src=x onerror=alert(1)>': QUAY,
    "mina": MINA,
}
A, B, C, D, E = TEXTS


def span(article: str, words: str, after: str = "") -> Span:
    """The place of ``words`` in an article, the first that follows ``after``."""
    text = TEXTS[article]
    start = text.index(words, text.index(after))
    return Span(start, start + len(words))


def place(article: str, words: str, after: str = "") -> Place:
    """The same as a Place."""
    return span(article, words, after).at(article)


def furniture(article: str, words: str, kind: FurnitureKind) -> Furniture:
    """A piece of page furniture, found by its words."""
    found = span(article, words)
    return Furniture(found.start, found.end, kind)


def time(article: str, words: str, value: str | None, claim: str | None = None) -> TimePoint:
    """An expression of time, found by its words."""
    found = span(article, words)
    return TimePoint(article=article, start=found.start, end=found.end, value=value, claim=claim)


ARTICLES = (
    Article(
        id=A,
        text=LEDGER,
        path="in/000_06e229d54b13a752.txt",
        url="https://ledger.example/kessel?a=1&b=2",
        outlet="The Harbour Ledger",
        title="Tide gate stood open as Kessel slept",
        byline="Ilse Marrow",
        dateline="KESSEL",
        published="2025-03-17",
        published_basis="metadata",
        language="en",
        words=76,
    ),
    Article(
        id=B,
        text=WIRE,
        outlet="Coastwire",
        title="Kessel gate was open 41 minutes: report",
        dateline="KESSEL",
        published="2025-03-18",
        published_basis="text",
        language="en",
        words=62,
    ),
    Article(
        id=C,
        text=BUGLE,
        path="in/002_cfc9a2e83eae11d1.txt",
        url="javascript:alert(1)",
        language="en",
        words=39,
        truncated=True,
        furniture=(
            furniture(C, "Home > News > Kessel", "other"),
            furniture(C, "READ MORE: Ten cafés to try on the Kessel quay", "related_link"),
            furniture(C, "Share this article", "share"),
        ),
    ),
    Article(
        id=D,
        text=QUAY,
        outlet="Quay & <b>“Tide”</b>",
        title="</title><script>alert('title')</script>",
        byline="Ze\u0301lie O'Hara",
        published="2025-03-20",
        published_basis="caller",
        language="en",
        words=41,
    ),
    Article(id=E, text=MINA, outlet="صحيفة الميناء", language="ar", words=16),
)

SOURCES = (
    Source(
        id="source-engineers",
        name="three engineers",
        kind="anonymous",
        number=3,
        reached_by="source-ledger",
        mentions=(place(A, "Three engineers"), place(B, "three engineers"), place(C, "three engineers")),
    ),
    Source(
        id="source-ledger",
        name="The Harbour Ledger",
        kind="outlet",
        entity="entity-ledger",
        mentions=(place(B, "the Harbour Ledger"), place(C, "the Harbour Ledger")),
    ),
    Source(
        id="source-quill",
        name="Oda Quill",
        kind="person",
        entity="entity-quill",
        mentions=(place(A, "Oda Quill"), place(B, "Oda Quill"), place(C, "Oda Quill"), place(D, "Quill")),
    ),
    Source(
        id="source-log",
        name="Kessel flood log",
        kind="document",
        mentions=(place(A, "town council’s flood log"), place(B, "council’s flood log")),
    ),
    Source(id="source-port", name="a spokesman", kind="organisation", mentions=(place(B, "a spokesman"),)),
    Source(
        id="source-senior-d",
        name="A senior port official",
        kind="anonymous",
        reached_by=D,
        maybe_same=("source-senior-e",),
        mentions=(place(D, "A senior port official"),),
    ),
    Source(
        id="source-senior-e",
        name="مسؤول كبير في الميناء",
        kind="anonymous",
        reached_by=E,
        maybe_same=("source-senior-d",),
        mentions=(place(E, "مسؤول كبير في الميناء"),),
    ),
    Source(id="source-nobody", name="reports", kind="unspecified"),
)

ENTITIES = (
    Entity(
        id="entity-quill",
        name="Oda Quill",
        type="person",
        mentions=(place(A, "Oda Quill"), place(B, "Oda Quill"), place(C, "Oda Quill"), place(D, "Quill")),
        roles=(
            Role("harbour master", *astuple(place(A, "harbour master"))),
            Role("harbour master", *astuple(place(B, "harbour master"))),
        ),
    ),
    Entity(id="entity-ledger", name="The Harbour Ledger", type="organisation", mentions=(place(A, "Ledger"),)),
    Entity(id="entity-kessel", name="Kessel", type="place", mentions=(place(A, "Kessel"),)),
)

ATTRIBUTIONS = (
    Attribution(
        id="attribution-a1",
        article=A,
        source="source-engineers",
        source_spans=(span(A, "Three engineers"),),
        cue_spans=(span(A, "told"),),
        content_spans=(span(A, "the Kessel tide gate stood open for 41 minutes on the night of 3 March"),),
        score=0.94,
    ),
    Attribution(
        id="attribution-a2",
        article=A,
        source="source-quill",
        source_spans=(span(A, "Oda Quill"),),
        cue_spans=(span(A, "said"),),
        content_spans=(span(A, "We knew the gate was stuck, and we told nobody until the water was in the street,"),),
        mode="direct",
    ),
    Attribution(
        id="attribution-a3",
        article=A,
        source="source-log",
        source_spans=(span(A, "the town council’s flood log"),),
        cue_spans=(span(A, "shows"),),
        content_spans=(span(A, "The water reached 212 homes in mid-March"),),
    ),
    Attribution(
        id="attribution-a4",
        article=A,
        source="source-engineers",
        source_spans=(span(A, "The engineers"),),
        cue_spans=(span(A, "said", after="named,"),),
        content_spans=(span(A, "the gate reportedly had not been tested since late spring 2024"),),
        hedged=True,
        hedge_spans=(span(A, "reportedly"),),
    ),
    Attribution(
        id="attribution-b1",
        article=B,
        source="source-engineers",
        source_spans=(span(B, "three engineers"),),
        cue_spans=(span(B, "citing"),),
        content_spans=(span(B, "The tide gate at Kessel stood open for 41 minutes on 3 March"),),
        via=("source-ledger",),
        via_spans=(span(B, "the Harbour Ledger"),),
    ),
    Attribution(  # nested in b1: the same words, one level out
        id="attribution-b2",
        article=B,
        source="source-ledger",
        source_spans=(span(B, "the Harbour Ledger"),),
        cue_spans=(span(B, "reported"),),
        content_spans=(
            span(B, "The tide gate at Kessel stood open for 41 minutes on 3 March"),
            span(B, "citing three engineers"),
        ),
    ),
    Attribution(
        id="attribution-b3",
        article=B,
        source="source-quill",
        source_spans=(span(B, "Oda Quill"),),
        cue_spans=(span(B, "told"),),
        content_spans=(span(B, "We knew the gate was stuck,"),),
        mode="direct",
    ),
    Attribution(
        id="attribution-b4",
        article=B,
        source="source-log",
        source_spans=(span(B, "the council’s flood log"),),
        cue_spans=(span(B, "according to"),),
        content_spans=(span(B, "The flood reached 212 homes"),),
    ),
    Attribution(
        id="attribution-b5",
        article=B,
        source="source-port",
        source_spans=(span(B, "a spokesman"),),
        cue_spans=(span(B, "said", after="left open"),),
        content_spans=(span(B, "The gate was never left open,"),),
        mode="mixed",
    ),
    Attribution(
        id="attribution-c1",
        article=C,
        source="source-quill",
        source_spans=(span(C, "Oda Quill"),),
        cue_spans=(span(C, "told"),),
        content_spans=(span(C, "We knew the gate was stuck,"),),
        mode="direct",
    ),
    Attribution(
        id="attribution-d1",
        article=D,
        source="source-quill",
        source_spans=(span(D, "Quill"),),
        cue_spans=(span(D, "said"),),
        content_spans=(span(D, "We knew the gate wasn’t working and we told no one,"),),
        mode="direct",
    ),
    Attribution(
        id="attribution-d2",
        article=D,
        source="source-senior-d",
        source_spans=(span(D, "A senior port official"),),
        cue_spans=(span(D, "told", after="official"),),
        content_spans=(span(D, "the council will replace the gate by 2027"),),
    ),
    Attribution(
        id="attribution-e1",
        article=E,
        source="source-senior-e",
        source_spans=(span(E, "مسؤول كبير في الميناء"),),
        cue_spans=(span(E, "قال"),),
        content_spans=(span(E, "المجلس سيستبدل البوابة بحلول عام 2027"),),
    ),
    Attribution(id="attribution-e2", article=E, source=None, cue_spans=(span(E, "قال"),), said=False, score=0.3),
)

QUOTATIONS = (
    Quotation(
        id="quotation-gate",
        speaker="source-quill",
        variants=(
            Variant(
                article=A,
                spans=(span(A, "We knew the gate was stuck, and we told nobody until the water was in the street,"),),
                attribution="attribution-a2",
                relation="fullest",
            ),
            Variant(
                article=B,
                spans=(span(B, "We knew the gate was stuck,"),),
                attribution="attribution-b3",
                relation="trimmed",
                changes=(
                    Change(
                        kind="dropped",
                        before="and we told nobody until the water was in the street",
                        after="",
                        fullest_spans=(span(A, "and we told nobody until the water was in the street"),),
                    ),
                ),
            ),
            Variant(
                article=C,
                spans=(span(C, "We knew the gate was stuck,"),),
                attribution="attribution-c1",
                relation="trimmed",
                changes=(
                    Change(
                        kind="dropped",
                        before="and we told nobody until the water was in the street",
                        after="",
                        fullest_spans=(span(A, "and we told nobody until the water was in the street"),),
                    ),
                ),
            ),
            Variant(
                article=D,
                spans=(span(D, "We knew the gate wasn’t working and we told no one,"),),
                attribution="attribution-d1",
                relation="altered",
                changes=(
                    Change(
                        kind="replaced",
                        before="was stuck",
                        after="wasn’t working",
                        spans=(span(D, "wasn’t working"),),
                        fullest_spans=(span(A, "was stuck"),),
                    ),
                    Change(
                        kind="replaced",
                        before="nobody",
                        after="no one",
                        spans=(span(D, "no one"),),
                        fullest_spans=(span(A, "nobody"),),
                    ),
                    Change(
                        kind="dropped",
                        before="until the water was in the street",
                        after="",
                        fullest_spans=(span(A, "until the water was in the street"),),
                    ),
                ),
            ),
        ),
    ),
)

CLAIMS = (
    Claim(
        id="claim-open",
        text="the Kessel tide gate stood open for 41 minutes on the night of 3 March",
        mentions=(
            Mention(
                article=A,
                spans=(span(A, "the Kessel tide gate stood open for 41 minutes on the night of 3 March"),),
                attribution="attribution-a1",
                chain=("source-engineers",),
                basis="stated",
                counted=("source-engineers",),
            ),
            Mention(
                article=B,
                spans=(span(B, "The tide gate at Kessel stood open for 41 minutes on 3 March"),),
                attribution="attribution-b1",
                chain=("source-ledger", "source-engineers"),
                basis="stated",
                counted=("source-ledger", "source-engineers"),
            ),
            Mention(
                article=C,
                spans=(span(C, "The tide gate at Kessel stood open for 41 minutes on 3 March"),),
                basis="inferred",
                counted=(B, "source-ledger", "source-engineers"),
                evidence=(place(B, "The tide gate at Kessel"), place(C, "The tide gate at Kessel")),
            ),
            Mention(
                article=D,
                spans=(span(D, "The gate at Kessel was open for about 50 minutes"), span(D, "nobody was told")),
            ),
            Mention(article=E, spans=(span(E, "بقيت بوابة كيسل مفتوحة 41 دقيقة"),)),
        ),
        outlets=5,
        origins=(
            Origin(
                source="source-engineers",
                path=("source-engineers", "source-ledger", A),
                basis="stated",
                reason="Coastwire credits The Harbour Ledger, which names three engineers.",
                articles=(A, B, C),
                evidence=(
                    place(A, "Three engineers told the Ledger"),
                    place(B, "the Harbour Ledger reported, citing three engineers"),
                ),
            ),
        ),
        independent=Independent(1, 2),
        bottlenecks=("source-engineers", A),
        unknown=(D, E),
        related=("claim-never", "claim-tested"),
        parts=("claim-tested",),
    ),
    Claim(
        id="claim-homes",
        text="The flood reached 212 homes",
        mentions=(
            Mention(
                article=A,
                spans=(span(A, "The water reached 212 homes in mid-March"),),
                attribution="attribution-a3",
                chain=("source-log",),
                basis="stated",
                counted=("source-log",),
            ),
            Mention(
                article=B,
                spans=(span(B, "The flood reached 212 homes"),),
                attribution="attribution-b4",
                chain=("source-log",),
                basis="stated",
                counted=("source-log",),
            ),
            Mention(
                article=C,
                spans=(span(C, "The flood reached 221 homes"),),
                basis="recovered",
                counted=("source-log",),
                evidence=(place(B, "according to the council’s flood log"),),
            ),
        ),
        outlets=3,
        origins=(
            Origin(
                source="source-log",
                path=("source-log",),
                basis="stated",
                reason="Two articles name the council’s flood log.",
                articles=(A, B, C),
                evidence=(place(A, "the town council’s flood log shows"),),
            ),
        ),
        independent=Independent(1, 1),
        bottlenecks=("source-log",),
    ),
    Claim(
        id="claim-replace",
        text="the council will replace the gate by 2027",
        mentions=(
            Mention(
                article=D,
                spans=(span(D, "the council will replace the gate by 2027"),),
                attribution="attribution-d2",
                chain=("source-senior-d",),
                basis="stated",
                counted=("source-senior-d",),
            ),
            Mention(
                article=E,
                spans=(span(E, "المجلس سيستبدل البوابة بحلول عام 2027"),),
                attribution="attribution-e1",
                chain=("source-senior-e",),
                basis="stated",
                counted=("source-senior-e",),
            ),
        ),
        outlets=2,
        origins=(
            Origin(
                source="source-senior-d",
                path=("source-senior-d", D),
                basis="stated",
                reason="Each article has an unnamed official of its own; nothing shows that they are two people.",
                articles=(D, E),
                folded=("source-senior-e",),
                evidence=(place(D, "A senior port official"), place(E, "مسؤول كبير في الميناء")),
            ),
        ),
        independent=Independent(1, 2),
        bottlenecks=(),
        kind="intention",
    ),
    Claim(
        id="claim-ring",
        text="nobody was told",
        mentions=(
            Mention(article=D, spans=(span(D, "nobody was told"),)),
            Mention(article=E, spans=(span(E, "بقيت بوابة كيسل مفتوحة"),)),
        ),
        outlets=2,
        origins=(),
        independent=Independent(0, 0),
        bottlenecks=(),
        circular=(D, E),
    ),
    Claim(
        id="claim-never",
        text="The gate was never left open",
        mentions=(
            Mention(
                article=B,
                spans=(span(B, "The gate was never left open"),),
                attribution="attribution-b5",
                chain=("source-port",),
                basis="stated",
                counted=("source-port",),
            ),
        ),
        outlets=1,
        origins=(
            Origin(
                source="source-port",
                path=("source-port",),
                basis="stated",
                reason="The port’s spokesman said it.",
                articles=(B,),
            ),
        ),
        independent=Independent(1, 1),
        bottlenecks=("source-port",),
        related=("claim-open",),
    ),
    Claim(
        id="claim-tested",
        text="the gate reportedly had not been tested since late spring 2024",
        mentions=(
            Mention(article=A, spans=(span(A, "the gate reportedly had not been tested since late spring 2024"),)),
        ),
        outlets=1,
        origins=(),
        independent=Independent(0, 1),
        bottlenecks=(),
        related=("claim-open",),
        unknown=(A,),
    ),
)

CONFLICTS = (
    Conflict(
        id="conflict-homes",
        type="number",
        verdict="conflict",
        severity="high",
        note="The articles give 212 and 221 homes.",
        sides=(
            Side(article=A, spans=(span(A, "212 homes"),), value="212"),
            Side(article=C, spans=(span(C, "221 homes"),), value="221"),
        ),
        claim="claim-homes",
    ),
    Conflict(
        id="conflict-minutes",
        type="number",
        verdict="drift",
        severity="medium",
        note="“41 minutes” became “about 50 minutes”.",
        sides=(
            Side(article=A, spans=(span(A, "41 minutes"),), value="41"),
            Side(article=D, spans=(span(D, "about 50 minutes"),), value="about 50"),
        ),
        claim="claim-open",
    ),
    Conflict(
        id="conflict-denied",
        type="denial",
        verdict="denial",
        severity="high",
        note="The port authority denies that the gate was open.",
        sides=(
            Side(article=A, spans=(span(A, "stood open for 41 minutes"),), value="open"),
            Side(article=B, spans=(span(B, "The gate was never left open"),), value="never open"),
        ),
        claim="claim-open",
    ),
    Conflict(
        id="conflict-credit",
        type="attribution_dropped",
        verdict="drift",
        severity="low",
        note="The figure stands without its source.",
        sides=(Side(article=C, spans=(span(C, "The flood reached 221 homes"),), value="no source"),),
    ),
)

TIMELINE = (
    time(A, "3 March", "2025-03-03", "claim-open"),
    time(B, "3 March", "2025-03-03", "claim-open"),
    time(A, "mid-March", "2025-03-15~", "claim-homes"),
    time(A, "late spring 2024", "2024-21"),
    time(D, "last Tuesday", None),
    time(D, "2027", "2027", "claim-replace"),
)

DERIVATIONS = (
    Derivation(
        later=C,
        earlier=B,
        kind="copy",
        stated=False,
        share=0.81,
        evidence=(
            place(C, "The tide gate at Kessel stood open for 41 minutes on 3 March, the Harbour Ledger reported"),
            place(B, "The tide gate at Kessel stood open for 41 minutes on 3 March, the Harbour Ledger reported"),
        ),
    ),
    Derivation(
        later=B,
        earlier="source-ledger",
        kind="credit",
        stated=True,
        evidence=(place(B, "the Harbour Ledger reported"),),
    ),
    Derivation(later=B, earlier=A, kind="quote", stated=False, share=0.1),
    Derivation(later=E, earlier=D, kind="credit", stated=True, directed=False),
)

FINDINGS = (
    Finding(
        id="finding-1",
        text="Carried by 5 articles; rests on 1 to 2 origins: three engineers, through The Harbour Ledger.",
        severity="high",
        claims=("claim-open",),
        evidence=(place(A, "Three engineers told the Ledger"),),
    ),
    Finding(
        id="finding-2",
        text="212 homes or 221 homes: the articles do not agree.",
        severity="high",
        claims=("claim-homes",),
        conflicts=("conflict-homes",),
    ),
    Finding(
        id="finding-3",
        text="Quay & <b>“Tide”</b> changed a quotation.",
        severity="low",
        evidence=(place(D, "wasn’t working"),),
    ),
)

UNJUDGED = (
    Unjudged(what="the date of the article", why="no date was found", article=C),
    Unjudged(what="the date of the article", why="no date was found", article=E),
    Unjudged(what="the whole text", why="the text is cut off", article=C),
    Unjudged(what="the claims", why="the article is in Arabic", article=E),
    Unjudged(what="whether two outlets spoke to the same unnamed person", why="nothing in the texts can show it"),
)

TRACE = Trace(
    made_by=MadeBy(headwater="0.1.0", reader="rules", options=Options(published="2025-03")),
    articles=ARTICLES,
    sources=SOURCES,
    entities=ENTITIES,
    attributions=ATTRIBUTIONS,
    quotations=QUOTATIONS,
    claims=CLAIMS,
    conflicts=CONFLICTS,
    timeline=TIMELINE,
    derivations=DERIVATIONS,
    findings=FINDINGS,
    unjudged=UNJUDGED,
)
