"""Words by which a cue shows an act of speech or writing, or an attitude, sorted by what they are.

Verbs stand as lemmas with irregular forms after a slash; a ``+`` doubles the last letter ("slam+": slammed). The lists
were made by reading cues of news by frequency; the words of ``lexicon.SAID`` and ``lexicon.BELIEVED`` come in besides.
"""

from collections.abc import Iterator
from typing import Final

from headwater import lexicon

#: Verbs of speech, writing, publishing, and of acts that are done in words (praise, order, accuse, endorse).
SPEAK: Final = """
acclaim accost accredit accuse acknowledge acquiesce ad-lib+ add address adjudge admit admonish advertise advise
advocate affirm air alert allege allude amplify annotate announce answer apologize applaud arbitrate argue articulate
ask assail assert assure attack attest attribute author aver avow babble backtrack badger badmouth banter bark bash
beg+ belittle bellow bemoan berate bicker bill blare blast bleat blog+ blurt boast boo boom brag+ brand bray bristle
broadcast cable cackle cajole call caption caricature carp cast/casting castigate caution celebrate censure challenge
champion chant characterise characterize charge chastise chat+ cheer chide chirp chortle chronicle chuckle circulate
cite claim clamor clarify clash coax coin commend comment communicate compare complain compliment concede conclude
condemn confer+ confess confide confirm confront congratulate contend contest contextualize contradict contrast
converse convey corroborate counsel counter counter-accuse crack credit criticize critique croon crow cry curse dare
debate debunk declaim declare decline decree decry defend define deliver demand demur+ denigrate denounce deny deplore
deride describe detail dictate disavow disclaim disclose discredit discuss disown disparage dispute divulge document
downplay draft drawl drone dub+ dwell/dwelt echo editorialize elaborate elucidate email emote encourage endorse enjoin
enthuse entitle enumerate enunciate espouse estimate eulogize eviscerate exaggerate exclaim excoriate exhort explain
expose expound express extol+ extrapolate exult fact-check fault fax fess fib+ file float forecast foretell forewarn
frame fulminate fume gab+ gabble gloat gossip grill gripe groan grouse growl grumble guarantee gush hail hammer
harangue harp harrumph hawk headline heave heckle herald highlight hint hiss holler hound howl hypothesize identify
implore imply impugn indict inform inquire insinuate insist instruct insult interject interrogate interrupt intimate
intone introduce inveigh invite invoke issue jab+ jabber jeer jest joke jot+ justify knock label lambast lambaste
lament lampoon lash laud leak lecture lie/lying liken link list live-tweet lobby maintain malign mention message
mischaracterize misquote misstate moan mock moralize mumble murmur muse mutter nag+ name narrate natter nitpick note
notify object observe offer opine orate ordain order outline overplay overstate paint pan+ paraphrase parody parrot
pen+ perjure pester petition phone phrase pillory pitch plead plead/pled pledge plug+ point pontificate portray posit
post postulate praise prattle pray preach predict prescribe present press pretend preview print proclaim profess
project promise promote promulgate pronounce prophesy propose propound proscribe protest publicise publicize publish
pummel query question quibble quip+ quiz+ quote rail raise ramble rant rap+ rasp rave reaffirm reassert reassure
rebroadcast rebuke rebut+ recant recap+ recapitulate recite recommend recount refer+ reference refuse refute rehash
reiterate reject rejoin relate relay release remark remind remonstrate renounce repeat reply report repost reprimand
reprint reprise reproach repudiate request respond restate retell/retold retort retract retweet reveal rhapsodize
ridicule riff+ rip+ roar roast rubbish rule rumor rumour satirize savage scoff scold scrawl scream scribble serialize
sermonize shame share shout shriek sign-post signal simper sing/sang/sung skewer slam+ slander smear snap+ snark snarl
sneer snipe snort soliloquize spar+ speak/spoke/spoken speculate spell spin/spun/spinning spotlight spout sputter
squabble stammer state stipulate stress stump stutter submit+ subpoena sue suggest summarise summarize summon
swear/swore/sworn syndicate talk taunt tease telegraph telephone televise tell/told term testify text thank theorize
threaten thunder title toast tout transcribe trash trumpet tussle tut tweet type underline underplay understate unveil
upbraid urge utter vent verbalize vilify vocalize voice volunteer vouch vow wail warble warn wax whine whisper whistle
wisecrack write/wrote/written yammer yap+ yell yelp zing caveat
"""
#: Nouns, adverbs and set words of speech and writing.
SPOKEN: Final = """
parallels
acc according account accounts accusation accusations acknowledgement acknowledgment acknowledgments ad adage adamant
address addresses admission admissions ads advice advocacy allegation allegations alleged allegedly aloud anecdote
anecdotes announcement announcements answer answers apologetic apologies apology appeal appeals argument arguments
article articles assertion assertions assurance assurances attack attacks avowed avowedly blog blunt bluntly boast
boasts booed booing book broadcast broadside byline call calls caption carping catchphrase chant chants
characterisation characterization charge charges chatter chorus citation citations claim claims clarification column
columns comment comments communique communiqué complaint complaints compliment compliments condemnation condolences
confession confirmation congratulations contention contradiction conversation conversations correction cries critical
criticism criticisms critique critiques cry debate debates declaration declarations defence defense demand demands
denial denials denunciation denunciations depiction description descriptions diatribe dictum dig digs disavowal
disclaimer disclosure disclosures discussion discussions dismissal e-mail e-mails editorial email emailed emails
endorsement endorsements entitled epithet epithets estimate estimates eulogy euphemism exchange exhortation
explanation explanations expression expressions fact-check findings footnote forecast forecasts fulmination gossip
greeting greetings guidance harangue headline headlines hint hints innuendo insinuation insistence instructions insult
insults interjection interview interviews invective invitation invitations jab jabs jargon joke jokes keynote lauds
lawsuit lecture letter letters lie lies litany lying manifesto mantra memo memoir memos mention mentions message
messages missive missives moniker monologue motto narrative news nickname nicknamed note oath obituary objection
objections observation observations oft-repeated oft-stated on-record op-ed op-eds order orders outcry outspoken
pamphlet paraphrase parlance per petition phrase phrases pitch pitches plea pleading pleas pledge pledges portrayal
post posts postscript praise prediction predictions preface press-release proclamation profession promise promises
pronouncement pronouncements prophecy proposal proposals protest protests purported purportedly queries query question
questions quip quips quotation quotations quote quotes rant rants reassurance reassurances rebuke rebukes rebuttal
rebuttals recap recommendation recommendations reference references refrain refusal refutation rejection remark
remarks reminder reminders replies reply report reported reportedly reports repudiation reputedly request requests
response responses retort retraction revelation revelations rhetoric ridicule ruling rulings rumor rumored rumors
rumour rumoured rumours saying screed self-described self-identified self-proclaimed self-styled shorthand shots
slogan slogans slur slurs so-called soliloquy soundbite speculation speech speeches stated statement statements
stories story subtitle suggestion suggestions summary supposedly swipe swipes tagline talk talks taunt taunts telecast
terminology testimonial testimonials testimony text thanks threat threats tirade title titled toast transcript tribute
tweet tweets tweetstorm unapologetic utterance verbiage verdict via vocal vow vows warned warning warnings word worded
wording words write-up writing writings
"""
#: Verbs of thinking, wanting, feeling, perceiving, deciding, doing: the article's writer ascribes them.
THINK: Final = """
abhor+ accept acquit+ admire adopt adore agonize aim alarm align amuse anger anticipate appoint appreciate approve
arrange aspire assume authorize avoid await back baffle balk bank believe bet+ bother boycott brace budge calculate
campaign care center cherish choose/chose/chosen/choosing co-sponsor coddle commit+ compel+ comprehend conceive
concentrate consider conspire contemplate convict convince cosponsor covet crave decide deduce deem deflect delay
deliberate delight depend deserve desire despise detect detest devote differ disagree disappoint disapprove disbelieve
discern discover disdain disgust dislike dismay disregard distance distinguish distrust dodge doubt dread dream duck
elect embrace empathize endure enjoy enrage ensure envisage envision envy evade exasperate expect experience exploit
eye fancy favor favour fear feel/felt fight/fought figure fixate focus foresee/foresaw
forget/forgot/forgotten/forgetting forgive/forgave/forgiven foster frustrate gather gauge gear glean glimpse grapple
grasp grieve guess hate hear/heard hesitate hire honor honour hope horrify idolize ignore imagine impress infer+
infuriate intend interpret intrigue intuit investigate irritate judge know/knew/known lack lean/leant like loathe look
love mean/meant mind mistake/mistook/mistaken mistrust misunderstand/misunderstood monitor mourn mull need neglect
nominate notice nurse obsess omit+ oppose opt outrage overestimate overlook oversee/oversaw overturn pass perceive
persuade pick plan+ plot+ ponder pounce prefer+ prepare presume prioritize prize pursue push puzzle rattle realise
realize reassess rebel+ rebuff reckon recognise recognize reconsider reevaluate regard rejoice relish rely resent
resign resist resolve respect rethink/rethought revere revile root scare schedule see/saw/seen/seeing select sense
sentence shock shrug+ shun+ shy side sidestep sign skip+ skirt slate snub+ sour sponsor spot+ spurn stand/stood
startle strategize stun+ suffer support suppose surmise surprise suspect sympathize target tend think/thought thrill
tolerate treasure treat trouble trust underestimate undermine understand/understood unnerve unsettle upset value veto
view visualize vote wait want watch wish withhold witness worry worship yearn
"""
#: Nouns, adjectives and set words of attitude.
THOUGHT: Final = """
ability admiration affection affinity afraid agenda aggressive aggrieved aghast agitated agnostic agreement aim aims
alarm alarmed allegiance ambition ambitions ambivalence ambivalent anger angry animosity animus anti anticipation
anxieties anxiety anxious apathy appetite apprehension apprehensive approval ashamed aspiration aspirations assumption
assumptions attempt attempts attention attitude attitudes aversion aware awareness backer backers backing backlash
ballot ballots bearish belief beliefs bent bias bitter bitterness bullish buoyed calculus care certain certainty
choice comfortable commitment committed concern concerned concerns confidence confident conflicted confused confusion
conscious consensus consideration contempt content conviction convinced courage critic critics curiosity curious
cynical decision decisions dedicated dedication defender deference defiance defiant delighted desire desires desperate
determination determined devoted disagreement disagreements disappointed disappointment disapproval disbelief disdain
disillusioned disinterested dismay dismayed dismissive dispirited displeased displeasure disposed dissatisfaction
dissatisfied distaste distrust distrustful divided doubt doubtful doubts dread dreams dubious eager eagerness effort
efforts embarrassed emboldened emotion enamored enraged enthusiasm enthusiastic envious excited excitement expectation
expectations expected eyes faith familiar fan fans fascinated fascination favorable favorite favorites favourite fear
fearful fears fed-up focus focused foe foes fond fondness frustrated frustration furious fury glad goal goals grateful
gratitude grief grievance grievances grudge guilt gut happy hatred heartened hell-bent hesitant hesitation hope
hopeful hopes hoping horrified hostile hostility hunch hungry idea ideas ideology impatience impatient impressed
impression impressions inability inclination inclined incredulous indifference indifferent indignant indignation
insecure instinct instincts intent intention intentions interest interested interests intuition jealous joy joyful
judgement judgment keen keenness knowledge leery loath loyal loyalty mind mindful mindset misgiving misgivings
mistrust mixed mood motivated motive motives mum mystified nervous nervousness notion obsessed obsession offended open
opinion opinions opponent opponents opposed opposition optimism optimistic outlook outrage outraged pains passion
passionate perception perceptions perplexed perspective pessimism pessimistic philosophy plan plans pleased pleasure
poised polarized position positions predilection preference preferences prejudice premonition preoccupation
preoccupied pride priorities priority proponent proponents proud purpose puzzled readiness ready realization
recognition regret regrets relief relieved reluctance reluctant resentful resentment reservations resigned resistance
resistant resolute resolve respect revulsion sad satisfaction satisfied scared sceptical scepticism scheduled scorn
scrutiny sense sensitive sentiment sentiments set shaken shocked sick silence silent skeptic skeptical skepticism
skeptics slated smitten sorry spirit split stance stances standpoint strategies strategy stunned supporter supporters
supportive sure surprise surprised suspicion suspicions suspicious sympathetic sympathies sympathy taken-aback
temperament tempted tendency terrified theories theory thinking thought thoughts thrilled torn trust unable unanimous
unaware unbelief uncertain uncertainty unclear uncomfortable unconvinced undecided understanding undeterred unease
uneasy unhappy unified unimpressed uninterested unknown unlikely unmoved unsettled unsure unwilling unwillingness
upset view viewpoint views vision vote voters votes want wariness wary weary willing willingness wish wishes worldview
worried worries worry zeal
"""
#: Verbs that speak when they stand with quoted words and else tell of the mind or of a look.
QUOTED: Final = """
beam begin/began/begun/beginning blink close continue cringe deadpan+ end finish gasp go/went/gone grin+ guess
interpose laugh manage marvel nod+ pause persist put reason recollect reflect regret rejoice remember reminisce resume
shrug+ sigh smile sniff sob+ start sum+ surmise venture weep/wept wince wonder worry
"""
#: Verbs and prepositions that tell what a document, a poll or an outlet says, and of a person something else.
SHOW: Final = """
analyse analyze calculate capture demonstrate depict determine exemplify find/found/finding illustrate measure peg+
prove rank rate read reflect show/shown tally trace underscore
"""
#: The same, but only where the source itself is such a thing.
PAPER: Final = """
about allow as ban+ bar+ by carry contain cover examine explore feature focus follow for forbid/forbade/forbidden from
give/gave/given had has have having hold/held impose in include into learn/learnt limit mandate of on permit+ prohibit
provide put require restrict run/ran running to under with
"""
#: Words after which a later word of the cue decides; alone they are attitudes, or ways of being and doing.
THROUGH: Final = """
apparent appear appearance attempt become/became begin/began/begun/beginning bring/brought campaign come/came/coming
continue draw/drew/drawn emerge engage fail get/got/getting/gotten go/went/gone greet happen hasten help hit/hitting
hurry join keep/kept launch lead/led manage mark meet/met move pepper play proceed prompt pull push quick reach react
remain resonate return rush seek/sought seem send/sent serve spark spend/spent start stick/stuck stop+ strive struggle
take/took/taken tend throw/threw/thrown try/tried/trying/tries turn unleash use work
"""
#: Verb and particles, the verb as a lemma, that together are speech; up to two words may stand between.
SPEAK_TOGETHER: Final = """
bear witness | bite back | break in | bring up | brush off | call into | cast as | cast doubt | chalk up | chime in |
clap back | come clean | come forward | come out against | come out for | come out in | come out with | cut in | dish
out | double down | draw analogy | draw comparison | draw comparisons | draw contrast | draw distinction | draw line |
draw parallel | draw parallels | drive home | fire back | fire off | follow up | get word | give answer | give details
| give interview | give nod | give reason | give reasons | go after | go far | go on | go public | go record | heap |
hit back | hit for | hit notes | hit on | hit out | hold conference | hold forth | hold up as | lash out | lay bare |
lay blame | lay into | lay out | lean into | let know | let slip | make case | make clear | make fun | make headlines
| make known | make light | make pitch | make plain | make point | make secret | open about | open up | own up | pass
along | pay homage | pay tribute | play card | play down | play up | poke at | poke fun | pour scorn | push back | put
forth | put forward | put it | put out | put point | put record | rattle off | read aloud | read from | reel off |
rule out | run through | say no | send message | send word | set forth | set out | shoot back | single out | sit down
| sound alarm | sound note | sound off | speak of | spell out | stand accused | strike back | sum up | swing back |
take aim | take back | take credit | take exception | take issue | take jab | take question | take shot | take shots |
take twitter | tear into | think aloud | think out loud | throw water | tick off | touch on | turn down | turn fire |
unleash on | unload on | walk back | wave off | weigh in | wonder aloud | zero in | bat down | rage privately
"""
#: The same for attitude.
THINK_TOGETHER: Final = """
bear in mind | call off | call to mind | care about | cast ballot | cast ballots | cast eye | cast vote | cast votes |
come around | come see | come to | count on | fall for | figure out | find common | find difficult | find hard | find
out | find ways | get behind | give consideration | give thought | hold belief | hold opinion | hold view | line up
behind | look at | look for | look forward | look like | look to | make effort | make mind | make sense | make sure |
make up | name recognition | pin hopes | press ahead | press on | raise eyebrows | raise hopes | read as | return to |
see as | see fit | set mind | set sights | show interest | show little | show no | show sign | show signs | show
willingness | side with | take comfort | take for granted | take note | take notice | take offense | take pleasure |
take position | take seriously | take solace | take stance | take view | tell apart | throw behind | throw support |
turn against | turn away | turn on | work on | work to
"""
#: Nouns (besides ``lexicon.DOCUMENTS``) for what speaks without a mouth, rules, and words of outlets' names.
PAPERS: Final = """
abc act acts ad ads advert advertisement advertisements adverts aggregator agreement agreements amendment answer ap
assessment assessments associated atlantic banner banners bbc bill bills bloomberg book books breitbart broadcasting
bureau by-law by-laws bylaw bylaws calculation calculations caption captions cbs census chapter chapters chart charter
chronicle clause clauses cnn code comment comments constitution contract contracts count counts court courts daily
deal decision decisions declaration decree depiction directive directives documentary edict edition editorial
editorials essay estimate estimates evidence excerpt excerpts exit factcheck figure film films flyer forbes form forms
fortune fox gallup gazette globe guardian headline headlines herald homepage huffington index institute ipsos joke
jokes journal label law laws legislation list lists magazine mailer manifesto marist math message messages mirror
monmouth moody's motto movie msnbc nbc news newspaper newsweek nielsen novel npr number numbers obituary observer
opinion order orders ordinance ordinances outlet outlets page pages pamphlet passage petition pew photo photos phrase
plaque platform play poem policies policy politico politifact polling polltracker post poster posters press projection
projections protocol question questionnaire quinnipiac quotation quote rasmussen realclearpolitics regulation
regulations remarks research result results reuters rule rules ruling rulings script segment series sign signs slogan
song speech speeches spot standard statistician statistics statute statutes suffolk surveymonkey tabulation
tabulations tally tape tapes telegraph tests text texts thesis times title treaty tribune trove university warrant
website weekly will word words writings wsj yougov zogby
"""
#: Sources that are people by their form, so that "found" and "shows" are theirs.
PERSONS: Final = """
americans democrats dr fans gov he her him his i me mr mrs ms my our people percent rep republicans sen she their them
they us voter voters we who whom whose you
"""


def _lemma_forms(lemma: str) -> Iterator[str]:
    """The present, past and -ing forms of a verb in the notation of this module."""
    base, *irregular = lemma.split("/")
    stem = base.rstrip("+")
    double = stem + stem[-1] if base.endswith("+") else stem
    yield from (stem, *irregular)
    if stem.endswith("y") and stem[-2] not in "aeiou":
        yield from (stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing")
    elif stem.endswith("e"):
        yield from (stem + "s", stem + "d", (stem if stem.endswith("ee") else stem[:-1]) + "ing")
    else:
        ending = "es" if stem.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"
        yield from (stem + ending, double + "ed", double + "ing")


def _verbs(lemmas: str) -> Iterator[str]:
    for lemma in lemmas.split():
        yield from _lemma_forms(lemma)


def _together(phrases: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases by each form of their verb, as the words that follow it."""
    out: dict[str, list[tuple[str, ...]]] = {}
    irregular = {lemma.split("/")[0].rstrip("+"): lemma for group in _VERBS for lemma in group.split()}
    for phrase in phrases.split("|"):
        head, *rest = phrase.split()
        for form in dict.fromkeys(_lemma_forms(_IRREGULAR.get(head) or irregular.get(head, head))):
            out.setdefault(form, []).append(tuple(rest))
    return {form: tuple(tails) for form, tails in out.items()}


_VERBS = (SPEAK, THINK, QUOTED, SHOW, PAPER, THROUGH)
_IRREGULAR = {
    lemma.split("/")[0].rstrip("+"): lemma
    for lemma in """
    bat+ bear/bore bite/bit/bitten break/broke cut+ draw/drew/drawn drive/drove fall/fell/fallen find/found get+/got
    give/gave/given hit+ hold/held lay/laid let+ make/made/making pay/paid pin+ put+/putting run+/ran say/said
    send/sent set+ shoot/shot sit+/sat strike/struck sum+ swing/swung tear/tore think/thought throw/threw/thrown
    """.split()
}

#: What a form shows: "s" speech, "t" attitude, "q" speech if quoted, "d" speech of a document, "p" the same but only of
#: one, "-" a later word decides. Where a form stands in several lists the later of these lines holds.
KINDS: Final[dict[str, str]] = {
    **dict.fromkeys(lexicon.SAID, "s"),
    **dict.fromkeys(lexicon.BELIEVED, "t"),
    **dict.fromkeys(_verbs(SPEAK), "s"),
    **dict.fromkeys(_verbs(THINK), "t"),
    **dict.fromkeys(SPOKEN.split(), "s"),
    **dict.fromkeys(THOUGHT.split(), "t"),
    **dict.fromkeys(_verbs(THROUGH), "-"),
    **dict.fromkeys(_verbs(PAPER), "p"),
    **dict.fromkeys(_verbs(SHOW), "d"),
    **dict.fromkeys(_verbs(QUOTED), "q"),
    "agree": "t",
    "reasoned": "s",
    **dict.fromkeys("apparently back evidently likely policy seemingly".split(), "-"),
}
#: Phrases of speech and of attitude: each form of their verb, and the words that follow it.
SPEAK_PHRASES: Final = _together(SPEAK_TOGETHER)
THINK_PHRASES: Final = _together(THINK_TOGETHER)
#: Words of a source that is a document, a poll, a rule or an outlet; and of one that is people.
PAPER_WORDS: Final = lexicon.DOCUMENTS | lexicon.OUTLETS | frozenset(PAPERS.split())
PERSON_WORDS: Final = frozenset(PERSONS.split())
