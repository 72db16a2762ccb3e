"""The import screen: what was understood of a survey file, to be changed, and then made a study."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from coder.domain.study_settings import Settings
from coder.errors import CancelledError, CoderError
from coder.tui.importing import texts as views
from coder.tui.importing.rows import ColumnRows
from coder.tui.kit.action_screen import MOVING, PROGRAM, ActionScreen
from coder.tui.kit.actions import Action, bindings
from coder.tui.kit.ask import Ask
from coder.tui.kit.fitting import spread
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.path_picker import pick_codebook
from coder.workflows.exchange.survey_import import (
    ImportPlan,
    choose_role,
    create_from_file,
    plan_import,
    preview_import,
)
from coder.workflows.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coder.domain.progress import Progress
    from coder.domain.survey_layout import ImportReport, Role

COLUMN, STUDY = "The column at the cursor", "The study"

_CYCLES: dict[str, tuple[Role, ...]] = {
    "wide": ("open", "attribute", "ignore"),
    "long": ("attribute", "ignore", "question", "item"),
}
"""What Space goes through. The id and the text are left out: they would be taken from another column."""

ACTIONS = (
    Action("import", ("enter",), "import", "Make the study and open it.", methodcaller("make_study"), STUDY),
    Action("back", ("escape", "q"), "back",
           "Back, with nothing written; cancels an import.", methodcaller("leave"), STUDY),
    Action("open", ("o",), "open",
           "It holds answers to an open question.", methodcaller("choose", "open"), COLUMN),
    Action("attribute", ("a",), "attribute",
           "It tells something about the respondent.", methodcaller("choose", "attribute"), COLUMN),
    Action("leave-out", ("x",), "leave out", "It is not imported.", methodcaller("choose", "ignore"), COLUMN),
    Action("id", ("i",), "id", "It says who answered.", methodcaller("choose", "id"), COLUMN),
    Action("cycle", ("space",), "change",
           "The next part it can play; in a file with one row an answer, also the question and the box.",
           methodcaller("cycle"), COLUMN, in_bar=False),
    Action("folder", ("f",), "folder", "Where to make the study.", methodcaller("ask_folder"), STUDY),
    Action("codebook", ("b",), "codebook",
           "The codebook to begin with.", methodcaller("ask_codebook"), STUDY),
    *MOVING,
    *PROGRAM,
)  # fmt: skip
"""Every key of the import screen, in the order of the key bar and of help."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A survey file to import, with what is already decided about it."""

    path: Path
    folder: Path | None = None
    """Where the study is to be made; None: beside the terminal's folder, named after the file."""
    codebook: Path | None = None
    id_column: str | None = None
    open_columns: Sequence[str] | None = None
    attributes: Sequence[str] | None = None
    sheet: str | None = None
    title: str = ""
    """The study's title; empty: the folder's name."""


class Advanced(Message):
    """Long work has come so far."""

    def __init__(self, done: int, total: int | None) -> None:
        super().__init__()
        self.done = done
        self.total = total

    def can_replace(self, message: Message) -> bool:
        """Let only the newest be shown."""
        return isinstance(message, Advanced)


class ImportScreen(ActionScreen[Study | None]):
    """Shows a survey file before it is imported; returns the study made of it, or None."""

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: import"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    ImportScreen #understood { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    ImportScreen #columns { height: 1fr; padding: 0 1; }
    ImportScreen #detail { height: auto; max-height: 5; padding: 0 1; border-top: solid $secondary 60%; }
    ImportScreen #effect { height: auto; max-height: 6; padding: 0 1; border-top: solid $secondary 60%; }
    ImportScreen #effect.-fault { color: $text-error; }
    ImportScreen #choices { height: auto; padding: 0 1; }
    """

    def __init__(self, request: ImportRequest, coder_id: str) -> None:
        super().__init__()
        self.request = request
        self.coder_id = coder_id
        self.folder = request.folder or free_folder(Path.cwd(), request.path)
        self.codebook = request.codebook
        self.plan: ImportPlan | None = None
        self.report: ImportReport | None = None
        self.fault: CoderError | None = None
        self._work: Worker[Any] | None = None
        self._count: Worker[Any] | None = None
        self._stopping = False

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        yield Static(id="understood", markup=False)
        yield ColumnRows(id="columns")
        yield Static(id="detail", markup=False)
        yield Static(id="effect", markup=False)
        yield Static(id="choices", markup=False)
        yield KeyBar(ACTIONS)

    @property
    def columns(self) -> ColumnRows:
        """The columns of the file."""
        return self.query_one("#columns", ColumnRows)

    def on_mount(self) -> None:
        """Read the file, in a thread."""
        self.show_all()
        read = partial(_read, self.request, self._advance)
        self._work = self.run_worker(read, thread=True, exit_on_error=False)

    def on_resize(self) -> None:
        """Draw the top line anew."""
        self.show_all()

    def _check(self, _done: int, _total: int | None) -> None:
        """Give up, in a worker's thread, if what it works out is not wanted any more."""
        if self._stopping or get_current_worker().is_cancelled:
            raise CancelledError

    def _advance(self, done: int, total: int | None) -> None:
        """Tell, from a worker's thread, how far it has come."""
        self._check(done, total)
        self.post_message(Advanced(done, total))

    @on(Advanced)
    def show_advance(self, message: Advanced) -> None:
        """Draw how far the long work has come."""
        if self.busy and not self._stopping:
            verb = "Reading" if self.plan is None else "Importing"
            self.query_one("#effect", Static).update(views.advance(verb, message.done, message.total))

    @property
    def busy(self) -> bool:
        """Whether the file is being read or the study being made."""
        return self._work is not None and not self._work.is_finished

    @on(Worker.StateChanged)
    def finished(self, event: Worker.StateChanged) -> None:
        """Take the result of a worker, unless a later one has taken its place."""
        worker = event.worker
        if worker not in {self._work, self._count}:
            return
        if event.state == WorkerState.SUCCESS:
            self._receive(worker.result)
        elif event.state == WorkerState.ERROR and worker.error is not None:
            self._fail(worker.error)

    def _receive(self, result: Study | ImportPlan | ImportReport | None) -> None:
        if isinstance(result, Study):
            self.dismiss(result)
        elif isinstance(result, ImportPlan):
            self.plan = result
            self.columns.show(result.layout)
            self.count_anew()
        else:
            self.report = result
            self.show_all()

    def _fail(self, error: BaseException) -> None:
        self._stopping = False
        if isinstance(error, CoderError):
            self.fault = error
            self.show_all()
        else:
            self.show_error(error)

    def count_anew(self) -> None:
        """Work out, in a thread, what an import would keep."""
        if self.plan is None:
            return
        self.report = self.fault = None
        count = partial(preview_import, self.plan, progress=self._check)
        self._count = self.run_worker(count, group="count", thread=True, exclusive=True, exit_on_error=False)
        self.show_all()

    def show_all(self) -> None:
        """Draw everything around the columns."""
        rows = f"{len(self.plan.raw.rows):,} rows · {len(self.plan.raw.names)} columns" if self.plan else ""
        top = spread(f"New study from {self.request.path.name}", rows, self.size.width)
        self._set("status", top)
        self._set("understood", views.understood(self.plan.layout) if self.plan else "")
        self._set("choices", views.choices(self.folder, self.codebook))
        effect = self.query_one("#effect", Static)
        effect.set_class(self.fault is not None, "-fault")
        effect.update(views.effect(self.report, self.fault, reading=self.plan is None))
        self.show_detail()

    def show_detail(self) -> None:
        """Show the column at the cursor whole."""
        self.query_one("#detail").display = self.plan is not None
        if self.plan is not None:
            column = self.plan.layout.columns[self.columns.cursor]
            self._set("detail", views.detail(column, self.columns.part(column)))

    def _set(self, name: str, text: str) -> None:
        self.query_one(f"#{name}", Static).update(text)

    @on(ColumnRows.Clicked)
    def clicked(self) -> None:
        """Show the column that was clicked."""
        self.show_detail()

    def move(self, step: int) -> None:
        """Move the cursor by so many columns."""
        self.columns.move_to(self.columns.cursor + step)
        self.show_detail()

    def choose(self, role: Role) -> None:
        """Give the column at the cursor another part."""
        if self.plan is None or self.busy:
            return
        if role == "open" and self.plan.layout.shape == "long":
            role = "text"
        self.plan = choose_role(self.plan, self.columns.cursor, role)
        self.columns.show(self.plan.layout)
        self.count_anew()

    def cycle(self) -> None:
        """Give the column at the cursor the next part it can play."""
        if self.plan is not None:
            parts = _CYCLES[self.plan.layout.shape]
            role = self.plan.layout.columns[self.columns.cursor].role
            self.choose(parts[(parts.index(role) + 1) % len(parts)] if role in parts else parts[0])

    def ask_folder(self) -> None:
        """Ask where the study is to be made."""

        def chosen(typed: str | None) -> None:
            if typed and typed.strip():
                self.folder = Path(typed.strip()).expanduser()
                self._forget_fault()

        hint = "⏎ takes it · a folder that does not exist yet · Esc leaves it as it is"
        self.app.push_screen(Ask("The study's folder", str(self.folder), hint), chosen)

    def ask_codebook(self) -> None:
        """Ask which codebook the study begins with."""
        self.app.push_screen(pick_codebook(Path.cwd()), self._take_codebook)

    def _take_codebook(self, path: Path | None) -> None:
        from coder.formats.codebooks.reading import read_any_codebook

        if path is None:
            return
        chosen = path if path.name else None
        self._forget_fault()
        try:
            if chosen is not None:
                read_any_codebook(chosen)
        except CoderError as error:
            self._fail(error)
        else:
            self.codebook = chosen
            self.show_all()

    def _forget_fault(self) -> None:
        """Show again what an import would keep, in place of a fault that was about something else."""
        if self.report is not None:
            self.fault = None
        self.show_all()

    def make_study(self) -> None:
        """Make the study, in a thread."""
        if self.plan is None or self.busy:
            return
        settings = Settings(self.request.title or self.folder.resolve().name)
        make = partial(_make, self.folder, self.plan, self.codebook, settings, self.coder_id, self._advance)
        self._work = self.run_worker(make, thread=True, exit_on_error=False)
        self.fault = None
        self._set("effect", "Importing ... Esc cancels")

    def leave(self) -> None:
        """Go back with nothing written; stop making the study if it is being made."""
        if self.plan is not None and self.busy:
            self._stopping = True
            self._set("effect", "Cancelling ...")
        else:
            self.dismiss(None)


def _read(request: ImportRequest, progress: Progress) -> ImportPlan:
    return plan_import(
        request.path,
        id_column=request.id_column,
        open_columns=request.open_columns,
        attributes=request.attributes,
        sheet=request.sheet,
        progress=progress,
    )


def _make(
    folder: Path,
    plan: ImportPlan,
    codebook: Path | None,
    settings: Settings,
    coder_id: str,
    progress: Progress,
) -> Study:
    return create_from_file(
        folder, plan, codebook=codebook, settings=settings, coder_id=coder_id, progress=progress
    )[0]


def free_folder(where: Path, survey: Path) -> Path:
    """Return a folder for a study of this survey that does not exist yet."""
    stem = re.sub(r"[^\w-]+", "-", survey.stem).strip("-") or "survey"
    names = [f"{stem}-study", *(f"{stem}-study-{number}" for number in range(2, 100))]
    return next((where / name for name in names if not (where / name).exists()), where / names[0])
