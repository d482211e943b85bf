"""Records: spans and places, ids, and that nothing in a trace can be changed by accident."""

import dataclasses
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import model
from headwater.model import CARRIER_KINDS, Article, Furniture, Place, Source, SourceKind, Span, stable_id, text_of

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda e: Span(min(e), max(e)))
RECORDS = [
    value
    for value in vars(model).values()
    if isinstance(value, type) and dataclasses.is_dataclass(value) and value.__module__ == model.__name__
]


@given(SPANS, SPANS)
def test_overlap_counts_shared_characters(one: Span, other: Span) -> None:
    """The overlap is how many characters both have; a span holds another when it has all of them."""
    both = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlap(other) == other.overlap(one) == len(both)
    assert one.holds(other) is (one.start <= other.start and other.end <= one.end)
    assert not (one.holds(other) and other.holds(one)) or one == other


def test_spans_places_and_words() -> None:
    """A span, its place and the span of that place are the same words; furniture has a span as well."""
    text = "Zé 🌊 gate"
    span = Span(3, 4)
    assert span.of(text) == "🌊"
    assert span.at("a") == Place("a", 3, 4)
    assert span.at("a").span == span
    assert Furniture(3, 4, "promo").span == span


def test_text_of_is_in_order() -> None:
    """The words of several spans stand in the order of the text, with a mark where words are left out."""
    article = Article(id="a", text="one two three")
    assert text_of(article, [Span(8, 13), Span(0, 3)]) == "one … three"
    assert text_of(article, []) == ""


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_ids_are_apart(one: list[str], other: list[str]) -> None:
    """The same parts give the same id, other parts another, whatever is in them."""
    assert stable_id("x", *one) == stable_id("x", *one)
    if one != other and not any("\x1f" in part for part in one + other) and one and other:
        assert stable_id("x", *one) != stable_id("x", *other)


def test_ids_have_a_form() -> None:
    """A prefix, a hyphen, ten hexadecimal digits; also for text that is no Unicode."""
    assert stable_id("claim", "a", 1) == stable_id("claim", "a", "1")
    assert stable_id("claim", "a", "b") != stable_id("claim", "ab")
    prefix, _, digits = stable_id("claim", "\ud800").partition("-")
    assert prefix == "claim"
    assert len(digits) == 10
    assert set(digits) <= set("0123456789abcdef")


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_records_are_frozen_and_hold_tuples(record: type) -> None:
    """No record has a dictionary or a list in it, each is slotted, frozen and described."""
    assert not hasattr(record, "__dict__") or "__slots__" in vars(record)
    assert record.__doc__
    made = typing.cast(typing.Any, record).__dataclass_params__
    assert made.frozen
    for name, hint in typing.get_type_hints(record).items():
        assert typing.get_origin(hint) not in {list, dict, set}, name


def test_a_record_cannot_be_changed() -> None:
    """What a trace holds stays as it is."""
    source = Source(id="s", name="Oda Quill", kind="person")
    with pytest.raises(dataclasses.FrozenInstanceError):
        source.name = "Ada Moe"  # type: ignore[misc]


def test_carriers_are_kinds_of_source() -> None:
    """Those who pass on what others know are kinds that there are."""
    assert set(typing.get_args(SourceKind)) > CARRIER_KINDS
