"""Revisions of the codebook: planned, applied, taken back; their history."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from coder.cli.parser import add

if TYPE_CHECKING:
    from coder.cli.parser import Commands, Parser

NAMING = """\
Edits of the study's codebook.yaml come first, then the operations in the order given. Themes are named
by id or label, whatever the case; write \\, for a comma within a label and \\= for an =. A target of a
merge, or a part of a split, that is no theme yet is added under that label."""

_OPERATIONS = {
    "merge": ("A,B=C", "make the codings of A and B codings of C; A and B are retired"),
    "split": ("A=B,C", "have a person choose B or C for each coding of A; A is retired, unless it is a part"),
    "rename": ("A=LABEL", "give A another label"),
    "define": ("A=TEXT", "give A another definition"),
    "move": ("A=NET", "put A under NET; A= takes it out of its net"),
    "retire": ("A", "offer A no longer; its codings stay"),
    "bring-back": ("A", "offer the retired A again"),
    "add": ("LABEL", "add a theme"),
    "look-again": ("A", "put the codings of A into the queue to be recoded, as it means something else now"),
    "keep": ("A", "leave the codings of A as they are, although its definition has changed"),
}


class _Typed(argparse.Action):
    """Gathers operations of all kinds in the order of the command line."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        args: argparse.Namespace,
        value: Any,
        option: str | None = None,
    ) -> None:
        setattr(args, self.dest, [*getattr(args, self.dest), ((option or "").removeprefix("--"), value)])


def add_revisions(commands: Commands) -> None:
    """Add `coder codebook plan`, `apply`, `undo`, `history`, `diff` and `import`."""
    about = "see what a revision would do to every count; nothing is written"
    example = "coder codebook plan my-study --merge workforce=recruitment --rename 'Beds=Wards'"
    plan = add(commands, "plan", about, example, _plan)
    _revising(plan)
    plan.choice(
        "--format", ("text", "json"), "json for programs and for apply --plan (default: text)", "text"
    )
    plan.option("--out", "FILE", "write to a file")
    about = "revise the codebook: its file and the codings, all of it or nothing"
    apply = add(commands, "apply", about, "coder codebook apply my-study --plan plan.json", _apply)
    _revising(apply)
    apply.option("--plan", "FILE", "what coder codebook plan --format json wrote")
    _applying(apply)
    undo = add(commands, "undo", "take back a revision", "coder codebook undo my-study 3", _undo)
    undo.study()
    undo.option("number", "NUMBER", "its number (default: the latest that stands)", nargs="?")
    _applying(undo)
    about = "list every version of the codebook: when, by whom, what and why"
    history = add(commands, "history", about, "coder codebook history my-study", _history)
    history.study()
    history.choice("--format", ("text", "json"), "(default: text)", "text")
    _add_diff(commands)
    about = "take the themes of another codebook into a study's; none is removed"
    join = add(commands, "import", about, "coder codebook import themes.xlsx my-study", _import)
    join.option("file", "FILE", "the other codebook: YAML, CSV, TSV, XLSX, ODS, Markdown or QDC (REFI-QDA)")
    join.study()
    join.encoding()
    _operations(join)
    _applying(join)


def _add_diff(commands: Commands) -> None:
    about = "compare two versions of the codebook, or two codebook files, word by word"
    diff = add(commands, "diff", about, "coder codebook diff my-study 2 3", _diff)
    sides = "the study, then versions: 3, or file for codebook.yaml as it is; or two codebook files"
    diff.option("sides", "STUDY|A|B", f"{sides} (default: the latest version and the one before)", nargs="*")
    diff.choice("--format", ("text", "json"), "(default: text)", "text")


def _revising(parser: Parser) -> None:
    parser.study()
    _operations(parser)


def _operations(parser: Parser) -> None:
    parser.description = f"{parser.description}\n\n{NAMING}"
    for name, (metavar, about) in _OPERATIONS.items():
        parser.option(f"--{name}", metavar, about, action=_Typed, dest="operations", default=[])
    parser.option("--question", "Q", "the question that --add is for (default: all)")


def _applying(parser: Parser) -> None:
    parser.option("--reason", "TEXT", "why, for the history")
    parser.option("--coder", "NAME", "who does it (default: the name you are logged in with)")
    parser.flag("--yes", "do not ask; what is in doubt must be decided by options all the same")


def _plan(args: argparse.Namespace) -> int:
    from coder.cli.revision_runs import run_plan

    return run_plan(args)


def _apply(args: argparse.Namespace) -> int:
    from coder.cli.revision_runs import run_apply

    return run_apply(args)


def _undo(args: argparse.Namespace) -> int:
    from coder.cli.revision_runs import run_undo

    return run_undo(args)


def _history(args: argparse.Namespace) -> int:
    from coder.cli.revision_runs import run_history

    return run_history(args)


def _import(args: argparse.Namespace) -> int:
    from coder.cli.revision_runs import run_import

    return run_import(args)


def _diff(args: argparse.Namespace) -> int:
    from coder.cli.revision_runs import run_diff

    return run_diff(args)
