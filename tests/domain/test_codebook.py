"""Nets, names and what is offered: the rules of a codebook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CODEBOOK

from coder.domain.codebook import Codebook, Theme
from coder.domain.near_names import nearest
from coder.errors import CoderError

IDS = ("a", "b", "c", "d", "e")
PARENTS = st.fixed_dictionaries({name: st.sampled_from([None, *IDS]) for name in IDS})


@given(parents=PARENTS)
def test_a_net_counts_itself_and_all_below(parents: dict[str, str | None]) -> None:
    """A theme is a member of each net above it, and of no other; circles do no harm."""
    book = Codebook(tuple(Theme(name, name.upper(), parent=above) for name, above in parents.items()))
    for net in IDS:
        members = book.members(net)
        assert members[0] == net
        assert set(members[1:]) == {name for name in IDS if net in book.ancestors(name)}
        assert book.is_net(net) == bool(book.children(net))


def test_nets_above_a_theme_come_nearest_first() -> None:
    """The way up goes from the parent to the top."""
    book = Codebook((Theme("a", "A"), Theme("b", "B", parent="a"), Theme("c", "C", parent="b")))
    assert book.ancestors("c") == ["b", "a"]
    assert book.members("a") == ["a", "b", "c"]


def test_what_is_offered() -> None:
    """Active themes that can be coded and are for the question, in the codebook's order."""
    book = Codebook((*CODEBOOK.themes, Theme("other", "Other", questions=("Q2",))))
    assert [theme.id for theme in book.offered("Q1")] == ["pay", "staff", "money", "beds"]
    assert [theme.id for theme in book.offered("Q2")][-1] == "other"


@pytest.mark.parametrize("name", ["old", "Old ways", "  OLD   ways ", "OLD"])
def test_a_theme_is_found_by_id_or_label(name: str) -> None:
    """Whatever the case and the blanks."""
    assert CODEBOOK.find(name).id == "old"


def test_a_misspelt_theme_gets_the_nearest() -> None:
    """The hint has the label that was meant."""
    with pytest.raises(CoderError, match="no theme 'Stafff' for Q1") as caught:
        CODEBOOK.find("Stafff", "Q1")
    assert caught.value.hint == "Did you mean 'Staff'?"


def test_a_label_of_two_questions_needs_one() -> None:
    """One label of two themes is found where the question tells them apart; else ids are asked for."""
    book = Codebook((Theme("one", "Pay", questions=("Q1",)), Theme("two", "Pay", questions=("Q2",))))
    assert book.find("pay", "Q2").id == "two"
    with pytest.raises(CoderError, match="2 themes") as caught:
        book.find("pay")
    assert caught.value.hint == "Use an id: one, two."


def test_an_unknown_theme_is_called_by_its_id() -> None:
    """Codings of a theme that has gone can still be shown."""
    assert CODEBOOK.label("gone") == "gone"
    assert "gone" not in CODEBOOK


def test_nothing_is_near_to_nonsense() -> None:
    """Where no name is close, there is no guess."""
    assert nearest("xyzzy", ["Staff", "Pay"]) == ""


def test_a_part_of_a_name_stands_for_it() -> None:
    """An id-like beginning of a long label is recognised; a few characters are not."""
    labels = ["Joint working with the NHS and others", "Recruitment and retention", "Beds"]
    assert nearest("joint-working", labels) == "Did you mean 'Joint working with the NHS and others'?"
    assert nearest("Recruit", labels) == "Did you mean 'Recruitment and retention'?"
    assert nearest("ith", labels) == ""
