"""The import screen: what was understood of a survey file, to be changed, and then made a study."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from coder.errors import CoderError
from coder.tui.importing import texts
from coder.tui.importing.keys import ACTIONS
from coder.tui.importing.review import CodebookChoice, SurveyReview
from coder.tui.importing.rows import ColumnRows
from coder.tui.importing.settling import doubt_lines
from coder.tui.importing.threads import Advanced, ImportThreads
from coder.tui.kit.action_screen import ActionScreen, bindings
from coder.tui.kit.fitting import spread
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.message_line import MessageLine
from coder.workflows.exchange.survey_import import ImportPlan
from coder.workflows.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coder.domain.progress import Progress
    from coder.domain.surveys.survey_layout import ImportReport
    from coder.tui.importing.review import ImportRequest


class ImportScreen(ActionScreen[Study | None]):
    """Shows a survey file before it is imported; returns the study made of it, or None."""

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: import"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    ImportScreen #understood { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    ImportScreen #columns { height: 1fr; padding: 0 1; }
    ImportScreen #doubts { height: auto; max-height: 4; padding: 0 1; color: $text-warning; }
    ImportScreen #detail { height: auto; max-height: 5; padding: 0 1; border-top: solid $secondary 60%; }
    ImportScreen #effect { height: auto; max-height: 6; padding: 0 1; border-top: solid $secondary 60%; }
    ImportScreen #effect.-fault { color: $text-error; }
    ImportScreen #choices { height: auto; padding: 0 1; }
    """

    def __init__(self, request: ImportRequest, coder_id: str) -> None:
        super().__init__()
        self.review = SurveyReview(request)
        self._coder_id = coder_id
        self._threads = ImportThreads(self)

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        yield Static(id="understood", markup=False)
        yield ColumnRows(id="columns")
        yield Static(id="doubts", markup=False)
        yield Static(id="detail", markup=False)
        yield Static(id="effect", markup=False)
        yield Static(id="choices", markup=False)
        yield MessageLine()
        yield KeyBar(ACTIONS)

    @property
    def columns(self) -> ColumnRows:
        """The columns of the file."""
        return self.query_one("#columns", ColumnRows)

    def on_mount(self) -> None:
        """Read the file, in a thread."""
        self.show_all()
        self._threads.begin(self.review.reading(self._threads.advance))

    def on_resize(self) -> None:
        """Draw the top line anew."""
        self.show_all()

    @property
    def busy(self) -> bool:
        """Whether the file or a codebook is being read, or the study being made."""
        return self._threads.busy

    @on(Advanced)
    def _show_advance(self, message: Advanced) -> None:
        """Draw how far the long work has come."""
        if self.busy and not self._threads.stopping:
            verb = "Reading" if self.review.plan is None else "Importing"
            self._set("effect", texts.advance(verb, message.done, message.total))

    @on(Worker.StateChanged)
    def _finish(self, event: Worker.StateChanged) -> None:
        """Take what a thread has worked out, unless a later one has taken its place."""
        if not self._threads.is_latest(event.worker):
            return
        if event.state == WorkerState.SUCCESS:
            self._receive(event.worker.result)
        elif event.state == WorkerState.ERROR and event.worker.error is not None:
            self._fail(event.worker.error)

    def _receive(self, outcome: Study | CodebookChoice | ImportPlan | ImportReport | None) -> None:
        if isinstance(outcome, Study):
            self.dismiss(outcome)
        elif isinstance(outcome, CodebookChoice):
            self.review.use_codebook(outcome)
            self.show_all()
        elif isinstance(outcome, ImportPlan):
            self.review.take_plan(outcome)
            self.columns.begin(outcome.layout)
            self.show_roles()
        else:
            self.review.take_report(outcome)
            self.columns.tell_of_answers(outcome.answer_attributes if outcome else ())
            self.show_all()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, CoderError):
            self.review.fail(error)
            self.show_all()
        else:
            self.show_error(error)

    def show_roles(self) -> None:
        """Show the columns with the roles they have now, and count in a thread what an import would keep."""
        plan = self.review.plan
        if plan is not None:
            self.columns.show(plan.layout)
            self._threads.count(self.review.counting(plan, self._threads.check))
            self.show_all()

    def show_all(self) -> None:
        """Draw everything around the columns."""
        review = self.review
        self._set("status", spread(*texts.top_line(review), self.size.width))
        self._set("understood", texts.understood(review))
        doubts = review.doubts
        self.query_one("#doubts").display = bool(doubts)
        self._set("doubts", doubt_lines(doubts))
        self._set("choices", texts.choices(review.folder, review.codebook))
        self.query_one("#effect").set_class(review.fault is not None, "-fault")
        self._set(
            "effect", texts.effect(review.report, review.fault, review.said, reading=review.plan is None)
        )
        self._show_detail()

    def _show_detail(self) -> None:
        """Show the column at the cursor whole."""
        plan = self.review.plan
        self.query_one("#detail").display = plan is not None
        if plan is not None:
            position = self.columns.current
            column = None if position is None else plan.layout.columns[position]
            if column is None:
                self._set("detail", texts.folded(*self.columns.folded()))
            else:
                self._set("detail", texts.detail(column, self.columns.role_text(column), self.review.report))

    def _set(self, name: str, text: str) -> None:
        self.query_one(f"#{name}", Static).update(text)

    def move(self, step: int) -> None:
        """Move the cursor by so many columns."""
        self.columns.move_to(self.columns.cursor + step)
        self._show_detail()

    @on(ColumnRows.Clicked)
    def _show_clicked(self, event: ColumnRows.Clicked) -> None:
        if event.again:
            self.columns.turn_fold()
        self._show_detail()

    def read(self, reading: Callable[[Progress], Callable[[], object]], what: str) -> None:
        """Read a codebook, or the file anew, in a thread; what has faults changes nothing."""
        if not self.busy:
            self.review.forget_fault_of_choice()
            self._threads.begin(reading(self._threads.check))
            self._set("effect", f"Reading {what} ... Esc cancels")

    def make_study(self) -> None:
        """Make the study, in a thread."""
        plan = self.review.plan
        if plan is not None and not self.busy:
            self.review.forget_fault()
            self._threads.begin(self.review.making(plan, self._coder_id, self._threads.advance))
            self._set("effect", "Importing ... Esc cancels")

    def leave(self) -> None:
        """Go back with nothing written; stop making the study if it is being made."""
        if self.review.plan is not None and self.busy:
            self._threads.stop()
            self._set("effect", "Cancelling ...")
        else:
            self.dismiss(None)
