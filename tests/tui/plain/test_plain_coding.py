"""Coding line by line: what a person does, from the first answer to the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import marks_on, themes_on
from making import small_study
from plain_lines import typed
from rounds_at_work import ANNA, study_with_people

from coder.domain.codings import Span
from coder.domain.drafting.theme_drafts import ThemeDraft
from coder.store import codings, surveys
from coder.store.drafts import kept_drafts
from coder.store.team.question_rows import team_questions
from coder.store.team.round_rows import rounds_of
from coder.tui.coding.keys import ACTIONS
from coder.tui.plain.actions import FOR_SCREENS, plain_actions
from coder.tui.plain.commands import ChosenNumber, command_of, places, typed_for
from coder.tui.plain.typed_lines import PlainTerminal
from coder.workflows.team.rounds.leading import NewRound, begin_round

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

LOST, PAY = 1, 2
"""The numbers of the small study's first answers."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def text_of(study: Study, number: int) -> str:
    """Return an answer's text."""
    response = surveys.response(study.database, number)
    assert response is not None
    return response.text


def numbered(lines: list[str], label: str) -> str:
    """Return the number printed before a theme."""
    return next(line.split()[0] for line in lines if line[:1].isdigit() and label in line)


def test_answers_are_coded_by_number_and_done_by_an_empty_line(study: Study) -> None:
    """What is stored is what was typed, and each step is said to be saved."""
    number = numbered(typed(study), "Staff")
    printed = typed(study, number, "", "n")
    assert (list(themes_on(study, LOST)), marks_on(study, LOST)) == (["staff"], {"done": "1"})
    assert (list(themes_on(study, PAY)), marks_on(study, PAY)) == ([], {"done": "1"})
    assert any("Staff" in line and line.endswith("Saved.") for line in printed)


def test_words_in_quotes_carry_the_theme(study: Study) -> None:
    """They are found whatever their case and the space between them; others are refused."""
    words = text_of(study, LOST)[3:17]
    number = numbered(typed(study), "Staff")
    printed = typed(study, f'{number} "{words.upper().replace(" ", "   ")}"', f'{number} "not in there"')
    assert themes_on(study, LOST) == {"staff": (Span(3, 17),)}
    assert "These words are not in the answer: “not in there”." in printed


def test_a_theme_is_found_by_its_name_and_a_step_is_taken_back(study: Study) -> None:
    """What is typed behind the command is typed into its window."""
    typed(study, "/ beds", "1", "m ask her", "f", "undo")
    assert list(themes_on(study, LOST)) == ["beds"]
    assert marks_on(study, LOST) == {"memo": "ask her"}


def test_suggestions_keep_the_numbers_they_were_printed_with(study: Study) -> None:
    """Also after a theme was chosen, which keeps its own."""
    first = [line for line in typed(study) if line[:2] in {"1 ", "2 ", "3 "}]
    again = [line for line in typed(study, "3", ".", ",") if line[:2] in {"1 ", "2 ", "3 "}]
    assert [line.removesuffix(", chosen") for line in again] == first * (len(again) // len(first))


def test_a_misspelt_command_changes_nothing(study: Study) -> None:
    """It is said where all commands are found."""
    printed = typed(study, "colour", "99")
    assert "'colour' is no command. Type ? and Enter for all of them." in printed
    assert "No suggestion has the number 99." in printed
    assert themes_on(study, LOST) == {}


def test_every_action_of_the_screen_can_be_typed() -> None:
    """But for those about drawing; numbers stand for the number keys."""
    actions = plain_actions()
    for action in ACTIONS:
        if action.name not in FOR_SCREENS and not action.name.startswith("choose-"):
            assert command_of(action.name, actions)[0].name == action.name
    names = [name for action in actions for name in set(typed_for(action))]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("3", [ChosenNumber(3)]),
        (" 3  12 ", [ChosenNumber(3), ChosenNumber(12)]),
        ('2 "no beds" 5', [ChosenNumber(2, "no beds"), ChosenNumber(5)]),
        ("2 “no beds”", [ChosenNumber(2, "no beds")]),
        ("3rd", []),
        ("m 3", []),
        ("", []),
        ('2 "no beds', []),
    ],
)
def test_lines_of_numbers(line: str, expected: list[ChosenNumber]) -> None:
    """Numbers and words in quotes, and nothing else."""
    assert places(line) == expected


def test_how_a_theme_was_coded_before_is_printed(study: Study) -> None:
    """For the first suggestion: the earlier answers with it, and those where it was passed over."""
    assert "has not come up before" in " ".join(typed(study, "l"))
    printed = typed(study, "/ staff", "1", "", "l")
    first_line = printed.index("before: Pay (never)")
    assert printed[first_line + 1] == "passed over R1.1  We lost four staff to agency last year"


@pytest.mark.parametrize("name", [action.name for action in plain_actions()])
def test_every_command_does_what_it_says_or_says_why_not(study: Study, name: str) -> None:
    """None asks for a screen, whatever is typed behind it, and none ends the program but quitting."""
    printed = typed(study, name, "", "", "", f"{name} 1", "", "", "again")
    assert printed
    assert not any("Error" in line for line in printed)


def test_draft_themes_are_decided_by_number(study: Study) -> None:
    """The list is printed, then what may become of the draft; nothing is coded."""
    draft = ThemeDraft("Staff, agency", ("staff", "agency"), (LOST,), (LOST,))
    kept_drafts.keep_drafts(study.database, "jo", "Q1", [draft])
    printed = typed(study, "drafts", "1", "3")
    assert "1 Staff, agency, 1 councils" in printed
    assert any(line.startswith("Every draft is decided. Made: 1 theme.") for line in printed)
    assert [theme.label for theme in study.codebook][-1] == "Staff, agency"
    assert themes_on(study, LOST) == {}
    assert "1 Read 5 at random first" in typed(study, "drafts")


def test_answers_of_a_draft_are_coded_together(study: Study) -> None:
    """They are ticked, the first is printed; a number codes them, done if asked, and the drafts go on."""
    draft = ThemeDraft("Staff, agency", ("staff", "agency"), (LOST,), (LOST,))
    kept_drafts.keep_drafts(study.database, "jo", "Q1", [draft])
    printed = typed(study, "drafts", "1", "1", "1", "2")
    assert any(line.startswith("Read them: x takes the tick off") for line in printed)
    assert "Every draft is decided." in printed
    assert list(themes_on(study, LOST)) == [study.codebook.themes[-1].id]


def test_a_round_is_coded_and_finished_in_lines(tmp_path: Path) -> None:
    """`team` prints the rounds and asks: code in one, then finish it."""
    study = study_with_people(tmp_path / "rounds")
    begin_round(study, NewRound("Pilot", {"jo": ["R1.Q1.2", "R3.Q1.1"]}), ANNA)
    lines = typed(study, "team", "1", "1", "", "n", "team", "finish", "1", "q")
    text = "\n".join(lines)
    assert "Pilot  blind  jo 0/2" in text
    assert "Pilot: 2 answers of yours, 0 done. Blind: you see your own codings alone" in text
    assert "All your answers in Pilot are done." in text
    assert "Pilot is finished: your codings in it are locked." in text
    assert rounds_of(study.database).meant("Pilot").settled_at()
    assert codings.confirmed(study.database, "jo") == {2, 5}
    study.close()


def test_the_team_is_asked_line_by_line(study: Study) -> None:
    """A, the number of what it is about, the lines, an empty one; a question is answered the same way."""
    printed = typed(study, "A", "1", "Is agency staff", "pay?", "", "A pay?", "1", "1", "Yes.", "", "q")
    (question,) = team_questions(study.database)
    assert (question.response_id, question.text) == ("R1.Q1.1", "Is agency staff\npay?")
    assert [reply.text for reply in question.replies] == ["Yes."]
    assert any(line.startswith("Asked the team.") for line in printed)


def test_lines_end_between_words_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As wide as it is: a screen reader reads rows. Into a file a line is a line."""
    monkeypatch.setenv("COLUMNS", "20")
    answer = "Roughly two thirds need nothing afterwards."
    PlainTerminal().print_lines([answer])
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    PlainTerminal().print_lines([answer, ""])
    assert capsys.readouterr().out.split("\n") == [
        answer, "Roughly two thirds", "need nothing", "afterwards.", "", ""
    ]  # fmt: skip
