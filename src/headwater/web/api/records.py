"""What the API takes and gives beyond the records of traces and archives: queries, pages, and a person's decisions."""

from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta, Struct

from headwater.archive.decisions import Decision
from headwater.model import FurnitureKind, SourceKind

Item = TypeVar("Item")

#: More than any archive holds, and no more than a database can count.
_MOST = 1_000_000_000

Offset = Annotated[int, Meta(ge=0, le=_MOST, description="How many are passed over.")]
Limit = Annotated[int, Meta(ge=1, le=100, description="How many are given at most.")]
Words = Annotated[str, Meta(max_length=500)]
Name = Annotated[str, Meta(max_length=200)]
Day = Annotated[str, Meta(pattern=r"^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?$|^(?!0000)[0-9]{4}-(0[13-9]|1[0-2])-(29|30)$|^(?!0000)[0-9]{4}-(0[13578]|1[02])-31$", description="A day, month or year: 2025-08-21.")]  # fmt: skip  # noqa: E501
Count = Annotated[int, Meta(ge=0, le=_MOST)]
Naming = Annotated[str, Meta(pattern="[A-Za-z0-9]", max_length=500)]
Who = Annotated[str, Meta(max_length=200, description="Who decides; None = the name the server was started with.")]


class Paging(Struct, frozen=True, kw_only=True):
    """A page of a list."""

    offset: Offset = 0
    limit: Limit = 50


class Query(Struct, frozen=True, kw_only=True):
    """Words to look for, and what results are narrowed to, as for ``headwater.archive.search``."""

    q: Words = ""
    what: Literal["article", "claim", "source", "quotation"] | None = None
    speaker: Name | None = None
    outlet: Name | None = None
    kind: Name | None = None
    since: Day | None = None
    until: Day | None = None
    story: Name | None = None
    offset: Offset = 0
    limit: Limit = 20


class Page(Struct, Generic[Item], frozen=True, kw_only=True):
    """A page of a list: ``total`` is how many there are in all."""

    items: tuple[Item, ...]
    total: int
    offset: int
    limit: int


class Problem(Struct, frozen=True):
    """What went wrong, in one line that says what to do."""

    error: str


class Session(Struct, frozen=True):
    """The token that a change sends in the header ``X-CSRF-Token``, with the cookie that came with it."""

    csrf: str


class Kept(Struct, frozen=True, kw_only=True):
    """A decision as it was kept, and the job by which its stories are told anew; None where none is."""

    decision: Decision
    job: int | None


# Decisions, by ``kind``: each says exactly what it is about.


class Spot(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of an article: [start, end) code points of its text."""

    article: str
    start: Count
    end: Count


class _OfClaims(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    places: tuple[Spot, Spot]
    who: Who | None = None


class SameClaim(_OfClaims, frozen=True, tag="same_claim"):
    """Two statements are one claim."""


class NotSameClaim(_OfClaims, frozen=True, tag="not_same_claim"):
    """Two statements are not one claim."""


class ByPlace(Struct, frozen=True, forbid_unknown_fields=True, tag_field="by", tag="place"):
    """A source by words that name it: [start, end) code points of an article's text."""

    article: str
    start: Count
    end: Count


class ByName(Struct, frozen=True, forbid_unknown_fields=True, tag_field="by", tag="name"):
    """A source by its kind and name."""

    kind: SourceKind
    name: Naming


class SourceName(Struct, frozen=True, forbid_unknown_fields=True):
    """The kind and name of a source that bears one."""

    kind: Literal["person", "organisation", "document", "outlet", "journalist"]
    name: Naming


class _OfSources(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    sources: tuple[ByPlace | ByName, ByPlace | ByName]
    who: Who | None = None


class SameSource(_OfSources, frozen=True, tag="same_source"):
    """Two mentions or names are one source."""


class NotSameSource(_OfSources, frozen=True, tag="not_same_source"):
    """Two mentions or names are not one source."""


class IsFurniture(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="furniture"):
    """Words that are page furniture."""

    place: Spot
    furniture: FurnitureKind = "other"
    who: Who | None = None


class NotFurniture(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="not_furniture"
):
    """Words that are the article's own."""

    place: Spot
    who: Who | None = None


class Owner(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="owner"):
    """Whom an outlet belongs to."""

    outlet: Naming
    owner: Naming
    who: Who | None = None


class Reliability(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reliability"):
    """A letter of the Admiralty scale for a source, given by a person, never computed."""

    source: SourceName
    letter: Literal["A", "B", "C", "D", "E", "F"]
    who: Who | None = None


class Note(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="note"):
    """A note on words of an article."""

    place: Spot
    text: Annotated[str, Meta(pattern=r"\S", max_length=10_000)]
    who: Who | None = None


class Undo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="undo"):
    """A decision is undone; undoing this one brings it back."""

    decision: Annotated[str, Meta(max_length=100)]
    who: Who | None = None


Deciding = (
    SameClaim
    | NotSameClaim
    | SameSource
    | NotSameSource
    | IsFurniture
    | NotFurniture
    | Owner
    | Reliability
    | Note
    | Undo
)


class Sent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article as it is put in: its text, and what is known of it."""

    text: Annotated[str, Meta(min_length=1, max_length=1_000_000)]
    id: Annotated[str, Meta(max_length=200)] | None = None
    url: Annotated[str, Meta(max_length=2_000)] | None = None
    outlet: Name | None = None
    title: Annotated[str, Meta(max_length=1_000)] | None = None
    published: Day | None = None


class Adding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Articles to be put into the archive."""

    articles: Annotated[tuple[Sent, ...], Meta(min_length=1, max_length=500)]
