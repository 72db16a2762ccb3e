"""`coder privacy`: the data-flow statement of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


def add_privacy(commands: Commands) -> None:
    """Add `coder privacy`."""
    about = "write what a study holds of whom, where, who can read it and what leaves the machine (nothing)"
    example = "coder privacy my-study --out data-flow.docx"
    add(commands, "privacy", about, example, _privacy).declare_when_used(_add_options)


def _add_options(parser: Parser) -> None:
    parser.study()
    parser.choice("--format", ("md", "docx"), "(default: as --out ends, else md)")
    parser.option("--out", "FILE", "a file instead of stdout")
    parser.date("the day that stands in the statement")


def _privacy(args: argparse.Namespace) -> int:
    from coder.cli.privacy.privacy_run import write_statement

    return write_statement(args)
