"""A text in; the language it is written in out, as ISO 639-1, or None when it is too short to tell.

A share of English function words settles most news in microseconds; only for the rest is py3langid loaded, whose model
takes most of a second.
"""

import re

_WORD = re.compile(r"[^\W\d_]+")
#: Fewer words than this say too little.
FEWEST_WORDS = 20
#: So many of the first characters are looked at, some 400 words: a page tells its language early.
_MOST_CHARACTERS = 2_500
#: English news has a share of .30 to .50 of these words, other languages that share some of the forms below .10.
_ENGLISH_SHARE = 0.22
#: From this share on, of what stands between spaces, words need not be told from punctuation, which takes longer.
_SURELY_ENGLISH = 0.28
_FORMS = """
the of and to that for with was is his her by from this which are be has have had were said but not it they will
who would been their on at as its he she after when about there an or if what than into could more
"""
_ENGLISH = frozenset(_FORMS.split())


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language most of the text is in; None below 20 words."""
    rough = text[:_MOST_CHARACTERS].lower().split()
    if len(rough) >= 2 * FEWEST_WORDS and sum(map(_ENGLISH.__contains__, rough)) >= _SURELY_ENGLISH * len(rough):
        return "en"
    head = _WORD.findall(text[:_MOST_CHARACTERS].lower())
    if len(head) < FEWEST_WORDS:
        head = _WORD.findall(text.lower())  # few words at the start of much else
        # scripts that put no spaces between words
        unspaced = sum(len(word) for word in head if not word.isascii()) // 4
        if max(len(head), unspaced) < FEWEST_WORDS:
            return None
    if sum(map(_ENGLISH.__contains__, head)) >= _ENGLISH_SHARE * len(head):
        return "en"
    import py3langid

    code: str = py3langid.classify(text[:20_000])[0]
    return code if len(code) == 2 else None
