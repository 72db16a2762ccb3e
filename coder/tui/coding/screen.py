"""The coding screen: the list, the answer, the themes, and why they are suggested."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, Vertical
from textual.widgets import Static

from coder.domain.standing import Standing
from coder.errors import NotSavedError
from coder.store import codings, recoding, surveys
from coder.store.codings import QuestionProgress
from coder.text.inert import inert
from coder.tui.coding import exposing, views
from coder.tui.coding.actions import greet, jump
from coder.tui.coding.keys import ACTIONS
from coder.tui.coding.list.listing import Navigator
from coder.tui.coding.list.order import at_start
from coder.tui.coding.panes.answer_view import AnswerView
from coder.tui.coding.panes.response_list import ResponseList
from coder.tui.coding.panes.theme_panel import ThemePanel
from coder.tui.coding.recode.queue import show_left
from coder.tui.coding.recode.texts import asked_first
from coder.tui.coding.second_look.texts import asked_of
from coder.tui.coding.suggestions import Advice, Ranking
from coder.tui.coding.themes import take_up_edits
from coder.tui.coding.words import WordsHere, point_at, with_selected, words_to_keep
from coder.tui.kit.action_screen import ActionScreen
from coder.tui.kit.actions import bindings
from coder.tui.kit.key_bar import KeyBar
from coder.workflows.coding.session import CodingSession, StepOutcome
from coder.workflows.study.codebook_file import codebook_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from coder.domain.codings import Origin, Span
    from coder.domain.engine_messages import EngineEvent, EvidenceReady
    from coder.domain.reading_orders import CameBy
    from coder.domain.responses import Response
    from coder.tui.tables.screen import LeftTable
    from coder.workflows.study.study import Study

TALL = 30
"""Rows from which the keys take two lines."""
AHEAD = 20
"""Answers after the one on screen that are ranked in advance."""
SOON = 0.05
"""Seconds from the first drawing to the time when it is on the terminal for sure."""
POLL_SECONDS = 2.0
"""How often the screen looks whether another program wrote to the study."""


class CodingScreen(ActionScreen[None]):
    """One coder at work on the answers to one question."""

    ACTIONS: ClassVar = ACTIONS
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    HELP_TITLE = "Help: coding"
    DEFAULT_CSS = """
    CodingScreen #list, CodingScreen #themes, CodingScreen #why { border-title-color: $text; }
    CodingScreen #body { layout: horizontal; height: 1fr; }
    CodingScreen #work { layout: horizontal; width: 1fr; }
    CodingScreen #list { width: 42%; max-width: 44; border: round $secondary 60%; }
    CodingScreen #answer { width: 1fr; border: round $primary; }
    CodingScreen #side { width: 34%; max-width: 56; }
    CodingScreen #themes { height: 1fr; border: round $secondary 60%; }
    CodingScreen #why { height: 12; border: round $secondary 60%; padding: 0 1; }
    CodingScreen.-narrow #work { layout: vertical; }
    CodingScreen.-narrow #list { width: 100%; max-width: 100%; height: 7; max-height: 35%; }
    CodingScreen.-narrow #side { width: 36; max-width: 45%; }
    CodingScreen.-narrow #why { height: 8; max-height: 40%; }
    """

    def __init__(self, study: Study, coder_id: str, advice: Advice, question_id: str | None = None) -> None:
        super().__init__()
        self.study = study
        self.session = CodingSession(study, coder_id)
        self.advice = advice
        self.navigator = Navigator(study, coder_id, question_id)
        self.response: Response | None = None
        self.standing = Standing(0)
        self.ranking = Ranking("words", ())
        self.touched = False
        self.came_by: CameBy = ""
        self.jumped_to: int | None = None
        self.last_theme: str | None = None
        self.table_left: LeftTable | None = None
        """The table whose numbers led to the answers listed."""
        self.sitting = views.Sitting(time.monotonic())
        self.engine_state = ""
        self.unsaved = False
        self.progress = QuestionProgress(0, 0)
        self.waiting = 0
        self.reasons: EvidenceReady | None = None
        self.words = WordsHere()
        self._seen = study.database.foreign_version()
        self.codebook_seen = codebook_stamp(study)
        self.order_before: tuple[float, Response | None, Ranking] = (0.0, None, self.ranking)

    def compose(self) -> ComposeResult:
        """Lay out the parts, in the places that the terminal's size gives them."""
        self.set_class(self.app.size.width < views.WIDE, "-narrow")
        yield Static(id="status", markup=False)
        if self.study.settings.note:
            yield Static(inert(self.study.settings.note), id="note", markup=False)
        with Container(id="body"):
            with Container(id="work"):
                yield ResponseList(self.navigator.rows, id="list")
                yield AnswerView(id="answer")
            with Vertical(id="side"):
                yield ThemePanel(id="themes")
                why = Static(id="why", markup=False)
                why.border_title = "Why"
                yield why
        yield KeyBar(ACTIONS).set_class(self.app.size.height >= TALL, "-two")

    @property
    def list(self) -> ResponseList:
        """The list of responses."""
        return self.query_one("#list", ResponseList)

    @property
    def answer(self) -> AnswerView:
        """The answer."""
        return self.query_one("#answer", AnswerView)

    @property
    def themes(self) -> ThemePanel:
        """The themes."""
        return self.query_one("#themes", ThemePanel)

    def on_mount(self) -> None:
        """Show the first answer at once, and the whole list right after it."""
        start = self.navigator.start()
        if start is not None:
            self.list.set_numbers(self.navigator.page_from(start), None, start)
        self.show(start)
        self.call_after_refresh(self.set_timer, SOON, lambda: self.guard(self.after_first_frame))
        self.set_interval(POLL_SECONDS, lambda: self.guard(self.notice_others))

    def on_resize(self, event: Resize) -> None:
        """Put the list above the answer where there is no room beside it."""
        self.set_class(event.size.width < views.WIDE, "-narrow")
        self.query_one(KeyBar).set_class(event.size.height >= TALL, "-two")
        self.show_progress()

    def after_first_frame(self) -> None:
        """Do what takes longer the more responses there are."""
        self.load_list()
        at_start(self)
        greet(self)

    def load_list(self) -> None:
        """List everything that the filter lets through; the cursor stays where it is."""
        current = self.response.number if self.response else None
        self.list.set_numbers(*self.navigator.listed(), current)
        self.list.set_title(views.list_title(self))
        show_left(self)
        self.load_progress()
        self.show_progress()

    def show(self, number: int | None) -> None:
        """Show a response (None: nothing is listed) with the best suggestions there are."""
        found = None if number is None else surveys.response(self.study.database, number)
        self.response = found
        self.touched = False
        self.reasons = None
        self.words = WordsHere()
        if found is None:
            self.standing, self.ranking = Standing(0), Ranking("words", ())
        else:
            place = self.list.index_of(found.number)
            if place is not None:
                self.list.move_to(place)
            self.standing = self.session.standing(found.number)
            self.ranking = asked_first(self.advice.ranking(found), asked_of(self))
            self.came_by = exposing.way_here(self, found.number)
            self.themes.cursor = 0
            self.advice.prepare([found.number, *self.upcoming()])
        self.refresh_answer()

    def upcoming(self) -> Sequence[int]:
        """Return the numbers of the next responses in the list."""
        return self.list.numbers[self.list.cursor + 1 : self.list.cursor + 1 + AHEAD]

    def refresh_answer(self) -> None:
        """Draw the answer, its themes and the reasons; a cursor that was moved stays on its theme."""
        held = self.current_theme() if self.themes.cursor else None
        self.themes.show(*views.theme_rows(self), cursor=self.themes.cursor)
        self.themes.follow(held)
        self.themes.set_title(views.themes_title(self))
        self.refresh_reasons()

    def refresh_reasons(self) -> None:
        """Draw the answer and why the theme at the cursor is suggested."""
        self.answer.show(views.answer_content(self))
        self.query_one("#why", Static).update(views.why(self), layout=False)

    def show_progress(self) -> None:
        """Draw the status line."""
        self.query_one("#status", Static).update(views.status(self, self.progress), layout=False)

    def load_progress(self) -> None:
        """Count anew how far the coder has come with this question."""
        question_id = self.navigator.question().id
        self.progress = codings.progress(self.study.database, self.session.coder_id)[question_id]
        self.waiting = recoding.waiting_of(self.study.database, self.session.coder_id)

    def current_theme(self) -> str | None:
        """Return the theme at the cursor of the theme panel."""
        row = self.themes.rows[self.themes.cursor] if self.themes.rows else None
        return row.theme_id if row else None

    def toggle(self, theme_id: str) -> None:
        """Choose a theme or take it away; with words selected, say that they carry it."""
        if self.response is None:
            return
        number, selection, hidden = self.response.number, self.answer.selection, self.hiding()
        before, shown = exposing.seen(self), exposing.shown(self, theme_id)
        if selection is not None:
            spans = with_selected(self, theme_id, selection)
            outcome = self.session.mark_spans(number, theme_id, spans, shown, before)
            self.answer.select(None)
        else:
            suggested = shown is not None and shown.rank is not None
            origin: Origin = "suggestion" if suggested else "hand"
            words = words_to_keep(self, theme_id) if suggested else ()
            outcome = self.session.toggle(
                number, theme_id, origin=origin, suggestion=shown, spans=words, exposure=before
            )
        self.touched, self.last_theme, self.words.moving = True, theme_id, theme_id
        self.after(outcome)
        if hidden:
            point_at(self, theme_id)

    def hiding(self) -> bool:
        """Tell whether suggestions stay hidden until the first choice."""
        fresh = not (self.standing.spans or self.standing.done or self.navigator.second_look)
        return self.study.settings.hide_until_first_choice and fresh

    def guard(self, work: Callable[..., object], *arguments: object) -> Exception | None:
        """Do something; an error is shown, and the status line says if it kept a change from the disk."""
        error = super().guard(work, *arguments)
        if isinstance(error, NotSavedError):
            self.unsaved = True
            self.show_progress()
        return error

    def after(self, outcome: StepOutcome) -> None:
        """Draw what a step changed and pass it on to the engine."""
        self.after_confirmed(outcome)
        if self.response is not None:
            self.advice.prepare([self.response.number, *self.upcoming()])
        self.refresh_answer()

    def after_confirmed(self, outcome: StepOutcome) -> None:
        """Pass on a step that ends with another answer on screen, which draws itself."""
        self.unsaved = False
        here = self.response.number if self.response else None
        if outcome.responses == (here,) and self.response is not None and self.response.answered:
            standing = self._learn(self.standing.response)
            step = standing.done - self.standing.done
            self.waiting += len(standing.recode) - len(self.standing.recode)
            self.standing = standing
            self.progress = self.progress._replace(done=self.progress.done + step)
        else:
            for number in outcome.responses:
                standing = self._learn(number)
                self.standing = standing if number == here else self.standing
            self.load_progress()
        self.list.forget(outcome.responses)
        show_left(self)
        self.show_progress()

    def _learn(self, number: int) -> Standing:
        standing = self.session.standing(number)
        self.advice.learn(number, standing.theme_ids, done=standing.done)
        return standing

    def reversed(self, outcome: StepOutcome, word: str) -> None:
        """Show what an undo or redo touched, going there if it is another answer."""
        here = self.response.number if self.response else None
        self.after(outcome)
        if outcome.responses and here not in outcome.responses:
            jump(self, outcome.responses[0])
        self.notify(f"{word}: {outcome.label}", timeout=3, markup=False)

    @on(ResponseList.Chosen)
    def choose_response(self, message: ResponseList.Chosen) -> None:
        """Go to a response that was clicked."""
        self.navigator.leave(self.response.number if self.response else None)
        self.jumped_to = message.number
        self.guard(self.show, message.number)

    @on(ThemePanel.Toggled)
    def choose_theme(self, message: ThemePanel.Toggled) -> None:
        """Toggle a theme that was clicked."""
        self.guard(self.toggle, message.theme_id)

    def receive(self, event: EngineEvent) -> None:
        """Take an event from the suggestion engine."""
        # Not at the top: the classes of the events take milliseconds that the first paint can do without.
        from coder.tui.coding.engine_events import receive

        receive(self, event)

    def notice_others(self) -> None:
        """Show what another program wrote to the study, or somebody to its codebook, meanwhile."""
        stamp = codebook_stamp(self.study)
        if stamp != self.codebook_seen:
            self.codebook_seen = stamp
            self.guard(take_up_edits, self)
        version = self.study.database.foreign_version()
        if version != self._seen:
            self._seen = version
            self.list.forget_all()
            if self.response is not None:
                self.standing = self.session.standing(self.response.number)
                if not self.touched:
                    views.rerank(self)
            self.refresh_answer()
            self.load_progress()
            self.show_progress()

    def select(self, span: Span | None) -> None:
        """Select words of the answer."""
        self.answer.select(span)
        self.query_one("#why", Static).update(views.why(self), layout=False)
