"""The start screen: where one is when the program is run outside a study."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from coder.errors import CoderError
from coder.store.opening.patience import tell_waits_to
from coder.text.inert import inert
from coder.tui.importing.review import ImportRequest
from coder.tui.importing.screen import ImportScreen
from coder.tui.kit.action_screen import ActionScreen, bindings
from coder.tui.kit.actions import find
from coder.tui.kit.fitting import spread
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.message_line import MessageLine
from coder.tui.kit.path_picker import pick_study, pick_survey
from coder.tui.start.keys import ACTIONS
from coder.tui.start.rows import StartRows
from coder.tui.start.studies import NearbyStudies
from coder.tui.start.who_codes import with_coder
from coder.workflows.exchange.samples import DEMO_FOLDER, make_sample
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coder.workflows.study.study import Study

ABOUT = (
    "Code open survey answers by theme: read an answer, press a number for each theme in it, "
    "and have the tables at any time. Answers never leave this computer."
)


class StartScreen(ActionScreen[None]):
    """Lists the studies of this folder, and the ways to begin one.

    Args:
        coder_name: Who is at the keyboard.
        request: A survey file to import straight away.
    """

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: start"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    StartScreen #about { height: auto; padding: 1 3; }
    StartScreen #rows { height: 1fr; padding: 0 1; }
    StartScreen #state { height: auto; padding: 0 3 1 3; }
    StartScreen #state.-fault { color: $text-error; }
    """

    def __init__(self, coder_name: str, request: ImportRequest | None = None) -> None:
        super().__init__()
        self._coder_name = coder_name
        self._request = request
        self._nearby = NearbyStudies(Path.cwd())
        self._opening: Worker[Any] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        yield Static(ABOUT, id="about", markup=False)
        yield StartRows(id="rows")
        yield Static(id="state", markup=False)
        yield MessageLine()
        yield KeyBar(ACTIONS)

    @property
    def rows(self) -> StartRows:
        """The studies, and the ways to begin one."""
        return self.query_one("#rows", StartRows)

    def on_mount(self) -> None:
        """List the studies, count their progress in a thread, and import what was asked for."""

        def count() -> None:
            self._nearby.count_progress(self._coder_name)
            self.app.call_from_thread(self._list)

        def say_wait(seconds: float, _holder: str) -> None:
            text = f"Another program is writing to the study: waiting for it, {seconds:.0f} s ..."
            self.app.call_from_thread(self._say, text)

        self._list()
        tell_waits_to(say_wait)
        self.run_worker(count, thread=True, exit_on_error=False)
        if self._request is not None:
            self._review(self._request)

    def on_resize(self) -> None:
        """Draw the top line at its new width."""
        top = spread("coder", f"{self._coder_name} · {Path.cwd().name}", self.size.width)
        self.query_one("#status", Static).update(top)

    def _list(self) -> None:
        self.rows.show(self._nearby.rows())

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.rows.move_to(self.rows.cursor + step)

    @on(StartRows.Clicked)
    def _choose_clicked(self) -> None:
        self.guard(self.choose)

    def choose(self) -> None:
        """Do what the row at the cursor says."""
        row = self.rows.rows[self.rows.cursor]
        if row.action:
            find(ACTIONS, row.action).run(self)
        else:
            self.open(row.folder)

    def open_number(self, number: int) -> None:
        """Open a study of the list, counted from 1."""
        self.open(self._nearby.folder(number))

    def sample(self) -> None:
        """Make the sample study in this folder, or open it."""
        make = partial(make_sample, Path(DEMO_FOLDER), self._coder_name)
        self._begin("Making the sample study ...", make)

    def open(self, folder: Path | None) -> None:
        """Open a study; None opens nothing."""
        if folder is not None:
            self._begin(f"Opening {folder.name} ...", partial(open_study, folder, self._coder_name))

    def _begin(self, text: str, make_or_open: Callable[[], Study]) -> None:
        """Make or open a study in a thread, unless one is under way already."""
        if self._opening is None or self._opening.is_finished:
            self._say(text)
            self._opening = self.run_worker(make_or_open, thread=True, exit_on_error=False)

    @on(Worker.StateChanged)
    def _finish(self, event: Worker.StateChanged) -> None:
        """Show the study that a thread opened, or why it did not."""
        if event.worker is not self._opening:
            return
        if event.state == WorkerState.SUCCESS:
            self._show_study(event.worker.result)
        elif isinstance(event.worker.error, CoderError):
            self._say(f"✗ {event.worker.error.message}\n  {event.worker.error.hint}", fault=True)
        elif event.worker.error is not None:
            self.show_error(event.worker.error)

    def _say(self, text: str, *, fault: bool = False) -> None:
        state = self.query_one("#state", Static)
        state.set_class(fault, "-fault")
        state.update(inert(text.rstrip()))

    def _show_study(self, study: Study | None) -> None:
        """Show a study in place of this screen; None: none was made."""
        if study is not None:
            with_coder(self, study, self._coder_name, partial(self._code, study))

    def _code(self, study: Study, coder_id: str) -> None:
        self.app.pop_screen()
        self.program.open_study(study, coder_id)

    def pick_study(self) -> None:
        """Ask for a study's folder."""
        self.ask(pick_study(Path.cwd()), self.open)

    def pick_survey(self, folder: Path | None = None) -> None:
        """Ask for a survey file in a folder, by default the current one."""

        def review(path: Path | None) -> None:
            if path is not None and path.is_dir():
                self.pick_survey(path)
            elif path is not None:
                self._review(ImportRequest(path))

        self.ask(pick_survey(folder or Path.cwd()), review)

    def _review(self, request: ImportRequest) -> None:
        """Show a survey file before it is imported."""
        self.ask(ImportScreen(request, self._coder_name), self._show_study)
