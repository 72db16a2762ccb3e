"""Saying of a text that it says nothing, in all of the study; and that it does say something after all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_case
from coder.domain.nonresponse import NonResponses, normalise
from coder.domain.study_settings import ADD_NON_RESPONSE, REMOVE_NON_RESPONSE, SettingChange
from coder.domain.texts.invisible import is_blank
from coder.tui.coding.moving import go_on, jump
from coder.tui.kit.study_held import when_free
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.coding.session import StepOutcome
from coder.workflows.study.changing_settings import change_settings, effect_of_changes
from coder.workflows.study.non_responses import effect_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.study_settings import Settings
    from coder.tui.coding.contract import CodingView
    from coder.workflows.study.changing_settings import SettingsChanged

_TITLE_LENGTH = 30
_ANY_NUMBER = "#"
"""Stands for any number in the list of non-responses."""


def says_nothing(view: CodingView) -> None:
    """Ask whether a text is to count as no answer in all of the study; where it does, as one again."""
    desk = view.desk
    if desk.here.response is None:
        return
    text = normalise(desk.here.response.text)
    changes = _entries_off(desk.study.settings, text)
    if is_blank(text):
        view.tell("There is nothing to be read in it: it is no answer in any case.", 4)
    elif not changes and _ANY_NUMBER in text:
        view.tell("In the list # stands for any number: add this text in study.toml, under non_responses.", 6)
    else:
        view.ask(_window(view, text, changes), partial(_decided, view, changes or [_entry_on(text)]))


def _entry_on(text: str) -> SettingChange:
    return SettingChange(ADD_NON_RESPONSE, text)


def _entries_off(settings: Settings, text: str) -> list[SettingChange]:
    """Return what takes a text off the list: of its entries those that say so of it."""
    return [
        SettingChange(REMOVE_NON_RESPONSE, entry)
        for entry in settings.non_responses
        if text in NonResponses([entry])
    ]


def _window(view: CodingView, text: str, entries_off: Sequence[SettingChange]) -> Pick[bool]:
    """Return the window that says what it does, and asks."""
    study = view.desk.study
    effect = effect_of_changes(study, entries_off or [_entry_on(text)])
    quoted = f"“{text if len(text) <= _TITLE_LENGTH else f'{text[: _TITLE_LENGTH - 1]}…'}”"
    if entries_off:
        entries = ", ".join(f"“{change.setting}”" for change in entries_off)
        title, yes = f"{quoted} says something again?", "Yes, it is an answer, everywhere"
        about = f"Taken off the list of texts that say nothing: {entries}. These are answers again:"
    else:
        title, yes = f"{quoted} says nothing, everywhere?", "Yes, it says nothing, everywhere"
        about = "Added to the study's list of texts that say nothing. These say just that:"
    figures = "\n".join([about, *effect_lines(effect, study.settings.respondents), "u takes it back."])
    options = [Option(yes, choice=True, detail=figures), Option("No, leave it as it is", choice=False)]

    def fitting(typed: str) -> Sequence[Option[bool]]:
        return [option for option in options if fold_case(typed) in fold_case(option.label)]

    return Pick(title, fitting, placeholder="⏎ yes · Esc no")


def _decided(view: CodingView, changes: Sequence[SettingChange], is_so: bool | None) -> None:
    desk = view.desk
    if is_so and desk.here.number is not None:
        change = partial(change_settings, desk.study, desk.session.coder_id, changes, desk.here.number)
        show = _go_on_without if changes[0].key == ADD_NON_RESPONSE else _show_again
        when_free(view, desk.study.database, change, partial(show, view, desk.here.number))


def _go_on_without(view: CodingView, number: int, done: SettingsChanged) -> None:
    """List the answers that are left, and go on from where the one was that says nothing."""
    listing = view.desk.listing
    rows, row = listing.numbers, listing.row_of(number) or 0
    view.stepped(StepOutcome(done.label, (), changed_settings=True), leaving=True)
    go_on(view, next((above for above in reversed(rows[: row + 1]) if above in listing), None))
    _tell(view, done)


def _show_again(view: CodingView, number: int, done: SettingsChanged) -> None:
    """List what are answers again, and show the one that was asked about."""
    view.stepped(StepOutcome(done.label, (), changed_settings=True), leaving=True)
    jump(view, number)
    _tell(view, done)


def _tell(view: CodingView, done: SettingsChanged) -> None:
    if not done.label:
        view.tell("Somebody else has changed the list so meanwhile.", 6)
        return
    late = f" {done.in_file}" if done.unwritten else ""
    view.tell(f"{done.label}. u takes it back.{late}", 12 if late else 6, warning=bool(late))
