"""A screen whose keys, key bar and help come from one list of actions."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from operator import methodcaller
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, cast

from textual.binding import Binding
from textual.screen import Screen, ScreenResultType

from coder.store.database import refuse_changes
from coder.tui.kit.actions import Action, find
from coder.tui.kit.help import help_content
from coder.tui.kit.message_line import MessageLine
from coder.tui.kit.palette import pick_command
from coder.tui.kit.windows.window_values import Show
from coder.tui.kit.working import Working

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.binding import BindingType

    from coder.tui.kit.windows.window_values import Window
    from coder.workflows.study.study import Study

Answer = TypeVar("Answer")

_MOVING, _PROGRAM = "Moving about", "The program"
_TEN = 10
_FAR = 1_000_000_000

MOVING = (
    Action("down", ("down", "j"), "down", "One row down.", methodcaller("move", 1), _MOVING, in_bar=False),
    Action("up", ("up", "k"), "up", "One row up.", methodcaller("move", -1), _MOVING, in_bar=False),
    Action("page-down", ("pagedown",), "ten down",
           "Ten rows down.", methodcaller("move", _TEN), _MOVING, in_bar=False),
    Action("page-up", ("pageup",), "ten up",
           "Ten rows up.", methodcaller("move", -_TEN), _MOVING, in_bar=False),
    Action("first", ("home",), "first", "The first row.", methodcaller("move", -_FAR), _MOVING, in_bar=False),
    Action("last", ("end",), "last", "The last row.", methodcaller("move", _FAR), _MOVING, in_bar=False),
)  # fmt: skip
"""The keys that move a cursor, for screens with a method `move`."""

PROGRAM = (
    Action("palette", ("ctrl+p",), "commands",
           "Find any command by typing.", methodcaller("show_palette"), _PROGRAM, in_bar=False),
    Action("light-dark", ("ctrl+t",), "light or dark",
           "Change between light and dark.", methodcaller("switch_theme"), _PROGRAM, in_bar=False),
    Action("help", ("question_mark",), "help", "This help.", methodcaller("show_help"), _PROGRAM),
)  # fmt: skip
"""The keys of every screen; the last, help, always has room in the key bar."""


def bindings(actions: Iterable[Action]) -> list[BindingType]:
    """Return Textual's bindings for a screen whose `action_run` takes an action's name."""
    return [
        Binding(",".join(action.keys), f"run('{action.name}')", action.title, show=False)
        for action in actions
        if action.keys
    ]


class Program(Protocol):
    """What screens ask of the app."""

    @property
    def study(self) -> Study | None:
        """The study that is open."""

    def guard(self, act: Callable[..., object], *arguments: object) -> Exception | None:
        """Do something; an error is shown and returned, and the program goes on."""

    def open_study(self, study: Study, coder_id: str) -> None:
        """Show a study's coding screen."""

    def restart_engine(self) -> None:
        """Start the suggestion engine's process, in place of the one there was."""

    def switch_theme(self) -> None:
        """Change between light and dark."""


class ActionScreen(Screen[ScreenResultType]):
    """Subclasses give `ACTIONS` and, made of them, `BINDINGS`; the lines on top look the same on all."""

    ACTIONS: ClassVar[Sequence[Action]] = ()
    HELP_TITLE: ClassVar[str] = "Help"
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ActionScreen { layout: vertical; overflow: hidden; }
    ActionScreen #status { height: 1; background: $primary 30%; color: $text; }
    ActionScreen #note { height: 1; color: $text-warning; text-style: italic; padding: 0 1; }
    ActionScreen #unsettled { height: 1; color: $text-warning; text-style: bold; padding: 0 1; }
    """

    _replies = 0
    """How many keys, or windows that closed, are being answered now."""

    @property
    def program(self) -> Program:
        """The app, as screens know it."""
        return cast("Program", self.app)

    @property
    def actions(self) -> Sequence[Action]:
        """What can be done here: of a study that can only be read, nothing that changes it."""
        study = self.program.study
        is_read_only = study is not None and study.read_only
        return [action for action in self.ACTIONS if not (is_read_only and action.changes)]

    def action_run(self, name: str) -> None:
        """Do what a key stands for; an error is shown and the screen goes on."""
        action, study = find(self.ACTIONS, name), self.program.study
        if line := self.message_line:
            line.fade()
        with self._in_reply():
            if action.changes and study is not None:
                self.guard(self._change, action, study)
            else:
                self.guard(action.run, self)

    def _change(self, action: Action, study: Study) -> None:
        refuse_changes(study.database)
        action.run(self)

    def guard(self, act: Callable[..., object], *arguments: object) -> Exception | None:
        """Do something; an error is shown and returned, and the screen goes on."""
        return self.program.guard(act, *arguments)

    def show_error(self, error: BaseException) -> None:
        """Show the error that ended some work elsewhere."""

        def end() -> None:
            raise error

        self.guard(end)

    @property
    def message_line(self) -> MessageLine | None:
        """The line above the keys; None before it is there, and once the screen is closed."""
        return next(iter(self.query(MessageLine)), None)

    def tell(self, text: str, seconds: float, *, warning: bool = False, about: str = "") -> None:
        """Say something on this screen's line, for some seconds at least; `about` is its heading."""
        line = self.message_line
        if line is None:
            # This screen is closed: the one that lies on top now says it.
            self.app.notify(
                text, title=about, severity="warning" if warning else "information", timeout=seconds
            )
        else:
            line.say(text, seconds, warning=warning, about=about, notice=not self._replies)

    def unsay(self) -> None:
        """Take away what was said."""
        if line := self.message_line:
            line.unsay()

    @contextmanager
    def _in_reply(self) -> Iterator[None]:
        """Take what is said meanwhile for the answer to a key."""
        self._replies += 1
        try:
            yield
        finally:
            self._replies -= 1

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window, or a whole screen, on top; `take` is given what it returns when it closes.

        An error in `take` is shown.
        """

        def guarded(answer: Answer | None) -> None:
            if take is not None:
                with self._in_reply():
                    self.guard(take, answer)

        if not isinstance(window, Screen):
            # Not at the top: the first paint can do without windows.
            from coder.tui.kit.windows.window_screens import window_screen

            window = window_screen(window)
        self.app.push_screen(window, guarded)

    def after_saying(self, says: str, act: Callable[[], object]) -> None:
        """Say what is done, and do it once that is on screen; keys wait. An error in it is shown."""

        def reply() -> None:
            with self._in_reply():
                self.guard(act)

        self.ask(Working(says, partial(self.call_later, reply)))

    @property
    def is_uncovered(self) -> bool:
        """Whether no other screen lies over this one; windows may.

        Textual's `is_current` is also true for the screen right below one that covers it.
        """
        screens = self.app.screen_stack
        return self in screens and all(screen.is_modal for screen in screens[screens.index(self) + 1 :])

    def window(self) -> Screen[Any]:
        """Return the window or screen that lies on top."""
        return self.app.screen

    def leave_program(self) -> None:
        """Quit; everything is saved already."""
        self.app.exit()

    def show_palette(self) -> None:
        """Offer every command of the screen."""

        def run(name: str | None) -> None:
            if name is not None:
                self.action_run(name)

        self.ask(pick_command(self.actions), run)

    def switch_theme(self) -> None:
        """Change between light and dark."""
        self.program.switch_theme()

    def show_help(self) -> None:
        """Show what every key does."""
        self.ask(Show(self.HELP_TITLE, help_content(self.actions)))
