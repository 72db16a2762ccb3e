"""The settling screen: what several people chose otherwise on an answer, and what the team settles on.

What a person presses, from `coder settle`:

- settle the answer as one of them has it: `<` (or `>` as the other), Enter
- with the themes of both: `+`, Enter; with some of them: `1`-`9`, Enter
- with another theme: `/`, part of its name, Enter, Enter
- nothing of the codebook is in it: `n`, Enter
- put it aside for the meeting, saying why: `m`, the text, `^s`, `p`
- the definition does not say enough: `e`, the text, `^s` (the answer is offered as an example); Enter applies
- take the last decision back: `u`
- go through those parked: `f`
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coder.tui.kit.action_screen import bindings
from coder.tui.kit.answer_screen import AnswerScreen
from coder.tui.settling import texts
from coder.tui.settling.desk import SettlingDesk
from coder.tui.settling.keys import ACTIONS
from coder.workflows.study.questions import find_question

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from coder.tui.kit.action_screen import ActionScreen
    from coder.workflows.study.study import Study

_MARGINS = 4


class SettlingScreen(AnswerScreen):
    """The disagreements on a question, one after the other.

    Args:
        desk: The disagreements, as one person has them before them.
    """

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: settling"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    SettlingScreen #body { height: 1fr; scrollbar-size-vertical: 1; padding: 0 0 0 1; }
    SettlingScreen #body Static { height: auto; }
    SettlingScreen #definition {
        height: auto; max-height: 35%; padding: 0 1; border-top: solid $secondary 60%; color: $text-muted;
    }
    """

    def __init__(self, desk: SettlingDesk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield from self.top_parts(self.desk.study.settings.note)
        with VerticalScroll(id="body", can_focus=False):
            yield Static(markup=False)
        yield Static(id="definition", markup=False)
        yield from self.bottom_parts()

    def on_mount(self) -> None:
        """Show the first disagreement."""
        self.draw()

    def on_resize(self, event: Resize) -> None:
        """Lay the columns out for the new width."""
        self.lay_keys_out(event.size.height)
        self.draw()

    def draw(self) -> None:
        """Show everything as the desk has it."""
        desk, width = self.desk, self.size.width
        if not width:
            return
        self.draw_status(texts.status(desk, width))
        self.draw_answer(texts.heading(desk), texts.answer_text(desk))
        body = self.query_one("#body", VerticalScroll)
        body.query_one(Static).update(Content.assemble(*texts.body(desk, width - 2)))
        definition = self.query_one("#definition", Static)
        definition.update(Content(texts.definition(desk, width - _MARGINS)))
        definition.display = desk.current is not None

    def read_anew(self) -> None:
        """Read the disagreements anew: themes have changed."""
        self.desk.read_anew()
        self.draw()

    def move(self, step: int) -> None:
        """Go to another answer; what was ticked and not settled is dropped."""
        self.desk.go_on(step)
        self.draw()

    def switch_names(self) -> None:
        """Say who chose what, or hide it."""
        self.desk.names_shown = not self.desk.names_shown
        self.draw()

    def switch_sure(self) -> None:
        """Settle it as not sure, or as sure."""
        self.desk.ticks.is_sure = not self.desk.ticks.is_sure
        self.draw()

    def explain_next(self) -> None:
        """Show the definition of the next theme in dispute."""
        self.desk.ticks.explain_next()
        self.draw()

    def change_list(self) -> None:
        """List those to settle, those parked, or all."""
        self.desk.change_show()
        self.draw()
        self.tell(f"Listed: {self.desk.show}.", 4)

    def scroll_body(self, direction: int) -> None:
        """Scroll what people chose: down (1) or up (-1)."""
        body = self.query_one("#body")
        body.scroll_relative(y=direction * max(1, body.size.height - 1), animate=False)


def open_disagreements(
    screen: ActionScreen[object],
    study: Study,
    person_id: str,
    question_id: str,
    theme_id: str | None = None,
    answers: Collection[int] | None = None,
    closed: Callable[[], object] | None = None,
) -> None:
    """Open the disagreements on a question on top of a screen.

    Args:
        screen: The screen.
        study: The study.
        person_id: Who settles.
        question_id: The question.
        theme_id: Only where this theme is in dispute.
        answers: These answers alone, those of a round; None: all.
        closed: Called once they are closed: tables may count otherwise.
    """
    question = find_question(study, question_id)
    settling = SettlingScreen(SettlingDesk(study, person_id, question, theme_id, answers))
    screen.ask(settling, (lambda _: closed()) if closed else None)
