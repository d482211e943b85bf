"""Credit lines: agencies and outlets that bylines, datelines and last lines name, and which names are one outlet.

Takes an article, gives names with their spans; says whether two names are one outlet, and who wrote what. Agencies are
known by name; after a place in capitals any name in brackets is one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from headwater.model import Article, Span
from headwater.outlets import of_article, outlet_of
from headwater.tracing.wire_lines import RELEASE_WIRES, wire_names
from headwater.words import merged

#: News agencies and their services by the name we give them; matched as written, capitals included.
AGENCIES: dict[str, tuple[str, ...]] = {
    "Associated Press": ("Associated Press", "ASSOCIATED PRESS", "AP"),
    "Reuters": ("Thomson Reuters", "Reuters", "REUTERS"),
    "Agence France-Presse": ("Agence France-Presse", "Agence France Presse", "AFP"),
    "United Press International": ("United Press International", "UPI"),
    "Bloomberg": ("Bloomberg News", "Bloomberg"),
    "dpa": ("Deutsche Presse-Agentur", "dpa", "DPA"),
    "PA Media": ("PA Media", "PA news agency", "Press Association", "PA"),
    "Press Trust of India": ("Press Trust of India", "PTI"),
    "Asian News International": ("Asian News International", "ANI"),
    "Indo-Asian News Service": ("Indo-Asian News Service", "IANS"),
    "Canadian Press": ("Canadian Press", "CANADIAN PRESS"),
    "Australian Associated Press": ("Australian Associated Press", "AAP"),
    "CNN Wire": ("CNN Wire", "CNN Newsource", "CNN NewSource", "CNN Newswire", "CNN-Wire"),
    "CNN": ("CNN", "Cable News Network"),
    "Tribune News Service": ("Tribune News Service", "Tribune Content Agency", "TNS"),
    "States Newsroom": ("States Newsroom",),
    "Religion News Service": ("Religion News Service", "RNS"),
    "Inter Press Service": ("Inter Press Service", "IPS"),
    "ANSA": ("ANSA",),
    "EFE": ("Agencia EFE", "EFE"),
    "Europa Press": ("Europa Press",),
    "Xinhua": ("Xinhua News Agency", "Xinhua"),
    "TASS": ("ITAR-TASS", "Itar-Tass", "TASS", "Tass"),
    "RIA Novosti": ("RIA Novosti",),
    "Interfax": ("Interfax",),
    "Kyodo": ("Kyodo News", "Kyodo", "KYODO"),
    "Jiji Press": ("Jiji Press", "JIJI"),
    "Yonhap": ("Yonhap News Agency", "Yonhap"),
    "Anadolu Agency": ("Anadolu Agency", "Anadolu"),
    "Lusa": ("Agência Lusa", "Lusa"),
    "Belga": ("Belga",),
    "NTB": ("NTB",),
    "Ritzau": ("Ritzau",),
    "Bernama": ("Bernama", "BERNAMA"),
    "Antara": ("Antara",),
    "News Agency of Nigeria": ("News Agency of Nigeria", "NAN"),
    "Ghana News Agency": ("Ghana News Agency", "GNA"),
    "United News of India": ("United News of India",),
    "Associated Press of Pakistan": ("Associated Press of Pakistan",),
    "Emirates News Agency": ("Emirates News Agency", "WAM"),
    "Saudi Press Agency": ("Saudi Press Agency",),
    "Philippine News Agency": ("Philippine News Agency",),
    "Focus Taiwan": ("Central News Agency",),
    "KCNA": ("Korean Central News Agency", "KCNA"),
    "Ukrinform": ("Ukrinform",),
    "Catholic News Agency": ("Catholic News Agency",),
    "KFF Health News": ("KFF Health News", "Kaiser Health News"),
    "Dow Jones Newswires": ("Dow Jones Newswires",),
    "New York Times": ("New York Times News Service", "NYT News Service"),
    "Washington Post": ("Washington Post News Service",),
    **RELEASE_WIRES,
}
_CANONICAL = {alias: name for name, aliases in AGENCIES.items() for alias in aliases}
_AGENCY = rf"(?:{'|'.join(re.escape(alias) for alias in sorted(_CANONICAL, key=lambda a: (-len(a), a)))})(?![\w&])"
#: A name of several words with capitals, as a pattern.
NAME = r"[A-Z][\w&.'’\-]{0,30}(?:[ ](?:(?:of|the|and|de|&)[ ])?[A-Z][\w&.'’\-]{0,30}){0,5}"
_DOMAIN = r"(?:[\w\-]{1,40}\.){1,3}[a-z]{2,12}"


_HEAD = 6000  # code points in which a dateline or byline is looked for: pages put much before it
_LINE = 160  # code points of a line that can be a byline
_FIRST_LINES = 3  # among these an agency's name alone on a line is the byline; further down it may go with a picture
_PLACES_NO_CREDIT = frozenset({"related_link", "headline_list", "promo", "caption", "embed", "share"})
_DATELINE = re.compile(rf"^[^\n()]{{0,70}}\((?P<name>{_AGENCY})\)[ \t\u00a0]{{0,3}}(?:[-–—]|_{{1,2}}[ ])", re.MULTILINE)
# after a place in capitals any name in brackets is an agency: "TORHAVEN, Feb 13 (Cardinal) -"
_ANY_DATELINE = re.compile(
    rf"^[A-Z][A-Z.'’/\- ]{{2,40}}(?:,[^\n()]{{1,40}})?[ ]?\((?P<name>{NAME})\)[ \t\u00a0]{{0,3}}[-–—]", re.MULTILINE
)
_NO_AGENCY = frozenset(
    {"Updated", "Update", "Video", "Opinion", "Photos", "Corrected", "Correction", "Sponsored", "Gallery"}
)
_BYLINE = re.compile(
    rf"^[ \t]*(?:[^\n]{{0,60}}[ ,])?(?:[Bb]y|BY)[ \u00a0][^\n]{{0,120}}?(?<![\w/])(?P<name>{_AGENCY})", re.MULTILINE
)
_SLASH = re.compile(
    rf"^[ \t]*[A-Z][^\n]{{3,120}}?[ \u00a0](?:[/|]|[-–—])[ \u00a0](?P<name>{_AGENCY})[ \t]*$", re.MULTILINE
)
_ALONE = re.compile(rf"[ \t|—–\-]*(?:[Tt]he )?(?P<name>{_AGENCY})(?P<rest>[^\n]*)")
_AND_DATE = re.compile(r"[ \u00a0]*(?:[|—–\-]|(?:Published|Updated|Posted)\b|\w+day,|(?:19|20)\d\d)")
_COPYRIGHT = re.compile(
    rf"(?:[Cc]opyright|COPYRIGHT|©|\([Cc]\))[ \u00a0]{{0,2}}(?:©|\([Cc]\))?[ \u00a0]{{0,2}}"
    rf"(?:(?:19|20)\d\d[ ,]{{0,2}})?(?:by )?(?:[Tt]he )?(?P<name>{_AGENCY})(?! Image| Photo)"
)
_FIRST_PUBLISHED = re.compile(
    r"\b(?:story|article|report|piece|column|post|interview|essay|dispatch|it)[ ](?:was[ ]|has been[ ]|is[ ])?"
    r"(?:(?:first|originally)[ ](?:published|appeared|printed|produced|written)|republished|reprinted|reproduced)"
    r"(?:[ ]here)?(?:[ ]with(?:[ ]the)?[ ]permission)?"
    rf"[ ](?:by|in|on|at|from)[ ](?:[Tt]he[ ])?(?P<name>{_DOMAIN}|{NAME})"
)
# people report by their names, outlets with an article: "Reporting by the Courier; edited by the Post"
_REPORTING = re.compile(
    rf"^[ \t]*\(?Reporting by (?:the )?(?P<name>(?<=by the ){NAME}|{_AGENCY})(?=[ \t]*[;.,)\n]|[ \t]*$)", re.MULTILINE
)
_CONTRIBUTED = re.compile(
    r"^(?P<before>[^\n]{0,400}?)\bcontributed to (?:this|the) (?:report|story|article|piece)(?P<after>[^\n]{0,80})"
    r"|^[ \t]*Contributing:(?P<list>[^\n]{0,1200})",
    re.MULTILINE,
)
_IN_LINE = re.compile(rf"(?<![\w/])(?P<name>{_AGENCY})")
_PICTURE = re.compile(r"\b(?:photos?|images?|getty|pictures?|caption|credit|file)\b|/", re.IGNORECASE)
_BY = re.compile(r"^\s*by\b\s*", re.IGNORECASE)
_GENERIC = frozenset(
    {"press", "news", "agency", "newspaper", "online", "wire", "media", "service", "web", "channel", "com", "website"}
)


def credit_marks(article: Article) -> tuple[tuple[str, Span], ...]:
    """Find the agencies and outlets that an article's byline, dateline or credit lines name.

    "TORHAVEN (AP) —", "By Jane Roe, Associated Press", "Copyright 2018 Associated Press", "This story was first
    published by ...", "... contributed to this report". Credits of pictures are none of these. The outlet's own name is
    given too; whoever uses it leaves it out.

    Returns:
        (name, span of the name), in order of place; agencies by their usual name ("AP" -> "Associated Press").
    """
    text = article.text
    away = merged(piece.span for piece in article.furniture if piece.kind in _PLACES_NO_CREDIT)
    found: dict[Span, str] = {}
    marks = ((match["name"], Span(*match.span("name"))) for match in _credit_lines(article))
    for written, span in (*marks, *wire_names(article, _AGENCY)):
        if span.of(text) == written:
            name = written.rstrip(".,'’-&")
            span = Span(span.start, span.start + len(name))
        else:  # a form that shows whose text it is, without the name
            name = written
        at = bisect_left(away, span.start, key=lambda piece: piece.end - 1)
        if name and not (at < len(away) and away[at].overlap(span)):
            found[span] = _CANONICAL.get(name, name)
    return tuple((found[span], span) for span in sorted(found) if span.of(text))


def _credit_lines(article: Article) -> Iterator[re.Match[str]]:
    text = article.text
    head = min(len(text), _HEAD)
    for pattern in (_DATELINE, _ANY_DATELINE):
        match = pattern.search(text, 0, head)
        if match and match["name"] not in _NO_AGENCY:
            yield match
            break
    for match in _BYLINE.finditer(text, 0, head):
        line = line_at(text, match.start())
        if not _BY.match(text, line.start, line.end) and text[: line.end].rstrip()[-1:] in ".?!":
            continue  # a sentence: "The order, relayed by the Cardinal agency, was …"
        if line.end - line.start <= _LINE and not _PICTURE.search(text, line.start, match.start("name")):
            yield match
    for match in _SLASH.finditer(text, 0, head):
        if not _PICTURE.search(text, match.start(), match.start("name") - 3):
            yield match
    for number, line in enumerate(_first_lines(text)):
        match = _ALONE.match(text, line.start, line.end)
        if match and (_AND_DATE.match(match["rest"]) or (number < _FIRST_LINES and not match["rest"].strip())):
            yield match
    for field in (article.byline, article.dateline):
        at = text.find(field, 0, head) if field else -1
        match = _IN_LINE.search(text, at, at + len(field)) if field and at >= 0 else None
        if match:
            yield match
    for pattern in (_COPYRIGHT, _FIRST_PUBLISHED, _REPORTING):
        yield from pattern.finditer(text)
    for match in _CONTRIBUTED.finditer(text):
        yield from _IN_LINE.finditer(text, match.start(), match.end())


def line_at(text: str, at: int) -> Span:
    """The line that holds position ``at``, without its end."""
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end)


def _first_lines(text: str) -> Iterator[Span]:
    """Lines of the head that hold something, up to the first that is long enough to be a paragraph."""
    at = 0
    while at < min(len(text), _HEAD):
        line = line_at(text, at)
        if line.end - line.start > _LINE:
            return
        if text[line.start : line.end].strip():
            yield line
        at = line.end + 1


def name_key(name: str) -> str:
    """The form in which names of outlets are compared: "www.apnews.com", "The AP" and "Associated Press" are one."""
    folded = " ".join(name.casefold().replace("’", "'").split()).removeprefix("www.").removeprefix("the ")
    if re.fullmatch(r"[\w\-.]+\.[a-z]{2,12}(?:/\S*)?", folded):
        folded = folded.split("/")[0].rsplit(".", 1)[0].removesuffix(".co").removesuffix(".com").rsplit(".", 1)[-1]
    plain = re.sub(r"[\W_]", "", folded)
    return _KEYS.get(plain, plain)


_KEYS = {
    re.sub(r"[\W_]", "", alias.casefold()): re.sub(r"[\W_]", "", name.casefold())
    for name, aliases in AGENCIES.items()
    for alias in (name, *aliases)
} | {"apnews": "associatedpress"}
_AGENCY_OF = {name_key(agency): agency for agency in AGENCIES}


def is_outlet(name: str, outlet: str | None) -> bool:
    """Whether both name one outlet: equal, or one is the other and a general word ("Cardinal", "Cardinal Press")."""
    if not outlet or not name_key(name):
        return False
    if name_key(name) == name_key(outlet):
        return True
    short, long = sorted(
        ([w for w in re.findall(r"\w+", n.casefold()) if w != "the"] for n in (name, outlet)), key=lambda w: (len(w), w)
    )
    return 0 < len(short) < len(long) and long[: len(short)] == short and set(long[len(short) :]) <= _GENERIC


def writes(name: str, byline: str | None) -> bool:
    """Whether the byline names this person in full."""
    if not byline or " " not in name.strip() or name in AGENCIES:  # an agency in a byline says whose text it is
        return False
    return name_key(name) in writers(byline)


def writers(byline: str | None) -> frozenset[str]:
    """The names in a byline, as they are compared."""
    return frozenset(name_key(part) for part in re.split(r",|\band\b|[|/&;]", _BY.sub("", byline or "")))


def outlet_keys(name: str) -> frozenset[str]:
    """Under which names an outlet is looked up: its own, and the one without general words at its end."""
    words = [w for w in re.findall(r"\w+", name.casefold()) if w != "the"]
    while len(words) > 1 and words[-1] in _GENERIC:
        words.pop()
    return frozenset({name_key(name), " ".join(words)}) - {""}


def is_own(article: Article, name: str) -> bool:
    """Whether the article is that outlet's, or by that person."""
    if is_outlet(name, article.outlet) or writes(name, article.byline):
        return True
    named = outlet_of(name=name)
    return named is not None and named == of_article(article)


def own_agency(article: Article) -> set[str]:
    """The agency that publishes an article itself, if one does."""
    found = {_AGENCY_OF[key] for key in outlet_keys(article.outlet or "") if key in _AGENCY_OF}
    return {agency for agency in found if is_outlet(agency, article.outlet)}


def others_marks(article: Article) -> frozenset[str]:
    """Whose text an article says it is, where that is not its own outlet."""
    return frozenset(name for name, _ in credit_marks(article) if not is_own(article, name))
