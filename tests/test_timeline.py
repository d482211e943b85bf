"""Times of a story: each with the claim it dates."""

import pytest

from headwater.align.timeline import placed
from headwater.model import Claim, Independent, Mention, Span, TimePoint


def claim(name: str, article: str, text: str, words: str, *more: Mention) -> Claim:
    """A claim made in those words."""
    start = text.index(words)
    mentions = (Mention(article=article, spans=(Span(start, start + len(words)),)), *more)
    return Claim(
        id=name, text=words, mentions=mentions, outlets=1, origins=(), independent=Independent(0, 1), bottlenecks=()
    )


def point(text: str, words: str) -> TimePoint:
    """A time in those words."""
    start = text.index(words)
    return TimePoint(article="a", start=start, end=start + len(words), value=None)


@pytest.mark.parametrize(
    ("text", "time", "said", "wanted"),
    [
        ("The lock failed on 4 May.", "4 May", "The lock failed on 4 May", "c"),
        ("In early July, the lock failed.", "early July", "the lock failed", "c"),
        ("In early July the lock failed.", "early July", "the lock failed", "c"),
        ("On Monday, Orla Vane said the lock failed.", "Monday", "the lock failed", None),
        ("Orla Vane said on Monday that the lock failed.", "Monday", "the lock failed", None),
        ("It was late 2019. The lock failed.", "late 2019", "The lock failed", None),
    ],
    ids=["held", "leads in", "leads in without comma", "of the saying, before", "of the saying", "other sentence"],
)
def test_time_of_a_claim(text: str, time: str, said: str, wanted: str | None) -> None:
    """A time dates the claim it stands in or leads in with, not what somebody said on that day."""
    (found,) = placed([point(text, time)], [claim("c", "a", text, said)], {"a": text})
    assert found.claim == wanted


def test_of_several_claims_the_one_most_articles_carry() -> None:
    """A time within two claims is of the larger one, and the order of what comes in does not matter."""
    text = "The lock failed on 4 May and the pier on 9 May."
    small = claim("small", "a", text, "The lock failed on 4 May")
    large = claim("large", "a", text, text[:-1], Mention(article="b", spans=(Span(0, 3),)))
    times = [point(text, "9 May"), point(text, "4 May")]
    found = placed(times, [small, large], {"a": text, "b": "Yes"})
    assert [(t.start, t.claim) for t in found] == [(19, "large"), (41, "large")]
    assert found == placed(times[::-1], [large, small], {"a": text, "b": "Yes"})
