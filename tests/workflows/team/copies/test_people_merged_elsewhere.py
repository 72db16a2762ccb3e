"""Codings made for somebody who, in another copy, had turned out to be another person."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from study_copies import assert_whole, copies, everything_in, exchange

from coder.errors import CoderError
from coder.store import codings
from coder.store.team.team_rows import rival_people, team
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.study.checking import check_surroundings
from coder.workflows.study.coders import join
from coder.workflows.study.opening import open_study
from coder.workflows.team.copies.opening_packs import open_pack
from coder.workflows.team.copies.receipt_text import receipt_lines
from coder.workflows.team.copies.receiving import receive
from coder.workflows.team.copies.sending import pack, send
from coder.workflows.team.people_merging import merge
from coder.workflows.team.people_parting import part, parted_text

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


@ORDERS
def test_what_the_other_decides_elsewhere_stands_unmixed(
    studies: list[Study], tmp_path: Path, merger: int
) -> None:
    """Decided before the merge or after it, without knowing of it; told on whichever side hears of it."""
    first, second = studies
    if merger == 0:
        merge(second, "joanna", "jo", "jo")
    CodingSession(first, "jo").toggle(1, "pay")
    CodingSession(first, "jo").confirm(1)
    if merger == 1:
        merge(second, "joanna", "jo", "jo")
    told = []
    for sender, receiver in ((first, second), (second, first), (first, second)):
        send(sender, tmp_path / "file", "jo")
        told.append("\n".join(receipt_lines(receive(receiver, tmp_path / "file"), is_done=True)))
    line = "On 1 answer jo had decided where it was not known yet who else is jo."
    assert [line in text for text in told] == [True, True, False]
    all_exchange(studies)
    for study in studies:
        assert codings_of(study) == {"jo": {(1, "pay"), (5, "beds")}}


@ORDERS
def test_memos_of_both_stay_where_the_other_decided_elsewhere(studies: list[Study], merger: int) -> None:
    """A memo that a merge would write over is joined."""
    CodingSession(studies[0], "joanna").write_memo(5, "hers")
    exchange(*studies)
    if merger == 0:
        merge(studies[1], "joanna", "jo", "jo")
    CodingSession(studies[0], "jo").write_memo(5, "mine")
    if merger == 1:
        merge(studies[1], "joanna", "jo", "jo")
    all_exchange(studies)
    memos = {mark.content for mark in codings.all_marks(studies[0].database) if mark.aspect == "memo"}
    assert memos == {"mine\nhers"}


def test_the_same_said_in_two_copies_is_said_once(studies: list[Study]) -> None:
    """Nothing of theirs is lost, nobody is told of it, and one taking back is enough."""
    for study in studies:
        merge(study, "joanna", "jo", "jo")
    all_exchange(studies)
    for study in studies:
        assert codings_of(study) == {"jo": {(1, "staff"), (5, "beds")}}
        assert rival_people(study.database) == []
    part(studies[0], "joanna", "jo")
    all_exchange(studies)
    for study in studies:
        assert codings_of(study) == {"joanna": {(1, "staff")}, "jo": {(5, "beds")}}


def test_one_person_made_one_with_two_others_is_told(studies: list[Study], tmp_path: Path) -> None:
    """What was said last holds, with all of theirs; what is told settles it, and then is told no more."""
    first, second = studies
    join(first.database, "sam")
    exchange(first, second)
    merge(first, "joanna", "jo", "jo")
    merge(second, "joanna", "sam", "jo")
    send(first, tmp_path / "file", "jo")
    told = list(receipt_lines(receive(second, tmp_path / "file"), is_done=True))[-1]
    assert told.startswith(
        "joanna was made one with jo and sam in different copies. What was said last holds: joanna is sam."
    )
    assert "coder team part joanna, then coder team merge joanna OTHER" in told
    assert told in check_surroundings(second.folder)[1]
    all_exchange(studies)
    sam = team(first.database).meant("sam").id
    for study in studies:
        assert codings_of(study) == {sam: {(1, "staff")}, "jo": {(5, "beds")}}
    parted = part(first, "joanna", "jo")
    assert "Elsewhere joanna was made one with jo, which does not hold either." in parted_text(parted)
    assert codings_of(first) == {"joanna": {(1, "staff")}, "jo": {(5, "beds")}}
    merge(first, "joanna", "jo", "jo")
    all_exchange(studies)
    for study in studies:
        assert codings_of(study) == {"jo": {(1, "staff"), (5, "beds")}}
        assert rival_people(study.database) == []
        part(study, "joanna", "jo")


def test_all_of_them_one_is_no_rivalry(studies: list[Study]) -> None:
    """Once those are one whom somebody was made one with, nothing is left to be settled."""
    join(studies[0].database, "sam")
    exchange(*studies)
    merge(studies[0], "joanna", "jo", "jo")
    merge(studies[1], "joanna", "sam", "jo")
    all_exchange(studies)
    merge(studies[0], "jo", "sam", "jo")
    all_exchange(studies)
    for study in studies:
        assert codings_of(study) == {team(study.database).meant("jo").id: {(1, "staff"), (5, "beds")}}
        assert rival_people(study.database) == []


def test_what_came_late_is_told_when_they_are_parted(studies: list[Study], tmp_path: Path) -> None:
    """It does not go back; and copies that hear of it later say that the two are one no longer."""
    first, second = studies
    merge(first, "joanna", "jo", "jo")
    CodingSession(first, "jo").toggle(6, "beds")
    elsewhere = CodingSession(second, "joanna")
    elsewhere.toggle(3, "pay")
    elsewhere.toggle(3, "money")
    elsewhere.toggle(6, "pay")
    exchange(second, first)
    text = parted_text(part(first, "joanna", "jo"))
    assert "3 codings made elsewhere for joanna came in while the two were one, and go not back:" in text
    assert "  jo's they are, and stay, on R2.Q1.1." in text
    assert "the log alone, on R3.Q1.2." in text
    assert codings_of(first) == {
        "joanna": {(1, "staff")},
        "jo": {(3, "pay"), (3, "money"), (5, "beds"), (6, "beds")},
    }
    send(first, tmp_path / "file", "jo")
    told = "\n".join(receipt_lines(receive(second, tmp_path / "file"), is_done=True))
    assert "3 codings made elsewhere for joanna go to jo, who was the same person then, and no longer" in told
    merge(second, "joanna", "jo", "jo")
    assert "came in while" not in parted_text(part(second, "joanna", "jo"))


def test_a_pack_takes_back_no_half_of_a_merge(studies: list[Study], tmp_path: Path) -> None:
    """What the merge did to the one is not in it: it is taken back where all of it is."""
    merge(studies[0], "joanna", "jo", "jo")
    pack(studies[0], "jo", tmp_path / "jo.coderbundle", "jo")
    with closing(open_study(open_pack(tmp_path / "jo.coderbundle").folder)) as packed:
        before = everything_in(packed)
        with pytest.raises(CoderError, match="What the merge did to codings is not in this copy"):
            part(packed, "joanna", "jo")
        assert everything_in(packed) == before


def test_a_memo_that_repeats_a_line_is_left_as_the_merge_made_it(studies: list[Study]) -> None:
    """Where the merge knew what stood, nothing follows from it, and it can be taken back."""
    CodingSession(studies[0], "jo").write_memo(1, "once")
    CodingSession(studies[0], "joanna").write_memo(1, "once\nmore")
    merge(studies[0], "joanna", "jo", "jo")
    CodingSession(studies[1], "jo").toggle(6, "beds")
    all_exchange(studies)
    for study in studies:
        assert study.database.value("SELECT COUNT(*) FROM late_step") == 0
        memos = {mark.content for mark in codings.all_marks(study.database) if mark.aspect == "memo"}
        assert memos == {"once\nonce\nmore"}
    part(studies[1], "joanna", "jo")
    assert codings_of(studies[1])["joanna"] == {(1, "staff")}
