"""Agreement of a round: as at the moment when all had finished it, whatever has happened since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recode_study import split
from rounds_at_work import (
    ANNA,
    BEDS,
    BUDGETS,
    JO,
    LOST,
    PAY,
    SAM,
    STAYS,
    begin,
    code,
    study_with_people,
)

from coder import cli
from coder.domain.team.sight import Sight
from coder.errors import CoderError
from coder.store import checks
from coder.store.team.round_rows import rounds_of
from coder.store.team.workers import coders_with_codings
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.agreement_reading import read_agreement
from coder.workflows.team.agreement_tables import AgreementRequest, printed_agreement
from coder.workflows.team.membership import add_people, retire
from coder.workflows.team.people_merging import merge
from coder.workflows.team.rounds.leading import NewRound, assign, begin_round, end_round, finish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

CODED = {
    JO: {LOST: ("staff",), PAY: ("pay",), BEDS: ("beds",), BUDGETS: ("money",), STAYS: ()},
    SAM: {LOST: ("staff",), PAY: ("pay", "money"), BEDS: (), BUDGETS: ("money",), STAYS: ("staff",)},
}
_OF_ROUND = AgreementRequest(themes=True, round_name="pilot")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study whose round two people have coded and finished."""
    study = study_with_people(tmp_path / "study")
    begin(study)
    for coder_id, answers in CODED.items():
        for number, theme_ids in answers.items():
            code(study, coder_id, number, *theme_ids)
        finish(study, "Pilot", coder_id, coder_id)
    yield study
    assert checks.faults(study.database) == []
    study.close()


def figures(study: Study, request: AgreementRequest) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Return what the tables of agreement print: titles, and of each row its label and numbers."""
    return [
        (table.title, [(row.label, *(cell.value for cell in row.cells)) for row in table.rows])
        for table in printed_agreement(study, request)
    ]


def test_it_is_what_it_is_without_the_round_while_nothing_else_is_there(study: Study) -> None:
    """The figures are those of `coder agreement`, and the notes say of which moment and version."""
    of_round = figures(study, _OF_ROUND)
    everything = figures(study, AgreementRequest(themes=True))
    assert [rows for _, rows in of_round] == [rows for _, rows in everything]
    assert of_round[0][0] == "Agreement of jo and sam (Pilot)"
    table = printed_agreement(study, _OF_ROUND)[0]
    assert "when everybody had finished it, under version 1 of the codebook." in table.notes[0]
    assert (
        "The round was blind: nobody saw what the others had chosen. In one shared folder, by courtesy."
        in (table.notes)
    )


def test_whatever_happens_since_it_stays(study: Study) -> None:
    """Codings changed after its end, by others too, a revision, a second round: the figures are the same."""
    then = figures(study, _OF_ROUND)
    end_round(study, "Pilot", ANNA)
    look_as(study, ANNA)
    code(study, JO, LOST, "staff", "beds")
    code(study, ANNA, BEDS, "beds")
    split(study)
    begin_round(study, NewRound("Two", {SAM: ["R1.Q1.1"]}), ANNA)
    assert figures(study, AgreementRequest(themes=True)) != then
    assert figures(study, _OF_ROUND) == then
    look_as(study, JO)
    assert figures(study, _OF_ROUND) == then
    # And what stands now is shown again.
    assert coders_with_codings(study.database)[ANNA] == 1


def test_who_is_blind_to_some_of_it_gets_no_more_than_they_see(study: Study) -> None:
    """In another blind round with one of the answers, that one is left out for its members."""
    end_round(study, "Pilot", ANNA)
    begin_round(study, NewRound("Two", {SAM: ["R1.Q1.1"]}), ANNA)
    look_as(study, SAM)
    assert study.database.sight == Sight(SAM, study.database.sight.rounds)
    assert figures(study, _OF_ROUND)[0][1][0][1] == 4


def test_not_before_everybody_has_finished(study: Study) -> None:
    """It says who has yet to; who has left is not waited for."""
    grown = assign(study, "Pilot", {SAM: ["R2.Q1.2"], ANNA: ["R1.Q1.1"]}, ANNA)
    assert grown.finished[JO]
    with pytest.raises(CoderError, match="Pilot has no agreement yet") as error:
        printed_agreement(study, _OF_ROUND)
    assert error.value.hint == "Still to finish: sam (5 of 5 done), anna (0 of 1 done)."
    finish(study, "Pilot", SAM, SAM)
    retire(study, ANNA, JO)
    look_as(study, ANNA)
    assert figures(study, _OF_ROUND)[0][0] == "Agreement of jo and sam (Pilot)"


def test_the_command_and_the_process_say_the_same(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """`coder agreement --round`, and what the screen reads; both with the same refusals."""
    arguments = ["agreement", str(study.folder), "--round", "Pilot", "--by-theme", "--format", "md"]
    assert cli.main(arguments) == cli.DONE
    printed = capsys.readouterr().out
    overall, by_theme = read_agreement(study, JO, "Pilot")
    assert overall.title == "Agreement of jo and sam (Pilot)"
    assert f"## {by_theme.title}" in printed
    for _, label, cells in by_theme.rows:
        if label != "People":
            assert f"| {label} | {' | '.join(cells)} |".replace("[", "\\[") in printed
    assert cli.main([*arguments[:2], "--round", "Plot"]) == cli.FAILED
    with pytest.raises(CoderError, match="no round 'Plot'"):
        read_agreement(study, JO, "Plot")


@pytest.mark.parametrize("is_chain", [False, True], ids=["merged since", "merged twice since"])
def test_who_turned_out_to_be_another_since_has_read_what_they_had(study: Study, is_chain: bool) -> None:
    """The figures are those of before, under the name of whom they are; also over a chain of merges."""
    before = figures(study, _OF_ROUND)
    kim = add_people(study, ["Kim"], ANNA)[0]
    merge(study, JO, kim.name, ANNA)
    if is_chain:
        kim = add_people(study, ["Kim Lee"], ANNA)[0]
        merge(study, "Kim", "Kim Lee", ANNA)
    after = figures(study, _OF_ROUND)
    assert after[0][0] == f"Agreement of {kim.name} and sam (Pilot)"
    assert [sorted(rows) for _, rows in after[:2]] == [sorted(rows) for _, rows in before[:2]]
    assert study.database.rows("SELECT name FROM sqlite_temp_master WHERE name = 'step'") == []


def test_who_had_coded_under_two_names_has_read_an_answer_once(study: Study) -> None:
    """What they had decided under the name that stays counts, and the round is finished still."""
    other = add_people(study, ["Josephine"], ANNA)[0]
    code(study, other.id, LOST, "beds")
    before = figures(study, _OF_ROUND)
    merge(study, "Josephine", "jo", ANNA)
    assert figures(study, _OF_ROUND) == before


def test_of_two_who_were_one_there_is_no_agreement(study: Study) -> None:
    """Both had finished it, and were one reader."""
    merge(study, JO, SAM, ANNA)
    (pilot,) = rounds_of(study.database)
    assert (list(pilot.finished), bool(pilot.settled_at())) == ([SAM], True)
    with pytest.raises(CoderError, match="No answer was read by two coders"):
        printed_agreement(study, _OF_ROUND)
