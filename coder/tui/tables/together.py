"""Which themes go together: on the same answers, or of the same respondents."""

from __future__ import annotations

from operator import methodcaller
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from coder.domain.filters import Filter, phrase_of
from coder.store.cooccurrence import together
from coder.text.inert import inert
from coder.tui.kit.action_screen import MOVING, PROGRAM, ActionScreen, bindings
from coder.tui.kit.actions import Action
from coder.tui.kit.fitting import spread
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.message_line import MessageLine
from coder.tui.tables.pair_rows import PairRows
from coder.tui.tables.texts import read_only

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coder.domain.filters import Together
    from coder.store.cooccurrence import InCommon, Pair
    from coder.store.scope import Scope
    from coder.workflows.study.study import Study

PAIRS = "The pairs"

ACTIONS = (
    Action("answers", ("enter",), "answers",
           "List the answers with both themes; of respondents, all answers with one of the two.",
           methodcaller("open_answers"), PAIRS),
    Action("back", ("escape", "q", "o"), "back",
           "Back to the table.", methodcaller("dismiss", None), PAIRS),
    Action("count", ("c",), "respondents or answers",
           "Pairs that the same respondents mention, or that stand on the same answers.",
           methodcaller("switch"), PAIRS),
    *MOVING,
    *PROGRAM,
)  # fmt: skip


class TogetherScreen(ActionScreen[Filter | None]):
    """Pairs of a question's themes, the most frequent first; returns the filter that lists a pair's answers.

    Args:
        study: The study.
        question_id: The question.
        scope: Which of its codings are counted.
    """

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: themes that go together"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    TogetherScreen #heading { height: auto; padding: 0 1; text-style: bold; }
    TogetherScreen #rows { height: 1fr; padding: 0 1; }
    TogetherScreen #detail { height: auto; padding: 0 1; border-top: solid $secondary 60%; }
    """

    def __init__(self, study: Study, question_id: str, scope: Scope) -> None:
        super().__init__()
        self.study = study
        self.question_id = question_id
        self.scope = scope
        self.shared: InCommon = "respondents"
        self.pairs: list[Pair] = []

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        if self.study.settings.note:
            yield Static(inert(self.study.settings.note), id="note", markup=False)
        yield Static(id="heading", markup=False)
        yield PairRows(id="rows")
        yield Static(id="detail", markup=False)
        yield MessageLine()
        yield KeyBar(ACTIONS)

    @property
    def rows(self) -> PairRows:
        """The rows."""
        return self.query_one("#rows", PairRows)

    @property
    def unit(self) -> str:
        """What is counted: answers, or what the study calls its respondents."""
        return "answers" if self.shared == "answers" else self.study.settings.respondents

    def on_mount(self) -> None:
        """Show the pairs."""
        self.guard(self.count_anew)

    def on_resize(self) -> None:
        """Draw the top line anew."""
        title = f"{self.study.settings.title} · Tables · Themes that go together"
        line = spread(
            title, f"{self.question_id} · {len(self.pairs):,} pairs{read_only(self.study)}", self.size.width
        )
        self.query_one("#status", Static).update(Content(line))

    def count_anew(self) -> None:
        """Count and show the pairs."""
        pairs = together(self.study.database, self.scope, 1, self.shared)
        self.pairs = sorted(pairs, key=lambda pair: (-pair.both, pair.either, pair.theme_ids))
        verb = "with both themes" if self.shared == "answers" else "that mention both themes"
        heading = f"{self.question_id}. {self.unit[:1].upper()}{self.unit[1:]} {verb}{self._counted()}"
        self.query_one("#heading", Static).update(inert(heading))
        self.rows.show(self.pairs, self.study.codebook)
        self.on_resize()
        self.show_detail()

    def _counted(self) -> str:
        """Return whose answers are counted, as the heading ends; nothing if all are."""
        conditions = [
            phrase_of((*self.scope.where, *self.scope.answers_where)),
            "whose answers have all been read" if self.scope.only_read else "",
        ]
        text = " and ".join(filter(None, conditions))
        return f", of {self.study.settings.respondents} {text}" if text else ""

    def show_detail(self) -> None:
        """Say in full what is at the cursor."""
        text = "No two themes go together yet."
        if self.pairs:
            pair = self.pairs[self.rows.cursor]
            labels = " + ".join(map(self.study.codebook.label, pair.theme_ids))
            shares = [
                f"{100 * pair.both / count:.0f}% of {count:,} with {theme}"
                for theme, count in zip(("the first", "the second"), pair.with_each, strict=True)
            ]
            text = f"{labels}\n{self.unit} with both: {pair.both:,} · {' · '.join(shares)}"
        self.query_one("#detail", Static).update(inert(text))

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.rows.move_to(self.rows.cursor + step)
        self.show_detail()

    def switch(self) -> None:
        """Count answers instead of respondents, or the other way round."""
        self.shared = "respondents" if self.shared == "answers" else "answers"
        self.count_anew()

    @on(PairRows.Clicked)
    def _open_clicked(self, message: PairRows.Clicked) -> None:
        self.show_detail()
        if message.again:
            self.open_answers()

    def open_answers(self) -> None:
        """Return the filter that lists the answers of the pair at the cursor."""
        if self.pairs:
            theme_ids = self.pairs[self.rows.cursor].theme_ids
            of: Together = "answer" if self.shared == "answers" else "respondent"
            read = self.scope.only_read
            answers = Filter(
                self.question_id,
                theme_ids=theme_ids,
                together=of,
                all_read=read,
                agreed=self.scope.agreed,
            )
            for condition in (*self.scope.where, *self.scope.answers_where):
                answers = answers.meeting(condition)
            self.dismiss(answers)
