"""Which of a team a name means."""

from __future__ import annotations

import pytest

from coder.domain.team.team_people import Person, Team, UnknownPersonError
from coder.errors import CoderError

JO = Person("jo-1", "Jo Hart", spellings=("jo",))
ZOE = Person("zoe-1", "Zoë")
SAM = Person("sam-1", "sam", retired=True)
TEAM = Team([SAM, ZOE, JO, Person("sam-2", "Samuel", merged_into="sam-1")])


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Jo Hart", JO),
        ("  jo   HART ", JO),
        ("Jo", JO),
        ("ZOE\u0308", ZOE),
        ("SAMUEL", SAM),
        ("Joe", None),
        ("", None),
    ],
)
def test_a_name_means_a_person_whatever_its_case_blanks_and_form(name: str, person: Person | None) -> None:
    """Earlier names mean them too, and so do those of people who turned out to be them."""
    assert TEAM.called(name) == person


def test_people_come_in_order_those_who_left_last() -> None:
    """Who turned out to be another is none; ids lead to names, through a merge as well."""
    assert [person.name for person in TEAM.people] == ["Jo Hart", "Zoë", "sam"]
    assert TEAM.names == ["Jo Hart", "Zoë"]
    assert [TEAM.name_of(name) for name in ("zoe-1", "sam-2", "ann")] == ["Zoë", "sam", "ann"]


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    """Nobody is taken for somebody else by likeness alone."""
    with pytest.raises(UnknownPersonError, match=r"Did you mean 'Jo Hart'\?"):
        TEAM.meant("Jo Hrt")
    with pytest.raises(UnknownPersonError, match="Its people: Jo Hart, Zoë"):
        TEAM.meant("x")


def test_names_alike_are_told_apart_only_by_the_very_name() -> None:
    """Two people of an older study whose names are one but for case: each goes by how it is written."""
    jo, other = Person("jo", "jo"), Person("Jo", "Jo")
    both = Team([jo, other])
    assert (both.called("jo"), both.called("Jo")) == (jo, other)
    with pytest.raises(CoderError, match="'JO' may be 'Jo' and 'jo': two people"):
        both.called("JO")
    assert [{one.name, two.name} for one, two in both.alike()] == [{"jo", "Jo"}]
