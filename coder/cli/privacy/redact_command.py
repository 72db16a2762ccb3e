"""Taking words out of a study, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


def add_redact(commands: Commands) -> None:
    """Add `coder redact`."""
    about = "take names and the like out of answers, and out of all that quotes them; it cannot be undone"
    example = 'coder redact my-study --take-out "Priya Shah" --kind name'
    add(commands, "redact", about, example, _redact).declare_when_used(_add_options)


def _add_options(parser: Parser) -> None:
    parser.study()
    about = "take out these words wherever they stand; may come again"
    parser.option("--take-out", "WORDS", about, action="append", default=[])
    about = "take out one passage: the answer's id, its first character (from 0) and the first that stays"
    places = ("ANSWER", "START", "END")
    parser.add_argument("--at", metavar=places, help=about, action="append", nargs=3, default=[])
    parser.option(
        "--kind", "KIND", "of what kind it is: name, phone, place ... (default: other)", default="other"
    )
    parser.option(
        "--with",
        "TEXT",
        "what is to stand there (default: its kind and a number: [name 3])",
        dest="replacement",
        default="",
    )
    about = "write which words got which number to a file outside the study: keep it apart, or not at all"
    parser.option("--key-file", "FILE", about)
    about = "prove that these words stand nowhere in the study any more; exit code 3 if they do"
    parser.option("--prove", "WORDS", about, nargs="+", default=[])
    about = "the same with the words of a file, one a line, or a key file; - reads the input"
    parser.option("--list", "FILE", about)
    about = "with --prove: a folder or file of exports to look into as well; may come again"
    parser.option("--also", "PATH", about, action="append", default=[])
    parser.flag("--dry-run", "show what would be taken out, and change nothing")
    parser.flag("--yes", "do not ask")
    parser.option("--by", "NAME", "who does it (default: the name you are logged in with)")


def _redact(args: argparse.Namespace) -> int:
    from coder.cli.privacy.redact_runs import redact

    return redact(args)
