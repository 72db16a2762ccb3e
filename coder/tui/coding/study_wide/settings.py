"""The settings of the study on screen: each with what it does, changed by picking it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import counted
from coder.domain.languages.language_names import LANGUAGE_NAMES, language_code
from coder.domain.near_names import fold_case, nearest
from coder.domain.study_settings import SettingChange, changes_of_list
from coder.tui.kit.study_held import when_free
from coder.tui.kit.windows.window_values import Ask, Option, Pick
from coder.workflows.coding.session import StepOutcome
from coder.workflows.study.changing_settings import change_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.study_settings import Settings
    from coder.tui.coding.contract import CodingView
    from coder.workflows.study.changing_settings import SettingsChanged

NON_RESPONSES, COLOURS, LANGUAGE = "non_responses", "colours", "language"
_LINES = 12
"""Lines of the window with the texts that say nothing; there may be more."""


class _Switch(NamedTuple):
    """A setting that is on or off."""

    name: str
    label: str
    does: str


_SWITCHES = (
    _Switch("hide_until_first_choice", "Hide suggestions until a first theme is chosen",
            "On: an answer is read without suggestions until you have chosen once: they lead nobody. "
            "Space takes no suggestion that is hidden."),
    _Switch("keep_suggested_words", "Keep the words that carry a suggestion",
            "On: a suggestion that is accepted keeps the words of the answer that carry it; e moves them. "
            "Off: it is a coding of the whole answer."),
    _Switch("same_words", "Read answers of the same words as one",
            "On: answers to a question that are alike but for case, blanks and punctuation are one row, "
            "decided together; = opens them. Off: each is read by itself."),
    _Switch("plain", "Begin in the plain mode",
            "On: coder code asks and prints line by line, as with --plain, from the next start on."),
)  # fmt: skip


def choose_settings(view: CodingView, cursor: int = 0) -> None:
    """List the settings; picking one changes it, in study.toml too."""
    options = [*_switches(view.desk.study.settings), *_others(view)]

    def fitting(typed: str) -> Sequence[Option[str]]:
        return [option for option in options if fold_case(typed) in fold_case(option.label)]

    window = Pick("Settings of the study · ⏎ changes", fitting, placeholder="a setting", cursor=cursor)
    view.ask(window, partial(_change, view))


def _switches(settings: Settings) -> list[Option[str]]:
    return [
        Option(switch.label, switch.name, f"{switch.does}\nIn study.toml: {switch.name}",
               "on" if getattr(settings, switch.name) else "off")
        for switch in _SWITCHES
    ]  # fmt: skip


def _others(view: CodingView) -> list[Option[str]]:
    texts = view.desk.study.settings.non_responses
    return [
        Option(
            "Texts that say nothing", NON_RESPONSES,
            f"{'; '.join(texts)}\nKept, but not counted as answers: they are in no base. Case, blanks and "
            "marks at the edges make no difference.\nIn study.toml: non_responses",
            f"{len(texts):,}",
        ),
        Option("Light or dark", COLOURS, "The colours of the screen; ^t changes them too."),
        Option(
            "Language of the answers", LANGUAGE,
            "By its name or code. Left empty, it is found, for each question by itself. A model that does not"
            " know it ranks nothing.\nIn study.toml: language; of one question: languages",
            view.desk.study.settings.language or "found",
        ),
    ]  # fmt: skip


def _change(view: CodingView, name: str | None) -> None:
    if name is None:
        return
    if name == COLOURS:
        view.switch_theme()
        choose_settings(view, len(_SWITCHES) + 1)
    elif name == NON_RESPONSES:
        _ask_non_responses(view)
    elif name == LANGUAGE:
        _ask_language(view, view.desk.study.settings.language)
    else:
        study = view.desk.study
        change = SettingChange(name, not getattr(study.settings, name))
        act = partial(change_settings, study, view.desk.session.coder_id, [change])
        when_free(view, study.database, act, partial(_show_switched, view, change))


def _show_switched(view: CodingView, change: SettingChange, done: SettingsChanged) -> None:
    _show_changed(view)
    row = [switch.name for switch in _SWITCHES].index(change.key)
    view.tell(f"{_SWITCHES[row].label}: {'on' if change.setting else 'off'}. {done.in_file}", 5)
    choose_settings(view, row)


def _ask_language(view: CodingView, typed_before: str) -> None:
    study = view.desk.study

    def save(text: str | None) -> None:
        name = (text or "").strip()
        if text is None or name == study.settings.language:
            return
        if name and language_code(name) is None:
            near = nearest(name, LANGUAGE_NAMES.values())
            view.tell(f"There is no language '{name}' here. {near}", 5, warning=True)
            _ask_language(view, name)
            return
        change = SettingChange(LANGUAGE, name)
        act = partial(change_settings, study, view.desk.session.coder_id, [change])
        when_free(view, study.database, act, partial(_show_language, view))

    hint = "Welsh, or cy · empty: it is found"
    view.ask(Ask("Language of the answers", typed_before, hint), save)


def _show_language(view: CodingView, done: SettingsChanged) -> None:
    view.use_codebook()
    view.tell(f"Language of the answers: {view.desk.study.settings.language or 'found'}. {done.in_file}", 5)


def _ask_non_responses(view: CodingView) -> None:
    study = view.desk.study
    before = "\n".join(study.settings.non_responses)

    def save(text: str | None) -> None:
        if text is None or text == before:
            return
        changes = changes_of_list(study.settings.non_responses, map(str.strip, text.splitlines()))
        act = partial(change_settings, study, view.desk.session.coder_id, changes, view.desk.here.number)
        when_free(view, study.database, act, partial(_show_list_changed, view))

    hint = "one a line · ⏎ next line · ^s saves"
    view.ask(Ask("Texts that say nothing", before, hint, lines=_LINES), save)


def _show_list_changed(view: CodingView, done: SettingsChanged) -> None:
    view.stepped(StepOutcome(done.label, (), changed_settings=True), leaving=True)
    view.show(view.desk.here.number)
    answers, way_back = (done.effect.total, " u takes it back.") if done.effect else (0, "")
    view.tell(
        f"{counted(len(view.desk.study.settings.non_responses), 'text')} for no answer; "
        f"{counted(answers, 'answer')} changed sides. {done.in_file}{way_back}",
        6,
    )


def _show_changed(view: CodingView) -> None:
    """Draw what a setting changes: the list, the answer, how far one is."""
    desk = view.desk
    view.list_anew(desk.here.number)
    view.show(desk.here.number)
