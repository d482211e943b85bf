"""Whether the words around an expression of time look back or ahead: "said Tuesday", "will meet Tuesday".

Takes the page and an expression, gives "back", "ahead" or "unsaid". The nearest verb in the clause before it decides,
else the first one after it; there is no parser, only the words that newsrooms write.
"""

import re
from typing import Final, Literal

from headwater.reading.times.forms import AFTER, Found, Page, word_set

Look = Literal["back", "ahead", "unsaid"]

_TOKEN: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
# What looks ahead by itself, and what does only before "to" or "for": "plans to meet Friday", not "announced plans
# Friday".
_AHEAD: Final = word_set(
    """will won't shall would should must might upcoming scheduled slated expected deadline approaches approaching
    looming awaits"""
)
#: These look ahead only right before the expression, or before its article: "by Friday", "ahead of Friday's vote".
_AHEAD_NEXT: Final = word_set("by toward towards ahead starting beginning coming into")
_AHEAD_TO: Final = word_set(
    """plan plans planned planning expects expect hopes hope hoping aims aiming aim intends intend set wants want vowed
    pledged promised going prepares preparing prepare ready due agreed scheduled able braces bracing"""
)
_BACK: Final = word_set(
    """was were had did said told came went met took made held gave saw left began won lost spoke wrote put sent found
    became got stood ran rose fell led kept brought thought knew felt broke drew grew hit shot struck paid read
    since sat sold bought built caught chose fought heard laid rode slept spent stole swore taught threw wore
    fled"""
)
_REPORTED: Final = word_set("said told says tells reported announced wrote tweeted added testified noted warned")
_EVENT_NOUNS: Final = word_set(
    """summit meeting vote election elections hearing deadline talks debate trial session ceremony inauguration rally
    visit launch primary primaries runoff referendum game match event speech address press news"""
)


def look_of(page: Page, item: Found) -> Look:
    """Whether the words around look back or ahead."""
    left = [token.casefold().replace("’", "'") for token in _TOKEN.findall(page.left(item.start))][::-1]
    attributive = is_attributive(page, item)
    if " ".join(left[:3]) in {"as soon as", "as early as", "as late as"}:
        return "ahead"
    for index, token in enumerate(left[:12]):
        nearer = left[index - 1] if index else ""
        if index == 0 and token == "by" and _first_cue(page.right(item.end)) == "back":
            return "back"  # "By Friday, they had left"
        if attributive and token == "by":
            continue  # "troubled by Monday's vote"
        if token in _AHEAD_NEXT and (index == 0 or (index == 1 and nearer in {"of", "on", "the", "in", "a"})):
            return "ahead"
        if token in _AHEAD and not (token == "would" and nearer in {"not", "have"}):
            return "ahead"
        if token.endswith("'ll") or (token in _AHEAD_TO and nearer in {"to", "for"}):
            return "ahead"
        if token == "could" and nearer == "be":
            return "ahead"
        if token in _BACK or (token.endswith("ed") and len(token) > 4):
            if "be" in left[index + 1 : index + 3]:
                return "ahead"  # "will be held Friday"
            if attributive or (token in _REPORTED and index > 2 and item.kind != "weekday"):
                continue  # "said Monday's meeting", "said the vote in November"
            return "back"
    if attributive:
        return "unsaid"
    return _first_cue(page.right(item.end))


def _first_cue(right: str) -> Look:
    tokens = [token.casefold().replace("’", "'") for token in _TOKEN.findall(right)][:9]
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        if token in _AHEAD or token.endswith("'ll") or (token in _AHEAD_TO and following == "to"):
            return "ahead"
        if token in _BACK or (token.endswith("ed") and len(token) > 4):
            return "back"
    return "unsaid"


def is_attributive(page: Page, item: Found) -> bool:
    """Whether it stands before what took place then: "Monday's summit", "a July meeting"."""
    after = page.text[item.end : item.end + 40]
    if after[:2] in {"'s", "’s"}:
        return True
    following = AFTER.match(after)
    return bool(following) and following[1].casefold() in _EVENT_NOUNS if following else False
