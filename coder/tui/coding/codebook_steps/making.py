"""Themes that are made, widened to a question, or defined while coding."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name
from coder.tui.codebook.linked_file import when_agreed
from coder.tui.coding import deciding
from coder.tui.coding.choosing import toggle
from coder.tui.coding.codebook_steps.codebook_news import codebook_changed
from coder.tui.coding.pickers import pick_theme
from coder.tui.coding.several import ticking
from coder.tui.kit.study_held import when_free
from coder.tui.kit.theme_text import NewTheme
from coder.tui.kit.windows.window_values import Ask
from coder.workflows.revising.adding_themes import adding, define_theme, widening
from coder.workflows.team.rounds.theme_proposals import propose_theme
from coder.workflows.theme_steps.theme_steps import choose_with_theme

if TYPE_CHECKING:
    from coder.domain.codebook import Theme
    from coder.tui.coding.contract import CodingView
    from coder.tui.coding.pickers import PickedTheme, ThemeElsewhere
    from coder.workflows.coding.session import StepOutcome
    from coder.workflows.revising.adding_themes import Decided

_UNTIL = "The others see it once it is over. Code this answer with the themes that there are."
NAME_WORDS = 8
"""Words of a selection that a working name takes, at most."""
_MARKS = " .,;:!?-–—…\"'“”\u2018\u2019()[]"


def find_theme(view: CodingView) -> None:
    """Find any theme by typing; or make a new one of what was typed."""
    if view.desk.here.response is not None:
        view.ask(pick_theme(view.desk), partial(choose_or_make, view))


def choose_or_make(view: CodingView, theme: PickedTheme | None) -> None:
    """Choose a theme that was picked; a new one, or one of another question, is made or widened with it."""
    study, number = view.desk.study, view.desk.here.number
    if isinstance(theme, str):
        toggle(view, theme, by_name=True)
    elif isinstance(theme, NewTheme) and study.database.sight.is_blind and number is not None:
        where = propose_theme(study, theme.label, number, view.desk.person_id)
        view.tell(f"Proposed in {where}, whose codebook stays as it began: '{theme.label}'. {_UNTIL}", 10)
    elif theme is not None:
        when_agreed(view, view.desk.study, partial(_make, view, theme))


def name_from_words(view: CodingView) -> None:
    """Make a theme for this question whose working name are the selected words, which carry it."""
    desk = view.desk
    selected, response = desk.here.selected, desk.here.response
    if selected is None or response is None:
        view.tell("Select words first (→, or the mouse): W makes a theme of them.", 4)
        return
    words = response.text[selected.start : selected.end].split()
    name = " ".join(words[:NAME_WORDS]).strip(_MARKS)
    if not name:
        view.tell("These are no words to name a theme by.", 4)
        return
    offered = desk.study.codebook.offered(response.question_id)
    namesake = next((theme for theme in offered if fold_name(theme.label) == fold_name(name)), None)
    working_name = f"{name[:1].upper()}{name[1:]}"
    choose_or_make(view, namesake.id if namesake else NewTheme(working_name, response.question_id))


def define(view: CodingView) -> None:
    """Ask what belongs to the theme chosen last, or at the cursor, if nobody has said so yet."""
    desk = view.desk
    study, standing = desk.study, desk.here.standing
    candidates = (desk.last_theme if desk.last_theme in standing.spans else None, desk.here.cursor_theme)
    theme = next((study.codebook.by_id[one] for one in candidates if one in study.codebook.by_id), None)
    if theme is None:
        view.tell("Choose a theme first: D says what belongs to it.", 4)
    elif theme.definition:
        view.tell(f"'{theme.label}' has a definition: d shows it; b, then e changes it.", 5)
    else:

        def save(definition: str | None) -> None:
            if definition and definition.strip():
                act = partial(define_theme, study, theme.id, definition, desk.session.coder_id)
                when_free(view, study.database, act, partial(_show_defined, view))

        ask = Ask(
            f"What belongs to: {theme.label}", hint="⏎ saves it in codebook.yaml · Esc leaves it for later"
        )
        when_agreed(view, study, lambda: view.ask(ask, save))


def _show_defined(view: CodingView, theme: Theme) -> None:
    codebook_changed(view)
    view.tell(f"What belongs to '{theme.label}' is in codebook.yaml now.", 4)


def _make(view: CodingView, picked: NewTheme | ThemeElsewhere) -> None:
    desk, number = view.desk, view.desk.here.number
    if number is None:
        return
    if isinstance(picked, NewTheme):
        change = adding(picked.label, picked.question_id)
        message = "'{}' is in the codebook now: D says what belongs to it. u takes both back."
    else:
        change = widening(picked.theme_id, picked.question_id)
        message = "'{}' is a theme of this question now, too. u takes both back."
    were_hidden = desk.hides

    def show(decided: Decided[StepOutcome]) -> None:
        codebook_changed(view)
        view.stepped(decided.outcome)
        if were_hidden:
            view.panes.point_at(decided.theme.id)
        view.tell(message.format(decided.theme.label), 8)
        if decided.file_fault:
            raise decided.file_fault

    choose: partial[StepOutcome] = partial(deciding.toggle, desk, number, by_name=True)
    if desk.listing.ticks:
        choose = partial(ticking.choose, desk)
    when_free(view, desk.study.database, partial(choose_with_theme, desk.session, change, choose), show)
