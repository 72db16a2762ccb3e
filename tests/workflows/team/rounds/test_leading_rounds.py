"""Rounds: begun, coded, finished and ended; what is locked meanwhile, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study
from rounds_at_work import ANNA, BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS, begin, code, study_with_people

from coder.domain.filters import Having
from coder.errors import CoderError
from coder.store import checks, codings, surveys
from coder.store.team.round_rows import answers_in, progress_in, rounds_of, sight_of, write_rounds
from coder.store.team.team_rows import events
from coder.store.team.workers import coders_with_codings
from coder.workflows.coding.same_words import ALL
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import codings_as_json, import_codings
from coder.workflows.revising import revising
from coder.workflows.study.opening import open_study
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.membership import add_people, event_text, retire
from coder.workflows.team.people_merging import merge
from coder.workflows.team.people_parting import part
from coder.workflows.team.rounds.leading import NewRound, assign, begin_round, end_round, finish, reopen
from coder.workflows.team.rounds.round_draws import Draw, candidates, dealt_out
from coder.workflows.team.rounds.round_text import round_lines, show_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

ANSWERS = (LOST, PAY, BEDS, BUDGETS, STAYS)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study with three people."""
    study = study_with_people(tmp_path / "study")
    yield study
    assert checks.faults(study.database) == []
    study.close()


def finish_all(study: Study, *coder_ids: str) -> None:
    """Have people read all their answers and finish."""
    for coder_id in coder_ids:
        for number in answers_in(study.database, rounds_of(study.database).meant("Pilot").id, coder_id):
            if number not in codings.confirmed(study.database, coder_id):
                code(study, coder_id, number)
        finish(study, "Pilot", coder_id, coder_id)


def test_a_round_has_the_answers_and_no_non_response(study: Study) -> None:
    """What is drawn are answers; each member has them all, and none is done yet."""
    pilot = begin(study)
    assert answers_in(study.database, pilot.id, JO) == list(ANSWERS)
    assert progress_in(study.database, pilot.id) == {JO: (0, 5), SAM: (0, 5)}
    assert list(round_lines(study)) == ["Pilot  blind  jo 0/5 · sam 0/5"]
    assert "with version 1 of the codebook" in "\n".join(show_lines(study, pilot))


def test_finishing_takes_all_answers_done_and_locks_them(study: Study) -> None:
    """Coding, undo and an import say why; the other goes on; the lead opens it again; the end unlocks."""
    begin(study)
    code(study, JO, LOST, "pay")
    with pytest.raises(CoderError, match="4 answers of Pilot are not done yet"):
        finish(study, "Pilot", JO, JO)
    finish_all(study, JO)
    look_as(study, JO)
    session = CodingSession(study, JO)
    for change in (
        lambda: session.toggle(BEDS, "beds"),
        lambda: session.confirm(LOST, done=False),
        lambda: session.write_memo(LOST, "why"),
        session.undo,
    ):
        with pytest.raises(CoderError, match="jo has finished Pilot: codings on its answers stay") as error:
            change()
        assert "coder team round reopen Pilot jo" in error.value.hint
    code(study, SAM, LOST, "staff")
    look_as(study, ANNA)
    reopen(study, "Pilot", JO, ANNA)
    assert session.undo() is not None
    session.redo()
    finish_all(study, JO)
    end_round(study, "Pilot", ANNA)
    assert session.toggle(BEDS, "beds").responses == (BEDS,)


def test_a_file_of_codings_changes_nothing_that_is_locked(study: Study, tmp_path: Path) -> None:
    """An import is refused as a whole where it would change what its coder has finished."""
    begin(study)
    code(study, JO, LOST, "pay")
    path = tmp_path / "jo.json"
    path.write_text(codings_as_json(study, JO).replace('"pay"', '"staff"'))
    finish_all(study, JO)
    with pytest.raises(CoderError, match="jo has finished Pilot"):
        import_codings(study, path, coder_id=JO)


def test_a_decision_about_equal_words_is_refused_whole_if_one_is_locked(tmp_path: Path) -> None:
    """Of answers of the same words one is in the finished round: the others are not coded apart from it."""
    study = small_study(tmp_path / "equal", texts=[("Beds",), ("Beds",), ("Pay",)])
    add_people(study, [JO, SAM], ANNA)
    begin_round(study, NewRound("Pilot", {JO: ["R1.Q1.1"]}), ANNA)
    code(study, JO, 1, "beds")
    finish(study, "Pilot", JO, JO)
    with pytest.raises(CoderError, match="jo has finished"):
        CodingSession(study, JO).uncode_many([1, 2], None)
    with pytest.raises(CoderError, match="jo has finished"):
        CodingSession(study, JO).toggle(1, "money", listed=ALL)
    assert CodingSession(study, JO).toggle(2, "beds").responses == (2,)
    study.close()


def test_a_revision_applies_to_what_is_locked(study: Study) -> None:
    """A merge of themes changes the codings of who has finished, too."""
    begin(study)
    code(study, JO, LOST, "pay", "staff")
    finish_all(study, JO, SAM)
    revision = revising.begin(study).merge(["pay"], "staff")
    revising.apply(study, revising.plan(study, revision), ANNA)
    assert {c.theme_id for c in codings.codings_of(study.database, LOST)} == {"staff"}


def test_nobody_waits_for_who_has_left(study: Study) -> None:
    """A member who retires mid-round is waited for no more: who has finished sees all."""
    begin(study)
    finish_all(study, JO)
    assert sight_of(study.database, JO).is_blind
    retire(study, SAM, ANNA)
    assert not sight_of(study.database, JO).is_blind


def test_whoever_is_blind_is_told(study: Study) -> None:
    """Members are, by the round's name; the lead is not, who sees everything."""
    begin(study)
    assert study.blindness == ""
    look_as(study, "Jo")
    assert study.blindness.startswith("Pilot is blind until everybody in it has finished")


def test_names_of_rounds_are_unlike_each_other(study: Study) -> None:
    """Case does not tell two rounds apart; a round of nobody or of nothing is none."""
    begin(study)
    with pytest.raises(CoderError, match="There is a round 'Pilot' already"):
        begin(study, "pilot")
    with pytest.raises(CoderError, match="sam would have no answer"):
        begin_round(study, NewRound("Two", {JO: ["R1.Q1.1"], SAM: []}), ANNA)
    with pytest.raises(CoderError, match="has no answer 'R9"):
        begin_round(study, NewRound("Three", {JO: ["R9.Q1.1"]}), ANNA)
    with pytest.raises(CoderError, match="A round needs answers"):
        begin_round(study, NewRound("Three", {}), ANNA)
    with pytest.raises(CoderError, match="of which 6 cannot be drawn"):
        candidates(study, Draw(most=6))
    end_round(study, "Pilot", ANNA)
    with pytest.raises(CoderError, match="Pilot has ended"):
        assign(study, "Pilot", {JO: ["R1.Q1.1"]}, ANNA)


def test_more_answers_open_a_round_again(study: Study) -> None:
    """Who had finished has more to read, and is no longer finished."""
    begin_round(study, NewRound("Pilot", {JO: ["R1.Q1.1"]}), ANNA)
    finish_all(study, JO)
    grown = assign(study, "pilot", {JO: ["R1.Q1.1", "R2.Q1.1"], SAM: ["R2.Q1.1"]}, ANNA)
    assert grown.finished == {JO: "", SAM: ""}
    assert grown.assigned == {JO: ["R1.Q1.1", "R2.Q1.1"], SAM: ["R2.Q1.1"]}


def test_answers_are_drawn_by_respondent_and_by_attribute(study: Study) -> None:
    """A respondent's boxes stay together; a draw by attribute has answers of those alone."""
    units = candidates(study, Draw(whole_respondents=True, seed=3))
    assert sorted(map(sorted, units)) == [
        ["R1.Q1.1", "R1.Q1.2"], ["R2.Q1.1"], ["R3.Q1.1"], ["R4.Q1.2"],
    ]  # fmt: skip
    dealt = dealt_out(units, [JO, SAM], 0.0)
    assert not set(dealt[JO]) & set(dealt[SAM])
    assert sum(map(len, dealt.values())) == 5
    north = candidates(study, Draw(where=(Having("REGION", ("north",)),)))
    assert sorted(answer for unit in north for answer in unit) == ["R1.Q1.1", "R1.Q1.2", "R3.Q1.1"]


def test_what_becomes_a_non_response_is_not_waited_for(study: Study) -> None:
    """An answer that the list of non-responses has taken since is none of those to be read."""
    pilot = begin(study)
    surveys.judge_otherwise(study.database, [BEDS])
    assert progress_in(study.database, pilot.id)[JO] == (0, 4)
    code(study, JO, BEDS)
    assert progress_in(study.database, pilot.id)[JO] == (1, 5)
    surveys.judge_otherwise(study.database, [BEDS])


def test_the_tables_follow_from_what_was_done(study: Study) -> None:
    """Damage to them is found, and worked out anew from the events; people who merge are one member."""
    begin(study)
    code(study, JO, LOST, "pay")
    study.database.execute("DELETE FROM assignment WHERE person = 'jo' AND response = 3")
    assert [fault.message for fault in checks.faults(study.database)] == [
        "Who has which answers of a round is not as it was assigned."
    ]
    checks.rebuild(study.database)
    study.database.execute("UPDATE round SET blind = 0")
    assert "The rounds are not those" in checks.faults(study.database)[0].message
    with study.database.transaction():
        write_rounds(study.database)
    merge(study, JO, ANNA, ANNA)
    assert rounds_of(study.database).meant("Pilot").member_ids == [SAM, ANNA]
    part(study, JO, ANNA)
    assert rounds_of(study.database).meant("Pilot").member_ids == [JO, SAM]


def test_what_was_done_is_told_in_words(study: Study) -> None:
    """Every event of rounds has its words."""
    begin(study)
    finish_all(study, JO)
    reopen(study, "Pilot", JO, ANNA)
    end_round(study, "Pilot", ANNA)
    assert [event_text(event) for event in events(study.database)][3:] == [
        "round Pilot began, blind: jo, sam",
        "jo has 5 answers of Pilot",
        "sam has 5 answers of Pilot",
        "jo has finished Pilot",
        "Pilot is open again for jo",
        "Pilot ended",
    ]


def test_who_opens_a_study_sees_what_is_theirs(study: Study) -> None:
    """Also with a study opened anew, by name or by id."""
    begin(study)
    code(study, JO, LOST, "pay")
    for who, seen in (("SAM", 0), ("jo", 1), ("anna", 1), ("nobody of the team", 1)):
        again = open_study(study.folder, who)
        assert sum(coders_with_codings(again.database).values()) == seen
        again.close()
