"""From a command to the screen on the terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from coder.cli.plain_output import has_terminal
from coder.cli.team.newcomers import coder_at_keyboard, round_of_coder
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from coder.tui.importing.review import ImportRequest
    from coder.workflows.study.study import Study


PLAIN = "CODER_PLAIN"
"""The environment variable that says whether to code line by line: 1 or 0."""


def open_screen(
    study: Study | None,
    coder_name: str | None = None,
    question_id: str | None = None,
    survey: ImportRequest | None = None,
    *,
    round_name: str | None = None,
    plain: bool = False,
    alone: Callable[[str], Screen[Any]] | None = None,
) -> None:
    """Open the screen on a study, on a survey file to look at first, or where one chooses.

    Args:
        study: The study; None: there is none yet.
        coder_name: Who codes; None: the name one is logged in with.
        question_id: The question to begin with.
        survey: A survey file to look at first.
        round_name: The round to work in.
        plain: Whether to code line by line, without a screen. The environment variable CODER_PLAIN and the
            study's setting `plain` can say so too.
        alone: Makes, for who is at work, another screen of the study than the one to code on.

    Raises:
        CoderError: There is no terminal to open it on.
    """
    if study is not None and alone is None and (plain or _is_plain(study)):
        from coder.tui.plain.running import run_plain

        coder_id = coder_at_keyboard(study, coder_name)
        run_plain(study, coder_id, question_id, one_round=round_of_coder(study, round_name, coder_id))
        return
    if not has_terminal():
        msg = "The screen needs a terminal." if alone else "The coding screen needs a terminal."
        raise CoderError(msg, "For use in scripts, see: coder --help")
    from coder.tui.app import run

    coder_id = coder_at_keyboard(study, coder_name)
    run(study, coder_id, question_id, survey, round_of_coder(study, round_name, coder_id), alone)


def _is_plain(study: Study) -> bool:
    """Tell whether the environment, or else the study, asks for the plain mode.

    Raises:
        CoderError: The environment variable is neither 1 nor 0.
    """
    variable = os.environ.get(PLAIN, "")
    if variable not in {"", "0", "1"}:
        msg = f"{PLAIN} is '{variable}'."
        raise CoderError(msg, "Set it to 1 to code line by line, or to 0 for the screen.")
    return variable == "1" if variable else study.settings.plain
