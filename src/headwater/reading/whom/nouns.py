"""What kind of noun a phrase for a source is built on: people, a paper, a body, an outlet, a place.

Takes words; knows nothing of the article they stand in.
"""

import re
from collections.abc import Sequence

from headwater import lexicon
from headwater.model import Span
from headwater.reading.names.gazetteer import lists
from headwater.words import Word, key_of, words

LEAD = re.compile(
    r"^(?:the|a|an|one|his|her|their|its|this|that|these|those|some|other|another|both)\s+", re.IGNORECASE
)
DEFINITE = re.compile(r"(?:the|his|her|their|its|this|that)\b", re.IGNORECASE)
OWNER = re.compile(r"(?P<owner>.+?)(?:’s|'s|’|')\s+(?P<rest>.+)", re.DOTALL)
PAPERS = lexicon.DOCUMENTS | frozenset(
    """clip clips film films movie documentary ad ads advertisement commercial order orders directive directives plan
    plans proposal proposals contract contracts warrant subpoena motion petition treaty bill bills resolution act law
    laws budget guidance guidelines guideline manual diary diaries chart charts census decree brief rules policy
    platform legislation amendment ordinance results statistics returns""".split()
)
SPEAKING_PAPERS = frozenset("statement statements testimony post posts tweet tweets letter interview briefing".split())
_PLACES = frozenset("city state county town country nation".split())
HEAD_ENDS = frozenset(
    "of for from with in at on who that which close familiar briefed speaking told to by inside near".split()
)
_AGENTS = re.compile(r"(?:er|or|ist|ian|man|woman|eer|ant)$")
_NOT_AGENTS = frozenset(
    """paper letter newspaper computer number order tower center power weather water summer winter poster chapter
    banner register server counter quarter tanker matter error mirror tractor motor factor sector manifesto newsletter
    list mist plant restaurant grant river border corner ever never after under over another
    either neither whether rather together further better latter earlier later higher lower greater fewer larger
    smaller bigger older younger longer shorter stronger weaker closer former important significant relevant dominant
    distant instant constant giant""".split()
)
ORG_HEADS = frozenset(
    """company ministry government department police agency court union campaign administration committee council office
    embassy military army navy party bank team organisation organization firm commission board centre center institute
    university hospital association federation authority regime command bureau operator regulator utility trust chamber
    group service club league college school church charity foundation coalition alliance society inquiry airline palace
    cabinet parliament senate congress assembly tribunal watchdog brigade""".split()
)
#: What a firm is called where it was named: "the streaming giant", "the carmaker".
FIRMS = frozenset(
    """company firm giant titan startup start-up retailer carmaker automaker chipmaker drugmaker planemaker airline bank
    lender insurer streamer brand conglomerate corporation manufacturer service""".split()
)
ORG_HEADS |= FIRMS
_STOP_TRAITS = frozenset(
    """the a an one two three four five six seven eight nine ten several some many most of in on at for with and or who
    that which to by from his her their its others other another both unnamed anonymous also he she they same as close
    familiar matter condition anonymity speaking briefed told spoke dozen half pair group number few multiple various
    current former""".split()
)
_BRINGING = frozenset("the his her their its a an former then retired late".split())
_ARTICLES = frozenset(
    "the a an his her their its our some many several these those two three four five six seven eight nine ten".split()
)
#: Prepositions, joining words and verbs that a phrase for people does not reach over.
_PHRASE_ENDS = frozenset(
    """by to from with for of and or but in on at as after before when while that than into among between against about
    like via under over through during met saw led hit held made took got left found sent brought gave kept put drew
    include includes including involve involves""".split()
)
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "policemen": "policeman",
    "spokespeople": "spokesperson",
    "spokesmen": "spokesman",
    "children": "child",
}

#: People by party, faith or place in a crowd, whom no list of occupations has.
_OF_A_SORT = frozenset(
    """mp mep tory republican democrat conservative liberal progressive moderate centrist independent superdelegate
    operative evangelical christian muslim catholic jew crowd throng loyalist hardliner rebel backbencher millennial
    voter respondent donor celebrant caucusgoer server undecided detective advocate demonstrator scholar celebrity
    congressperson spy""".split()
)


def is_people(noun: str) -> bool:
    """Whether a noun, in either number, is one for people: a listed one, an office, or one made from what they do."""
    one = singular(noun.removesuffix("-elect"))
    if one in _OF_A_SORT or one + "y" in _OF_A_SORT:
        return True
    if noun in lexicon.UNNAMED or one in lexicon.UNNAMED or one in lists().roles or noun in lists().roles:
        return True
    return len(one) > 4 and bool(_AGENTS.search(one)) and one not in _NOT_AGENTS and one not in ORG_HEADS


def singular(noun: str) -> str:
    """A noun in the singular, as far as its ending shows."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3 else noun


def plain(name: str) -> str:
    """A name for comparing: small letters and digits, without a leading article."""
    return re.sub(r"[^\w]+", " ", name.casefold()).strip().removeprefix("the ")


def noun_phrase_before(text: str, before: Span) -> Span | None:
    """The words for people that a stretch of text ends in, back to a verb, a preposition, a mark or their article."""
    form = words(text, before)
    first = len(form)
    for index in range(len(form) - 1, -1, -1):
        word = form[index]
        after = form[index + 1].start if index + 1 < len(form) else before.end
        torn = index == 0 and text[max(0, word.start - 1) : word.start].isalnum()  # the stretch begins inside a word
        if torn or re.search(r"[^\s’'-]", text[word.end : after]):
            break
        if word.key in _PHRASE_ENDS or word.key in lexicon.SAID | lexicon.BELIEVED | lexicon.AUXILIARIES:
            break
        lead = form[index - 1].key if index else ""
        if word.key.endswith(("ed", "ing")) and not (lead in _ARTICLES or lead.isdigit() or index + 1 == len(form)):
            break
        first = index
        if word.key in _ARTICLES and lead not in {"of", "all", "both"}:
            break
    return Span(form[first].start, before.end) if first < len(form) else None


def head_of(form: Sequence[Word], shown: str) -> str | None:
    """The head noun of a phrase ``shown``: the last noun we know before "of", "for", "who" and the like."""
    head = None
    for number, word in enumerate(form):
        key = word.key
        if key in HEAD_ENDS:
            break
        given = number + 1 < len(form) and shown[form[number + 1].start].isupper()
        if key == "bill" and shown[word.start].isupper() and given:
            continue  # a given name
        if key == "law" and number + 1 < len(form) and form[number + 1].key == "enforcement":
            continue
        if (
            key in PAPERS
            or key in lexicon.JOURNALISTS
            or key in lexicon.SPOKESPEOPLE
            or key in lexicon.OUTLETS
            or key in ORG_HEADS
            or (
                is_people(key)
                and (
                    shown[word.start].islower()
                    or (len(form) == 1 and key != singular(key))  # "Detectives" at the head of a sentence
                    or key in lists().roles
                    or key in lexicon.UNNAMED
                    or singular(key) in _OF_A_SORT
                )
            )
        ):
            head = key
        elif head and not key.isalpha():
            break
    return head


def is_title_word(word: str) -> bool:
    """Whether a word can stand between a comma and the name it brings in."""
    key = key_of(word)
    return is_people(key) or key in lists().modifiers or key in lists().courtesy or key in _BRINGING or "-" in word


def gender_of_noun(noun: str) -> str | None:
    """The gender a noun for one person shows: "spokeswoman", "mother"."""
    if noun in lists().female_roles or noun.endswith("woman"):
        return "female"
    return "male" if noun in lists().male_roles or noun.endswith("man") else None


def document_first(form: Sequence[Word]) -> bool:
    """Whether the phrase's own head is a document: "Roe's report", "testimony to Congress from General Roe"."""
    for word, after in zip(form, [*form[1:], None], strict=True):
        if word.key in HEAD_ENDS:
            return False
        if word.key in PAPERS:
            return after is None or not (
                (word.key == "bill" and after.key not in HEAD_ENDS | PAPERS) or after.key == "enforcement"
            )
    return False


def is_place(shown: str) -> bool:
    """Whether it is "the city", "the state", which speaks as a body."""
    form = words(shown)
    return len(form) <= 3 and bool(DEFINITE.match(shown)) and form[-1].key in _PLACES


def traits_of(shown: str) -> frozenset[str]:
    """The words that describe unnamed people, in the singular."""
    return frozenset(
        singular(w.key)
        for w in words(shown)
        if w.key not in _STOP_TRAITS and not w.key.isdigit() and w.key not in lexicon.UNNAMED
    )
