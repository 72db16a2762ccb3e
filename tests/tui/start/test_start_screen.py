"""The start screen: the ways to a study, each to its end."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from piloting import SMALL, app_of, pressing, settle, shown, type_line

from coder.tui.coding.screen import CodingScreen
from coder.tui.importing.screen import ImportScreen
from coder.tui.kit.path_picker import path_options
from coder.tui.kit.windows.pick import PickWindow
from coder.tui.start.screen import StartScreen
from coder.workflows.exchange.samples import DEMO_FOLDER, RESPONSES, sample_file
from coder.workflows.study.nearby import files_in, progress_of, studies_in
from coder.workflows.study.opening import is_study

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from textual.pilot import Pilot

    from coder.workflows.study.study import Study


def study_on_screen(pilot: Pilot[None]) -> Path:
    """Return the folder of the study that the coding screen shows, with no other screen below it."""
    assert isinstance(pilot.app.screen, CodingScreen)
    assert not any(isinstance(screen, StartScreen | ImportScreen) for screen in pilot.app.screen_stack)
    return pilot.app.screen.desk.study.folder.resolve()


async def test_s_makes_and_opens_the_sample(work: Path) -> None:
    """`s` makes the sample study in the folder and shows its first answer; leaving that quits."""
    async with app_of().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert study_on_screen(pilot) == work / DEMO_FOLDER
        await pilot.press("q")
    assert is_study(work / DEMO_FOLDER)


async def test_enter_opens_a_study_of_the_folder(sample: Study, work: Path) -> None:
    """The studies of the folder come first, so that Enter opens the first of them."""
    sample.close()
    async with app_of().run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, StartScreen)
        first = pilot.app.screen.rows.rows[0]
        assert (first.key, first.title, first.about) == ("1", "PCH 2023", "0 of 413 answers done")
        await pilot.press("enter")
        await settle(pilot)
        assert study_on_screen(pilot) == work / "sample"


async def test_a_number_opens_its_study(sample: Study, work: Path) -> None:
    """A number opens the study of that number; one without a study does nothing."""
    sample.close()
    shutil.copytree(work / "sample", work / "the-same")
    async with app_of().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("down", "down", "3")
        assert isinstance(pilot.app.screen, StartScreen)
        await pilot.press("2")
        await settle(pilot)
        assert study_on_screen(pilot) == work / "the-same"


async def test_a_click_opens_a_study(sample: Study, work: Path) -> None:
    """One click on a study opens it."""
    sample.close()
    async with app_of().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.click("#rows", offset=(5, 1))
        await settle(pilot)
        assert study_on_screen(pilot) == work / "sample"


async def test_o_opens_a_study_by_its_path(sample: Study, work: Path) -> None:
    """`o` takes the path of a study's folder."""
    sample.close()
    async with app_of().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        await type_line(pilot, str(work / "sample"))
        assert study_on_screen(pilot) == work / "sample"


async def test_a_folder_that_is_no_study_is_told_in_place(work: Path) -> None:
    """Opening something else says so on the start screen, which goes on."""
    async with app_of().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        await type_line(pilot, str(work))
        assert isinstance(pilot.app.screen, StartScreen)
        assert "is not a study" in shown(pilot, "state")


async def test_a_faulty_study_does_not_hide_the_others(sample: Study, work: Path) -> None:
    """A study whose settings cannot be read is listed with its fault."""
    sample.close()
    shutil.copytree(work / "sample", work / "broken")
    (work / "broken" / "study.toml").write_text("title = \n", encoding="utf-8")
    (work / "worse").mkdir()
    (work / "worse" / "study.toml").write_text('title = "Worse"\n', encoding="utf-8")
    (work / "worse" / "study.db").write_text("no database at all", encoding="utf-8")
    async with app_of().run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, StartScreen)
        rows = pilot.app.screen.rows.rows
        about = {row.folder.name: row.about for row in rows if row.folder}
        assert "study.toml" in about["broken"]
        assert about["sample"] == "0 of 413 answers done"
        assert "study.db" in about["worse"]


async def test_n_picks_a_survey_file_to_import(work: Path) -> None:
    """`n` offers the survey files of the folder; the one picked goes to the import screen."""
    shutil.copy(sample_file(RESPONSES), work / "answers.csv")
    (work / "notes.docx").write_text("no survey", encoding="utf-8")
    async with app_of().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PickWindow)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ImportScreen)
        assert pilot.app.screen.review.request.path == work / "answers.csv"
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, StartScreen)


async def test_picking_a_folder_looks_inside(work: Path) -> None:
    """A folder picked instead of a file is searched for survey files."""
    (work / "in").mkdir()
    shutil.copy(sample_file(RESPONSES), work / "in" / "answers.csv")
    async with app_of().run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await type_line(pilot, "./i")
        assert isinstance(pilot.app.screen, PickWindow)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ImportScreen)
        assert pilot.app.screen.review.request.path == work / "in" / "answers.csv"


async def test_q_quits(work: Path) -> None:
    """`q` ends the program and leaves nothing in the folder."""
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("q")
        await pilot.pause()
    assert not app.is_running
    assert list(work.iterdir()) == []


def test_a_path_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`~` stands for the home folder, and what is typed after it narrows."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("one.csv", "two.csv", "two.txt"):
        (tmp_path / name).write_text("a", encoding="utf-8")
    options = path_options("~/two", Path("/"), lambda where: files_in(where, (".csv",)))
    assert [option.choice for option in options] == [tmp_path / "two.csv", tmp_path / "two"]
    assert options[1].detail == f"There is no {tmp_path / 'two'}."


def test_studies_are_found_one_level_down(sample: Study, work: Path) -> None:
    """A study in a sub-folder is found with its title and progress; deeper ones are not looked for."""
    sample.close()
    (work / "deep").mkdir()
    shutil.copytree(work / "sample", work / "deep" / "er")
    assert [study.folder for study in studies_in(work)] == [work / "sample"]
    assert progress_of(work / "sample", "jo") == (0, 413)
    assert studies_in(work / "nowhere") == []


def test_picture_of_the_start_screen(snap_compare: Callable[..., bool], coded_sample: Study) -> None:
    """A folder with one study, far on."""
    coded_sample.close()
    assert snap_compare(app_of(), terminal_size=SMALL, run_before=pressing("down"))
