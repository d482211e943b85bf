"""What one line of a page says of itself: that it is a link, a caption, a button; or where such things stand in it.

Whole lines are looked up by their first word, so that most sentences cost one look in a table. Every expression is
tried on lines of bounded length and written so that it cannot backtrack over them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from headwater.model import FurnitureKind

SITES: Final = "twitter|facebook|instagram|linkedin|youtube|flipboard|telegram|whatsapp|bluesky|threads|x|parler|tiktok"

# "first word(s) :: the line", without case, without the marks around the line, apostrophes straight.
_RULES: Final[dict[FurnitureKind, str]] = {
    "related_link": r"""
        read also see :: (?:read (?:more|also|next|on|our)|also read|see (?:also|more))\s*: ?.{0,300}
        related :: related(?: (?:story|stories|articles?|content|coverage|links?|news|topics?|videos?\
            |posts?))?\s*: ?.{0,300}
        related :: related (?:coverage|story|articles?|content|video) \S.{0,200}[^.]
        more :: more(?: (?:on|from) [^:.]{1,40})?\s*: ?.{0,300}
        must don't :: (?:must[- ](?:read|see|watch)|don't miss)\s*: ?.{0,300}
        trending up recommended further full next :: (?:trending|up next|recommended(?: reading)?)\s*: ?.{0,300}
        further full next :: (?:further reading|full coverage|next up)\s*: ?.{0,300}
        read from earlier previously :: (?:read|from (?:earlier|the archives?)|earlier\
            |previously)\s*: ?(?:\S+\s+){0,25}\S*[^.\s]
        watch listen :: (?:watch(?: (?:live|more|now|below|here))?|listen)\s*: ?(?:\S+\s+){0,25}\S*[^.\s]
        now :: now playing\b.{0,160}
        click :: click (?:here|through|to)\b.{0,160}(?:read|watch|more|latest|coverage|see|find)\b.{0,80}
        for :: for (?:a |an )?(?:graphic|related|more)\b.{0,140}\bclick\b.{0,60}
        just :: just watched .{0,300}must watch.{0,200}
        read :: read more (?:about|on|at|from|in)\b[^.]{0,80}:?
    """,
    "promo": rf"""
        listen :: listen to (?:this )?(?:article|story)
        sign :: sign (?:up|me up)(?: now| here| today)?
        sign :: sign up (?:for|to)\b.{{0,160}}\b(?:newsletters?|e-?mails?|inbox|alerts?|daily|updates|free\
            |briefing)\b.{{0,160}}
        sign :: sign up for (?:our\b|[^.]{{0,40}}newsletters?).{{0,100}}
        subscribe :: subscribe(?: (?:now|today|here|free))?
        subscribe :: subscribe (?:now|today) (?:for|from|and)\b.{{0,20}}(?:[$£€%]|\bfree\b|\blittle\b).{{0,60}}
        subscribe :: subscribe to (?:our|the|breaking)\b.{{0,160}}
        subscribe :: subscribe (?:today|to)\b[^.]{{0,60}}\b(?:newsletters?|e-?mails?|podcast|news)\b.{{0,160}}
        you thank thanks :: (?:you have|thank you for|thanks for) (?:successfully )?\
            (?:subscrib|sign|read)(?:ed|ing)\b.{{0,120}}
        be :: be the first to know
        the :: the day's top stories delivered\b.{{0,60}}
        get want receive enter stay let join like never if by our please keep no this download want :: \
            .{{3,260}}(?:\bnewsletters?\b|\binbox\b|\bdelivered (?:daily|weekday|straight|to your)\
            |breaking news alerts?\b).{{0,260}}
        get by our please keep no this download enter :: \
            .{{3,260}}(?:\bmobile app\b|\bprivacy policy|re ?captcha|digital subscription|e-?mail (?:address\
            |alerts?)).{{0,260}}
        create manage :: (?:create|manage) (?:a |your )?(?:free )?(?:account|newsletters?|email preferences)
        never :: never miss a story
        get download :: (?:get|download) (?:our|the)\b[^.]{{0,40}}\bapp\b.{{0,80}}
        like :: like us on\b.{{0,80}}
        support become :: (?:support|become a)\b[^.]{{0,60}}(?:journalism|member|supporter|subscriber\
            |patron)(?: today| now)?
        click :: click (?:here |to )?(?:here |to |for )?(?:get|subscribe|sign|download|the)\b.{{0,60}}\b(?:app\
            |newsletter|alerts?|trial)\b.{{0,40}}
        visit :: visit [^.]{{2,50}}(?:'s)? (?:homepage|home page|website)(?: for more .{{2,40}})?
        breaking newsletter daily morning :: (?:breaking news emails?|(?:daily |morning )?newsletter(?: sign[- ]?up)?)
        purchase order :: (?:purchase: )?order reprints?.{{0,60}}
        send email e-mail contact write :: (?:send (?:news )?tips to|e-?mail|contact\
            |write to) .{{0,120}}[\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w. ]{{1,64}}
        follow :: follow .{{1,160}}\bon (?:[\w ]+ (?:and|or|&) )?(?:{SITES})\b.{{0,120}}
        follow :: follow @\w+.{{0,80}}
    """,
    "paywall": r"""
        subscribe :: subscribe (?:for|to (?:continue|read|keep|unlock|get|access))\b.{0,140}
        already :: already a (?:subscriber|member)\b.{0,80}
        to :: to (?:continue reading|read the (?:full|rest|whole)|keep reading|access this)\b.{0,140}
        continue :: continue reading(?: (?:at|on|with|your)\b.{0,100})?
        log :: log in(?: or .{0,40}| to .{0,60})?
        this :: this (?:article|content|story|page) is (?:for|only|exclusively|reserved\
            |available)\b.{0,60}\b(?:subscriber|member)s?\b.{0,60}
        you you've :: you(?:'ve| have) (?:reached|used|read)\b.{0,60}\b(?:free|limit|articles?)\b.{0,100}
        try :: try (?:one|1|\d) (?:month|week)s? (?:for|free)\b.{0,60}
        unlimited :: unlimited digital access\b.{0,80}
        digital :: digital access or digital\b.{0,60}
        read :: read the (?:full|rest of the) (?:story|article)\b.{0,100}
        choose :: choose the plan\b.{0,60}
        register :: register to (?:continue|read)\b.{0,80}
    """,
    "share": r"""
        read share :: (?:read or )?share this(?: (?:story|article))?\b.{0,120}
        share :: share (?:story|article)
        a :: a link has been (?:sent|posted) to your\b.{0,60}
        to :: to find out more about facebook commenting\b.{0,100}
        check :: check out this (?:story|article) on\b.{0,120}
        join view leave post show hide :: (?:join the conversation|(?:view|show|hide)(?: all)? comments?\
            |leave a (?:comment|reply))(?: \(?\d+\)?)?
        post :: post (?:a comment|to facebook)
    """,
    "caption": r"""
        image media :: (?:image|media) (?:caption|copyright)\b.{0,400}
        media :: media playback is\b.{0,400}
        enlarge :: enlarge this image\b.{0,400}
        image slideshow back :: (?:image \d+ ?of[ /]?\d+|slideshow \(\d+ images?\)|back to gallery)
        gallery photo photos :: (?:photo )?gallery(?: \(\d+\))?|photos?(?: gallery)?: \d+
        file :: file(?:\s*[-–—:]\s*|\s+photo\b|\s+in this\b).{0,900}
        in :: in this (?:[\w., ]{0,40}?(?:file |undated |combination |handout ))?(?:photo(?:graph)?s?|image\
            |frame|still|screen ?(?:grab|shot))\b.{0,900}
        in :: in this [a-z.]{3,9} \d{1,2},? (?:\d{4},? )?(?:file |handout )?(?:photo(?:graph)?|image|frame)\b.{0,900}
        photo photos photograph photographs photographer :: photo(?:graph)?(?:s|er)?(?: credit\
            | courtesy(?: of)?)?(?: by\b|\s*:|\s+via\b).{1,100}[^.]
        image images picture pictures video media credit illustration screenshot :: \
            (?:images?|pictures?|video|media|credit|illustration|screenshot)(?: credit\
            | courtesy(?: of)?)?(?: by\b|\s*:|\s+via\b).{1,100}[^.]
    """,
    "disclaimer": r"""
        copyright :: copyright (?:©|\(c\)|creators\b|.{0,40}\d{4}).{0,300}
        © :: ©.{0,300}
        all :: all rights reserved.{0,160}
        this :: this material may not be (?:published|broadcast|reproduced).{0,200}
        information :: information for this (?:story|article|briefing) was (?:found|sourced|gathered\
            |obtained) (?:via|from|through)\b.{0,900}
        the :: the (?:author|writer)s? (?:has|have|holds?|owns?|does not|do not)\b.{0,20}\b(?:securities\
            |affiliations?|licenses|positions?|shares)\b.{0,700}
        the :: the (?:views|opinions) expressed (?:in this|here|by the|are)\b.{0,400}
        content :: content created by .{3,80} is available without charge\b.{0,500}
        not :: not a recommendation to (?:buy|sell)\b.{0,500}
        disclaimer :: disclaimer\s*:.{0,700}
        our :: our standards: .{0,80}
    """,
    "other": r"""
        we :: we (?:and our partners )?use cookies\b.{0,500}
        this :: this (?:site|website|page) uses cookies\b.{0,500}
        by :: by (?:continuing|using|clicking)\b.{0,60}(?:site|website|cookies)\b.{0,300}
        accept :: accept (?:all )?cookies
        story article text :: (?:story|article|text) continue[sd](?: (?:below|after)\b.{0,40})?
        continue continued scroll :: (?:continue reading|continued?) below|scroll (?:down )?to continue\b.{0,40}
        this :: this (?:article|story|post) is more than \d+ (?:years?|months?) old
        enter :: enter (?:your )?(?:city|zip|postcode|search)\b.{0,40}
    """,
    "embed": r"""
        view :: view this post on\b.{0,60}
        a :: a post shared by\b.{0,160}
        skip end :: (?:skip|end of) (?:twitter|facebook|instagram|youtube) (?:post|video)\b[^.]{0,60}
    """,
}

# Whole lines of up to five words.
_EXACT: Final[dict[FurnitureKind, str]] = {
    "other": """
        advertisement|advertisment|advertisements|ad|ads|sponsored|promoted|close|menu|search|loading
        skip to content|skip to main content|go to permalink|toggle caption|hide caption|more|load more
        analysis/opinion|full text|abstract|back to top|top|home|expand|collapse|loading comments|replay
        skip ad|show chapters|hide chapters|play|pause|mute|for customers
    """,
    "share": """
        share|share this|email|e-mail|e-mail this|print|print this|facebook|twitter|tweet|whatsapp|flipboard|pinterest
        linkedin|reddit|copy|copy link|link copied|pin|pin it|save|save article|comments|comment|add comment
        cancelsend|cancel|send|posted|post to facebook|connect|instagram|messenger|telegram|tumblr|sms|bluesky|threads
        share via|share on|gift this article|bookmark
    """,
    "promo": """
        sign up|subscribe|sign me up|subscribe now|sign up now|newsletter|newsletters|newsletter sign-up
        newsletter signup|donate|support us|audio|podcast|watch live|listen
    """,
    "related_link": """
        read more|read full story|watch|watch now|see more|learn more|find out more|view more|read also|related
        related content|related coverage|more coverage
    """,
    "paywall": "log in|login|register|to read the full story|continue reading",
    "date_line": "updated|published|posted on|/ updated|last updated|just now",
    "caption": "video|gallery|photos|photo|images|play video|ap photo|file photo|view gallery|watch video",
}

_MONTHS: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_CLOCK: Final = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
_ZONE: Final = r"(?:(?:e|c|m|p|ak|h)[sd]?t|gmt|utc|bst|cet|cest|ist|aest|eastern|pacific|central)"
_DAY: Final = (
    rf"(?:{_MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:19|20)\d{{2}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTHS}\.?,?(?:\s+(?:19|20)\d{{2}})?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}"
    r"|(?:19|20)\d{2}[/-]\d{1,2}[/-]\d{1,2}(?:t[\d:.]+(?:z|[+-][\d:]+)?)?)"
)
_LEAD: Final = (
    r"(?:(?:originally|first|last|story|article|page)\s+)*"
    r"(?:published|posted|updated?|modified|filed|created|released)(?:\s+(?:on|at))?"
)
_WHEN_PART: Final = (
    rf"(?:{_DAY}|{_CLOCK}|{_ZONE}|{_WEEKDAY}|{_LEAD}|at|on|and|by"
    r"|(?:\d{1,2}\s?h(?:ou)?rs?\s+)?\d{1,3}\s?(?:m|h|d|w|min(?:ute)?s?|mins?|h(?:ou)?rs?|days?|weeks?|months?|years?|yrs?)\s+ago"
    r"|\d{1,2}\s+min(?:ute)?s?(?:\s+read)?)"
)
#: A line of nothing but dates, times and words such as "updated". Possessive, so that it cannot backtrack.
WHEN: Final = re.compile(rf"(?:[\s,.:;|•·—–/()-]*+{_WHEN_PART}(?![^\W_]))++[\s,.:;|•·—–/()-]*+", re.IGNORECASE)
HAS_DAY: Final = re.compile(rf"(?<![\w.]){_DAY}(?!\w)", re.IGNORECASE)
HAS_CLOCK: Final = re.compile(_CLOCK, re.IGNORECASE)
HAS_ZONE: Final = re.compile(rf"\b{_ZONE}\b", re.IGNORECASE)
#: Words that say what a date is: "Published", "Last updated on".
LED: Final = re.compile(rf"\b{_LEAD}\b\s*:?", re.IGNORECASE)
#: A weekday and a day at the end of a line, with what joins them to it.
ENDING_DAY: Final = re.compile(rf"[\s,|•·–—-]+(?:{_WEEKDAY},?\s+)?{_DAY}.{{0,40}}$", re.IGNORECASE)
_SHORTLY = re.compile(
    r"(?:\d{1,2}\s?h(?:ou)?rs?\s+)?\d{1,3}\s?(?:min(?:ute)?s?(?:\s+(?:read|ago))?|[mhdw]\s+ago|(?:min(?:ute)?|hour|hr|day|week)s?\s+ago)|\d{1,2}:\d{2}",
    re.IGNORECASE,
)

_SHARE_BAR = re.compile(
    r"(?:(?:facebook|twitter|e-?mail|google\+|linked ?in|pinterest|whatsapp|reddit|tumblr|flipboard|messenger|telegram"
    r"|print|share|tweet|pin(?: it)?|sms|copy(?: link)?|comments?|connect|instagram|bluesky|save|more|on|via|this|post"
    r"|article|\d+)[\s|/•·,—–-]*+)++",
    re.IGNORECASE,
)
_SHARE_WORD = re.compile(
    r"facebook|twitter|e-?mail|linked ?in|pinterest|whatsapp|tweet|reddit|flipboard", re.IGNORECASE
)

_AGENCY: Final = (
    r"(?:AP|AFP|Reuters|REUTERS|EPA|UPI|PA|TASS|Xinhua|Getty(?: Images?)?|GETTY(?: IMAGES)?|Bloomberg"
    r"|Shutterstock|iStock"
    r"|Alamy|WireImage|Zuma|Pool|Invision|SOPA Images|NurPhoto|Sipa(?: USA)?|CNET)"
)
_PICTURE: Final = r"(?:[Pp]hoto(?:graph)?s?|PHOTO|Images?|Pictures?)"
#: A caption's end: "(AP Photo/Name)", "REUTERS/Name", "Name/Getty Images", "Photo: Name".
_CREDITED = re.compile(
    rf"(?:\((?:(?:AP|AFP|EPA|Reuters|Getty|Pool|File|Courtesy|Kremlin Pool) )?{_PICTURE}(?:[:/]| by | via "
    rf"| courtesy )[^()]{{0,80}}\)"
    rf"|\([A-Z][^()/]{{2,60}}/ ?(?:[^()/]{{2,40}}/ ?)?{_AGENCY}(?:[ /-][^()]{{0,40}})?\)(?: [\w .'’-]{{2,40}} AP)?"
    rf"|\([^()]{{2,80}} via {_AGENCY}\)(?: [\w .'’-]{{2,40}} AP)?"
    r"|\bREUTERS/[A-Z][\w .'’/-]{2,40}|\| AP [Pp]hotos?|\bAP Photo(?:/[\w .,'’-]{2,40})?"
    rf"|[A-Z][\w'’-]+ ?/ ?(?:[\w ]{{2,20}}(?:/| via | - ))?{_AGENCY}(?: (?:via|for|-|/) ?[\w ]{{2,24}})?(?: file)?"
    r"|(?<=[.)] )(?:Photo(?:graph)?|Image|Picture|Credit)s?: ?[A-Z][^.:;]{2,60}|\bvia Getty Images"
    r"|[-/|] ?Getty Images(?: file)?)\.?$"
)
#: A line that is a credit and nothing else: "Name Name | AP", "(Photo: Name / AP)", "Name/Getty Images for Someone".
CREDIT: Final = re.compile(
    rf"\(?(?:{_PICTURE} ?(?:by|:) ?)?(?!By )(?:[^\W\d_][\w.'’-]*[ ,]{{1,2}}){{0,5}}[^\W\d_][\w.'’-]*"
    rf"(?: photo)? ?(?:[|/•–—-]|via|for) ?"
    rf"(?:[A-Z][\w ]{{1,20}}(?:/| - | via | for ))?{_AGENCY}(?:[ /](?:via|for|photo|Photo|file|/"
    rf"|-)[ /]?[\w ./]{{0,40}})?\)?"
)
_VIA = re.compile(r"From [A-Z][\w ]{1,30} via [A-Z][\w ]{1,30}")
_COUNTER = re.compile(r"\d{1,3}\s?/\s?\d{1,3}")
_MORE_OR_LESS = re.compile(r"(?:\.\.\. more|[.\d] less)$")
#: Who posted when: "— Name (@handle) August 20, 2025".
SIGNED: Final = re.compile(
    r"(?:—|–|--|-|&mdash;|―)\s?[^()\n]{1,80}\(@\w{1,30}\)\s+(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}"
    r"|\d{1,2} [A-Z][a-z]{2,8},? \d{4})"
)
_POST_LINKS = re.compile(r"(?:(?:pic\.twitter\.com/\w+|https?://t\.co/\w+)\s*)+")
_SYMBOLS = re.compile(r"[\s_*\-–—=~•.·#|+<>/\\,:]+")
_SCRIPT = re.compile(r"window\._?\w+ ?[=.|]|\.push\(\{|function\s?\(\w*\)\s?\{|googletag\.|document\.\w+\(")
_PHONE = re.compile(r"[A-Za-z .]{0,24}\+?\d[\d ()-]{7,20}")
_INVITES = re.compile(
    r"(?:(?:^|[.!?]\s)(?:you can )?(?:follow|reach|contact|e-?mail)|\bcan be (?:reached|followed|contacted)) "
    r"(?:him|her|them|me|us|at|by|on|or|[A-Z][\w'’-]+ [A-Z][\w'’-]+)[\w ,.'’:-]{0,80}"
    rf"(?:@|\b(?:{SITES})\b|e-?mail).{{0,140}}$",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontribut(?:ed|ing)\b|\boriginally (?:appeared|published) (?:on|in|at|by)\b|\bfirst appeared\b", re.IGNORECASE
)

_IN_BRACKETS = re.compile(
    r"[(\[]\s?(?:related|read (?:more|also|next)|see also|more|also read|read|watch|video|click here|listen"
    r"|(?:story|article) continues below)\s*(?::[^()\[\]]{2,240})?[)\]]",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"""(?<=[.!?"”’)\]]\s)(?:More (?:here|on this|at|from)|Read (?:more|the (?:full|whole|rest|entire|original)"""
    r"""|it all|on)|Click (?:here|through)|See more"""
    r"""|Watch (?:more|the (?:full|video|whole|clip))|(?:Head|Go) (?:here|over to)"""
    r"""|Full (?:story|report|article) (?:here|at))\b[^.!?"“”]{0,200}[.!?]?$"""
)
_ENDING_LINK = re.compile(
    r"""(?<=[.!?"”’)\]]\s)(?:READ MORE|Read more|RELATED|SEE ALSO|READ ALSO|READ NEXT|WATCH)\s*:[^.]{3,160}$"""
)
_ENDING_RIGHTS = re.compile(r"""(?<=[.!?"”’)\]]\s)(?:©|Copyright\b)[^.]{0,60}(?:19|20)\d{2}.{0,260}$""")
_CONTINUES = re.compile(
    r"[(\[]?\s?\b(?:(?:ADVERTISEMENT|Advertisement)\s?[-–—:]?\s?)?(?:[Ss]tory|[Aa]rticle|STORY|ARTICLE) "
    r"(?:[Cc]ontinue[sd]|CONTINUE[SD]) (?:[Bb]elow|BELOW)"
    r"(?: (?:this )?(?:advertisement|ad|Advertisement|video|gallery)\b)?\s?[)\]]?"
)
_MORE = re.compile(r"(?<=[\w'’\")?!.])\s?MORE\b(?!:)")
_GLUE = re.compile(r"[a-zà-ÿ](?=[A-Z0-9'‘“\"])")
_SURNAME = re.compile(r"[A-Z][a-zà-ÿ'’-]+$")
_FULL_NAME = re.compile(r" (?:\(?[^\W\d_][\w.'’\"-]*\)? ){0,5}[\w'’-]+")

_EDGE: Final = ' _\t\u00a0•·*|>»«[]—–-/:!?.…"“”,'
CLOSERS: Final = "\"”’'»)]"
_LONGEST = 1000
#: Lines as pages are broken into them, whatever ends a line.
LINE: Final = re.compile(r"[^\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
_FIRST_WORD = re.compile(r"©|e-mail|[^\W_]+(?:'[^\W_]+)?", re.IGNORECASE)


_CONTINUED = re.compile(r"\\\n\s*")


def _by_first_word() -> dict[str, tuple[tuple[FurnitureKind, re.Pattern[str]], ...]]:
    table: dict[str, list[tuple[FurnitureKind, re.Pattern[str]]]] = defaultdict(list)
    for kind, rules in _RULES.items():
        for rule in _CONTINUED.sub("", rules).strip().splitlines():
            firsts, _, pattern = rule.partition(" :: ")
            compiled = re.compile(pattern.strip(), re.IGNORECASE)
            for word in firsts.split():
                table[word].append((kind, compiled))
    return {word: tuple(found) for word, found in table.items()}


def _by_line() -> dict[str, FurnitureKind]:
    return {
        line.strip(): kind
        for kind, lines in _EXACT.items()
        for row in lines.strip().splitlines()
        for line in row.split("|")
    }


_BY_FIRST: Final = _by_first_word()
_BY_LINE: Final = _by_line()


@dataclass(slots=True)
class Line:
    """A line with something in it: its place without the white space around it, and what has been found out about it.

    ``own`` is True once the line is known to be the article's title or byline; ``parts`` are places of furniture
    within a line that is not furniture as a whole.
    """

    start: int
    end: int
    text: str
    words: int
    prose: bool
    kind: FurnitureKind | None = None
    own: bool = False
    parts: list[tuple[int, int, FurnitureKind]] = field(default_factory=list)


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that hold anything, in order."""
    for match in LINE.finditer(text):
        whole = match.group()
        stripped = whole.strip()
        if stripped:
            start = match.start() + len(whole) - len(whole.lstrip())
            words = stripped.count(" ") + 1
            yield Line(start, start + len(stripped), stripped, words, _is_prose(stripped, words))


def _is_prose(text: str, words: int) -> bool:
    """Whether a line reads as running text: it ends as sentences do and is longer than a headline or a button."""
    if words >= 45:
        return True
    if text.rstrip(CLOSERS)[-1:] not in {".", "!", "?", "…"}:
        return False
    return words >= (14 if text[-1] == "?" else 7) or (text[0] in "\"“‘'" and words >= 2)


def judge(line: Line) -> None:
    """Set what a line says of itself, alone: its kind, or parts of it."""
    if len(line.text) <= _LONGEST:
        line.kind = _whole(line.text, line.words)
    if line.kind is None:
        _within(line)


def is_credit_to_others(text: str) -> bool:
    """Whether a line says who else worked on an article, or where it first stood: that is not furniture."""
    return bool(_CONTRIBUTED.search(text))


def _whole(text: str, words: int) -> FurnitureKind | None:
    core = text.strip(_EDGE)
    if core[:1] == "(" and core[-1:] == ")":
        core = core[1:-1].strip(_EDGE)
    if not core:
        return "other" if len(text) <= 80 and _SYMBOLS.fullmatch(text) else None
    core = core.replace("’", "'")
    if words <= 5 and (kind := _BY_LINE.get(core.lower())):
        return kind
    first = _FIRST_WORD.match(core)
    if first and (rules := _BY_FIRST.get(first.group().lower())):
        for kind, pattern in rules:
            if pattern.fullmatch(core):
                return None if _is_speech(text, words, kind) or _CONTRIBUTED.search(text) else kind
    if words <= 16 and (kind := _short(text, core)):
        return kind
    if len(text) <= 100 and _is_when(text):
        return "date_line"
    return _long(text, words)


def _is_speech(text: str, words: int, kind: FurnitureKind) -> bool:
    """An invitation or a wall quotes nobody; a sentence that begins as one may."""
    return kind in {"promo", "paywall", "other"} and words > 12 and (" said" in text or " told" in text or "“" in text)


def _short(text: str, core: str) -> FurnitureKind | None:
    if _SHARE_BAR.fullmatch(core) and _SHARE_WORD.search(core):
        return "share"
    if CREDIT.fullmatch(text) or _VIA.fullmatch(text) or _COUNTER.fullmatch(core):
        return "caption"
    if _PHONE.fullmatch(core) and sum(c.isdigit() for c in core) >= 8 and not _is_when(text):
        return "other"
    return None


def _is_when(text: str) -> bool:
    if not any(c.isdigit() for c in text) or not WHEN.fullmatch(text):
        return False
    return bool(HAS_DAY.search(text) or LED.search(text) or _SHORTLY.fullmatch(text.strip(" |•·-–—()")))


def _long(text: str, words: int) -> FurnitureKind | None:
    tail = text[-130:]
    if ("/" in tail or "hoto" in tail or "Getty" in tail or "PHOTO" in tail or " via " in tail or "mage" in tail) and (
        _CREDITED.search(tail)
    ):
        return "caption"
    if words <= 120 and (text.endswith("more") or text.endswith("less")) and _MORE_OR_LESS.search(tail) and words > 8:
        return "caption"
    if text.endswith(" Read more") and words <= 30 and text[-11:-10] not in {".", ":"}:
        return "related_link"
    if "(@" in text and len(text) <= 700 and (signed := SIGNED.search(text)) and signed.end() >= len(text) - 2:
        return "embed"
    if words > 120:
        return None
    if ("(" in text or "window." in text) and _SCRIPT.search(text):
        return "other"
    if "t" in text and _POST_LINKS.fullmatch(text):
        return "embed"
    return "promo" if words <= 60 and _is_promo(text) else None


def _is_promo(text: str) -> bool:
    """An invitation set as a sentence: to a newsletter, a podcast, an author's account."""
    low = text.lower()
    if "newsletter" in low or "podcast" in low or "inbox" in low:
        return (
            ("sign up" in low or "subscribe" in low)
            and not any(c in text for c in '"“”')
            and " said" not in low
            and not _CONTRIBUTED.search(text)
        )
    if "follow " in low or "reach" in low or "contact " in low:
        return bool(_INVITES.search(text)) and not any(c in text for c in "“”") and not _CONTRIBUTED.search(text)
    return "recaptcha" in low


def _within(line: Line) -> None:
    """Furniture set among a line's sentences."""
    text, at = line.text, line.start
    add = line.parts.append
    if "MORE" in text:
        for start, end in _topic_links(text):
            add((at + start, at + end, "related_link"))
    if "(" in text or "[" in text:
        for match in _IN_BRACKETS.finditer(text):
            add((at + match.start(), at + match.end(), "related_link"))
    if "ontinue" in text or "CONTINUE" in text:
        for match in _CONTINUES.finditer(text):
            add((at + match.start(), at + match.end(), "other"))
    if "(@" in text and (signed := SIGNED.search(text, 0, 700)) and signed.start() > 20:
        add((at, at + signed.end(), "embed"))
    cut = max(0, len(text) - 340)
    tail = text[cut:]
    if pointer := _POINTER.search(tail) or _ENDING_LINK.search(tail):
        add((at + cut + pointer.start(), line.end, "related_link"))
    if ("©" in tail or "Copyright" in tail) and (rights := _ENDING_RIGHTS.search(tail)):
        add((at + cut + rights.start(), line.end, "disclaimer"))


def _topic_links(text: str) -> Iterator[tuple[int, int]]:
    """A name, the name again in full with headlines run into it, and "MORE": a list of links in mid-sentence.

    "Senator Ann Lee Ann Mary LeeFarm bill stalls Lee to retire MORE (Ohio) said": from the second name to "MORE".
    """
    floor = 0
    for match in _MORE.finditer(text):
        window = max(floor, match.start() - 700)
        floor = match.end()
        # the second name runs into the first headline: a small letter, then a capital
        for glue in islice(_GLUE.finditer(text, window, match.end()), 40):
            name = _SURNAME.search(text, max(window, glue.end() - 30), glue.end())
            first = text.rfind(name.group(), window, name.start()) if name else -1
            if name is None or first < 0:
                continue
            start = first + len(name.group())
            if glue.end() - start <= 60 and _FULL_NAME.fullmatch(text, start, glue.end()):
                yield start + 1, match.end()
                break
