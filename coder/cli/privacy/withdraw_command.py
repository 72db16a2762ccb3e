"""A respondent withdraws, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


def add_withdraw(commands: Commands) -> None:
    """Add `coder withdraw`."""
    about = (
        "delete a respondent who withdraws, with all that was coded and noted of them; it cannot be undone"
    )
    example = 'coder withdraw C001 --reason "asked by e-mail" --dry-run'
    add(commands, "withdraw", about, example, _withdraw).declare_when_used(_add_options)


def _add_options(parser: Parser) -> None:
    parser.study()
    parser.option("respondent", "RESPONDENT", "the respondent's id")
    parser.option("--reason", "TEXT", "why, in a line; it is kept, so name nobody in it", default="")
    parser.flag("--dry-run", "say what would be deleted, and change nothing")
    parser.flag("--yes", "do not ask")
    parser.option("--by", "NAME", "who carries it out (default: the name you are logged in with)")


def _withdraw(args: argparse.Namespace) -> int:
    from coder.cli.privacy.withdraw_run import withdraw_respondent

    return withdraw_respondent(args)
