"""What coders differ on, as a sheet for a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


KINDS = ("md", "xlsx", "csv", "json")
"""The formats of sheets: named here, so that a command's options load none of what writes them."""


def add_disagreements(commands: Commands) -> None:
    """Add `coder disagreements`."""
    about = "list the answers that several people have read and coded otherwise, as a sheet for a meeting"
    example = "coder disagreements --question Q16 --out meeting.xlsx"
    add(commands, "disagreements", about, example, _disagreements).declare_when_used(_add_options)


def add_settle(commands: Commands) -> None:
    """Add `coder settle`."""
    about = "settle what several people chose otherwise, answer by answer, on the screen"
    parser = add(commands, "settle", about, "coder settle --question Q16", _settle)
    parser.study()
    parser.option("--question", "Q", "the question (default: the one with most to settle)")
    parser.option("--theme", "T", "answers alone on which this theme, by label or id, is in dispute")
    parser.option("--round", "ROUND", "answers of this round alone", default="")
    parser.option("--coder", "NAME", "who settles (default: the name you are logged in with)")


def _add_options(parser: Parser) -> None:
    parser.study()
    parser.names("--question", "Q", "one question, or several: Q15,Q16; may come again (default: all)")
    parser.option("--theme", "T", "answers alone on which this theme, by label or id, is in dispute")
    about = "answers of this round alone; of a training or what was coded again: those coded otherwise in it"
    parser.option("--round", "ROUND", about, default="")
    parser.names("--coder", "NAMES", "whom to compare: jo,sam; may come again (default: everybody)")
    parser.choice(
        "--show",
        ("unsettled", "parked", "all"),
        "those not settled yet (the default), those parked for a meeting, or settled ones as well",
        "unsettled",
    )
    parser.flag("--anonymous", "number coders instead of naming them")
    parser.choice("--format", KINDS, f"what to write (default: by --out; else {KINDS[0]})")
    parser.excel()
    parser.option("--out", "FILE", "write to a file")
    parser.date()


def _disagreements(args: argparse.Namespace) -> int:
    from coder.cli.team.disagreement_runs import write_disagreements

    return write_disagreements(args)


def _settle(args: argparse.Namespace) -> int:
    from coder.cli.team.settling_run import open_settling

    return open_settling(args)
