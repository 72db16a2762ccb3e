"""Coding again: one person's second codings, set apart, and how far they agree with the first."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from all_that_is_seen import TIME, logged_in, printed, read
from rounds_at_work import ANNA, BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS, begin, code, study_with_people
from study_copies import assert_whole, everything_in

from coder import cli
from coder.domain.study_settings import SettingChange
from coder.errors import CoderError
from coder.store import codings, log, surveys
from coder.store.codebook_versions import themes_in_use
from coder.store.surveys import response_numbers
from coder.store.team.round_rows import answers_in, progress_in, rounds_of
from coder.store.team.seeing import everything_seen
from coder.store.team.team_rows import events
from coder.store.team.workers import layers_with_codings
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.study.changing_settings import change_settings
from coder.workflows.study.opening import open_study
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.agreement_reading import read_agreement
from coder.workflows.team.agreement_tables import AgreementRequest, printed_agreement
from coder.workflows.team.copies.opening_packs import open_pack
from coder.workflows.team.copies.receiving import receive
from coder.workflows.team.copies.sending import pack, send
from coder.workflows.team.membership import event_text
from coder.workflows.team.people_merging import merge
from coder.workflows.team.rounds.coding_again import RepeatDraw, begin_repeat
from coder.workflows.team.rounds.handing_over import hand_over
from coder.workflows.team.rounds.leading import NewRound, assign, begin_round, end_round, finish, reopen
from coder.workflows.team.rounds.round_text import round_lines
from coder.workflows.team.settling.disagreements import answers_of_round
from coder.workflows.team.settling.sheet_parts import SheetRequest
from coder.workflows.team.settling.sheets import disagreement_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.revising.revisions import Revision
    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study

FIRST = {LOST: ("staff",), PAY: ("pay",), BEDS: ("beds",), BUDGETS: ("pay", "money"), STAYS: ()}
AGAIN = {LOST: ("staff",), PAY: ("pay",), BEDS: ("beds", "money"), BUDGETS: ("money",), STAYS: ()}
LONG_AGO = "2020-01-01T00:00:00.000Z"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study that Jo has coded, years ago, and Sam in part."""
    study = study_with_people(tmp_path / "study")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log, "utc_now", lambda: LONG_AGO)
        for number, theme_ids in FIRST.items():
            code(study, JO, number, *theme_ids)
    code(study, SAM, LOST, "staff")
    code(study, SAM, PAY, "staff")
    yield study
    assert_whole(study)
    study.close()


def code_again(study: Study, again: Round) -> None:
    """Have Jo code all answers of a round again."""
    for number in answers_in(study.database, again.id, JO):
        code(study, again.layer, number, *AGAIN[number])


def repeated(study: Study, draw: RepeatDraw | None = None) -> Round:
    """Have Jo code again what is drawn, and finish it."""
    again = begin_repeat(study, draw or RepeatDraw(JO), ANNA)
    code_again(study, again)
    return finish(study, again.name, JO, JO)


def test_agreement_with_oneself(study: Study) -> None:
    """Kappa pooled by hand: alike in 18 of 20 decisions, by chance in 14, 14, 17 and 17 of 25 per theme."""
    again = repeated(study)
    # What is changed since counts no more, nor does what others chose.
    code(study, JO, LOST, "beds")
    request = AgreementRequest(themes=True, round_name="JO again")
    overall, themes, respondents = printed_agreement(study, request)
    assert overall.title == "Self-agreement of jo (jo again)"
    both = {row.key: [cell.value for cell in row.cells[:3]] for row in themes.rows if row.kind == "theme"}
    assert both == {"pay": [1, 1, 0], "money": [1, 0, 1], "staff": [1, 0, 0], "beds": [1, 0, 0]}
    observed, expected = 18 / 20, (14 + 14 + 17 + 17) / 100
    assert [row.cells[-1].value for row in overall.rows] == pytest.approx(
        [(observed - expected) / (1 - expected)]
    )
    assert respondents.title.endswith("(jo again)")
    notes = " ".join(overall.notes)
    assert "It is of one person, jo, who coded the same answers twice" in notes
    assert "others may rely" not in notes
    assert "nobody saw what the others had chosen" not in notes
    with pytest.raises(CoderError, match="is of one person"):
        printed_agreement(study, AgreementRequest(coder_names=(JO, SAM), round_name=again.name))


def test_what_was_coded_otherwise_is_listed(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """As it stood when it was finished, both choices side by side, in each format; nothing is settled."""
    again = repeated(study)
    code(study, JO, LOST, "beds")
    (sheet,) = disagreement_sheets(study, SheetRequest(round_name=again.name))
    assert sheet.coders == ("jo 1st", "jo 2nd")
    assert (sheet.summary, sheet.is_to_settle) == ("2 answers coded otherwise", False)
    assert [(row.response_id, row.choice_text(0, "; "), row.choice_text(1, "; ")) for row in sheet.rows] == [
        ("R2.Q1.1", "Beds", "Beds; ≠ Money"),
        ("R3.Q1.1", "Money; ≠ Pay", "Money"),
    ]
    assert [(theme.label, theme.times) for theme in sheet.themes] == [("Money", 1), ("Pay", 1)]
    of_theme = disagreement_sheets(study, SheetRequest(round_name=again.name, theme="Pay", anonymous=True))
    assert [(s.coders, len(s.rows)) for s in of_theme] == [(("coder 1", "coder 2"), 1)]
    command = ["disagreements", str(study.folder), "--round", again.name]
    for kind in ("md", "csv", "json"):
        assert cli.main([*command, "--format", kind]) == cli.DONE
        printed_text = capsys.readouterr().out
        assert "Settled**" not in printed_text
        assert "what stood on" in printed_text or kind == "csv"
    assert cli.main([*command, "--out", str(study.folder / "sheet.xlsx")]) == cli.DONE
    for wrong in (["--coder", "jo,sam"], ["--show", "parked"], ["--theme", "Staff"]):
        assert cli.main([*command, *wrong]) == cli.FAILED
    with pytest.raises(CoderError, match="not settled") as error:
        answers_of_round(study, again.name)
    assert error.value.hint == "What was coded otherwise: coder disagreements --round 'jo again'"


def test_the_screen_is_given_it_as_rows(study: Study) -> None:
    """Behind the agreement; each with all there is to say of it."""
    *_, answers = read_agreement(study, ANNA, repeated(study).name)
    assert answers.of_answers
    assert answers.title == "Coded otherwise, jo 1st → jo 2nd: 2"
    assert [label for _, label, _ in answers.rows] == [
        "R2.Q1.1  Beds → Money, Beds",
        "R3.Q1.1  Pay, Money → Money",
    ]
    text = surveys.responses(study.database, [BEDS])[BEDS].text
    assert answers.rows[0][2] == [f"R2.Q1.1 “{text}” jo 1st: Beds · jo 2nd: Money, Beds"]


def test_days_lie_between_the_two_times(study: Study) -> None:
    """They are counted from marking an answer done to marking it done again; of a quick one it is told."""
    again = repeated(study)
    notes = printed_agreement(study, AgreementRequest(round_name=again.name))[0].notes
    (note,) = (text for text in notes if "Between" in text)
    assert "days" in note
    assert "leave weeks between" not in note
    for number in FIRST:
        code(study, SAM, number, done=number not in codings.confirmed(study.database, SAM))
    begun = begin_repeat(study, RepeatDraw(SAM), ANNA)
    for number in FIRST:
        code(study, begun.layer, number)
    finish(study, begun.name, SAM, SAM)
    notes = printed_agreement(study, AgreementRequest(round_name=begun.name))[0].notes
    assert any("lies less than a day. What is remembered is easily repeated" in note for note in notes)


def test_whatever_is_coded_again_all_else_is_the_same_to_the_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tables, quotes, reports, exports, agreement, lists, counts, engine: without it, begun, and finished."""
    folder = tmp_path / "study"
    study = study_with_people(folder)
    for number, theme_ids in FIRST.items():
        code(study, JO, number, *theme_ids)
        code(study, SAM, number, *theme_ids[:1])
    code(study, "\tsettled", LOST, "pay")
    seen: dict[str, list[object]] = {ANNA: [], JO: [], SAM: []}

    def look() -> None:
        nonlocal study
        study.close()
        for person, all_of_theirs in seen.items():
            with pytest.MonkeyPatch.context() as patch, logged_in(patch, person):
                texts = printed(folder, capsys)
                study = open_study(folder)
                all_of_theirs.append((texts, TIME.sub("(time)", str(read(study, person)))))
                study.close()
        study = open_study(folder, ANNA)

    look()
    again = begin_repeat(study, RepeatDraw(JO), ANNA)
    look()
    code_again(study, again)
    CodingSession(study, again.layer).write_memo(LOST, "why")
    CodingSession(study, again.layer).toggle_flag(PAY)
    CodingSession(study, again.layer).undo()
    look()
    finish(study, again.name, JO, JO)
    look()
    end_round(study, again.name, ANNA)
    look()
    for person, (without, *others) in seen.items():
        assert all(other == without for other in others), person
    look_as(study, again.layer)
    assert layers_with_codings(study.database)[again.layer] == 5
    study.close()


def test_what_was_coded_first_is_not_seen_in_it(study: Study) -> None:
    """Neither one's own nor what others chose on its answers; outside it all but what is set apart."""
    again = begin_repeat(study, RepeatDraw(JO, most=3, seed=2), ANNA)
    code_again(study, again)
    numbers = answers_in(study.database, again.id, JO)
    look_as(study, again.layer)
    assert study.name_of(again.layer) == JO
    for number in FIRST:
        coders = {coding.coder_id for coding in codings.codings_of(study.database, number)}
        assert coders <= ({again.layer} if number in numbers else {JO, SAM})
    assert log.history(study.database, numbers[0])[0][0].coder_id == again.layer
    for person in (JO, SAM, ANNA):
        look_as(study, person)
        everybody = {c.coder_id for number in FIRST for c in codings.codings_of(study.database, number)}
        assert everybody == {JO, SAM}
    assert not study.database.sight.is_blind


def test_undo_takes_back_what_was_coded_again_and_no_other(study: Study) -> None:
    """Undo in it has its own steps; outside it there is none to take back of it."""
    again = begin_repeat(study, RepeatDraw(JO), ANNA)
    look_as(study, again.layer)
    session = CodingSession(study, again.layer)
    session.toggle(LOST, "pay")
    assert session.undo() is not None
    assert session.standing(LOST).spans == {}
    assert session.undo() is None
    assert session.redo() is not None
    assert list(session.standing(LOST).spans) == ["pay"]
    look_as(study, JO)
    undone = CodingSession(study, JO).undo()
    assert undone is not None
    assert undone.decided == (STAYS,)


def test_finishing_locks_what_was_coded_again_and_no_other(study: Study) -> None:
    """Who has finished it can go on with their own codings; the lead opens it again."""
    again = begin_repeat(study, RepeatDraw(JO), ANNA)
    assert list(round_lines(study)) == ["jo again  again  jo 0/5"]
    with pytest.raises(CoderError, match="5 answers of jo again are not done"):
        finish(study, again.name, JO, JO)
    code_again(study, again)
    assert progress_in(study.database, again.id) == {JO: (5, 5)}
    finish(study, again.name, JO, JO)
    look_as(study, again.layer)
    with pytest.raises(CoderError, match="jo has finished jo again"):
        CodingSession(study, again.layer).toggle(LOST, "beds")
    look_as(study, JO)
    CodingSession(study, JO).toggle(LOST, "beds")
    reopen(study, again.name, JO, ANNA)
    look_as(study, again.layer)
    CodingSession(study, again.layer).toggle(LOST, "beds")


def test_what_is_drawn(study: Study) -> None:
    """What one has done alone; of a round, a question, a share; those not coded again so far come first."""
    code(study, SAM, BEDS, "beds", done=False)
    sams = begin_repeat(study, RepeatDraw(SAM), ANNA)
    assert answers_in(study.database, sams.id, SAM) == [LOST, PAY]
    one, other = (begin_repeat(study, RepeatDraw(JO, share=0.5, seed=1), ANNA) for _ in range(2))
    assert (one.name, other.name) == ("jo again", "jo again 2")
    drawn = [set(answers_in(study.database, again.id, JO)) for again in (one, other)]
    assert [len(numbers) for numbers in drawn] == [3, 3]
    assert drawn[0] | drawn[1] == set(FIRST)
    begin(study, members=(JO,))
    of_round = begin_repeat(study, RepeatDraw(JO, "pilot", ("Q1",), name="Third"), ANNA)
    assert of_round.name == "Third"
    for draw in (RepeatDraw(JO, most=6), RepeatDraw(JO, most=0), RepeatDraw(ANNA), RepeatDraw("kim")):
        with pytest.raises(CoderError):
            begin_repeat(study, draw, ANNA)


def test_it_is_nobody_elses(study: Study) -> None:
    """Nobody else is given answers of it, and it is not handed over."""
    again = begin_repeat(study, RepeatDraw(JO, most=2), ANNA)
    with pytest.raises(CoderError, match="is jo's alone"):
        assign(study, again.name, {SAM: ["R1.Q1.1"]}, ANNA)
    with pytest.raises(CoderError, match="jo has nothing to hand over"):
        hand_over(study, JO, SAM, ANNA)


def test_in_it_nothing_is_done_that_is_everybodys(study: Study) -> None:
    """Notes, settings and the codebook: a message says where they are changed."""
    again = begin_repeat(study, RepeatDraw(JO), ANNA)
    look_as(study, again.layer)
    with pytest.raises(CoderError, match="Notes are written outside this round"):
        write_note(CodingSession(study, again.layer), "Pay is pay", "study")
    with pytest.raises(CoderError, match="Settings are changed outside this round"):
        change_settings(study, again.layer, [SettingChange("same_words", False)])
    with pytest.raises(CoderError, match="codebook of a blind round stays"):
        revising.apply(study, revising.plan(study, merging(study)), again.layer)


def merging(study: Study) -> Revision:
    """Return a revision that merges Beds into Money."""
    return revising.begin(study).merge(("beds",), "money")


def test_a_revision_carries_what_was_coded_again(study: Study) -> None:
    """A theme merged meanwhile leaves no coding behind; the plan counts none of them."""
    again = begin_repeat(study, RepeatDraw(JO), ANNA)
    plans = [revising.plan(study, merging(study))]
    code(study, again.layer, BEDS, "beds")
    plans.append(revising.plan(study, merging(study)))
    assert plans[0].touched == plans[1].touched
    assert plans[0].rows == plans[1].rows
    revising.apply(study, plans[1], ANNA)
    with everything_seen(study.database):
        themes = {c.theme_id for c in codings.all_codings(study.database, again.layer)}
    assert themes == {"money"}
    assert "beds" not in themes_in_use(study.database)


def test_who_turns_out_to_be_another_goes_on_with_it(study: Study) -> None:
    """The layer is the round's, whoever its person is."""
    again = begin_repeat(study, RepeatDraw(JO), ANNA)
    code(study, again.layer, LOST, "pay")
    merge(study, JO, ANNA, ANNA)
    assert progress_in(study.database, again.id) == {ANNA: (1, 5)}
    assert study.name_of(again.layer) == ANNA


def test_copies_exchange_it(study: Study, tmp_path: Path) -> None:
    """What is coded again on another copy comes with the rest, and stays set apart."""
    again = begin_repeat(study, RepeatDraw(JO), ANNA)
    study.close()
    shutil.copytree(study.folder, tmp_path / "other")
    here, there = (open_study(folder, ANNA) for folder in (study.folder, tmp_path / "other"))
    code_again(there, again)
    finish(there, again.name, JO, JO)
    bundle = tmp_path / "back.coderbundle"
    send(there, bundle, JO)
    assert list(receive(here, bundle).people) == ["jo, set apart"]
    assert rounds_of(here.database).by_id[again.id].finished[JO]
    assert everything_in(here) == everything_in(there)
    request = AgreementRequest(round_name="jo again")
    figures = [printed_agreement(copy, request)[0].rows for copy in (here, there)]
    assert figures[0] == figures[1]
    assert {c.coder_id for c in codings.all_codings(here.database)} == {JO, SAM}
    there.close()
    study.database = here.database


def test_a_pack_has_ones_own_and_is_whole(study: Study, tmp_path: Path) -> None:
    """What somebody has coded again goes with their answers, that of others does not; both check whole."""
    jos, sams = begin_repeat(study, RepeatDraw(JO), ANNA), begin_repeat(study, RepeatDraw(SAM), ANNA)
    code(study, jos.layer, LOST, "pay")
    code(study, sams.layer, LOST, "pay")
    pack(study, SAM, tmp_path / "sam.coderbundle", ANNA)
    # What somebody codes again says nothing of who codes the rest.
    assert open_pack(tmp_path / "sam.coderbundle", tmp_path / "sam").answers > len(FIRST)
    ids = {number: name for name, number in response_numbers(study.database).items()}
    begin_round(study, NewRound("Parts", {JO: [ids[BEDS], ids[STAYS]], SAM: [ids[BUDGETS]]}), ANNA)
    pack(study, SAM, tmp_path / "part.coderbundle", ANNA)
    assert open_pack(tmp_path / "part.coderbundle", tmp_path / "part").answers == 3
    for name in ("sam", "part"):
        opened = open_study(tmp_path / name, ANNA)
        assert_whole(opened)
        with everything_seen(opened.database):
            assert layers_with_codings(opened.database) == {sams.layer: 1, SAM: 2}
        opened.close()


def test_a_round_that_comes_from_another_copy_is_set_apart_at_once(study: Study, tmp_path: Path) -> None:
    """Whoever has the study open, and has had no such round before, sees nothing of it."""
    study.close()
    shutil.copytree(study.folder, tmp_path / "other")
    here, there = (open_study(folder, ANNA) for folder in (study.folder, tmp_path / "other"))
    code_again(there, begin_repeat(there, RepeatDraw(JO), ANNA))
    send(there, tmp_path / "back.coderbundle", JO)
    receive(here, tmp_path / "back.coderbundle")
    assert {c.coder_id for c in codings.all_codings(here.database)} == {JO, SAM}
    there.close()
    study.database = here.database


def test_the_command_begins_it(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """A number, or a share; what it is called; and how the agreement is had."""
    command = ["team", "repeat", "Jo", "--study", str(study.folder), "--by", ANNA]
    assert cli.main([*command, "--random", "40%", "--as", "Again"]) == cli.DONE
    told = capsys.readouterr().err
    assert "jo: 0 of 2 done" in told
    assert "set apart, and counts in no table" in told
    assert "coder agreement --round 'Again'" in told
    assert cli.main([*command, "--random", "4", "--of", "q1"]) == cli.DONE
    assert [r.name for r in rounds_of(study.database)] == ["Again", "jo again"]
    texts = [event_text(event) for event in events(study.database, "round begun")]
    assert texts[0] == "round Again began: jo codes again, set apart"
    for wrong in ("none", "140%", "9"):
        assert cli.main([*command, "--random", wrong]) == cli.FAILED
