"""The import screen: what a person changes there is what the study is made of."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from piloting import LARGE, SMALL, app_of, pressing, settle, shown, type_line
from textual.widgets import Input, Static

from coder.domain.surveys.survey_doubts import Doubt
from coder.domain.surveys.survey_layout import ImportReport, QuestionCount
from coder.store import surveys
from coder.tui.coding.screen import CodingScreen
from coder.tui.importing import review
from coder.tui.importing.review import ImportRequest, SurveyReview, free_folder
from coder.tui.importing.screen import ImportScreen
from coder.tui.importing.texts import advance, effect, understood
from coder.tui.start.screen import StartScreen
from coder.workflows.exchange.samples import CODEBOOK, RESPONSES, sample_file
from coder.workflows.exchange.survey_import import create_from_file, plan_import, preview_import
from coder.workflows.study.opening import is_study

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from coder.domain.progress import Progress
    from coder.domain.surveys.import_choices import ImportChoices
    from coder.domain.surveys.survey_layout import Role
    from coder.tui.app import CoderApp
    from coder.workflows.exchange.survey_import import ImportPlan
    from coder.workflows.study.study import Study

REPEATED = """\
case,region,proud,worried
R1,North,We kept every team together all year,Nobody answers the phone at night any more
R2,South,A new crisis house opened in the spring,The budget is cut again before the year is out
R3,South,Our nurses and social workers share an office,Rents rise faster than we can find homes
R4,North,Waiting lists fell by a third over summer,We lose staff to the agency every single week
R5,East,People with lived experience sit on each panel,No beds within fifty miles of the town
R6,West,A helpline that is open through the night,Too many forms and too few people to fill them
R7,West,Young carers have a group of their own now,Police will stop coming to welfare checks
R8,East,The farm project has run for twenty years,Two systems that do not speak to each other
R9,East,Peer workers on every ward since the autumn,Referrals doubled and the team did not grow
R10,West,Our duty desk picks up within a minute,Families wait a year for an assessment
R11,West,We train our own approved professionals now,Housing officers left and were not replaced
R1,East,Every leaver has a plan before they go home,The contract ends and nobody says what follows
"""
BOXES = "id,area,comment1,comment2,What changed,Why so,nothing,never\n" + "".join(
    f"C{n},{'North' if n % 2 else 'South'},no beds at all within {n} miles of the town,"
    f"nobody answers the phone at night {n},the new house opened in spring {n},"
    f"they went on and on about the money {n},,\n"
    for n in range(12)
)


def survey_app(path: Path) -> CoderApp:
    """Return the program that reviews a survey file."""
    return app_of(survey=ImportRequest(path))


@pytest.fixture
def responses(work: Path) -> Path:
    """Copy the sample's survey file into the folder."""
    return Path(shutil.copy(sample_file(RESPONSES), work / "responses.csv"))


@pytest.fixture
def repeated(work: Path) -> Path:
    """Write a survey file in which an id stands twice."""
    path = work / "faulty.csv"
    path.write_text(REPEATED, encoding="utf-8")
    return path


async def reviewing(pilot: Pilot[None]) -> ImportScreen:
    """Return the import screen when the file is read and counted."""
    await settle(pilot)
    assert isinstance(pilot.app.screen, ImportScreen)
    return pilot.app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait until their effect is counted."""
    await pilot.press(*keys)
    await settle(pilot)


def made(pilot: Pilot[None]) -> Study:
    """Return the study that the coding screen shows."""
    assert isinstance(pilot.app.screen, CodingScreen)
    return pilot.app.screen.desk.study


def role_of(screen: ImportScreen, name: str) -> Role:
    """Return the role of a column."""
    assert screen.review.plan is not None
    return next(column.role for column in screen.review.plan.layout.columns if column.name == name)


async def at(pilot: Pilot[None], name: str) -> None:
    """Put the cursor on a column."""
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    assert screen.review.plan is not None
    position = next(c.position for c in screen.review.plan.layout.columns if c.name == name)
    screen.columns.go_to(position)
    await pilot.pause()


async def test_enter_imports_what_was_understood(responses: Path, work: Path) -> None:
    """Enter makes the study in the folder named after the file, and shows its first answer."""
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        await reviewing(pilot)
        assert shown(pilot, "effect").startswith(
            "71 respondents, 4 questions, 413 answers, 297 non-responses"
        )
        await press(pilot, "enter")
        study = made(pilot)
        assert study.folder == work / "responses-study"
        assert study.settings.title == "responses-study"
        questions = [(each.id, each.items) for each in surveys.questions(study.database)]
        assert questions == [("Q15", 3), ("Q16", 3), ("Q17", 3), ("Q18", 1)]
        assert not any(isinstance(screen, StartScreen | ImportScreen) for screen in pilot.app.screen_stack)


async def test_keys_change_the_role_of_a_column(responses: Path) -> None:
    """`x`, `a`, `o` and `i` give the column at the cursor its role; the effect follows at once."""
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await at(pilot, "q18")
        await press(pilot, "x")
        assert role_of(screen, "q18") == "ignore"
        assert "3 questions, 384 answers" in shown(pilot, "effect")
        await press(pilot, "a")
        assert role_of(screen, "q18") == "attribute"
        await press(pilot, "o")
        assert "4 questions, 413 answers" in shown(pilot, "effect")
        await at(pilot, "council_type")
        await press(pilot, "x", "down", "x")
        await press(pilot, "enter")
        names = [attribute.name for attribute in surveys.attributes(made(pilot).database)]
        assert "council_type" not in names
        assert "region" not in names
        assert "q2_impact" in names


async def test_space_goes_through_the_roles(responses: Path) -> None:
    """Space makes a column an attribute, leaves it out, and makes it a question again."""
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await at(pilot, "q18")
        seen = []
        for _ in range(3):
            await press(pilot, "space")
            seen.append(role_of(screen, "q18"))
        assert seen == ["attribute", "ignore", "open"]


async def test_a_column_opened_by_hand_finds_its_question(responses: Path) -> None:
    """A column that becomes an open question is shown with the question's id."""
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await at(pilot, "region")
        await press(pilot, "o")
        assert screen.review.plan is not None
        assert screen.review.plan.layout.columns[2].question_id == "region"
        assert "5 questions" in shown(pilot, "effect")


def questions_of(screen: ImportScreen) -> dict[str, str]:
    """Return the question and box of each open column."""
    assert screen.review.plan is not None
    return {c.name: f"{c.question_id}.{c.item}" for c in screen.review.plan.layout.of_role("open")}


async def test_boxes_are_joined_and_parted_by_keys(work: Path) -> None:
    """`+` makes a column one more box of the question above, `-` a question of its own; each is said."""
    path = work / "boxes.csv"
    path.write_text(BOXES, encoding="utf-8")
    async with survey_app(path).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        assert len(set(questions_of(screen).values())) == 4
        assert "comment1" in shown(pilot, "doubts")
        await at(pilot, "comment2")
        await press(pilot, "plus")
        assert shown(pilot, "doubts") == ""
        assert questions_of(screen)["comment2"] == "comment.2"
        assert "3 questions" in shown(pilot, "effect")
        await press(pilot, "plus")
        assert "already" in shown(pilot, "effect")
        await press(pilot, "minus")
        assert questions_of(screen)["comment2"] == "comment2.1"
        assert shown(pilot, "doubts") == ""
        await at(pilot, "area")
        await press(pilot, "minus")
        assert "no box" in shown(pilot, "effect")
        await at(pilot, "comment2")
        await press(pilot, "plus", "enter")
        questions = {each.id: each.items for each in surveys.questions(made(pilot).database)}
        assert questions == {"comment": 2, "What_changed": 1, "Why_so": 1}


async def test_a_first_line_has_nothing_to_join(work: Path) -> None:
    """`+` on the first line says that no question stands above it."""
    path = work / "boxes.csv"
    path.write_text(BOXES, encoding="utf-8")
    async with survey_app(path).run_test(size=SMALL) as pilot:
        await reviewing(pilot)
        await press(pilot, "home", "plus")
        assert "no open question" in shown(pilot, "effect")


async def test_questions_stand_on_top_and_what_is_left_out_is_folded(work: Path) -> None:
    """Questions come first, by their wording; columns left out for one reason are a line that Space opens."""
    path = work / "boxes.csv"
    path.write_text(BOXES, encoding="utf-8")
    async with survey_app(path).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        assert shown(pilot, "understood").startswith("12 respondents of 12 rows")
        await press(pilot, "home")
        assert shown(pilot, "detail").startswith("comment1: open")
        await press(pilot, "end")
        assert shown(pilot, "detail").startswith("2 columns left out: empty")
        lines = screen.columns.line_count
        await press(pilot, "x")
        assert "Space opens" in shown(pilot, "effect")
        await press(pilot, "space")
        assert screen.columns.line_count == lines + 2
        await press(pilot, "down", "a")
        assert role_of(screen, "nothing") == "attribute"
        await press(pilot, "up")
        assert shown(pilot, "detail").startswith("1 column left out: empty")


async def test_the_encoding_can_be_changed(work: Path) -> None:
    """`e` shows lines as each encoding reads them, and reads the file anew; what was chosen before stays."""
    path = work / "boxes.csv"
    path.write_bytes(BOXES.replace("night", "caf\u00e9s \u0153uvre").encode("mac-roman"))
    async with survey_app(path).run_test(size=LARGE) as pilot:
        screen = await reviewing(pilot)
        await at(pilot, "comment2")
        await press(pilot, "plus")
        await at(pilot, "area")
        await press(pilot, "x")
        await press(pilot, "e")
        await pilot.press(*"1252")
        await press(pilot, "enter")
        assert screen.review.plan is not None
        assert screen.review.plan.choices.encoding == "cp1252"
        assert any("caf\u017d" in cell for row in screen.review.plan.raw.rows for cell in row)
        assert questions_of(screen)["comment2"] == "comment.2"
        assert role_of(screen, "area") == "ignore"


async def test_without_an_id_rows_are_numbered(responses: Path) -> None:
    """Leaving out the id says that respondents are numbered by row; another column may be the id."""
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await at(pilot, "respondent_id")
        await press(pilot, "x")
        assert "numbered by row" in shown(pilot, "understood")
        await press(pilot, "i")
        assert role_of(screen, "respondent_id") == "id"
        assert "numbered by row" not in shown(pilot, "understood")


async def test_in_a_long_file_o_says_which_column_has_the_answers(work: Path) -> None:
    """In a file with one row an answer, `o` moves the role of the answers from one column to another."""
    lines = [f"R{n},Q{n % 2 + 1},Answer number {n} in some words,Note {n} in others\n" for n in range(20)]
    path = work / "long.csv"
    path.write_text("".join(["respondent,question,text,remark\n", *lines]), encoding="utf-8")
    async with survey_app(path).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        assert role_of(screen, "text") == "text"
        await at(pilot, "remark")
        await press(pilot, "o")
        assert (role_of(screen, "text"), role_of(screen, "remark")) == ("attribute", "text")


async def test_a_repeated_id_is_told_in_place(repeated: Path, work: Path) -> None:
    """Two rows with one id: a doubt in place; Enter asks, and without the id each row is a respondent."""
    async with survey_app(repeated).run_test(size=SMALL) as pilot:
        await reviewing(pilot)
        assert "'case' says that 12 rows hold 11 respondents" in shown(pilot, "doubts")
        assert shown(pilot, "effect").startswith("11 respondents, 2 questions, 24 answers")
        await press(pilot, "enter", "escape")
        assert list(work.iterdir()) == [repeated]
        await press(pilot, "r", "enter")
        assert shown(pilot, "doubts") == ""
        assert shown(pilot, "effect").startswith("12 respondents")
        await press(pilot, "enter")
        study = made(pilot)
        assert len(surveys.questions(study.database)) == 2
        assert len({response.respondent_id for response in surveys.all_responses(study.database)}) == 12


async def test_a_file_that_cannot_be_read_is_told_in_place(work: Path) -> None:
    """A file that is no table says what it is; Esc goes back to the start screen."""
    path = work / "answers.csv"
    path.write_bytes(b"%PDF-1.7 and so on")
    async with survey_app(path).run_test(size=SMALL) as pilot:
        await reviewing(pilot)
        assert "a PDF document" in shown(pilot, "effect")
        await press(pilot, "o", "enter", "down")
        assert "a PDF document" in shown(pilot, "effect")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, StartScreen)


async def test_the_folder_can_be_named(responses: Path, work: Path) -> None:
    """`f` names the folder; one that is not empty is refused in place and can be changed."""
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await press(pilot, "f")
        await type_line(pilot, str(work))
        await press(pilot, "enter")
        assert f"{work} is not empty." in shown(pilot, "effect")
        await press(pilot, "f")
        await type_line(pilot, "mine")
        assert screen.review.fault is None
        await press(pilot, "enter")
        assert made(pilot).settings.title == "mine"
    assert is_study(work / "mine")


async def test_a_codebook_can_be_chosen(responses: Path, work: Path) -> None:
    """`b` offers the codebooks of the folder; the study begins with the one picked."""
    shutil.copy(sample_file(CODEBOOK), work / "book.yaml")
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await press(pilot, "b", "down")
        await press(pilot, "enter")
        assert screen.review.codebook == work / "book.yaml"
        await press(pilot, "enter")
        assert len(made(pilot).codebook.themes) > 60


async def test_a_faulty_codebook_is_refused_at_once(responses: Path, work: Path) -> None:
    """A codebook with a fault is told in place, and what was chosen before stays."""
    (work / "book.yaml").write_text("themes: [", encoding="utf-8")
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await at(pilot, "q18")
        await press(pilot, "x", "b", "down")
        await press(pilot, "enter")
        assert "book.yaml" in shown(pilot, "effect")
        assert screen.review.codebook is None
        assert role_of(screen, "q18") == "ignore"


async def test_escape_ends_the_reading_of_a_codebook(
    responses: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A codebook that takes long does not hold up the screen, and can be given up."""

    def read_slowly(_path: Path, progress: Progress) -> None:
        while True:
            progress(0, None)
            time.sleep(0.01)

    monkeypatch.setattr("coder.tui.importing.review.import_codebook", read_slowly)
    (work / "book.yaml").write_text("themes: []", encoding="utf-8")
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await press(pilot, "b", "down")
        await pilot.press("enter")
        while "Reading the codebook" not in shown(pilot, "effect"):
            await pilot.pause()
        await pilot.press("escape")
        await reviewing(pilot)
        assert "Cancelled" in shown(pilot, "effect")
        assert screen.review.codebook is None


async def test_escape_cancels_the_import(
    responses: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Esc while answers are stored leaves nothing behind, and what was chosen stays."""
    reached, go_on = Event(), Event()

    def held(*arguments: object, progress: Callable[[int, int], None], **named: object) -> object:
        def wait(done: int, total: int) -> None:
            reached.set()
            go_on.wait(30)
            progress(done, total)

        return create_from_file(*arguments, progress=wait, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(review, "create_from_file", held)
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await at(pilot, "q18")
        await pilot.press("x", "enter")
        while not reached.is_set():
            await pilot.pause()
        await pilot.press("escape")
        assert shown(pilot, "effect").startswith("Cancelling")
        go_on.set()
        await settle(pilot)
        assert pilot.app.screen is screen
        assert "Nothing was changed" in shown(pilot, "effect")
        assert list(work.iterdir()) == [responses]
        monkeypatch.undo()
        await press(pilot, "enter")
        assert len(surveys.questions(made(pilot).database)) == 3


async def test_escape_while_reading_goes_back(responses: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Esc while the file is read goes back at once; the reading stops at its next row."""
    reached, go_on, stopped = Event(), Event(), Event()

    def slow(_path: Path, _choices: ImportChoices, progress: Callable[[int, int | None], None]) -> None:
        reached.set()
        go_on.wait(30)
        try:
            progress(1000, 2000)
        finally:
            stopped.set()

    monkeypatch.setattr(review, "plan_import", slow)
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        while not reached.is_set():
            await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, StartScreen)
        go_on.set()
        assert stopped.wait(30)
        await settle(pilot)


async def test_what_is_in_doubt_is_agreed_to_before_it_is_imported(
    responses: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Doubts stand on the screen, `d` shows them whole, and Enter asks before it makes the study."""
    doubt = Doubt("ids", "two rows have lost digits", "--id none numbers the rows", "i", ("1.10E+10",))

    def plan_in_doubt(path: Path, choices: ImportChoices, progress: Progress) -> ImportPlan:
        plan = plan_import(path, choices, progress)
        return replace(plan, layout=replace(plan.layout, doubts=(doubt,)))

    monkeypatch.setattr(review, "plan_import", plan_in_doubt)
    async with survey_app(responses).run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert shown(pilot, "doubts") == "? ids: two rows have lost digits  [i or d]"
        await pilot.press("d")
        assert "1.10E+10" in str(pilot.app.screen.query_one(Static).content)
        await pilot.press("escape", "enter", "enter", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ImportScreen)
        assert not is_study(work / "responses-study")
        await pilot.press("enter", "down", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)
        assert is_study(work / "responses-study")


async def test_doubts_are_settled_on_the_screen(work: Path) -> None:
    """`d` and Enter offer what settles a doubt (what a row holds), or to agree to it."""
    path = work / "doubtful.csv"
    lines = [
        f"R{n % 9},{'North' if n % 2 else 'South'},no beds &amp; no staff within {n} miles of us"
        for n in range(12)
    ]
    path.write_text(
        "\n".join(["case,area,comment", *lines, ",,Source: the trust 2024", ""]), encoding="utf-8"
    )
    async with survey_app(path).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        subjects = [doubt.subject for doubt in screen.review.doubts]
        assert set(subjects) >= {"rows of one respondent", "entities in answers"}
        assert screen.review.plan is not None
        rows = len(screen.review.plan.raw.rows)
        await press(
            pilot, "d", *["down"] * subjects.index("rows of one respondent"), "enter", "down", "enter"
        )
        assert screen.review.plan.choices.row_meaning == "respondent"
        assert len(screen.review.plan.raw.rows) == rows
        while screen.review.doubts:
            before = screen.review.doubts
            await press(pilot, "d", "enter", "enter")
            assert len(screen.review.doubts) < len(before)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_what_a_doubt_leaves_blank_is_typed(work: Path) -> None:
    """A remedy with a blank (`--sheet NAME`) asks for it; a sheet that is not there is said."""
    path = work / "sheets.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for year in (2023, 2024):
            sheet = workbook.add_worksheet(f"Survey {year}")
            sheet.write_row(0, 0, ["id", "area", "comment"])
            for n in range(1, 13):
                sheet.write_row(n, 0, [n, "North", f"no beds within {n} miles of us in {year}"])
    async with survey_app(path).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        assert [doubt.subject for doubt in screen.review.doubts] == ["sheet"]
        await pilot.press("d", "enter", "down", "enter")
        pilot.app.screen.query_one(Input).value = "Survey 2025"
        await pilot.press("enter")
        # Whoever waits for a reading that fails is given its error.
        while "has no sheet 'Survey 2025'" not in shown(pilot, "effect"):
            await pilot.pause(0.05)
        await settle(pilot)
        await pilot.press("d", "enter", "down", "enter")
        await type_line(pilot, "Survey 2024")
        await settle(pilot)
        assert screen.review.plan is not None
        assert "2024" in screen.review.plan.raw.rows[0][2]
        assert screen.review.doubts == ()


async def test_boxes_in_doubt_are_confirmed_or_parted_one_by_one(work: Path) -> None:
    """`+` on one of several boxes in doubt confirms them all; `-` parts that one and says so."""
    path = work / "boxes.csv"
    lines = [
        f"C{n},no beds within {n} miles,nobody answers at night {n},the house opened {n}" for n in range(12)
    ]
    path.write_text("\n".join(["id,Q2a,Q2b,Q2c", *lines, ""]), encoding="utf-8")
    async with survey_app(path).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        assert [doubt.key for doubt in screen.review.doubts] == ["-"]
        await at(pilot, "Q2b")
        await press(pilot, "plus")
        assert "3 columns are boxes of Q2: confirmed." in shown(pilot, "effect")
        assert screen.review.doubts == ()
        await at(pilot, "Q2c")
        await press(pilot, "minus")
        assert "Q2c is a question of its own; Q2a, Q2b stay as before." in shown(pilot, "effect")
        assert questions_of(screen) == {"Q2a": "Q2.1", "Q2b": "Q2.2", "Q2c": "Q2C.1"}


async def test_questions_in_doubt_are_joined_by_the_way_that_their_doubt_names(work: Path) -> None:
    """`d` offers to take them for boxes of one question, or a question each."""
    path = work / "comments.csv"
    lines = [
        f"C{n},no beds within {n} miles,nobody answers at night {n},the house opened {n}" for n in range(12)
    ]
    path.write_text("\n".join(["id,comment1,comment2,comment3", *lines, ""]), encoding="utf-8")
    async with survey_app(path).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        assert [doubt.key for doubt in screen.review.doubts] == ["+"]
        await press(pilot, "d", "enter", "enter")
        assert screen.review.doubts == ()
        joined = {"comment1": "comment.1", "comment2": "comment.2", "comment3": "comment.3"}
        assert questions_of(screen) == joined


async def test_what_r_refuses_names_keys(work: Path) -> None:
    """A hint on the screen speaks of its keys, not of the command line; what they say is heeded."""
    path = work / "answers.csv"
    lines = [f"R{n % 5},no beds at all within {n} miles,nobody answers the phone {n}" for n in range(12)]
    path.write_text("\n".join(["case,proud,worried", *lines, ""]), encoding="utf-8")
    async with survey_app(path).run_test(size=SMALL) as pilot:
        screen = await reviewing(pilot)
        await press(pilot, "r", "down", "down", "enter")
        assert "--" not in shown(pilot, "effect")
        assert "key i on the one, key o on the other" in shown(pilot, "effect")
        await at(pilot, "worried")
        await press(pilot, "o", "r", "down", "down", "enter")
        assert screen.review.plan is not None
        assert screen.review.plan.layout.shape == "long"


def test_a_free_folder_is_offered(work: Path) -> None:
    """The folder is named after the file, with a number where that is taken."""
    assert free_folder(work, Path("My survey (2023).csv")) == work / "My-survey-2023-study"
    (work / "a-study").mkdir()
    assert free_folder(work, Path("a.csv")) == work / "a-study-2"


def test_progress_is_a_bar_where_the_end_is_known() -> None:
    """Half way is half a bar; without an end only the rows are told."""
    assert advance("Reading", 2000, None) == "Reading: 2,000 rows · Esc cancels"
    assert advance("Importing", 1, 2) == f"Importing: {'▆' * 12}{'░' * 12} 1 of 2 · Esc cancels"


def test_warnings_of_an_import_are_told() -> None:
    """The first warning stands in the effect, with how many more there are."""
    report = ImportReport(1, 2, [], [QuestionCount("Q1", "", 2, 0)], [], [], ["The first.", "The second."])
    told = effect(report, None, reading=False)
    assert told.splitlines()[0] == "1 respondent, 1 question, 2 answers, 0 non-responses"
    assert told.splitlines()[-1] == "! The first. (and 1 more)"


def test_what_the_file_is_read_as_is_told(responses: Path) -> None:
    """Shape, first row, encoding and delimiter are named."""
    survey = SurveyReview(ImportRequest(responses))
    assert understood(survey) == ""
    plan = plan_import(responses)
    survey.take_plan(plan)
    how = "one row a respondent, from row 2 · encoding: utf-8 · delimiter: comma"
    assert understood(survey) == f"71 rows: {how}"
    survey.take_report(preview_import(plan))
    assert understood(survey) == f"71 respondents of 71 rows: {how}"


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_the_import(
    snap_compare: Callable[..., bool], responses: Path, size: tuple[int, int]
) -> None:
    """The sample's survey file, the cursor on an open question."""
    keys = ("down", "down")
    assert snap_compare(survey_app(responses), terminal_size=size, run_before=pressing(*keys))


def test_picture_of_a_faulty_file(snap_compare: Callable[..., bool], repeated: Path) -> None:
    """A file in which an id stands twice."""
    assert snap_compare(survey_app(repeated), terminal_size=SMALL, run_before=pressing())
