"""Packs of a part of the answers, and later ones that bring more."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study
from study_copies import assert_whole, exchange

from coder.errors import CoderError
from coder.store import codings, surveys
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study
from coder.workflows.team.copies.opening_packs import open_pack
from coder.workflows.team.copies.receipt_text import receipt_lines
from coder.workflows.team.copies.receiving import receive, rehearse_receipt
from coder.workflows.team.copies.sending import pack, send
from coder.workflows.team.membership import add_people
from coder.workflows.team.rounds.leading import NewRound, begin_round

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

FIRST, SECOND = ["R1.Q1.1", "R2.Q1.1"], ["R2.Q1.1", "R3.Q1.1", "R4.Q1.2"]


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Study]:
    """Make a study in which jo has two answers, and has coded another one before."""
    with closing(small_study(tmp_path / "lead")) as study:
        add_people(study, ["jo", "sam"], "sam")
        CodingSession(study, "jo").toggle(2, "pay")
        begin_round(study, NewRound("One", {"jo": FIRST}, True, False, 1), "sam")
        yield study


@pytest.fixture
def part(lead: Study, tmp_path: Path) -> Iterator[Study]:
    """Make a study of jo's pack."""
    pack(lead, "jo", tmp_path / "jo.coderbundle", "sam")
    with closing(open_study(open_pack(tmp_path / "jo.coderbundle").folder)) as study:
        yield study


def answers(study: Study) -> set[str]:
    """Return the ids of a study's answers."""
    return set(surveys.response_numbers(study.database))


def test_a_pack_has_what_is_assigned_and_what_was_coded(part: Study) -> None:
    """No other answers, nor respondents of others; the numbers are the study's own."""
    assert answers(part) == {*FIRST, "R1.Q1.2"}
    people = {respondent for (respondent,) in part.database.rows("SELECT id FROM respondent")}
    assert people == {"R1", "R2"}
    assert [(c.response, c.theme_id) for c in codings.all_codings(part.database)] == [(2, "pay")]
    assert_whole(part)


def test_a_later_pack_brings_new_answers(lead: Study, part: Study, tmp_path: Path) -> None:
    """The dry run tells how many; what was coded meanwhile stays, and goes back with the rest."""
    CodingSession(part, "jo").toggle(1, "staff")
    exchange(part, lead)
    begin_round(lead, NewRound("Two", {"jo": SECOND}, True, False, 2), "sam")
    pack(lead, "jo", tmp_path / "more", "sam")
    told = list(receipt_lines(rehearse_receipt(part, tmp_path / "more"), is_done=False))
    assert "  2 answers to code" in told
    assert answers(part) == {*FIRST, "R1.Q1.2"}
    assert receive(part, tmp_path / "more").new_answers == 2
    assert answers(part) == {*FIRST, *SECOND, "R1.Q1.2"}
    numbers = surveys.response_numbers(part.database)
    assert numbers == {key: n for key, n in surveys.response_numbers(lead.database).items() if key in numbers}
    assert_whole(part)
    assert receive(part, tmp_path / "more").is_empty
    CodingSession(part, "jo").toggle(numbers["R4.Q1.2"], "money")
    exchange(part, lead)
    stands = {(c.response, c.theme_id) for c in codings.all_codings(lead.database)}
    assert stands == {(1, "staff"), (2, "pay"), (numbers["R4.Q1.2"], "money")}
    assert_whole(lead)


def test_what_others_did_elsewhere_does_not_fit_a_part(lead: Study, part: Study, tmp_path: Path) -> None:
    """It is refused as a whole, says which answer is not there, and that a later pack is what to ask for."""
    CodingSession(lead, "sam").toggle(5, "beds")
    send(lead, tmp_path / "all", "sam")
    with pytest.raises(CoderError, match=r"answer 'R3\.Q1\.1' is not in this study") as refused:
        receive(part, tmp_path / "all")
    assert "coder team pack" in refused.value.hint
    assert_whole(part)


def test_answers_at_another_place_refuse_a_pack(lead: Study, tmp_path: Path) -> None:
    """One made of a study whose survey has them in another order."""
    texts = [("Beds", "Pay"), ("We lost four staff", "n/a"), ("Budgets", ""), ("-", "x"), ("", "")]
    with closing(small_study(tmp_path / "other", texts=[*texts[1:], texts[0]])) as other:
        add_people(other, ["jo"], "jo")
        pack(other, "jo", tmp_path / "file", "jo")
    with pytest.raises(CoderError, match="nothing was taken"):
        receive(lead, tmp_path / "file")
    assert_whole(lead)
