"""Codings that need a fresh look since the codebook was revised: what each decision does to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.codings import (
    NO_WORDS,
    Change,
    PickedWords,
    picked_together,
    read_choices,
    write_choices,
    write_spans,
)
from coder.errors import CoderError
from coder.store.codebook_versions import parent_of, version
from coder.store.log import version_before_reversal
from coder.store.recode_queues import asking_version
from coder.workflows.study.codebook_file import codebook_now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.codings import Step
    from coder.domain.standing import Standing
    from coder.workflows.study.study import Study


@dataclass(frozen=True, slots=True)
class RecodeReason:
    """The revision of the codebook because of which a coding needs a fresh look."""

    at: str
    """When, in UTC: `2026-11-21T21:04:05.123Z`."""
    made_by: str
    """The name of who revised the codebook."""
    reason: str
    old_theme: Theme
    """The theme as it was until then."""


def recode_reason(study: Study, coder_id: str, response: int, theme_id: str) -> RecodeReason | None:
    """Return the revision after which a coding needs a fresh look; None if there was none."""
    number = asking_version(study.database, coder_id, response, theme_id)
    if number is None:
        return None
    revised = version(study.database, number)
    older = parent_of(study.database, revised) if revised else None
    if revised is None or older is None or theme_id not in older.codebook:
        return None
    return RecodeReason(revised.at, revised.made_by, revised.reason, older.codebook.by_id[theme_id])


def changes_of_choice(standing: Standing, theme_id: str, *, is_chosen: bool) -> list[Change]:
    """Return the further changes that choosing a theme, or taking it off, makes on a response.

    A theme that came of a split replaces the one that was split, and takes over the memo on it. A theme
    that is taken off no longer waits to be recoded.
    """
    if not is_chosen:
        return [_settled(standing, theme_id)] if theme_id in standing.recode else []
    replaced, changes = _replaced(standing, theme_id), []
    for old in replaced:
        changes.append(Change(standing.response, "theme", write_spans(standing.spans[old]), None, old))
        changes.append(_settled(standing, old))
    return changes + _memos_moved(standing, replaced, theme_id)


def words_for_choice(standing: Standing, theme_id: str, words: PickedWords) -> PickedWords:
    """Return the words of a theme just chosen: those given, or those of the split themes that it replaces."""
    replaced = _replaced(standing, theme_id)
    spans_of_split = [standing.spans[old] for old in replaced]
    if not spans_of_split:
        return words
    if not all(spans_of_split):
        # One of them was of the whole response.
        return NO_WORDS
    pickers = [standing.words_by.get(old, "") for old in replaced]
    return PickedWords(
        tuple(sorted({span for split in spans_of_split for span in split})), picked_together(pickers)
    )


def settle_all(standing: Standing) -> list[Change]:
    """Return the changes after which no coding on a response waits to be recoded any more."""
    return [_settled(standing, old) for old in standing.recode]


def refuse_undecided(standing: Standing, codebook: Codebook, name: str) -> None:
    """Raise CoderError if a theme of a response was split and its parts are yet to be chosen among.

    Args:
        standing: What stands on the response.
        codebook: The codebook in use.
        name: The response's id.
    """
    for old, choices in standing.recode.items():
        if old not in choices:
            new_labels = ", ".join(codebook.label(choice) for choice in choices)
            label = codebook.label(old)
            msg = f"'{label}' was split: which of its parts is it in {name}?"
            raise CoderError(msg, f"Choose among {new_labels}; or take '{label}' off.")


def refuse_retired(study: Study, theme_id: str) -> None:
    """Raise CoderError if a theme is retired, or gone: it can be taken off, but not chosen."""
    theme = codebook_now(study).by_id.get(theme_id)
    if theme is None and theme_id in study.codebook:
        msg = f"'{study.codebook.label(theme_id)}' was taken out of the codebook."
        raise CoderError(msg, "Choose another theme.")
    if theme is not None and theme.status == "retired":
        msg = f"'{theme.label}' is retired, and no longer chosen."
        raise CoderError(msg, "Choose a theme in use; u takes back what was done last.")


def _replaced(standing: Standing, theme_id: str) -> list[str]:
    """Return the split themes on a response that this theme came of."""
    return [old for old, choices in standing.recode.items() if theme_id in choices and old not in choices]


def _memos_moved(standing: Standing, replaced: Iterable[str], theme_id: str) -> list[Change]:
    moved = {old: standing.theme_memos[old] for old in replaced if old in standing.theme_memos}
    own_memo = standing.theme_memos.get(theme_id)
    changes = [Change(standing.response, "memo", memo, None, old) for old, memo in moved.items()]
    if moved:
        joined = "\n".join(filter(None, (own_memo, *moved.values())))
        changes.append(Change(standing.response, "memo", own_memo, joined, theme_id))
    return changes


def _settled(standing: Standing, old: str) -> Change:
    return Change(standing.response, "recode", write_choices(standing.recode[old]), None, old)


def refuse_lost_themes(study: Study, step: Step, changes: Iterable[Change]) -> None:
    """Raise CoderError if a theme would come back that was retired or taken out of the codebook meanwhile.

    So it may to an answer, and among the themes that a coding waits to be told apart by.
    """
    codebook = codebook_now(study)
    for change in changes:
        if change.aspect == "recode" and change.new is not None:
            _refuse_lost_choices(codebook, step, change.theme_id, read_choices(change.new))
        if change.aspect != "theme" or change.new is None:
            continue
        theme = codebook.by_id.get(change.theme_id)
        if theme is None:
            msg = f"'{step.label}' would bring back the theme '{change.theme_id}', which the codebook lacks."
            raise CoderError(msg, "Put it back into codebook.yaml, then open the study again.")
        if theme.status == "retired" and _was_active(study, step, theme.id):
            msg = f"'{step.label}' would bring back '{theme.label}', which was retired since."
            raise CoderError(msg, "Choose a theme in use; or take the revision back (coder codebook undo).")


def _refuse_lost_choices(codebook: Codebook, step: Step, theme_id: str, choices: Iterable[str]) -> None:
    for choice in choices:
        theme = codebook.by_id.get(choice)
        if choice != theme_id and (theme is None or theme.status != "active"):
            label, lost = codebook.label(theme_id), codebook.label(choice)
            msg = f"'{step.label}' would ask again what '{label}' is, and '{lost}' is in use no longer."
            raise CoderError(
                msg, "Change the answer itself; or take the revision back (coder codebook undo)."
            )


def _was_active(study: Study, step: Step, theme_id: str) -> bool:
    """Tell whether a theme was offered when a step was made; of one undone and redone, the last time."""
    then = version(study.database, version_before_reversal(study.database, step.number))
    return then is not None and theme_id in then.codebook and then.codebook.find(theme_id).status == "active"
