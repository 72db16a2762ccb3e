"""Taking a file of codings into a study: what it leaves open is asked on the terminal, if there is one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.cli.common import DONE, ask, opened_study, path_of
from coder.cli.import_text import coding_import_lines
from coder.cli.plain_output import has_terminal, progress_line, say
from coder.domain.near_names import nearest
from coder.domain.team.team_people import UnknownPersonError
from coder.workflows.exchange.exchanging import import_codings
from coder.workflows.exchange.planned_import import CodingChoices, CodingImport

if TYPE_CHECKING:
    import argparse

    from coder.domain.team.team_people import Person, Team


def run_import(args: argparse.Namespace) -> int:
    """Run `coder codings import`."""
    study = opened_study(args.study)
    path = path_of(args.file)
    agreed = (lambda _: True) if args.yes else _agreed
    done = import_codings(
        study,
        path,
        coder_id=args.coder,
        adds_people=args.add_coders,
        dry_run=args.dry_run,
        progress=progress_line("Matching row"),
        choices=CodingChoices(
            only_adds=args.add_only,
            exactly=args.exactly,
            replaced=args.replaces or "",
            by_text=args.by_text,
            retired_too=args.with_retired,
            encoding=args.encoding,
            who_is=partial(_who_is, path.name) if has_terminal() else None,
            agreed=agreed,
        ),
    )
    say("\n".join(coding_import_lines(done, dry_run=args.dry_run)))
    return DONE


def _who_is(file_name: str, name: str, people: Team) -> Person | None:
    """Return whom of the team a name in a file means; None for somebody new."""
    say(
        f"{file_name} holds codings of '{name}', who is nobody of this study's team:"
        f" {', '.join(people.names)}."
    )
    if near := nearest(name, people.names):
        say(near)
    while typed := ask(f"Enter: {name} joins it. Or type whose they are: "):
        try:
            return people.meant(typed)
        except UnknownPersonError as error:
            say(str(error))
    return None


def _agreed(planned: CodingImport) -> bool:
    """Ask whether an import may take away what it would."""
    say("\n".join(coding_import_lines(planned, dry_run=True)))
    return ask("Do it? [y/N] ").casefold() in {"y", "yes"}
