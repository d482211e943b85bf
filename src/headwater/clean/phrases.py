"""What furniture says: whole lines, known by their words, as tables with one kind of furniture to each list.

A line is looked up by its first word, so that most sentences cost one look in a table. Every expression is tried on
lines of bounded length and written so that it cannot backtrack over them.
"""

import re
from collections import defaultdict
from typing import Final

from headwater.model import FurnitureKind

SITES: Final = "twitter|facebook|instagram|linkedin|youtube|flipboard|telegram|whatsapp|bluesky|threads|x|parler|tiktok"

# "first word(s) :: the line", without case, without the marks around the line, apostrophes straight.
_RULES: Final[dict[FurnitureKind, str]] = {
    "related_link": r"""
        read also see :: (?:read (?:more|also|next|on|our)|also read|see (?:also|more))\s*: ?.{0,300}
        and now also but plus then first next more :: (?:and|now|also|but|plus|then|first|next|more) (?:see|read|watch\
            |listen|hear)(?: also| more| this| next| here)?\s*:.{2,300}
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
        recommended featured related popular :: (?:recommended|featured|related|popular) (?:videos?|reading|links?)
        slideshow slideshows photos gallery video videos podcast :: \
            (?:slideshows?|photos|gallery|videos?|podcast)\s*: ?(?:\S+\s+){1,20}\S*[^.\s]\s*(?:>>|›|→)?
        read :: read (?:the|his|her|their|our) (?:full|entire|whole|original|complete) \
            (?!story|article)[a-z]{4,14} (?:here|at|on)\b.{0,60}
        tap open :: (?:tap|open) (?:here|the link|this link) (?:to|for) .{2,100}
        printed :: printed (?:from|at)\s*:? ?(?:https?://|www\.)\S{3,200}
        view see show all browse :: (?:view|see|show|browse) (?:all|more)(?: (?:stories|news|articles|posts|videos\
            |results|topics)(?: (?:by|in|from|on) .{1,40})?)?
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
        chat :: chat with us\b.{{0,160}}
        this :: this site is protected by re ?captcha\b.{{0,160}}
        chip :: chip in \$?\d.{{0,160}}
        by :: by (?:signing up|subscribing|submitting|registering|entering your e-?mail)\b.{{0,300}}
        your :: your (?:e-?mail address|inbox)\b.{{0,80}}
        enter :: enter (?:your|an?) (?:valid )?e-?mail\b.{{0,80}}
        please :: please (?:enter|provide) a valid\b.{{0,60}}
        thanks thank :: (?:thanks|thank you) for (?:signing up|subscribing|your interest|reading\b.{{0,20}})[.!]?
        you :: you(?:'ve| have) (?:been )?(?:successfully )?(?:subscribed|signed up)\b.{{0,80}}
        add make :: (?:add|make) .{{2,40}}\b(?:as (?:a|your) preferred source|your preferred source)\b.{{0,60}}
        get :: get (?:the )?(?:latest|news|updates|alerts)\b[^.]{{0,60}}\b(?:on|via|by|in) \
            (?:whatsapp|telegram|e-?mail|your (?:phone|inbox|lock screen))\b.{{0,80}}
        join follow subscribe :: (?:join|follow|subscribe to) (?:us|our|the)\b[^.]{{0,50}}\b(?:whatsapp|telegram\
            |youtube|google news|apple news|channel|instagram|facebook|twitter|threads|bluesky|reddit)\b.{{0,80}}
        twitter instagram email e-mail x facebook bluesky :: (?:twitter|instagram|e-?mail|x|facebook|bluesky)\s*: \
            ?(?:@\w{{2,40}}|[\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.]{{1,64}})
        do have got know :: (?:(?:do you )?(?:have|got) (?:a|any) (?:news |story |confidential )?(?:tips?|stor(?:y\
            |ies)\
            |news|question)\b|know (?:something|more)\b).{{0,60}}\b(?:e-?mail|contact|send|let us|get in touch\
            |tell us|write to|call|text)\b.{{0,160}}
        share your :: (?:share|tell us) your (?:story|experiences?|thoughts|views)\b.{{0,120}}
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
        start try begin get claim :: (?:start|try|begin|get|claim) (?:your |a |our )?(?:free \
            |\d+[- ]\w+ ){1,3}(?:trial\
            |access|subscription)\b.{0,80}
        get unlock enjoy :: (?:get|unlock|enjoy) (?:unlimited|full|instant|complete) (?:digital )?access\b.{0,120}
        sign log create register :: (?:sign|log) in (?:to|or)\b.{0,80}|create (?:a|your) (?:free )?account\
            (?: or .{0,30})? to\b.{0,80}
        already have :: (?:already )?have an? (?:account|subscription)\b.{0,60}
        subscribers members :: (?:subscribers?|members?)[- ](?:only|exclusive)\b.{0,60}
        exclusive exclusively available only for :: (?:exclusive(?:ly)?|available|only|for) (?:only )?(?:to|for)?\s?\
            (?:our )?(?:subscribers|members)(?: only)?
        the :: the (?:rest|remainder|full text) of (?:this|the) (?:article|story|page) is\b.{0,60}\
            \b(?:subscriber|member)s?\b.{0,60}
        want :: want to (?:read|see) (?:more|the (?:rest|full))\b.{0,120}
        keep continue :: (?:keep|continue) reading (?:for (?:free|only|just)|with a|by (?:sub|reg|sign|log))\b.{0,80}
        you you've :: you(?:'ve| have) (?:\d+|one|two|three|no|an?) (?:more |free |remaining )*(?:articles?|stories\
            |views?)\b.{0,80}
        this :: this is (?:a |an )?(?:subscriber|member|premium)s?[- ]?(?:only|exclusive)?\b[^.]{0,30}\
            (?:article|story|content|feature)\b.{0,60}
        subscribe :: subscribe (?:now |today )?(?:for|from) (?:only |just )?[$£€].{0,100}
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
        share tweet post print email e-mail send copy save open :: \
            (?:share|tweet|post|print|e-?mail|send|copy|save|open)(?: (?:this|the|link|url|article|story|page|on|to\
            |via|in|with|by|a|friends?|app|facebook|twitter|x|linkedin\
            |whatsapp|reddit|e-?mail|clipboard|bluesky|threads|telegram|flipboard|pinterest|messenger))+
        copy link :: (?:copy (?:url|link)|link copied)\b.{0,30}
        see jump go :: (?:see|jump to|go to) (?:all )?(?:the )?(?:\d+ )?comments?
        join :: join the (?:discussion|debate)\b.{0,40}
        send :: send (?:comments|feedback|corrections) to (?:the )?(?:webmaster|editors?|us)\b.{0,60}
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
        image photo picture :: (?:image|photo|picture) (?:source|rights)\b.{0,300}
        hide :: hide caption.{0,20}
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
        editor's editors :: editor(?:'s|s'?) note\s*:.{0,500}\b(?:opinions?|views?) expressed\b.{0,300}
        this :: this (?:article|story|piece|report|commentary|essay) (?:is|was) (?:part of|produced|supported\
            |made possible|funded|published in partnership)\b.{0,200}\b(?:project|series|partnership|support(?:ed)?\
            |fund(?:ed|ing)\
            |grant|sponsor(?:ed)?|foundation|initiative|collaboration)\b.{0,300}
        reporting support :: (?:reporting|support) for this (?:article|story|project|series) (?:was|is|comes)\b.{0,300}
        we :: we (?:may|might) (?:earn|receive|get) (?:a )?(?:small )?(?:commission|affiliate)\b.{0,300}
        if when :: (?:if|when) you (?:buy|purchase|click|make a purchase)\b.{0,120}\b(?:commission|affiliate)\b.{0,200}
        unauthorized reproduction any :: (?:unauthorized|reproduction|any (?:reproduction|use)) .{0,120}\
            \b(?:prohibited|permission|consent)\b.{0,160}
        terms privacy :: (?:terms (?:of (?:use|service)|and conditions)|privacy (?:policy|notice))(?: ?[\
            |•·&,] ?.{0,160})?
        opinions views the :: (?:the )?(?:opinions|views)(?: and opinions)? (?:expressed|in this|are)\b.{0,80}\
            \b(?:author|writer|columnist|own|not necessarily)\b.{0,200}
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
        we :: we (?:value|care about|respect) your privacy\b.{0,400}
        we our this :: (?:we|our (?:site|website|partners)|this (?:site|website\
            |page))\b[^.]{0,100}\bcookies\b[^.]{0,60}\
            \b(?:to|and|so|for|that)\b.{0,500}
        cookies :: cookies (?:help us|on this (?:site|website|page)|are used|and (?:privacy|similar))\b.{0,300}
        accept reject allow manage cookie :: (?:(?:accept|reject|allow|decline|manage)(?: all| optional| necessary)?\
            (?: & continue| and continue| cookies?| preferences| settings| choices)|cookie (?:policy|preferences\
            |settings\
            |notice|consent)|do not sell (?:or share )?my (?:personal )?(?:information|data))
        do :: do not sell\b.{0,60}
        your :: your (?:weather|location|region|edition|browser) (?:is set|is currently|does not|doesn't\
            |is not)\b.{0,140}
        you :: you are (?:signed|logged) in(?: as\b.{0,40})?
        please :: please (?:enable|turn on|disable|activate) (?:javascript|cookies|your ad ?blocker)\b.{0,140}
        javascript :: javascript (?:is|must)\b.{0,100}
        a :: a (?:print |shorter |longer |similar )?version of this (?:article|story|piece|column|interview|review) \
            (?:appears|appeared|ran|runs|was (?:first |originally )?(?:printed|published)) (?:in|on)\b.{0,300}
        question poll :: (?:question|poll) of the (?:day|week)
        is was did :: (?:(?:is|was)|did you find) this (?:page|article|story) (?:useful|helpful)
        why remove report :: (?:why (?:this|am i seeing this) ad|remove ads?|report (?:this )?ad|report an? (?:error\
            |typo\
            |problem)\b.{0,60})
        this :: this ad(?:vertisement)? (?:will|has)\b.{0,80}
        sponsored promoted paid advertisement content partner :: (?:sponsored (?:by|content|post|links?)\
            |promoted (?:by|content)|paid (?:post|content|partnership|for by)|advertisement feature\
            |content (?:from our|by|provided by)|partner content)\b.{0,60}
        skip :: skip (?:advertisements?|ads?|past newsletter promotion|to .{2,30})
        article story :: (?:article|story) continues after\b.{0,60}
        this :: this live (?:blog|feed|page|coverage)(?: is| has)? (?:now )?(?:closed|ended|over)\b.{0,99}
        key show new pinned live :: (?:key (?:events|developments)|show key events only|\d* ?new updates?\
            |pinned(?: post)?\
            |live (?:feed|reporting|updates))
        back :: back to (?:top|home|news|start)\b.{0,20}
        filed tagged tags :: (?:filed under|tagged(?: (?:as|with|under))?|tags)\s*:.{0,240}
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
        -30-|###|30|ends|end|xxx|mf|moremore|first add|advertising|ad feature|home page|my account|sign out|log out
        question of the day|key events|live|breaking|accept|accept all|reject all|manage preferences|got it|i agree
        submit|next|previous|prev|open menu|close menu|topics|tags|edit|select edition|dismiss|not now|no thanks
        skip ad|show chapters|hide chapters|play|pause|mute|for customers
    """,
    "share": """
        share|share this|email|e-mail|e-mail this|print|print this|facebook|twitter|tweet|whatsapp|flipboard|pinterest
        linkedin|reddit|copy|copy link|link copied|pin|pin it|save|save article|comments|comment|add comment
        cancelsend|cancel|send|post to facebook|connect|instagram|messenger|telegram|tumblr|sms|bluesky|threads
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
    "date_line": "updated|published|posted|posted on|/ updated|last updated|just now",
    "caption": "video|gallery|photos|photo|images|play video|ap photo|file photo|view gallery|watch video",
}

#: The word a line is looked up by.
FIRST_WORD: Final = re.compile(r"©|e-mail|[^\W_]+(?:'[^\W_]+)?", re.IGNORECASE)
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


#: What to try on a line that begins with a word, small letters: kind and expression, in order.
BY_FIRST: Final = _by_first_word()
#: Whole lines of up to five words, small letters.
BY_LINE: Final = _by_line()
