"""Every command explains itself, and the README names it."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coder import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

README = Path(cli.__file__).parents[2] / "README.md"


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield the parsers of all commands under one."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                below.format_help()  # some declare their options when they are explained
                yield below
                yield from parsers(below)


COMMANDS = list(parsers(cli.build_parser()))
LEAVES = [parser for parser in COMMANDS if parser.get_default("run") is not None]


@pytest.mark.parametrize("parser", COMMANDS, ids=lambda parser: parser.prog)
def test_every_command_has_help_and_an_example(parser: argparse.ArgumentParser) -> None:
    """Its help begins with a sentence and ends with an example of that very command."""
    text = parser.format_help()
    assert (parser.description or "").endswith(".")
    assert f"example:\n  {parser.prog}" in text


@pytest.mark.parametrize("parser", COMMANDS, ids=lambda parser: parser.prog)
def test_every_argument_has_help(parser: argparse.ArgumentParser) -> None:
    """No option or argument is left unexplained."""
    actions = [action for action in parser._actions if not isinstance(action, argparse._SubParsersAction)]
    assert [action.dest for action in actions if not action.help] == []


@pytest.mark.parametrize("parser", LEAVES, ids=lambda parser: parser.prog)
def test_examples_can_be_parsed(parser: argparse.ArgumentParser) -> None:
    """The example in the help is one that the parser takes."""
    example = (parser.epilog or "").splitlines()[1].strip()
    args = cli.build_parser().parse_args(shlex.split(example)[1:])
    assert args.run is parser.get_default("run")


@pytest.mark.parametrize("parser", LEAVES, ids=lambda parser: parser.prog)
def test_the_readme_names_every_command(parser: argparse.ArgumentParser) -> None:
    """The README's list of commands leaves none out."""
    assert parser.prog in README.read_text(encoding="utf-8")


def test_help_lists_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """`coder --help` gives the exit codes in one line."""
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert "exit codes: 0 done, 1 it could not be done, 2 wrong use, 3 a check" in capsys.readouterr().out
