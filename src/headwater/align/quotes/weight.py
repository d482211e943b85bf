"""How much a word of a quotation tells: none (small words), little (said of anything), or enough to know it again.

Takes folded words, gives yes or no. Stock phrases are made of small and plain words: they are no
proof that two printings give one act of speech. ``TURNING`` words turn or harden what was said.
"""

from collections.abc import Iterable

from headwater.align.spelling import forms

SMALL = forms(
    """a an the and or but nor so if as of in on at to for from by with about into over after before up down out off
    than then that this these those there here it its he him his she her they them their we us our you your i me my
    mine who whom whose which what when where why how is are was were be been being am do does did done have has had
    having will would shall should can could may might must not no yes well very just also too all any some such own
    s t per et"""
)
#: Content words that stand in any speech.
_PLAIN = forms(
    """know knew known think thought say said says get got go going gone went come came coming see saw seen look make
    made making take took taken want wanted need needed let put give given keep find tell told feel felt thing things
    something anything everything nothing way ways time times day days today tomorrow yesterday year years people
    person man men woman women good great bad big new old more most much many lot really right now still yet ever
    never always again even only back like sure clear believe hope ask asked happen happens happened better best
    first last next early end long since because while until until much little another other others one two work
    world country everybody everyone nobody somebody someone anyone okay thank thanks proud sorry happy glad"""
)
#: Words that turn a sentence.
NEGATIONS = forms("not no never nobody none nothing neither nor without")
#: Words whose silent loss or gain turns or hardens what was said.
TURNING = forms(
    """not no never none nobody nothing neither nor without hardly may might could can would should perhaps maybe
    possibly probably likely unlikely allegedly alleged reportedly apparently seems seem appears appear if unless
    almost nearly about only some"""
)


def is_content(fold: str) -> bool:
    """Whether a word carries content of its own."""
    return fold not in SMALL and (len(fold) > 1 or fold.isdigit())


def is_weighty(fold: str) -> bool:
    """Whether a word helps to know one speech from another."""
    return is_content(fold) and fold not in _PLAIN


def weight(folds: Iterable[str]) -> int:
    """How many of the words are weighty."""
    return sum(map(is_weighty, folds))
