"""Words as the comparisons see them: stems of content words, small words, negations and words of denying.

Near synonyms of harm share a stem, irregular forms have their base's. Nothing here looks at records.
"""

from collections.abc import Iterable
from functools import lru_cache

from headwater.words import Word


def word_list(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


#: Words with which somebody denies.
DENY = word_list(
    """deny denies denied denying denial denials reject rejects rejected rejecting refute refutes refuted refuting
    dispute disputes disputed disputing dismiss dismisses dismissed dismissing contradict contradicts contradicted
    contradicting rebut rebuts rebutted disavow disavowed repudiate repudiated debunk debunked"""
)


#: Words that carry no content of their own.
SMALL = word_list(
    """a an the and or but nor so if whether as of in on at to for from by with about into over after before up down
    out off than then that this these those there here it its he him his she her they them their we us our you your
    i me my who whom whose which what when where why how is are was were be been being am do does did done doing
    have has had having will would shall should can could may might must not no yes also just very too all any some
    such own per s t says said say told tell according reportedly allegedly amid during under between through
    against while because since until upon via going more most less least other another each every both either
    neither only even still already again now"""
)


_SAME = {
    "kill": "die",
    "dead": "die",
    "death": "die",
    "wound": "injur",
    "hurt": "injur",
    "peopl": "person",
    "percent": "%",
}


NEGATIONS = word_list(
    """not no never none nobody nothing neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't
    weren't hasn't haven't hadn't wouldn't couldn't shouldn't isn aren wasn weren doesn didn hasn haven hadn wouldn
    couldn shouldn"""
)


_IRREGULAR = {
    form: base
    for base, forms in (
        ("begin", "began begun"), ("break", "broke broken"), ("bring", "brought"), ("build", "built"),
        ("buy", "bought"), ("catch", "caught"), ("choose", "chose chosen"), ("come", "came"), ("draw", "drew drawn"),
        ("drive", "drove driven"), ("fall", "fell fallen"), ("fight", "fought"), ("find", "found"), ("flee", "fled"),
        ("fly", "flew flown"), ("give", "gave given"), ("go", "went gone"), ("grow", "grew grown"),
        ("hide", "hid hidden"), ("hold", "held"), ("keep", "kept"), ("know", "knew known"), ("lead", "led"),
        ("leave", "left"), ("lose", "lost"), ("make", "made"), ("meet", "met"), ("pay", "paid"),
        ("rise", "rose risen"), ("run", "ran"), ("see", "saw seen"), ("sell", "sold"), ("send", "sent"),
        ("shoot", "shot"), ("sink", "sank sunk"), ("speak", "spoke spoken"), ("spend", "spent"), ("stand", "stood"),
        ("steal", "stole stolen"), ("strike", "struck"), ("swear", "swore sworn"), ("take", "took taken"),
        ("teach", "taught"), ("think", "thought"), ("throw", "threw thrown"), ("win", "won"),
        ("withdraw", "withdrew withdrawn"), ("write", "wrote written"), ("woman", "women"), ("man", "men"),
        ("child", "children"), ("person", "people"),
    )
    for form in forms.split()
}  # fmt: skip


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """The stem of a word's key; irregular forms have their base's, and near synonyms of harm share one."""
    from snowballstemmer import stemmer

    found = str(stemmer("english").stemWord(_IRREGULAR.get(key, key)))
    return _SAME.get(found, found)


def content_stems(found: Iterable[Word]) -> tuple[str, ...]:
    """One stem a word, "" for words without content of their own."""
    return tuple("" if word.key in SMALL or word.key in NEGATIONS else stem(word.key) for word in found)
