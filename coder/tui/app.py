"""The app: it holds the study, the engine and the screens, and keeps going whatever happens."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from traceback import format_exception
from typing import TYPE_CHECKING, Any, ClassVar

# Read when Textual is imported: a frame every 8 ms instead of every 16.
os.environ.setdefault("TEXTUAL_FPS", "120")

from textual import events
from textual.app import App
from textual.message import Message

from coder.errors import CoderError, ReadOnlyError
from coder.store.database import remember
from coder.store.opening.patience import tell_waits_to
from coder.text.inert import inert
from coder.tui.coding.desk import PATIENCE
from coder.tui.coding.leaving import leave
from coder.tui.coding.screen import CodingScreen
from coder.tui.coding.suggestions import Advice
from coder.tui.kit.action_screen import ActionScreen
from coder.tui.kit.key_delivery import KeyDelivery
from coder.tui.kit.signals import BY_SIGNAL, end_on_signals
from coder.workflows.study.sight_at_work import look_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from coder.domain.engine_messages import EngineEvent
    from coder.domain.team.rounds import Round
    from coder.tui.importing.review import ImportRequest
    from coder.workflows.study.study import Study
    from coder.workflows.suggesting.engine import SuggestionEngine

LIGHT, DARK = "textual-light", "textual-dark"
ENGINE_AFTER = 0.1
"""Seconds after which the engine's process starts: the first frame comes before it."""
NOTICE_SECONDS = 5
"""How long a notice stands at least, where nothing else is said of that."""
THEME_SETTING = "screen.theme"
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINK
"""To the end of a file that is made if missing; through no link, and no pipe that nobody reads."""


class EngineMessage(Message):
    """Something the suggestion engine sent."""

    def __init__(self, engine: SuggestionEngine, event: EngineEvent) -> None:
        super().__init__()
        self.engine = engine
        self.event = event


class CoderApp(App[None]):
    """The program on a terminal.

    Args:
        study: The study to code, or None for the start screen.
        coder_id: Who codes; without a study, the name of who is at the keyboard.
        question_id: The question to begin with; None goes on where the coder was last.
        suggestions: Whether to start the suggestion engine's process.
        survey: A survey file to review and import, where there is no study yet.
        one_round: The round to work in; None: all answers.
        alone: Makes, for who is at work, another screen of the study than the one to code on.
    """

    TITLE = "coder"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        study: Study | None,
        coder_id: str,
        question_id: str | None = None,
        *,
        suggestions: bool = True,
        survey: ImportRequest | None = None,
        one_round: Round | None = None,
        alone: Callable[[str], Screen[Any]] | None = None,
    ) -> None:
        super().__init__()
        self.study = study
        self.coder_id = coder_id
        self.question_id = question_id
        self._survey = survey
        self._round = one_round
        self._alone = alone
        self.advice: Advice | None = None
        self.ended_by: CoderError | None = None
        """The error that nothing has caught and that people can do something about."""
        self._suggestions = suggestions
        self._engine: SuggestionEngine | None = None
        self._keys = KeyDelivery(self)

    def get_default_screen(self) -> Screen[Any]:
        """Begin with the study's coding screen, if there is a study."""
        if self.study is not None and self._alone is not None:
            _begin_with(self, self.study)
            look_as(self.study, self.coder_id)
            return self._alone(self.coder_id)
        if self.study is not None:
            return self._coding_screen(self.study)
        return super().get_default_screen()

    def on_load(self) -> None:
        """Before the terminal is taken: have signals give it back."""
        if not self.is_headless:
            end_on_signals(self)

    def on_driver_signal_resume(self) -> None:
        """Draw everything anew after a pause (SIGTSTP, then `fg`): the terminal has forgotten the screen."""
        self.refresh(layout=True)

    def on_mount(self) -> None:
        """Show the start screen where there is no study; another screen can take its place."""
        if self.study is None:
            from coder.tui.start.screen import StartScreen

            self.push_screen(StartScreen(self.coder_id, self._survey))

    def open_study(self, study: Study, coder_id: str) -> None:
        """Show a study's coding screen."""
        self.coder_id = coder_id
        self.push_screen(self._coding_screen(study))

    def _coding_screen(self, study: Study) -> CodingScreen:
        """Return a study's coding screen; the engine starts once it is painted."""
        _begin_with(self, study)
        self.advice = Advice(study.codebook, None)
        if self._suggestions:
            self.set_timer(ENGINE_AFTER, self._start_engine)
        look_as(study, self.coder_id)
        return CodingScreen(study, self.coder_id, self.advice, self.question_id, self._round)

    async def on_event(self, event: events.Event) -> None:
        """Handle what happens; a key waits until the key before it is done."""
        if (
            isinstance(event, (events.Key, events.Paste))
            and not event.is_forwarded
            and not self._keys.is_due(event)
        ):
            return
        await super().on_event(event)

    def _start_engine(self) -> None:
        """Start the suggestion engine, once it is decided whether its model may be downloaded."""
        from coder.tui.kit.download_window import when_decided

        coding = self._coding()
        if self.study is not None and coding is not None:
            when_decided(coding, self.study, self.restart_engine)

    def restart_engine(self) -> None:
        """Start the suggestion engine's process, in place of the one there was."""
        from coder.workflows.suggesting.engine import SuggestionEngine

        if self.study is None or self.advice is None or not self._suggestions:
            return
        self.stop_engine()
        if not self.advice.needs_engine:
            self.advice.engine_stopped()
            return
        copy = self.study.database.copy
        engine = SuggestionEngine(
            self.study.folder,
            self.coder_id,
            lambda event: self.post_message(EngineMessage(engine, event)),
            copy.path if copy else None,
        )
        self._engine = self.advice.engine = engine
        engine.start()

    def stop_engine(self) -> None:
        """End the engine's process, if there is one."""
        if self._engine is not None:
            self._engine.stop()
            self._engine = None

    def on_engine_message(self, message: EngineMessage) -> None:
        """Give a message to the coding screen, unless it is from an engine that was replaced."""
        if message.engine is not self._engine:
            return
        for screen in self.screen_stack:
            if isinstance(screen, CodingScreen):
                self.guard(screen.receive, message.event)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something on the line of the screen on top, or of the one below a window."""
        screen = next((screen for screen in reversed(self.screen_stack) if _has_line(screen)), None)
        if isinstance(screen, ActionScreen):
            seconds = NOTICE_SECONDS if timeout is None else timeout
            screen.tell(message, seconds, warning=severity != "information", about=title)
        else:
            super().notify(
                inert(message), title=inert(title), severity=severity, timeout=timeout, markup=markup
            )

    def _coding(self) -> CodingScreen | None:
        """Return the coding screen, wherever it lies; None where no study is open."""
        return next((screen for screen in self.screen_stack if isinstance(screen, CodingScreen)), None)

    async def action_quit(self) -> None:
        """Quit, from whatever screen; a change that still waits is asked about."""
        coding = self._coding()
        if coding is None:
            self.exit()
        else:
            coding.guard(leave, coding)

    def action_help_quit(self) -> None:
        """Say what quits, as Ctrl+C does not."""
        self.notify("Ctrl+Q quits. Everything is saved already.", timeout=4)

    def guard(self, act: Callable[..., object], *arguments: object) -> Exception | None:
        """Do something; show an error, and return it, instead of ending the program."""
        try:
            act(*arguments)
        except ReadOnlyError as error:
            self.notify(error.hint, title=error.message, severity="warning", timeout=6)
            return error
        except CoderError as error:
            self.notify(error.hint, title=error.message, severity="error", timeout=15, markup=False)
            return error
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the screen and the work on it stay
            damage = _damage(self.study)
            if damage is None:
                _log_unexpected(self, error)
            else:
                self.notify(damage.hint, title=damage.message, severity="error", timeout=15, markup=False)
            return error
        return None

    def _handle_exception(self, error: Exception) -> None:
        """End, as nothing has caught an error; with what people can do, if it is one of theirs."""
        self.ended_by = error if isinstance(error, CoderError) else _damage(self.study)
        if self.ended_by is None:
            super()._handle_exception(error)
            return
        if self._exception is None:  # tests are to see it
            self._exception = error
            self._exception_event.set()
        self.exit(return_code=1)

    def switch_theme(self) -> None:
        """Change between light and dark; the study remembers it."""
        self.theme = DARK if self.theme == LIGHT else LIGHT
        if self.study is not None:
            remember(self.study.database, THEME_SETTING, self.theme)

    def on_unmount(self) -> None:
        """End the engine."""
        self.stop_engine()


def run(
    study: Study | None,
    coder_id: str,
    question_id: str | None = None,
    survey: ImportRequest | None = None,
    one_round: Round | None = None,
    alone: Callable[[str], Screen[Any]] | None = None,
) -> None:
    """Run the program on this terminal until it is quit; for the arguments see `CoderApp`.

    Raises:
        CoderError: It ended by itself; this says why, or Textual has printed it.
        SystemExit: A signal ended it; with the exit code that shells expect.
    """
    # What is said on a terminal would be drawn over the screen.
    tell_waits_to(lambda _seconds, _holder: None)
    app = CoderApp(study, coder_id, question_id, survey=survey, one_round=one_round, alone=alone)
    app.run()
    if (app.return_code or 0) > BY_SIGNAL:
        raise SystemExit(app.return_code)
    if app.ended_by is not None:
        raise app.ended_by
    if app.return_code:
        msg = "The screen ended with an error. Everything that was shown as saved is saved."
        raise CoderError(msg, "Start it again; if it ends again, run coder check on the study.")


def _begin_with(app: CoderApp, study: Study) -> None:
    """Go on with a study, in the colours that it remembers."""
    app.study = study
    # A screen must not stand still: it says itself that another program is writing, and waits.
    study.database.patience = PATIENCE
    app.theme = study.database.setting(THEME_SETTING) or app.theme


def _has_line(screen: Screen[Any]) -> bool:
    return isinstance(screen, ActionScreen) and screen.message_line is not None


def _damage(study: Study | None) -> CoderError | None:
    """Return what is wrong with a study's database; None where nothing is.

    Cells that are not what they should be lead to any error; where there are some, that is what to say.
    """
    from coder.workflows.study.checking import damage_of

    fault = damage_of(study.folder) if study else None
    if fault is None:
        return None
    msg = f"The study's database is damaged. {fault.message}"
    return CoderError(msg, f"{fault.repair} All that is wrong: coder check")


def _log_unexpected(app: CoderApp, error: Exception) -> None:
    """Keep the details of an error beside the study, or in this folder, and say where they are."""
    is_in_study = app.study is not None and not app.study.read_only
    path = (app.study.folder if app.study and is_in_study else Path.cwd()) / "coder-errors.log"
    details = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n{''.join(format_exception(error))}\n"
    with suppress(OSError), os.fdopen(os.open(path, _APPEND, 0o666), "ab") as file:
        file.write(details.encode("utf-8", "backslashreplace"))
    app.notify(
        f"Everything shown as saved is saved. Details are in {path}.",
        title=f"Something went wrong: {type(error).__name__}",
        severity="error",
        timeout=15,
        markup=False,
    )
