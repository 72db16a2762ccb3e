"""Taking words out of a study, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


_FINDING = """\
Where nothing is named, answers are searched for names, numbers and addresses. On a terminal a screen opens,
on which you decide on each; elsewhere, or with --show, they are listed."""


def add_redact(commands: Commands) -> None:
    """Add `coder redact`."""
    about = "take names and the like out of answers, and out of all that quotes them; it cannot be undone"
    example = 'coder redact my-study --show\n  coder redact my-study --take-out "Priya Shah" --kind name'
    add(commands, "redact", about, example, _redact).declare_when_used(_add_options)


def _add_options(parser: Parser) -> None:
    parser.study()
    parser.description = f"{parser.description}\n\n{_FINDING}"
    parser.flag("--show", "list what was found, each place with its context, and ask nothing")
    about = "a list of the team's own, a name a line, to be found as well"
    parser.option("--names", "FILE", about)
    about = "a file of the survey whose names are to be found as well; the study keeps where, not the names"
    parser.option("--names-from", "FILE", about)
    parser.names("--column", "COLUMN", "the column of --names-from with the names; may come again")
    parser.flag("--without-spacy", "search for names by rules and lists alone, which takes seconds")
    about = "take out these words wherever they stand; may come again"
    parser.option("--take-out", "WORDS", about, action="append", default=[])
    about = "take out one passage: the answer's id, its first character (from 0) and the first that stays"
    places = ("ANSWER", "START", "END")
    parser.add_argument("--at", metavar=places, help=about, action="append", nargs=3, default=[])
    about = "find these alone: name, phone, place ...; with --take-out or --at: of what kind it is"
    parser.names("--kind", "KIND", about)
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
    about = "do not ask; of what was found, take out what its form proves: numbers, addresses, postcodes"
    parser.flag("--yes", about)
    parser.option("--by", "NAME", "who does it (default: the name you are logged in with)")


def _redact(args: argparse.Namespace) -> int:
    from coder.cli.privacy.redact_runs import redact

    return redact(args)
