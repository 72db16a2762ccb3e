"""The codebook while coding: themes looked up; a codebook that has changed is taken up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.store import codebook_versions
from coder.tui.coding.codebook_steps.codebook_news import codebook_changed
from coder.tui.coding.greeting import edits_told
from coder.tui.coding.moving import apply_filter, go_back_to
from coder.tui.coding.recode_queue import tell_waiting
from coder.tui.coding.texts.recoding import revised
from coder.tui.kit.theme_text import theme_details
from coder.tui.kit.windows.window_values import Show
from coder.workflows.study.codebook_file import EDITED
from coder.workflows.study.taking_up import take_up

if TYPE_CHECKING:
    from coder.domain.filters import Filter
    from coder.tui.coding.contract import CodingView
    from coder.workflows.study.study import Study


def take_up_edits(view: CodingView) -> None:
    """Take up what somebody edited in `codebook.yaml` meanwhile, or say that it waits."""
    desk, study = view.desk, view.desk.study
    codebook_before, version_before, to_recode = study.codebook, study.version, desk.waiting
    waited, fault_before = study.edits_wait, study.file_fault
    take_up(study, desk.person_id)
    if study.codebook != codebook_before:
        codebook_changed(view)
        desk.count_anew()
        # Another screen shows by itself what has become of the codebook, and says what it has to say.
        if view.is_uncovered and (desk.waiting <= to_recode or not tell_waiting(view)):
            view.tell(_what_changed(study, version_before), 5)
    if study.file_fault and str(study.file_fault) != str(fault_before):
        view.tell(edits_told(study), 12, warning=True)
    elif study.edits_wait and not waited:
        view.tell(edits_told(study), 12)


def _what_changed(study: Study, version_before: int) -> str:
    """Return who made the themes what they are since a version of the codebook, and how."""
    revisions = [
        version
        for version in codebook_versions.versions_after(study.database, version_before)
        if version.reason != EDITED
    ]
    if not revisions:
        return "codebook.yaml was edited: the themes are as it says now."
    latest, earlier = revisions[-1], len(revisions) - 1
    more = f" · {counted(earlier, 'revision')} before that" if earlier else ""
    return f"{latest.made_by} has revised the codebook: {latest.label}{more}"


def details(view: CodingView) -> None:
    """Show all that the codebook says of the theme at the cursor."""
    from coder.workflows.tables.codebook_counts import codebook_counts

    desk = view.desk
    theme = desk.study.codebook.by_id.get(desk.here.cursor_theme or "")
    if theme is None or desk.here.response is None:
        return
    count = codebook_counts(desk.study, desk.here.response.question_id).get(theme.id)
    usage = (
        f"{desk.study.settings.respondents}: {count.respondents} · mentions: {count.mentions}"
        if count
        else "not used yet"
    )
    revision = revised(desk, theme.id)
    view.ask(Show("Theme", theme_details(theme, desk.study.codebook, usage, revision)))


def codebook(view: CodingView) -> None:
    """Show the codebook, to revise it; picking a theme lists its answers."""
    from coder.tui.codebook.screen import CodebookScreen

    desk = view.desk
    waiting_before = desk.waiting

    def close(answers: Filter | None) -> None:
        stop = desk.mode.way_out_by("w")
        if answers is not None:
            desk.listing.leave(desk.here.number)
            apply_filter(view, answers)
        elif stop and not desk.listing.numbers:
            go_back_to(view, stop)
        if desk.waiting > waiting_before:
            tell_waiting(view)

    question_id = desk.listing.question().id
    screen = CodebookScreen(desk.study, desk.person_id, question_id, partial(_revised, view))
    view.ask(screen, close)


def _revised(view: CodingView) -> None:
    """Go on with codings and codebook as a revision has left them; behind its screen keys may move."""
    view.desk.look_again()
    codebook_changed(view)
    view.list_anew(view.desk.here.number)
    view.show(view.desk.here.number)
