"""Codings made for somebody who, in another copy, had turned out to be another person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from study_copies import assert_whole, copies, everything_in, exchange

from coder.store import codings
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.study.coders import join
from coder.workflows.team.copies.receipt_text import receipt_lines
from coder.workflows.team.copies.receiving import receive
from coder.workflows.team.copies.sending import send
from coder.workflows.team.people_merging import merge, part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

ORDERS = pytest.mark.parametrize("merger", [0, 1], ids=["merged first", "coded first"])


@pytest.fixture
def studies(tmp_path: Path) -> Iterator[list[Study]]:
    """Make copies of a study in which jo and joanna, who are one, have coded and done the first answer."""
    both = copies(tmp_path, "ab")
    for name in ("joanna", "jo"):
        join(both[0].database, name)
    CodingSession(both[0], "joanna").toggle(1, "staff")
    CodingSession(both[0], "joanna").confirm(1)
    CodingSession(both[0], "jo").toggle(5, "beds")
    exchange(*both)
    yield both
    for study in both:
        study.close()


def all_exchange(studies: list[Study]) -> None:
    """Have each receive what the other has."""
    exchange(*studies)
    exchange(*reversed(studies))
    assert everything_in(studies[0]) == everything_in(studies[1])
    for study in studies:
        assert_whole(study)


def codings_of(study: Study) -> dict[str, set[tuple[int, str]]]:
    """Return who has which theme on which answer."""
    people: dict[str, set[tuple[int, str]]] = {}
    for coding in codings.all_codings(study.database):
        people.setdefault(coding.coder_id, set()).add((coding.response, coding.theme_id))
    return people


@ORDERS
def test_they_go_where_the_merge_says(studies: list[Study], merger: int) -> None:
    """Themes, marks and memos; where the other has decided, that stands, and memos are joined."""
    elsewhere = CodingSession(studies[1 - merger], "joanna")
    if merger == 0:
        merge(studies[0], "joanna", "jo", "jo")
    elsewhere.toggle(2, "pay")
    elsewhere.confirm(2)
    elsewhere.toggle(1, "money")
    elsewhere.toggle(5, "money")
    elsewhere.write_memo(5, "about cash")
    if merger == 1:
        merge(studies[1], "joanna", "jo", "jo")
    all_exchange(studies)
    for study in studies:
        assert codings_of(study) == {"jo": {(1, "staff"), (1, "money"), (2, "pay"), (5, "beds")}}
        marks = {(mark.coder_id, mark.aspect, mark.response) for mark in codings.all_marks(study.database)}
        assert marks == {("jo", "done", 1), ("jo", "done", 2), ("jo", "memo", 5)}


@ORDERS
def test_what_was_taken_off_elsewhere_is_taken_off(studies: list[Study], merger: int) -> None:
    """Of what the merge has moved; but not once the other has decided about the answer."""
    first, second = studies[merger], studies[1 - merger]
    CodingSession(studies[0], "joanna").toggle(2, "staff")
    exchange(*studies)
    merge(first, "joanna", "jo", "jo")
    CodingSession(first, "jo").toggle(2, "pay")
    elsewhere = CodingSession(second, "joanna")
    elsewhere.toggle(1, "staff")
    elsewhere.toggle(2, "staff")
    all_exchange(studies)
    for study in studies:
        assert codings_of(study) == {"jo": {(2, "staff"), (2, "pay"), (5, "beds")}}


@ORDERS
def test_revisions_hold_for_them(studies: list[Study], merger: int) -> None:
    """A theme that was merged meanwhile, too, is carried on."""
    first, second = studies[merger], studies[1 - merger]
    merge(first, "joanna", "jo", "jo")
    revising.apply(first, revising.plan(first, revising.begin(first).merge(["pay"], "money")), "jo")
    CodingSession(second, "joanna").toggle(3, "pay")
    all_exchange(studies)
    for study in studies:
        assert codings_of(study) == {"jo": {(1, "staff"), (3, "money"), (5, "beds")}}


def test_undo_is_of_ones_own_steps(studies: list[Study]) -> None:
    """What came so is no step of the other's: u takes back what they did last."""
    first, second = studies
    merge(first, "joanna", "jo", "jo")
    CodingSession(first, "jo").toggle(6, "beds")
    CodingSession(second, "joanna").toggle(3, "pay")
    all_exchange(studies)
    outcome = CodingSession(first, "jo").undo()
    assert outcome is not None
    assert codings_of(first) == {"jo": {(1, "staff"), (3, "pay"), (5, "beds")}}
    all_exchange(studies)


def test_after_they_are_parted_each_has_their_own(studies: list[Study]) -> None:
    """What is coded for the one from then on stays theirs."""
    first, second = studies
    merge(first, "joanna", "jo", "jo")
    part(first, "joanna", "jo")
    CodingSession(second, "joanna").toggle(3, "pay")
    all_exchange(studies)
    for study in studies:
        assert codings_of(study) == {"joanna": {(1, "staff"), (3, "pay")}, "jo": {(5, "beds")}}


def test_the_receipt_says_so(studies: list[Study], tmp_path: Path) -> None:
    """On either side; once, and not of others."""
    first, second = studies
    merge(first, "joanna", "jo", "jo")
    CodingSession(second, "joanna").toggle(3, "pay")
    CodingSession(second, "joanna").toggle(3, "beds")
    told = []
    for sender, receiver in ((second, first), (first, second), (second, first)):
        send(sender, tmp_path / "file", "jo")
        told.append("\n".join(receipt_lines(receive(receiver, tmp_path / "file"), is_done=True)))
    line = "2 codings made elsewhere for joanna go to jo, who is the same person; where jo had decided"
    assert [line in text for text in told] == [True, True, False]
