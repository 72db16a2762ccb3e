"""Who is at the keyboard, asked on the terminal where nobody of the team is called so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import ask
from coder.cli.plain_output import has_terminal, say
from coder.domain.team.team_people import UnknownPersonError
from coder.workflows.study.coders import coder_at_work, coder_called, default_coder, join
from coder.workflows.team.rounds.leading import joined_round

if TYPE_CHECKING:
    import argparse

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study


def coder_at_keyboard(study: Study | None, coder_name: str | None) -> str:
    """Return the id of who is to code; who is nobody of the team is asked about on the terminal.

    Where the study can only be read, nobody joins it: the codings of a newcomer are none.

    Args:
        study: The study; without one there are no ids yet, and the name is returned.
        coder_name: What they are called; None: the name one is logged in with.

    Raises:
        CoderError: Nobody of the team is called so, and there is no terminal to ask on; or they have left.
    """
    name = coder_name or default_coder()
    if study is None:
        return name
    if study.read_only:
        return coder_called(study.database, name)
    try:
        return coder_at_work(study.database, name)
    except UnknownPersonError as error:
        if not has_terminal():
            raise
        say(error.message)
        typed = ask(f"Enter: {name} joins it, with codings of their own. Or type who codes: ")
        if typed:
            return coder_at_work(study.database, typed)
        return join(study.database, name).id


def who_acts(study: Study, args: argparse.Namespace) -> str:
    """Return the id of who gives a command: who is named with --by, else who is logged in.

    Raises:
        CoderError: Several people are called so.
    """
    return coder_called(study.database, args.by or default_coder())


def round_of_coder(study: Study | None, name: str | None, coder_id: str) -> Round | None:
    """Return the round that somebody asks to work in; None where they name none.

    Raises:
        CoderError: There is no such round, it has ended, or they have no answers in it.
    """
    if study is None or not name:
        return None
    return joined_round(study, name, coder_id)
