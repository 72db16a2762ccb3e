"""The people of a study on the command line: who codes, under which name, and who has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add
from coder.cli.team.copies_commands import add_copies
from coder.cli.team.question_commands import add_questions
from coder.cli.team.round_commands import add_rounds

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


def add_team(commands: Commands) -> None:
    """Add `coder team` and what belongs to it."""
    about = "say who codes a study, and which answers: people, rounds, what is handed over"
    add(commands, "team", about, "coder team list my-study").declare_when_used(_add_commands)


def _add_commands(group: Parser) -> None:
    """Add the commands on the people of a study, and on rounds."""
    team = group.commands()
    parser = add(team, "list", "list the people, with what they have coded", "coder team list my-study", _run)
    parser.study_or_option()
    parser.set_defaults(team_command="list")
    parser.flag("--history", "what was done to the team, and by whom")
    _command(team, "add", "add a person, or several", "coder team add jo sam", many=True)
    parser = _command(team, "rename", "give a person another name", "coder team rename jo 'Jo Hart'")
    parser.option("new_name", "NEW", "the new name; the old one goes on to mean them")
    about = "make two people one: the codings of the first become the second's"
    parser = _command(team, "merge", about, "coder team merge 'Jo ' jo")
    parser.option("target", "OTHER", "whom they turned out to be; where both decided, OTHER's choice stands")
    parser.flag("--yes", "do not ask")
    about = "take back that two people are one: each has the codings again that they had"
    _command(team, "part", about, "coder team part 'Jo '")
    about = "note that somebody has left: their codings stay, and nobody codes under their name"
    _command(team, "retire", about, "coder team retire sam")
    _command(team, "bring-back", "note that somebody is back", "coder team bring-back sam")
    add_rounds(team, _run)
    add_questions(team, _run)
    add_copies(team, _run)


def _command(team: Commands, name: str, about: str, example: str, *, many: bool = False) -> Parser:
    parser = add(team, name, about, example, _run)
    parser.set_defaults(team_command=name)
    if many:
        parser.option("names", "NAME", "what they are called", nargs="+")
    else:
        parser.option("name", "NAME", "who")
    parser.option("--study", "STUDY", "the study's folder (default: this one)", default=".")
    parser.option("--by", "NAME", "who does it (default: the name you are logged in with)")
    return parser


def _run(args: argparse.Namespace) -> int:
    from coder.cli.team.team_runs import RUNS

    if getattr(args, "study_option", None) is not None:
        args.study = args.study_option
    return RUNS[args.team_command](args)
