"""The screens of a study that can only be read: looking works; keys that would change something say so."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, cast

import pytest
from piloting import LARGE, SMALL, notices, settle, unsay
from read_only_places import contents, forbid_writing, study_with_log
from textual.widgets import Static

from coder.store import codings
from coder.tui.app import CoderApp
from coder.tui.codebook.keys import ACTIONS as CODEBOOK_ACTIONS
from coder.tui.coding.keys import ACTIONS
from coder.tui.coding.panes.theme_panel import ThemePanel
from coder.tui.kit.windows.show import ShowWindow
from coder.tui.start.rows import StartRows
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.tui.coding.screen import CodingScreen
    from coder.tui.kit.action_screen import ActionScreen
    from coder.workflows.study.study import Study


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a study that can only be read."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    study = study_with_log(tmp_path / "study")
    forbid_writing(monkeypatch, study)
    return study


@pytest.fixture
def study(folder: Path) -> Iterator[Study]:
    """Open it; afterwards it is as it was, and nothing temporary is left."""
    before = contents(folder)
    study = open_study(folder, "jo")
    yield study
    study.close()
    assert contents(folder) == before
    assert not list((folder.parent / "temporary").iterdir())


def top_line(pilot: Pilot[None]) -> str:
    """Return the line at the top of the screen."""
    return str(pilot.app.screen.query_one("#status", Static).content)


async def greeted(pilot: Pilot[None]) -> None:
    """Wait until it is said that the study is read only, and as of when it is shown."""
    while "This study is read only. It is shown as it stood at" not in notices(pilot):
        await settle(pilot)


async def refused(pilot: Pilot[None], key: str) -> bool:
    """Press a key; tell whether it says that the study is read only, and opens nothing."""
    unsay(pilot)
    screens = list(pilot.app.screen_stack)
    await pilot.press(key)
    await settle(pilot)
    return "This study is read only: copy" in notices(pilot) and pilot.app.screen_stack == screens


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_key_that_would_change_something_says_so(study: Study, size: tuple[int, int]) -> None:
    """On the coding screen, and on the codebook's: nothing is changed, no window opens."""
    async with CoderApp(study, "jo", suggestions=False).run_test(size=size) as pilot:
        await greeted(pilot)
        for action in ACTIONS:
            for key in action.keys if action.changes else ():
                assert await refused(pilot, key), f"{key}: {notices(pilot)}"
        await pilot.press("b")
        await settle(pilot)
        for action in CODEBOOK_ACTIONS:
            for key in action.keys if action.changes else ():
                assert await refused(pilot, key), f"{key}: {notices(pilot)}"
    assert len(list(codings.all_codings(study.database, "jo"))) == 3


async def test_ways_to_change_something_by_windows_and_the_mouse_are_closed_too(study: Study) -> None:
    """Whatever way leads there, the change itself is refused, and the status line does not say NOT SAVED."""
    async with CoderApp(study, "jo", suggestions=False).run_test(size=LARGE) as pilot:
        await greeted(pilot)
        screen = cast("CodingScreen", pilot.app.screen)
        screen.post_message(ThemePanel.Toggled("money"))
        await settle(pilot)
        assert "This study is read only" in notices(pilot)
        assert top_line(pilot).rstrip().endswith("read only")
        await pilot.press("b", "h", "enter")
        await settle(pilot)
        assert "This study is read only" in notices(pilot)


async def test_every_screen_says_read_only_on_top(study: Study) -> None:
    """Coding, codebook, tables, and what the tables lead to."""
    async with CoderApp(study, "jo", suggestions=False).run_test(size=SMALL) as pilot:
        await greeted(pilot)
        for keys in ((), ("b",), ("escape", "t"), ("o",), ("escape", "s")):
            await pilot.press(*keys)
            await settle(pilot)
            assert top_line(pilot).rstrip().endswith("read only"), keys


async def test_looking_goes_on_as_ever(study: Study) -> None:
    """One moves, searches, filters, orders the list, changes the colours; that lasts while it is open."""
    async with CoderApp(study, "jo", suggestions=False).run_test(size=LARGE) as pilot:
        await greeted(pilot)
        screen = cast("CodingScreen", pilot.app.screen)
        await pilot.press("home", "down")
        await settle(pilot)
        assert screen.desk.here.number == screen.desk.listing.numbers[1]
        await pilot.press("v", *"with a theme", "enter")
        await settle(pilot)
        assert list(screen.desk.listing.numbers) == [1, 3]
        await pilot.press("escape", "a", *"random", "enter")
        await settle(pilot)
        assert screen.desk.listing.arrangement.order.kind == "random"
        theme = pilot.app.theme
        await pilot.press("ctrl+t")
        await settle(pilot)
        assert pilot.app.theme != theme
        assert "This study is read only: copy" not in notices(pilot)


async def test_bar_help_and_palette_offer_what_can_be_done(study: Study) -> None:
    """Keys that would change something are in none of them."""
    async with CoderApp(study, "jo", suggestions=False).run_test(size=LARGE) as pilot:
        await greeted(pilot)
        screen = cast("ActionScreen[None]", pilot.app.screen)
        names = {action.name for action in screen.actions}
        assert {"tables", "codebook", "filter", "similar", "quit"} <= names
        assert not {"done", "undo", "choose-1", "memo"} & names
        await pilot.press("question_mark")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ShowWindow)


async def test_the_list_of_studies_says_which_are_read_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start screen does not copy all of each study to count it."""
    monkeypatch.chdir(folder.parent)
    async with CoderApp(None, "jo", suggestions=False).run_test(size=SMALL) as pilot:
        await settle(pilot)
        rows = pilot.app.screen.query_one(StartRows)
        assert "read only" in "\n".join(str(rows.render_line(y).text) for y in range(4))


def test_each_action_of_the_coding_screen_that_changes_is_known() -> None:
    """The keys that decide about answers are marked as such, and no others."""
    changing = {action.name for action in ACTIONS if action.changes}
    assert changing == {
        *(f"choose-{rank}" for rank in range(1, 10)),
        "take-first", "find", "done", "nothing", "nothing-everywhere", "undo", "redo", "toggle",
        "move-words", "move-words-back",
        "reopen", "memo", "theme-memo", "flag", "name-from-words", "define", "drafts", "redact",
    }  # fmt: skip
