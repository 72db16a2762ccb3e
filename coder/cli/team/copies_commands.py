"""Copies of a study on the command line: send what one has done, take in what others did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add

if TYPE_CHECKING:
    from coder.cli.parser import Commands, Parser, Run


def add_copies(team: Commands, run: Run) -> None:
    """Add `coder team send`, `pack`, `open`, `receive`, `clashes` and `decide`, which `run` runs."""
    about = "write all that was done in this copy of a study to one file, for another copy"
    parser = _command(team, run, "send", about, "coder team send my-study")
    parser.study()
    _to(parser, "STUDY-DATE.coderbundle, beside the study")
    about = "write to one file what a person needs to code elsewhere: their answers, nobody else's codings"
    parser = _command(team, run, "pack", about, "coder team pack my-study sam")
    parser.study()
    parser.option("name", "PERSON", "who is to code")
    _to(parser, "STUDY-PERSON.coderbundle, beside the study")
    about = "make a study of a pack, on the machine of whom it is for"
    parser = _command(team, run, "open", about, "coder team open sam.coderbundle --dir my-study")
    parser.option("file", "FILE", "the pack")
    parser.option("--dir", "DIR", "the folder to make (default: beside the pack, under its name)")
    parser.flag("--shared", "let the folder's group read and write the study (default: you alone)")
    about = "take in what was done in another copy: a file that was sent, or the copy's folder"
    parser = _command(team, run, "receive", about, "coder team receive my-study sam.coderbundle --dry-run")
    parser.study()
    parser.option("file", "FILE", "the file, or the folder of the other copy")
    parser.flag("--dry-run", "say what would come, and change nothing")
    parser.flag("--yes", "do not ask")
    about = "show what copies said of the codebook in different ways, and what waits for a decision"
    _command(team, run, "clashes", about, "coder team clashes my-study").study()
    about = "decide what copies said in different ways: see the plan, and apply it"
    parser = _command(team, run, "decide", about, "coder team decide staff definition 2")
    parser.option("theme", "THEME", "the theme, by id or label; codebook for its own title or note")
    parser.option("field", "FIELD", "what of it: definition, label ...")
    parser.option(
        "choice", "NUMBER", "which, as coder team clashes numbers them; 0: what is in use", type=int
    )
    parser.option("--study", "STUDY", "the study's folder (default: this one)", default=".")
    parser.option("--by", "NAME", "who decides (default: the name you are logged in with)")
    either = parser.add_mutually_exclusive_group()
    again = "its codings are to be looked at again"
    either.add_argument("--look-again", action="store_true", help=again)
    keep = "its codings stay as they are: only the wording has changed"
    either.add_argument("--keep-codings", action="store_true", help=keep)
    parser.flag("--yes", "do not ask")


def _to(parser: Parser, default: str) -> None:
    parser.option("--to", "FILE", f"the file (default: {default})")
    parser.option("--by", "NAME", "who sends it (default: the name you are logged in with)")
    parser.flag("--passphrase", "lock the file with a passphrase, which is asked for; age opens it too")


def _command(team: Commands, run: Run, name: str, about: str, example: str) -> Parser:
    parser = add(team, name, about, example, run)
    parser.set_defaults(team_command=name)
    return parser
