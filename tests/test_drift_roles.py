"""Roles: only posts that one person cannot hold at a time are told; compatible descriptions stay silent."""

import pytest

from drifted import Story, Told

ROLES = [
    ("former harbour master", "current harbour master", ["conflict"]),
    ("deputy harbour master", "harbour master", ["conflict"]),
    ("acting harbour master", "harbour master", ["drift"]),
    ("Senate majority leader", "Senate minority leader", ["conflict"]),
    ("acting harbour master", "unconfirmed harbour master", []),
    ("acting harbour master", "interim harbour master", []),
    ("former harbour master", "harbour master", []),
    ("harbour master", "chief pilot", []),
    ("harbour master", "harbour master of Emsvik", []),
    ("senior adviser", "adviser", []),
    ("majority leader", "leader", []),
    ("former deputy harbour master", "former acting harbour master", []),
]


@pytest.mark.parametrize(("one", "two", "verdicts"), ROLES, ids=[f"{r[0]}/{r[1]}" for r in ROLES])
def test_roles(one: str, two: str, verdicts: list[str]) -> None:
    """Former and current, deputy and full, majority and minority cannot both hold; acting is lost."""
    articles = (Told(f"Ilse Marrow, {role}, spoke.", roles=(("Ilse Marrow", role),)) for role in (one, two))
    assert [c.verdict for c in Story(*articles).compare()] == verdicts


def test_an_article_with_both_forms_explains_them() -> None:
    """Who writes acting once and the bare title later drops nothing."""
    both = Told(
        "Ilse Marrow, acting harbour master, spoke. The harbour master left.",
        roles=(("Ilse Marrow", "acting harbour master"), ("Ilse Marrow", "harbour master")),
    )
    assert (
        Story(both, Told("Ilse Marrow, harbour master, spoke.", roles=(("Ilse Marrow", "harbour master"),))).compare()
        == ()
    )
