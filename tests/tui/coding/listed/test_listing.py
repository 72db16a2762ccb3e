"""The list of answers: where it begins, what comes next, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.filters import Filter
from coder.tui.coding.listed.listing import Listing
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def test_the_list_begins_with_the_first_open_answer(study: Study) -> None:
    """One begins with the first open answer; later with the one touched last, or the next open."""
    session = CodingSession(study, "jo")
    assert Listing(study, "jo").start() == 1
    session.toggle(3, "beds")
    assert Listing(study, "jo").start() == 3
    session.confirm(3)
    assert Listing(study, "jo").start() == 5
    session.nothing_here(8)
    assert Listing(study, "jo").start() == 1
    assert Listing(study, "ann").start() == 1


def test_the_list_begins_with_the_first_answer_when_all_are_done(study: Study) -> None:
    """With nothing left to do the first answer of the question is shown."""
    session = CodingSession(study, "jo")
    for number in (1, 2, 3, 5, 8):
        session.nothing_here(number)
    listing = Listing(study, "jo")
    assert listing.start() == 1
    assert listing.next_open(0) is None


def test_the_next_open_answer_is_one_of_the_list(study: Study) -> None:
    """The next open answer keeps to the filter."""
    listing = Listing(study, "jo")
    listing.filter = Filter("Q1").having("region", "South")
    listing.load(8)
    assert (list(listing.numbers), listing.cursor) == ([3, 8], 1)
    assert (listing.next_open(0), listing.next_open(3), listing.next_open(8)) == (3, 8, None)
    assert (listing.row_of(8), listing.row_of(5)) == (1, None)
    assert listing.rows([3])[3].id == "R2.Q1.1"


def test_the_way_back_is_the_way_one_came(study: Study) -> None:
    """Places are gone back to in the opposite order; nowhere is no place."""
    listing = Listing(study, "jo", "Q1")
    for number in (1, None, 5):
        listing.leave(number)
    assert (listing.back(), listing.back(), listing.back()) == (5, 1, None)
    assert listing.neighbour(1) is listing.neighbour(-1) is listing.question()
