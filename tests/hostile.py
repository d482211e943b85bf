"""A story written to attack the page: every name, title, id and text tries to leave its place. All of it invented."""

from headwater.model import (
    Article,
    Attribution,
    Change,
    Claim,
    Conflict,
    Derivation,
    Finding,
    Furniture,
    Independent,
    MadeBy,
    Mention,
    Origin,
    Place,
    Quotation,
    Side,
    Source,
    Span,
    TimePoint,
    Trace,
    Unjudged,
    Variant,
)

SCRIPT = "</script><script>window.owned=1</script>"
STYLE = "</style><style>*{display:none}</style>"
HANDLER = '" onmouseover="window.owned=1" x=\''
ADDRESS = "javascript:window.owned=1"
TURNED = "\u202egnp.exe\u202c\u2066\u2067\u200f"
HUGE = "w" * 4000
COMBINED = "e" + "\u0301" * 600
CELLS = "&#60;img src=x onerror=window.owned=1&#62;<img src=x onerror=window.owned=1>"
TEMPLATE = "{{ ''.__class__ }}{% include 'page.css' %}"
CSS = "x}body{display:none}#:target~*{"

_NAMES = (SCRIPT, STYLE, HANDLER, ADDRESS, TURNED, HUGE, COMBINED, CELLS, TEMPLATE, CSS)
_BODY = f"{SCRIPT} the weir was open. {HANDLER} said {HUGE} {CELLS}. {TURNED} {COMBINED}\n\n{STYLE} it was shut. {CSS}"


def _article(number: int) -> Article:
    name = _NAMES[number]
    return Article(
        id=name,
        text=f"{_BODY} {number}",
        url=f"{ADDRESS}//{number}" if number % 2 else f'https://weir.example/"><svg onload=window.owned={number}>',
        outlet=_NAMES[(number + 3) % len(_NAMES)],
        title=name,
        byline=name,
        dateline=TURNED,
        published=name,
        published_basis="metadata",
        modified=name,
        publisher=SCRIPT,
        credit=HANDLER,
        based_on=(ADDRESS, STYLE),
        feed=CELLS,
        owner=STYLE,
        language=HANDLER,
        words=9,
        truncated=bool(number % 2),
        furniture=(Furniture(len(_BODY) - 5, len(_BODY), "promo"),),
    )


ARTICLES = tuple(_article(number) for number in range(len(_NAMES)))
_WEIR = Span(len(SCRIPT) + 1, len(SCRIPT) + 18)

ATTACK = Trace(
    made_by=MadeBy(headwater=SCRIPT, reader=STYLE),
    articles=ARTICLES,
    sources=tuple(
        Source(
            id=f"{name}!",
            name=name,
            kind="outlet" if number % 3 == 0 else "anonymous",
            reached_by=_NAMES[0],
            mentions=(Place(name, 0, 20),),
        )
        for number, name in enumerate(_NAMES)
    ),
    attributions=tuple(
        Attribution(
            id=f"{name}?",
            article=name,
            source=f"{name}!",
            source_spans=(Span(0, 20),),
            cue_spans=(Span(15, 40),),
            content_spans=(Span(10, 60), Span(30, 4200)),
            hedge_spans=(Span(0, 4300),),
        )
        for name in _NAMES
    ),
    quotations=(
        Quotation(
            id=STYLE,
            speaker=f"{HUGE}!",
            variants=tuple(
                Variant(
                    article=name,
                    spans=(Span(0, 50),),
                    attribution=f"{name}?",
                    relation="fullest" if not number else "altered",
                    changes=(Change(kind="replaced", before=SCRIPT, after=HUGE, spans=(Span(3, 9),)),),
                )
                for number, name in enumerate(_NAMES)
            ),
        ),
    ),
    claims=tuple(
        Claim(
            id=f"{name}#",
            text=name,
            mentions=tuple(
                Mention(
                    article=other,
                    spans=(_WEIR,),
                    chain=(f"{name}!", f"{CELLS}!"),
                    counted=(f"{name}!", f"{CELLS}!"),
                    basis="stated",
                    evidence=(Place(other, 0, 30),),
                )
                for other in _NAMES
            ),
            outlets=len(_NAMES),
            origins=(
                Origin(
                    source=f"{CELLS}!", path=(f"{CELLS}!", f"{name}!"), basis="stated", reason=name, articles=_NAMES
                ),
            ),
            independent=Independent(1, 1),
            bottlenecks=(f"{CELLS}!",),
            unknown=(name,),
            circular=(_NAMES[1], _NAMES[2]),
            related=(f"{SCRIPT}#",),
        )
        for name in _NAMES
    ),
    conflicts=tuple(
        Conflict(
            id=name,
            type="denial",
            verdict="denial",
            severity="high",
            note=name,
            sides=(Side(article=name, spans=(_WEIR,), value=name), Side(article=SCRIPT, spans=(_WEIR,), value=HUGE)),
            claim=f"{name}#",
        )
        for name in _NAMES
    ),
    timeline=tuple(TimePoint(article=name, start=0, end=9, value=name) for name in _NAMES),
    derivations=tuple(
        Derivation(
            later=name,
            earlier=SCRIPT,
            kind="copy",
            stated=False,
            share=0.9,
            evidence=(Place(name, 0, len(_BODY)), Place(SCRIPT, 0, len(_BODY))),
        )
        for name in _NAMES[1:]
    ),
    findings=tuple(
        Finding(id=name, text=name, severity="high", claims=(f"{name}#",), evidence=(Place(name, 0, 9),))
        for name in _NAMES
    ),
    unjudged=tuple(Unjudged(what=name, why=name, article=name) for name in _NAMES),
)
