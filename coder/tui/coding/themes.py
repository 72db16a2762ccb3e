"""The coding screen and its codebook: finding and making themes, looking them up, taking up edits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.tui.coding.actions import EDITS_WAIT, apply_filter
from coder.tui.coding.recode.queue import leave_queue, tell_waiting
from coder.tui.coding.recode.texts import revised
from coder.tui.coding.views import rerank
from coder.workflows.study.codebook_file import codebook_stamp, take_up

if TYPE_CHECKING:
    from coder.domain.filters import Filter
    from coder.tui.coding.screen import CodingScreen
    from coder.tui.kit.theme_text import NewTheme


def find_theme(screen: CodingScreen) -> None:
    """Find any theme by typing; or make a new one of what was typed."""
    from coder.tui.coding.pickers import pick_theme

    if screen.response is not None:
        screen.app.push_screen(pick_theme(screen), partial(_found, screen))


def _found(screen: CodingScreen, found: str | NewTheme | None) -> None:
    if isinstance(found, str):
        screen.guard(screen.toggle, found)
    elif found is not None:
        screen.guard(_add_theme, screen, found)


def _add_theme(screen: CodingScreen, new: NewTheme) -> None:
    from coder.workflows.revising.adding_themes import add_theme

    theme = add_theme(screen.study, new.label, new.question_id, screen.session.coder_id)
    codebook_changed(screen)
    screen.toggle(theme.id)
    screen.app.notify(f"'{new.label}' is in the codebook now. b opens it: e there gives it a definition.")


def codebook_changed(screen: CodingScreen) -> None:
    """Go on with the study's codebook as it is now."""
    screen.codebook_seen = codebook_stamp(screen.study)
    screen.advice.revise(screen.study.codebook)
    screen.program.restart_engine()
    rerank(screen)
    screen.refresh_answer()


def take_up_edits(screen: CodingScreen) -> None:
    """Take up what somebody edited in `codebook.yaml` meanwhile, or say that it waits."""
    before, waited, to_recode = screen.study.codebook, screen.study.waiting, screen.waiting
    take_up(screen.study, screen.session.coder_id)
    if screen.study.codebook != before:
        codebook_changed(screen)
        screen.load_progress()
        # Another screen shows by itself what has become of the codebook, and says what it has to say.
        if screen.is_current and (screen.waiting <= to_recode or not tell_waiting(screen)):
            screen.notify("codebook.yaml was edited: the themes are as it says now.", timeout=5)
    elif screen.study.waiting and not waited:
        screen.notify(EDITS_WAIT, timeout=12)


def details(screen: CodingScreen) -> None:
    """Show all that the codebook says of the theme at the cursor."""
    from coder.tui.kit.show import Show
    from coder.tui.kit.theme_text import theme_details
    from coder.workflows.tables.tabulating import codebook_counts

    theme = screen.study.codebook.by_id.get(screen.current_theme() or "")
    if theme is None or screen.response is None:
        return
    found = codebook_counts(screen.study, screen.response.question_id).get(theme.id)
    said = (
        f"{screen.study.settings.respondents}: {found.respondents} · mentions: {found.mentions}"
        if found
        else "not used yet"
    )
    told = revised(screen, theme.id)
    screen.app.push_screen(Show("Theme", theme_details(theme, screen.study.codebook, said, told)))


def codebook(screen: CodingScreen) -> None:
    """Show the codebook, to revise it; picking a theme lists its answers."""
    from coder.tui.codebook.screen import CodebookScreen

    waiting = screen.waiting

    def closed(chosen: Filter | None) -> None:
        if chosen is not None:
            screen.navigator.leave(screen.response.number if screen.response else None)
            apply_filter(screen, chosen)
        elif screen.navigator.filter.show == "recode" and not screen.list.numbers:
            leave_queue(screen)
        if screen.waiting > waiting:
            tell_waiting(screen)

    question_id, changed = screen.navigator.question().id, partial(_revised, screen)
    screen.app.push_screen(
        CodebookScreen(screen.study, screen.session.coder_id, question_id, changed), closed
    )


def _revised(screen: CodingScreen) -> None:
    """Go on with codings and codebook as a revision has left them."""
    screen.list.forget_all()
    if screen.response is not None:
        screen.standing = screen.session.standing(screen.response.number)
    codebook_changed(screen)
    screen.load_list()
