"""What `study.toml` keeps of how a table is counted: every option of `coder tables`, by its name."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from coder.domain.study_settings import RESPONSE_RATES, KeptOptions, TableSetting
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.workflows.study.coders import coder_called
from coder.workflows.study.conditions import condition_meant, conditions_as_stored

if TYPE_CHECKING:
    from coder.workflows.study.study import Study


def with_choices(
    study: Study, request: TableRequest, setting: TableSetting, *, of_themes: bool
) -> TableRequest:
    """Return how a table is counted: what is asked for goes before what `study.toml` says of the table.

    Conditions on respondents all hold, those asked for and those of the table.

    Args:
        study: The study.
        request: What is asked for.
        setting: The table.
        of_themes: Whether it is of open questions.

    Raises:
        CoderError: `study.toml` says what would do nothing for the table, or names nobody and nothing.
    """
    choices = setting.choices
    if choices == KeptOptions():
        return request
    _refuse_idle(setting, of_themes=of_themes)
    coder_ids = (coder_called(study.database, choices.coder),) if choices.coder else ()
    where = (*request.where, *(condition_meant(study, condition) for condition in choices.where))
    return replace(
        request,
        options=_options(request, choices),
        where=conditions_as_stored(study, where),
        coder_ids=request.coder_ids or (() if "agreed" in request.said else coder_ids),
        as_of=request.as_of or choices.as_of or None,
        test=request.test or choices.test,
    )


def _options(request: TableRequest, choices: KeptOptions) -> TableOptions:
    options, usual = request.options, TableOptions()
    chosen: dict[str, Any] = {
        "unit": choices.count,
        "base": choices.base,
        "nets": choices.nets,
        "zeros": choices.zeros,
        "order": choices.order,
        # Whoever asks for the codings of one coder leaves no rule for several.
        "agreed": "" if request.coder_ids else choices.coders,
    }
    if not (options.other or options.other_percent or "other" in request.said):
        chosen |= limit_meant(choices.other)
    unsaid = {
        key for key in chosen if key not in request.said and getattr(options, key) == getattr(usual, key)
    }
    return replace(options, **{key: choice for key, choice in chosen.items() if choice and key in unsaid})


def _refuse_idle(setting: TableSetting, *, of_themes: bool) -> None:
    usual = KeptOptions()
    for field in fields(KeptOptions):
        is_set = getattr(setting.choices, field.name) != getattr(usual, field.name)
        works = of_themes or (field.name == "where" and setting.subject != RESPONSE_RATES)
        if is_set and not works:
            msg = f"{field.name} in a [[table]] of {setting.subject} does nothing: it is of themes."
            raise CoderError(msg, "Take the line out of study.toml.")
    if setting.choices.coder and setting.choices.coders:
        msg = "coders in a [[table]] with coder does nothing: coder counts the codings of one."
        raise CoderError(msg, "Take one of the two lines out of study.toml.")


def limit_meant(text: str) -> dict[str, Any]:
    """Return the options of a table that a limit stands for, `3` or `5%`; none for an empty text.

    Raises:
        CoderError: It is neither, or less than nought.
    """
    if not text:
        return {}
    number, is_percent = text.strip().removesuffix("%"), text.strip().endswith("%")
    try:
        options = {"other_percent": float(number)} if is_percent else {"other": int(number)}
    except ValueError:
        options = {}
    if not options or not 0 <= max(options.values()) < (100 if is_percent else float("inf")):
        msg = f"--other is {text}."
        raise CoderError(msg, "Give a number from 0, or a percentage of all who answered: 5%")
    return options
