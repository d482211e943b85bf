"""Word lists that more than one stage reads: reporting verbs, hedges, documents, carriers, unnamed people.

Reporting verbs by strength follow Hyland's classes (assert, suggest, doubt; 2002) and the cue lists published with PARC
3.0 (Pareti 2015); hedges follow Hyland (1998) and the CoNLL-2010 shared task on uncertainty. Forms are lower case.
"""

from typing import Final

_SAID = """
say says said saying | tell tells told telling | report reports reported reporting | write writes wrote written
writing state states stated stating | add adds added adding | announce announces announced announcing | claim claims
claimed claiming confirm confirms confirmed confirming | deny denies denied denying | warn warns warned warning |
argue argues argued arguing explain explains explained explaining | note notes noted noting | acknowledge
acknowledges acknowledged acknowledging allege alleges alleged alleging | assert asserts asserted asserting | insist
insists insisted insisting suggest suggests suggested suggesting | admit admits admitted admitting | declare
declares declared declaring reply replies replied replying | respond responds responded responding | remark remarks
remarked remarking tweet tweets tweeted tweeting | post posts posted posting | disclose discloses disclosed
disclosing reveal reveals revealed revealing | testify testifies testified testifying | recall recalls recalled
recalling caution cautions cautioned cautioning | contend contends contended contending | stress stresses stressed
stressing emphasize emphasizes emphasized emphasizing | emphasise emphasises emphasised emphasising | maintain
maintains maintained observe observes observed observing | predict predicts predicted predicting | concede concedes
conceded conceding conclude concludes concluded concluding | estimate estimates estimated estimating | indicate
indicates indicated indicating complain complains complained complaining | boast boasts boasted boasting | joke
jokes joked joking | quip quips quipped vow vows vowed vowing | pledge pledges pledged pledging | promise promises
promised promising | swear swears swore ask asks asked asking | demand demands demanded demanding | urge urges urged
urging | call calls called calling describe describes described describing | label labels labeled labelled labeling
labelling | dub dubs dubbed dubbing condemn condemns condemned condemning | denounce denounces denounced denouncing
| criticize criticizes criticized criticizing criticise criticises criticised criticising | accuse accuses accused
accusing | blame blames blamed blaming dismiss dismisses dismissed dismissing | reject rejects rejected rejecting |
dispute disputes disputed disputing reiterate reiterates reiterated reiterating | repeat repeats repeated repeating
| hint hints hinted hinting imply implies implied implying | inform informs informed informing | brief briefs
briefed | comment comments commented continue continues continued | counter counters countered countering | cite
cites cited citing quote quotes quoted quoting | tease teases teased | outline outlines outlined outlining mention
mentions mentioned mentioning | attest attests attested attesting | underscore underscores underscored underscoring
expresses expressed expressing | praise praises praised praising | welcome welcomes welcomed agree agrees agreed |
object objects objected | protest protests protested | shout shouts shouted shouting declared | offer offers offered
| propose proposes proposed proposing | recommend recommends recommended recommending forecast forecasts | speculate
speculates speculated speculating | retort retorts retorted | exclaim exclaims exclaimed relay relays relayed |
recount recounts recounted recounting | clarify clarifies clarified clarifying | opine opines opined advise advises
advised advising | apologize apologizes apologized | apologise apologises apologised
"""
_BELIEVED = """
believe believes believed believing | think thinks thought thinking | want wants wanted wanting | hope hopes hoped
hoping fear fears feared fearing | expect expects expected expecting | intend intends intended intending | feel
feels felt doubt doubts doubted | worry worries worried | consider considers considered | assume assumes assumed |
plan plans planned suspect suspects suspected | support supports supported | oppose opposes opposed | favor favors
favored | know knows knew understand understands understood | see sees saw | prefer prefers preferred
"""


def _forms(text: str) -> frozenset[str]:
    return frozenset(text.replace("|", " ").split())


#: Finite and participle forms of verbs of saying, writing, reporting.
SAID: Final = _forms(_SAID)
#: The same for believing, wanting, intending: attitudes, not speech.
BELIEVED: Final = _forms(_BELIEVED)
#: Verbs of saying that introduce indirect speech with a clause ("said that ...", "said the dam would ...").
CLAUSAL: Final = SAID - _forms(
    """call calls called calling | describe describes described describing | label labels labeled labelled labeling
    labelling dub dubs dubbed dubbing | condemn condemns condemned condemning | denounce denounces denounced
    denouncing | criticize criticizes criticized criticizing | criticise criticises criticised criticising | accuse
    accuses accused accusing | blame blames blamed blaming | dismiss dismisses dismissed dismissing | reject rejects
    rejected rejecting | dispute disputes disputed disputing | praise praises praised praising | welcome welcomes
    welcomed | brief briefs briefed | outline outlines outlined outlining | expresses expressed expressing |
    continue continues continued | offer offers offered cite cites cited citing | quote quotes quoted quoting |
    tease teases teased | underscore underscores underscored underscoring | comment comments commented | post posts
    posted posting | object objects objected | protest protests protested | shout shouts shouted shouting | mention
    mentions mentioned mentioning | urge urges urged urging | ask asks asked asking | demand demands demanded
    demanding"""
)
#: Verbs whose object is itself what is asserted or judged ("rejected the idea", "called it a disgrace").
OBJECT: Final = (SAID - CLAUSAL) - _forms(
    "brief briefs briefed continue continues continued offer offers offered cite cites cited citing quote quotes "
    "quoted quoting tease teases teased comment comments commented post posts posted posting ask asks asked asking "
    "mention mentions mentioned mentioning"
)
#: Verbs that documents, polls and data "say" with, never people's speech by themselves.
SHOWS: Final = _forms(
    """show shows showed shown | find finds found | reveal reveals revealed | suggest suggests suggested | indicate
    indicates indicated | state states stated | say says said | conclude concludes concluded | note notes noted |
    describe describes described | warn warns warned | estimate estimates estimated | confirm confirms confirmed |
    allege alleges alleged call calls called | detail details detailed | list lists listed | label labels labeled
    labelled | order orders ordered direct directs directed | claim claims claimed | add adds added | read reads |
    recommend recommends recommended report reports reported | announce announces announced | outline outlines
    outlined | puts"""
)
#: Nouns for documents and other things that speak without a mouth.
DOCUMENTS: Final = _forms(
    """reporting scoop exclusive report reports memo memos memorandum document documents filing filings statement
    statements letter letters email emails e-mail e-mails study studies survey surveys poll polls testimony
    indictment complaint lawsuit affidavit transcript transcripts record records audit assessment review analysis
    paper post posts tweet tweets video footage recording recordings dossier release bulletin communique communiqué
    minutes note notes draft drafts data figures article articles story stories dispatch notice briefing
    presentation slides cable cables message messages ruling verdict judgment judgement inquiry investigation
    findings manuscript book interview broadcast programme program podcast column editorial blog newsletter log logs"""
)
#: Documents that are a newsroom's own work: they carry, they do not witness.
REPORTS: Final = _forms(
    """reporting scoop exclusive report reports article articles story stories dispatch broadcast programme program
    podcast newsletter column"""
)
#: Nouns for people who carry news.
JOURNALISTS: Final = _forms(
    """journalist journalists reporter reporters correspondent correspondents columnist columnists editor blogger
    anchor broadcaster newsman newswoman freelancer photojournalist commentator"""
)
#: Nouns for outlets.
OUTLETS: Final = _forms(
    """newspaper newspapers magazine network broadcaster outlet outlets newsletter paper daily weekly website channel
    station substack tabloid newsroom newswire wire"""
)
#: Head nouns of people without a name.
UNNAMED: Final = _forms(
    """source sources official officials person people insider insiders aide aides adviser advisers advisor advisors
    spokesperson spokesman spokeswoman spokespeople spokesmen diplomat diplomats officer officers witness witnesses
    employee employees worker workers lawyer lawyers attorney attorneys analyst analysts expert experts critic
    critics observer observers resident residents engineer engineers scientist scientists researcher researchers
    executive executives minister ministers member members lawmaker lawmakers senator senators staffer staffers
    investigator investigators prosecutor prosecutors soldier soldiers commander commanders leader leaders survivor
    survivors neighbor neighbors neighbour neighbours protester protesters activist activists campaigner campaigners
    doctor doctors nurse nurses teacher teachers student students relative relatives friend friends family families
    villager villagers farmer farmers colleague colleagues detainee detainees prisoner prisoners veteran veterans
    negotiator negotiators envoy envoys delegate delegates captain pilot driver trader traders investor investors
    economist economists historian historians man woman men women contractor contractors manager managers foreman
    technician technicians inspector inspectors clerk consultant consultants whistleblower whistleblowers supporter
    supporters opponent opponents republicans democrats others authorities policeman policewoman governor mayor
    guard guards hydrologist hydrologists geologist geologists professor academic academics operator operators
    representative representatives chief chiefs clerk clerks caller callers passenger passengers mechanic mechanics
    auditor auditors juror jurors merchant merchants watchman foreman founder staff mate mates parent parents mother
    mothers father fathers wife husband widow daughter son sister brother uncle aunt cousin interviewer moderator
    deputy deputies director directors miner miners trucker truckers"""
)
#: Head nouns that speak for a principal: a spokesperson counts with whom he or she speaks for.
SPOKESPEOPLE: Final = _forms("spokesperson spokesman spokeswoman spokespeople spokesmen spokespersons")
#: Hedges, single words and phrases, longest first when matched. Scale in compare/modality.
HEDGES: Final = tuple(
    form.strip()
    for form in """
    it is not clear whether | it is unclear whether | it was not clear whether | it is not yet clear whether
    could not be independently verified | has not been independently verified | it is understood | it is believed
    it is thought | is said to | are said to | was said to | were said to | is believed | are believed | was believed
    were believed | is thought | are thought | was thought | were thought | is understood to | are understood to
    is expected to | are expected to | expected to | is likely to | are likely to | appears to | appear to | appeared to
    seems to | seem to | seemed to | in theory | may have | might have | could have | reportedly
    allegedly | purportedly | supposedly | apparently | possibly | perhaps | probably | potentially | presumably
    likely | unlikely | unconfirmed | alleged | purported | possible | may | might | could
    """.replace("\n", "|").split("|")
    if form.strip()
)
#: Whom "told X" may name without X being a carrier of news.
NOT_CARRIERS: Final = _forms(
    """reporters journalists lawmakers senators congress parliament committee court jurors judge police investigators
    him her them us you everyone people supporters colleagues crowd rally friends aides officials members staff
    audience voters himself herself themselves it me"""
)
PRONOUNS: Final = _forms("he she they it we i you who which that this these those him her them his their its one")
#: Auxiliary and modal verbs, finite forms and their contractions.
AUXILIARIES: Final = _forms(
    """is are was were be been being am has have had having do does did will would can could may might shall should
    must isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't"""
)
#: Common irregular pasts and a few presents: with -ed forms, a rough test for a finite verb.
IRREGULAR: Final = _forms(
    """went came took made got gave saw knew found left kept held met put set ran sent led felt began fell rose grew
    won lost brought built bought broke chose drew drove ate flew fought hit hung hid hurt kept lay lent let lit
    meant paid read rode sang sat sold shot showed shut slept spoke spent stood stole struck swore swept taught tore
    threw wore woke became forbade died tied lied burst sank sprang swam sang rang drank shrank dug fed fled sped
    slid stuck wept crept dealt spread bent goes comes takes makes gets gives keeps holds meets puts sets runs sends
    leads remains includes means needs wants plans"""
)
#: Words that carry no subject matter; left out where texts are compared by their words.
STOPWORDS: Final = _forms(
    """a an the this that these those and or but nor so yet if then than as at by for from in into of off on onto out
    over per to up upon with within without about above after again against all also am among amid an any are aren't
    around be became because been before being below between both can can't cannot could couldn't did didn't do does
    doesn't doing don't down during each either else ever every few further had hadn't has hasn't have haven't
    having he her here hers herself him himself his how however i i'm it its itself just least less let like made
    make many may me might more most much must my myself neither never no none not now only other others our ours
    out own rather really same say said says saying she should shouldn't since some still such tell tells their
    theirs them themselves there they thing things though through thus told too toward towards under until us very
    via was wasn't we were weren't what when where whether which while who whom whose why will won't would wouldn't
    you your yours yourself according one ones get gets got going go goes went come came while mr mrs ms dr report
    reported reports reportedly"""
)
#: Words that turn an assertion into its contrary.
NEGATIONS: Final = _forms(
    """no not never none nobody nothing neither nor without unlikely hardly refused refuses
    declined cannot can't won't isn't aren't wasn't weren't don't
    doesn't didn't hasn't haven't hadn't wouldn't couldn't shouldn't"""
)
#: Reporting verbs that deny what follows them.
DENIALS: Final = _forms(
    """deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed dismissing dispute
    disputes disputed disputing refute refutes refuted refuting rebut rebuts rebutted contradict contradicts
    contradicted"""
)
#: What the writer of an article is called who speaks of himself: "sources tell me"; the stages know him by this name.
WRITER: Final = "the writer (first person)"
