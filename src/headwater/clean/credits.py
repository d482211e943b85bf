"""Who took a picture, and who wrote a post: the words that end a caption or stand beneath it."""

import re
from typing import Final

_AGENCY: Final = (
    r"(?:AP|AFP|Reuters|REUTERS|EPA|UPI|PA|TASS|Xinhua|Getty(?: Images?)?|GETTY(?: IMAGES)?|Bloomberg"
    r"|Shutterstock|iStock"
    r"|Alamy|WireImage|Zuma|Pool|Invision|SOPA Images|NurPhoto|Sipa(?: USA)?|CNET)"
)
_PICTURE: Final = r"(?:[Pp]hoto(?:graph)?s?|PHOTO|Images?|Pictures?)"
#: A caption's end: "(AP Photo/Name)", "REUTERS/Name", "Name/Getty Images", "Photo: Name".
_CREDITED: Final = re.compile(
    rf"(?:\((?:(?:AP|AFP|EPA|Reuters|Getty|Pool|File|Courtesy|Kremlin Pool) )?{_PICTURE}(?:[:/]| by | via "
    rf"| courtesy )[^()]{{0,80}}\)"
    rf"|\([A-Z][^()/]{{2,60}}/ ?(?:[^()/]{{2,40}}/ ?)?{_AGENCY}(?:[ /-][^()]{{0,40}})?\)(?: [\w .'’-]{{2,40}} AP)?"
    rf"|\([^()]{{2,80}} via {_AGENCY}\)(?: [\w .'’-]{{2,40}} AP)?"
    r"|\bREUTERS/[A-Z][\w .'’/-]{2,40}|\| AP [Pp]hotos?|\bAP Photo(?:/[\w .,'’-]{2,40})?"
    rf"|[A-Z][\w'’-]+ ?/ ?(?:[\w ]{{2,20}}(?:/| via | - ))?{_AGENCY}(?: (?:via|for|-|/) ?[\w ]{{2,24}})?(?: file)?"
    r"|(?<=[.)] )(?:Photo(?:graph)?|Image|Picture|Credit)s?: ?[A-Z][^.:;]{2,60}|\bvia Getty Images"
    r"|[-/|] ?Getty Images(?: file)?"
    r"|\b(?:Photo|Photograph|Image|Illustration|Screenshot) : [A-Z][^:.]{2,60}"
    r"|(?<=[.)] )(?:Photo(?:graph)?|Picture|Image)s? (?:by|courtesy(?: of)?|supplied by|provided by|from)"
    r" (?:the )?[A-Z][^.:;]{2,60}"
    r"|(?<=[.)] )(?:Handout|Courtesy(?: of)?|Supplied(?: by)?|Contributed(?: by)?|File photo)(?:[ /:][^.:;]{0,60})?"
    r"|\([A-Z][a-z]{2,8}\.? \d{1,2}\) AP)\.?$"
)
#: Small words that a credit may end in.
_LAST_WORDS = frozenset({"file", "photo", "photos", "via", "media", "handout"})
#: A picture's credit at the start of a text, run into its first sentence: "Associated Press/Ola Brandt The board".
GLUED: Final = re.compile(
    r"(?:.{0,400}?[.!?\"”)] )?(?:Associated Press|AP(?: Photo)?|Thomson Reuters|Reuters|REUTERS|Getty(?: Images)?|AFP)"
    r"/(?!Ipsos|NORC|YouGov|GfK|Zogby)(?:[A-Z][\w'’-]+ ){2}(?=[\"“A-Z])"
)
#: A line that is a credit and nothing else: "Name Name | AP", "(Photo: Name / AP)", "Name/Getty Images for Someone".
CREDIT: Final = re.compile(
    rf"\(?(?:{_PICTURE} ?(?:by|:) ?)?(?!By )(?:[^\W\d_][\w.'’-]*[ ,]{{1,2}}){{0,5}}[^\W\d_][\w.'’-]*"
    rf"(?: photo)? ?(?:[|/•–—-]|via|for) ?"
    rf"(?:[A-Z][\w ]{{1,20}}(?:/| - | via | for ))?{_AGENCY}(?:[ /](?:via|for|photo|Photo|file|/"
    rf"|-)[ /]?[\w ./]{{0,40}})?\)?"
)
VIA: Final = re.compile(r"From [A-Z][\w ]{1,30} via [A-Z][\w ]{1,30}")
COUNTER: Final = re.compile(r"\d{1,3}\s?/\s?\d{1,3}")
MORE_OR_LESS: Final = re.compile(r"(?:\.\.\. more|[.\d] less)$")
#: Who posted when: "— Name (@handle) August 20, 2025".
SIGNED: Final = re.compile(
    r"(?:—|–|--|-|&mdash;|―)\s?[^()\n]{1,80}\(@\w{1,30}\)\s+(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}"
    r"|\d{1,2} [A-Z][a-z]{2,8},? \d{4})"
)
POST_LINKS: Final = re.compile(r"(?:(?:pic\.twitter\.com/\w+|https?://t\.co/\w+)\s*)+")


def ends_with_credit(text: str) -> bool:
    """Whether a line ends with a picture's credit, as a caption does."""
    last = text[text.rfind(" ") + 1 :]
    # a sentence ends in a small word, a credit in a name: the long expression is not for every sentence
    tail = text[-130:]
    if last[0].islower() and last[-1] != ")" and "/" not in tail and last.strip(".)") not in _LAST_WORDS:
        return False
    return bool(_CREDITED.search(tail))
