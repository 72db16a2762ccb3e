"""The start screen: where one is when the program is run outside a study."""

from __future__ import annotations

from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from coder.errors import CoderError
from coder.text.inert import inert
from coder.tui.importing.screen import ImportRequest, ImportScreen
from coder.tui.kit.action_screen import MOVING, PROGRAM, ActionScreen
from coder.tui.kit.actions import Action, bindings
from coder.tui.kit.fitting import spread
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.path_picker import pick_study, pick_survey
from coder.tui.start.rows import StartRow, StartRows
from coder.workflows.exchange.samples import DEMO_FOLDER, make_sample
from coder.workflows.study.nearby import progress_of, studies_in
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coder.workflows.study.nearby import FoundStudy
    from coder.workflows.study.study import Study

BEGIN = "Beginning"
ABOUT = (
    "Code open survey answers by theme: read an answer, press a number for each theme in it, "
    "and have the tables at any time. Answers never leave this computer."
)
KEYS = 9


def _number_keys() -> tuple[Action, ...]:
    return tuple(
        Action(
            f"study-{n}", (str(n),), "open it", "Open that study of the list.",
            methodcaller("open_number", n), BEGIN, "1-9" if n == 1 else str(n), in_bar=False,
        )
        for n in range(1, KEYS + 1)
    )  # fmt: skip


ACTIONS = (
    Action("choose", ("enter",), "choose", "Do what the cursor is on.", methodcaller("choose"), BEGIN),
    *_number_keys(),
    Action("sample", ("s",), "sample study",
           "Make the sample study, or open it.", methodcaller("sample"), BEGIN),
    Action("new", ("n",), "new study",
           "Make a study from a survey file.", methodcaller("pick_survey"), BEGIN),
    Action("open", ("o",), "open a study",
           "Open a study by its folder.", methodcaller("pick_study"), BEGIN),
    *MOVING,
    Action("quit", ("q", "ctrl+q"), "quit", "Quit.", methodcaller("leave"), BEGIN),
    *PROGRAM,
)  # fmt: skip
"""Every key of the start screen, in the order of the key bar and of help."""

_OFFERS = (
    StartRow("s", "The sample study", "71 invented councils, to try everything on", "sample"),
    StartRow("n", "New study", "from a survey file: CSV, TSV, Excel, ODS or SPSS", "pick_survey"),
    StartRow("o", "Open a study", "somewhere else, by its folder", "pick_study"),
)


class StartScreen(ActionScreen[None]):
    """Lists the studies of this folder, and the ways to begin one.

    Args:
        coder_id: Who codes.
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

    def __init__(self, coder_id: str, request: ImportRequest | None = None) -> None:
        super().__init__()
        self.coder_id = coder_id
        self._request = request
        self._studies: Sequence[FoundStudy] = ()
        self._progress: dict[Path, str] = {}
        self._work: Worker[Any] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        yield Static(ABOUT, id="about", markup=False)
        yield StartRows(id="rows")
        yield Static(id="state", markup=False)
        yield KeyBar(ACTIONS)

    @property
    def rows(self) -> StartRows:
        """The studies, and the ways to begin one."""
        return self.query_one("#rows", StartRows)

    def on_mount(self) -> None:
        """List the studies, count their progress in a thread, and import what was asked for."""
        self._studies = studies_in(Path.cwd())
        self._list()
        self.run_worker(self._count, thread=True, exit_on_error=False)
        if self._request is not None:
            self.review(self._request)

    def on_resize(self) -> None:
        """Draw the top line at its new width."""
        top = spread("coder", f"{self.coder_id} · {Path.cwd().name}", self.size.width)
        self.query_one("#status", Static).update(top)

    def _list(self) -> None:
        studies = [
            StartRow(f"{n}" if n <= KEYS else " ", study.title, self._about(study), note=study.folder.name)
            for n, study in enumerate(self._studies, start=1)
        ]
        self.rows.show([*studies, *_OFFERS])

    def _about(self, study: FoundStudy) -> str:
        return study.fault or self._progress.get(study.folder, "")

    def _count(self) -> None:
        for study in self._studies:
            if study.fault:
                continue
            try:
                done, answers = progress_of(study.folder, self.coder_id)
            except CoderError as error:
                self._progress[study.folder] = error.message
            else:
                self._progress[study.folder] = f"{done:,} of {answers:,} answers done"
        self.app.call_from_thread(self._list)

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.rows.move_to(self.rows.cursor + step)

    @on(StartRows.Clicked)
    def clicked(self) -> None:
        """Do what was clicked."""
        self.guard(self.choose)

    def choose(self) -> None:
        """Do what the row at the cursor says."""
        row = self.rows.rows[self.rows.cursor]
        if row.does:
            methodcaller(row.does)(self)
        else:
            self.open_number(self.rows.cursor + 1)

    def open_number(self, number: int) -> None:
        """Open a study of the list, counted from 1."""
        if number <= len(self._studies):
            self.open(self._studies[number - 1].folder)

    def sample(self) -> None:
        """Make the sample study in this folder, or open it."""
        self._begin("Making the sample study ...", partial(make_sample, Path(DEMO_FOLDER), self.coder_id))

    def open(self, folder: Path | None) -> None:
        """Open a study."""
        if folder is not None:
            self._begin(f"Opening {folder.name} ...", partial(open_study, folder, self.coder_id))

    def _begin(self, words: str, work: Callable[[], Study]) -> None:
        if self._work is None or self._work.is_finished:
            self._say(words)
            self._work = self.run_worker(work, thread=True, exit_on_error=False)

    @on(Worker.StateChanged)
    def finished(self, event: Worker.StateChanged) -> None:
        """Show the study that a worker opened, or why it did not."""
        if event.worker is not self._work:
            return
        if event.state == WorkerState.SUCCESS:
            self.show_study(event.worker.result)
        elif isinstance(event.worker.error, CoderError):
            self._say(f"✗ {event.worker.error.message}\n  {event.worker.error.hint}", fault=True)
        elif event.worker.error is not None:
            self.show_error(event.worker.error)

    def _say(self, words: str, *, fault: bool = False) -> None:
        state = self.query_one("#state", Static)
        state.set_class(fault, "-fault")
        state.update(inert(words.rstrip()))

    def show_study(self, study: Study | None) -> None:
        """Show a study in place of this screen."""
        if study is not None:
            self.app.pop_screen()
            self.program.open_study(study)

    def pick_study(self) -> None:
        """Ask for a study's folder."""
        self.app.push_screen(pick_study(Path.cwd()), self.open)

    def pick_survey(self, folder: Path | None = None) -> None:
        """Ask for a survey file in a folder, by default the current one."""
        self.app.push_screen(pick_survey(folder or Path.cwd()), self._survey_picked)

    def _survey_picked(self, path: Path | None) -> None:
        if path is None:
            return
        if path.is_dir():
            self.pick_survey(path)
        else:
            self.review(ImportRequest(path))

    def review(self, request: ImportRequest) -> None:
        """Show a survey file before it is imported."""
        self.app.push_screen(ImportScreen(request, self.coder_id), self.show_study)

    def leave(self) -> None:
        """Quit."""
        self.app.exit()
