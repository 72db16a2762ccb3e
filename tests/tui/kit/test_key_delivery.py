"""Keys that come faster than windows open: each means what it means when it is pressed alone."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest
from coding_study import burst, coding, press
from making import CODEBOOK, small_study
from textual.content import Content
from textual.events import Paste
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

import coder.tui
from coder.store import codings
from coder.tui.codebook.names_window import NamesWindow
from coder.tui.codebook.plan_window import PlanWindow
from coder.tui.codebook.theme_form import ThemeForm
from coder.tui.coding.screen import CodingScreen
from coder.tui.kit.path_picker import pick_survey
from coder.tui.kit.windows.ask import AskWindow
from coder.tui.kit.windows.hold import HoldWindow
from coder.tui.kit.windows.pick import PickWindow
from coder.tui.kit.windows.show import ShowWindow
from coder.tui.kit.windows.typed import Typed
from coder.tui.kit.windows.window_screens import window_screen
from coder.tui.kit.windows.window_values import Ask, Hold, Option, Pick, Show
from coder.tui.kit.working import Working

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

WINDOWS: dict[type[ModalScreen[Any]], Callable[[], ModalScreen[Any]]] = {
    AskWindow: lambda: window_screen(Ask("What is asked", "as it was")),
    PickWindow: lambda: window_screen(Pick("Pick one", lambda _: [Option("abc", 1)])),
    NamesWindow: lambda: NamesWindow("Names", "one a line", lambda _: ("", True)),
    PlanWindow: lambda: PlanWindow("A plan", lambda _: ["What it does"]),
    ThemeForm: lambda: ThemeForm("Edit", CODEBOOK.by_id["pay"], lambda _: ""),
    ShowWindow: lambda: window_screen(Show("To read", Content("text"))),
    HoldWindow: lambda: window_screen(Hold("Another program is writing.", lambda: True)),
}
"""How each window is opened; the test of a window that is missing here fails."""

LINES = [
    ("/", "Find a theme"), ("m", "memo"), ("g", "go to"), ("v", "what to list"), ("a", "the order"),
    ("b/", "find in the codebook"), ("ba", "a new theme"), ("be", "edit"), ("bh", "history"), ("bm", "merge"),
    ("bs", "the names of parts"), ("b>", "nets"), ("tb", "by attribute"), ("tf", "some"), ("te", "a file"),
]  # fmt: skip
"""Keys of the coding screen, and of those it leads to, that open a window with a line to type in."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def windows() -> list[type[ModalScreen[Any]]]:
    """Return every window of the program, but for the one that takes no keys."""
    for module in pkgutil.walk_packages(coder.tui.__path__, "coder.tui."):
        importlib.import_module(module.name)
    classes: list[type[ModalScreen[Any]]] = [ModalScreen]
    for window in classes:
        classes += window.__subclasses__()
    ours = [window for window in classes if window.__module__.startswith("coder.")]
    return [window for window in ours if window not in {Typed, Working}]


def done(study: Study) -> int:
    """Return how many answers are confirmed."""
    return codings.progress(study.database, "jo")["Q1"].done


def typed_in(pilot: Pilot[None]) -> str:
    """Return what stands in the line that has the focus."""
    line = pilot.app.focused
    assert isinstance(line, Input | TextArea)
    return line.value if isinstance(line, Input) else line.text


@pytest.mark.parametrize("window", windows())
async def test_two_escapes_close_every_window(study: Study, window: type[ModalScreen[Any]]) -> None:
    """Whatever is typed in a window, Esc pressed twice, with pauses, leaves it, and keys work on."""
    async with coding(study) as (pilot, _):
        pilot.app.push_screen(WINDOWS[window]())
        await press(pilot, "x", "y", "space")
        assert isinstance(pilot.app.screen, window)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, CodingScreen)
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, ShowWindow)


@pytest.mark.parametrize("window", [window for window in windows() if issubclass(window, Typed)])
async def test_typing_goes_on_after_an_escape(study: Study, window: type[ModalScreen[Any]]) -> None:
    """Esc closes a window, or leaves it open with every key at work: typing goes on there."""
    async with coding(study) as (pilot, screen):
        pilot.app.push_screen(WINDOWS[window]())
        await press(pilot, "x", "escape", "z")
        assert pilot.app.screen is screen or typed_in(pilot).endswith("xz")


async def test_windows_that_take_text_are_typed(study: Study) -> None:
    """A window with a line to type in is one of those whose keys are tested here."""
    async with coding(study) as (pilot, _):
        windows_to_open = [window_screen(pick_survey(study.folder)), *(make() for make in WINDOWS.values())]
        for window in windows_to_open:
            await pilot.app.push_screen(window)
            assert isinstance(window, Typed) == bool(window.query("Input, TextArea"))
            await window.dismiss(None)


@pytest.mark.parametrize("keys", [keys for keys, _ in LINES], ids=[title for _, title in LINES])
async def test_letters_after_a_key_that_opens_a_window_are_typed_there(study: Study, keys: str) -> None:
    """In one block with the keys before it, a text ends in the window's line, whole and in order."""
    async with coding(study) as (pilot, _):
        await burst(pilot, "1", keys, "qxt/1")
        assert typed_in(pilot).endswith("qxt/1")


async def test_keys_after_a_screen_was_opened_are_that_screens(study: Study) -> None:
    """A screen takes the keys that come before it is composed; the one below takes none of them."""
    async with coding(study) as (pilot, _):
        await burst(pilot, "1\nb", "down", "?")
        assert done(study) == 1
        assert isinstance(pilot.app.screen, ShowWindow)
        await burst(pilot, "\n", "escape", "1\n")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert done(study) == 2


async def test_what_is_pasted_keeps_its_place_among_keys(study: Study) -> None:
    """A text that is pasted after the key that opens a window is typed there, before the keys after it."""
    async with coding(study) as (pilot, _):
        await burst(pilot)
        pilot.app.simulate_key("slash")
        pilot.app.post_message(Paste("be"))
        pilot.app.simulate_key("d")
        await burst(pilot)
        assert typed_in(pilot) == "bed"


async def test_keys_wait_while_a_window_says_what_is_done(study: Study) -> None:
    """Keys typed while the program takes none go to what it shows then."""
    async with coding(study) as (pilot, _):
        ask = window_screen(Ask("After the work", ""))
        pilot.app.push_screen(Working("At work", lambda: pilot.app.push_screen(ask)))
        await burst(pilot, "abc")
        await pilot.pause()
        assert ask.query_one(Input).value == "abc"
