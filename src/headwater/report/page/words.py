"""Words as the page shows them: in place with their link, or cut to a line."""

from dataclasses import dataclass

from markupsafe import Markup

from headwater.report.page.addresses import Link

_LONGEST_LINK = 90


@dataclass(frozen=True, slots=True)
class Words:
    """Words in place: ``html`` is the sentence with the words marked, ``link`` leads to them in the article."""

    html: Markup
    link: Link
    lang: str | None


def cut(text: str, longest: int = _LONGEST_LINK) -> str:
    """A text that is not longer than a line, cut between words."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–—") + " …"
