"""From a command to the screen on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.plain_output import has_terminal
from coder.errors import CoderError

if TYPE_CHECKING:
    from coder.tui.importing.review import ImportRequest
    from coder.workflows.study.study import Study


def open_screen(
    study: Study | None,
    coder_id: str | None = None,
    question_id: str | None = None,
    survey: ImportRequest | None = None,
) -> None:
    """Open the screen on a study, on a survey file to look at first, or where one chooses.

    Raises:
        CoderError: There is no terminal to open it on.
    """
    if not has_terminal():
        msg = "The coding screen needs a terminal."
        raise CoderError(msg, "For use in scripts, see: coder --help")
    from coder.tui.app import run
    from coder.workflows.study import coders

    name = coder_id or coders.default_coder()
    run(study, coders.coder_called(study.database, name) if study else name, question_id, survey)
