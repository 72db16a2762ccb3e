"""Mending a definition where a disagreement shows that it does not say enough."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING

from coder.domain.codebook import Theme
from coder.tui.codebook.desk import CodebookDesk
from coder.tui.codebook.proposing import begin, propose, take_up_edits
from coder.tui.codebook.theme_actions import label_fault
from coder.tui.codebook.theme_form import ThemeForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.tui.settling.contract import SettlingView


class MendingView:
    """The settling screen as what revises the codebook knows it."""

    def __init__(self, view: SettlingView) -> None:
        self._view = view
        desk = view.desk
        self.desk = CodebookDesk(desk.study, desk.team.person_id, desk.question.id)

    def revised(self, theme_id: str | None = None) -> None:
        """Show the codebook as a revision has left it."""
        del theme_id
        self._view.read_anew()

    def tell(self, text: str, seconds: float, *, about: str = "") -> None:
        """Say something for some seconds."""
        # What takes a revision back is on the codebook screen: u here is for what was settled.
        message = text.replace("u takes it back.", "b, then u takes it back.")
        self._view.tell(message, seconds, about=about)

    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window."""
        self._view.ask(window, take)

    def after_saying(self, says: str, act: Callable[[], object]) -> None:
        """Say what is done, and do it once that is on screen."""
        self._view.after_saying(says, act)


def edit_definition(view: SettlingView) -> None:
    """Edit the theme whose definition is shown, with the answer offered as an example; the plan follows."""
    current, shown = view.desk.current, view.desk.explained_theme
    if current is None or shown is None:
        return
    mending = MendingView(view)
    take_up_edits(mending)
    theme = view.desk.study.codebook.find(shown.id)
    text = " ".join(current.answer.text.split())
    offered = theme if text in theme.examples else replace(theme, examples=(*theme.examples, text))

    def change(edited: Theme | None) -> None:
        if edited is None or edited == theme:
            return
        names = [field.name for field in fields(Theme)]
        changes = {n: getattr(edited, n) for n in names if getattr(theme, n) != getattr(edited, n)}
        propose(mending, begin(mending).change(theme.id, **changes), theme.id)

    title = f"Definition · {theme.label} · this answer is the last example"
    view.ask(ThemeForm(title, offered, partial(label_fault, view.desk.study.codebook)), change)
