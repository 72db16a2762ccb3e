"""The redaction screen: what gives people away in the answers, decided on one place after the other.

What a person presses, from `coder redact` or the command palette of the coding screen:

- take the place out: `y`; keep it: `n`; all with the same words: `a`, Enter (or Down, Enter to keep them)
- take more of the words, or fewer: `e`, the words, Enter; it is of another kind: `t`, the kind, Enter
- have a word of one's own stand there: `w`, the word, Enter
- take the last decision back: `u`; go back and forth: Up, Down
- take out all that is marked: Enter, Down, Enter (asked once, with what it means)
- leave, decisions kept and nothing taken out: Esc
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import WorkerState, get_current_worker

from coder.errors import CancelledError, CoderError
from coder.tui.kit.action_screen import bindings
from coder.tui.kit.answer_screen import AnswerScreen
from coder.tui.privacy import texts
from coder.tui.privacy.desk import RedactionDesk
from coder.tui.privacy.keys import ACTIONS
from coder.workflows.privacy.finding import FindRequest, Found

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize
    from textual.worker import Worker

    from coder.workflows.privacy.finding import Search
    from coder.workflows.study.study import Study

_SECONDS = 12


class Searched(Message):
    """The search has come so far."""

    def __init__(self, done: int, total: int | None) -> None:
        super().__init__()
        self.done = done
        self.total = total

    def can_replace(self, message: Message) -> bool:
        """Let only the newest be shown."""
        return isinstance(message, Searched)


class RedactionScreen(AnswerScreen):
    """What was found in a study's answers, one place after the other.

    Args:
        study: The study.
        person_id: Who decides.
        request: What is looked for.
    """

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: what gives people away"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    RedactionScreen #answer { max-height: 45%; }
    RedactionScreen #about { height: auto; padding: 0 2; color: $text-muted; }
    RedactionScreen #list { height: 1fr; padding: 0 1; border-top: solid $secondary 60%; }
    """

    def __init__(self, study: Study, person_id: str, request: FindRequest | None = None) -> None:
        super().__init__()
        self.desk = RedactionDesk(study, person_id, request or FindRequest())
        self._worker: Worker[Found] | None = None
        self._progress = ""

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield from self.top_parts(self.desk.study.settings.note)
        yield Static(id="about", markup=False)
        yield Static(id="list", markup=False)
        yield from self.bottom_parts()

    def on_mount(self) -> None:
        """Begin to search once the screen is there."""
        self.search_anew()

    def on_resize(self, event: Resize) -> None:
        """Lay the list out for the new size."""
        self.lay_keys_out(event.size.height)
        self.call_after_refresh(self.draw)

    @property
    def is_searching(self) -> bool:
        """Whether a search is under way."""
        return self._worker is not None and not self._worker.is_finished

    def search_anew(self) -> None:
        """Search the answers, in a thread: they are others now, or have not been searched."""
        search = self.desk.search()
        self._progress = texts.searching(0, None)
        self._worker = self.run_worker(lambda: self._search(search), thread=True, exit_on_error=False)
        self.draw()

    def _search(self, search: Search) -> Found:
        worker = get_current_worker()

        def progress(done: int, total: int | None) -> None:
            if worker.is_cancelled:
                raise CancelledError
            self.post_message(Searched(done, total))

        return search.run(progress)

    def on_searched(self, message: Searched) -> None:
        """Say how far the search has come."""
        if self.is_searching:
            self._progress = texts.searching(message.done, message.total)
            self.draw()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Take in what was found."""
        if event.worker is not self._worker:
            return
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._progress = ""
            self.show_error(event.worker.error)
        if event.state is WorkerState.SUCCESS and event.worker.result is not None:
            self._progress = ""
            self.desk.take_in(event.worker.result)
            self.desk.note_reviewed()
            self.draw()
            if self.desk.remark:
                self.tell(self.desk.remark, _SECONDS)

    def action_run(self, name: str) -> None:
        """Do what a key stands for; while answers are searched, nothing but to look and to leave."""
        if self.is_searching and name not in {"back", "help", "palette", "light-dark"}:
            self.tell("The answers are being searched.", 2)
            return
        super().action_run(name)

    def draw(self) -> None:
        """Show everything as the desk has it."""
        desk, width = self.desk, self.size.width
        if not width:
            return
        self.draw_status(texts.status(desk, width))
        about, rows = self.query_one("#about", Static), self.query_one("#list", Static)
        if self._progress:
            self.draw_answer("", (self._progress,))
            about.update("")
            rows.update("")
            return
        self.draw_answer(texts.heading(desk), texts.answer_text(desk))
        about.update(Content.assemble(*texts.about(desk, width - 4)))
        rows.update(Content.assemble(*texts.listing(desk, max(1, rows.size.height), width - 2)))

    def move(self, step: int) -> None:
        """Go to another place."""
        self.desk.move(step)
        self.draw()

    def leave(self) -> None:
        """Stop a search; go back to where one came from, or quit where this is all that is open."""
        if self._worker is not None:
            self._worker.cancel()
        # Should it not go now, as another program is writing: whatever is sent next tells it too.
        with suppress(CoderError):
            self.desk.tell_others()
        super().leave()
