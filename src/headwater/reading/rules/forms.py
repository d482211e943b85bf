"""Words the rules look for, by what they do in a sentence: auxiliaries, determiners, times, cues. Small letters."""

from headwater import lexicon
from headwater.reading.names.gazetteer import lists

AUX = lexicon.AUXILIARIES
PAST = lexicon.IRREGULAR
BE = frozenset("is are was were be been being am get gets got isn't aren't wasn't weren't".split())
MODAL = frozenset("will would can could may might shall should must to won't wouldn't can't couldn't not".split())
NEGATED = frozenset(
    "not never n't didn't doesn't don't wouldn't won't hasn't haven't hadn't couldn't can't cannot".split()
)
ADVERBS = frozenset(
    """also later then earlier still already again once first recently previously repeatedly publicly privately
    reportedly allegedly now only just even today yesterday tuesday monday wednesday thursday friday saturday sunday
    bluntly flatly simply somehow always often sometimes soon ever thus therefore himself herself themselves""".split()
)
#: What opens a clause of its own, so that no noun phrase goes on across it.
CLAUSE = frozenset(
    """that because but while as when if although though after before since where whether which until unless so than
    whereas whose""".split()
)
PREPOSITIONS = frozenset(
    """in on at by for from with to of about against during into over under through between among within without near
    across behind beyond despite after before since until amid around inside outside toward towards upon via per
    following""".split()
)
DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your one two three four five six seven eight nine ten
    several some many most all both another other no any each every senior former multiple numerous few various dozens
    hundreds""".split()
)
SUBJECT_PRONOUNS = frozenset("he she they it we i".split())
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
TIME = WEEKDAYS | frozenset(
    """january february march april may june july august september october november december today yesterday tomorrow
    week month year morning afternoon evening night weekend day days weeks months years hours last next this earlier
    late early mid""".split()
)
#: Head nouns of bodies that speak.
ORGS = frozenset(
    """company ministry government department police agency court union group campaign administration committee council
    office embassy military army navy party bank team organisation organization firm authority authorities commission
    board centre center institute university college school hospital church league association federation network
    newspaper magazine paper outlet channel broadcaster service parliament senate congress house cabinet palace kremlin
    pentagon media press charity foundation coalition alliance regime command bureau directorate utility operator
    regulator watchdog tribunal prosecutors city state county province district region hq staff side family lawyers
    campaigners trust society chamber guild consortium corporation laboratory lab observatory garrison brigade club
    inquiry airline coastguard""".split()
)
HEADS = lexicon.UNNAMED | lexicon.DOCUMENTS | ORGS | lexicon.JOURNALISTS | lexicon.OUTLETS | lists().roles
#: Verbs that report with a bare clause ("said the dam would hold") or a bare object ("denied stealing").
BARE = frozenset(
    """say says said claim claims claimed insist insists insisted argue argues argued allege alleges alleged believe
    believes believed think thinks thought estimate estimates estimated admit admits admitted acknowledge acknowledges
    acknowledged deny denies denied confirm confirms confirmed announce announces announced report reports reported
    reveal reveals revealed warn warns warned note notes noted predict predicts predicted suggest suggests suggested
    maintain maintains maintained concede concedes conceded contend contends contended declare declares declared explain
    explains explained fear fears feared hope hopes hoped expect expects expected state stated disclose disclosed
    indicate indicates indicated testify testifies testified recall recalls recalled write wrote writes assert asserts
    asserted boast boasts boasted told tells tell informed puts doubt doubts doubted assured conclude concluded
    concludes swear swore complain complained find finds found show shows showed describes described put""".split()
)
#: The same, where a noun alone may follow: "denied the charge".
WITH_NOUN = frozenset(
    """put puts denied denies confirmed confirms announced announces warned warns admitted alleged alleges predicted
    predicts""".split()
)
SAY = frozenset(
    "say says said claim claims claimed insist insists insisted believe believes think thinks argue argues".split()
)
TELL = frozenset(
    """tell tells told telling inform informs informed informing assure assures assured remind reminds reminded warn
    warns warned advise advises advised ask asks asked urge urges urged""".split()
)
TO_CONTENT = frozenset(
    "vow vows vowed pledge pledges pledged promise promises promised threaten threatens threatened".split()
)
TO_WANT = frozenset(
    """want wants wanted hope hopes hoped intend intends intended expect expects expected prefer prefers
    preferred""".split()
)
#: Cues that are nouns as often: they count only where what stands around them shows a verb.
NOUN_VERBS = frozenset(
    """report reports claim claims plan plans state states order orders note notes call calls post posts estimate
    estimates demand demands comment comments offer offers promise promises tweet tweets label labels brief briefs
    charge charges doubt doubts hope hopes fear fears support favor favors forecast forecasts quote quotes remark
    remarks protest protests object objects repeat tease outline hint hints pledge pledges cite praise blame feel
    see sees dispute disputes advise reply recall read reads show shows find finds detail details list lists""".split()
)
CUE_NOUNS = frozenset(
    """claim claims statement assertion assertions warning warnings denial allegation allegations suggestion insistence
    prediction accusation accusations testimony admission conclusion argument assessment""".split()
)
ACCORDING = tuple(
    tuple(form.split())
    for form in (
        "according to",
        "as reported by",
        "as first reported by",
        "first reported by",
        "first revealed by",
        "first disclosed by",
        "first published by",
        "in the words of",
        "as seen by",
        "as told to",
        "as quoted by",
    )
)
#: What is done with a carrier: "spoke to", "quoted by", "interviewed by".
PASSING = frozenset(
    """spoke speaking talked talking told briefed interviewed quoted cited quizzed asked reached contacted approached
    pressed questioned""".split()
)
#: How a paper, a video or words reach a carrier: "seen by", "shared with", "leaked to", "carried on".
PASSED = frozenset(
    """seen obtained reviewed viewed published released shared leaked provided carried broadcast aired shown posted
    reported read examined verified sent given handed printed heard made spotted surfaced""".split()
)
#: Where somebody speaks: "in a statement to", "in an interview with".
TAIL_PLACES = frozenset(
    "statement interview post tweet conference briefing speech call email letter message testimony blog column".split()
)
#: What carries words without being an outlet by name.
AIR = frozenset("twitter facebook x substack television tv radio air record camera social".split())
