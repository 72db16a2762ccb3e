"""Codebooks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

from coder.cli.codebook_text import codebook_lines
from coder.cli.common import DONE, READ_BACK, path_of, print_faults, refuse_idle_excel, write_out
from coder.cli.parser import add
from coder.cli.revision_commands import add_revisions
from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser
    from coder.formats.codebooks.writing import CodebookKind


def add_codebook(commands: Commands) -> None:
    """Add `coder codebook` with all its commands."""
    about = "show, check, revise, compare, import or export a codebook"
    add(commands, "codebook", about, "coder codebook check themes.yaml").declare_when_used(_add_commands)


def _add_commands(group: Parser) -> None:
    """Add the commands on a codebook."""
    both = group.commands()
    show = add(both, "show", "print the themes with their definitions", "coder codebook show", _show_codebook)
    about = "name line and column of each fault in a codebook"
    check = add(both, "check", about, "coder codebook check themes.yaml", _check_codebook)
    about = "write a codebook in another format, to a file or to stdout"
    export = add(both, "export", about, "coder codebook export --out codebook.docx", _export_codebook)
    for parser in (show, check, export):
        parser.option("source", "STUDY|FILE", "a study or a codebook file", nargs="?", default=".")
        parser.encoding()
    kinds = "docx for a report's annex, qdc (REFI-QDA) for other programs (default: by --out, else yaml)"
    export.choice("--format", ("yaml", "csv", "xlsx", "md", "docx", "qdc"), kinds)
    export.option("--out", "FILE", "write to a file")
    export.flag("--excel", "mark a CSV as UTF-8 for Excel; its texts stay as they are, to be read back")
    add_revisions(both)


def _show_codebook(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import show
    from coder.formats.codebooks.reading import read_any_codebook
    from coder.workflows.study.checking import codebook_file

    show(codebook_lines(read_any_codebook(codebook_file(path_of(args.source)), args.encoding)))
    return DONE


def _check_codebook(args: argparse.Namespace) -> int:
    from coder.workflows.study.checking import check_codebook_file, check_study_codebook, codebook_file
    from coder.workflows.study.opening import is_study

    source = path_of(args.source)
    path = codebook_file(source)
    faults = check_study_codebook(source) if is_study(source) else check_codebook_file(path, args.encoding)
    return print_faults(faults, f"{path} is sound.")


def _export_codebook(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say
    from coder.formats.codebooks.writing import KINDS
    from coder.formats.shared.file_contents import format_of, in_utf8_for_excel
    from coder.workflows.revising.codebook_export import export_codebook

    kind = cast("CodebookKind", args.format or format_of(args.out, KINDS))
    refuse_idle_excel(args, kind)
    content = export_codebook(path_of(args.source), kind, args.encoding)
    if isinstance(content, bytes) and not args.out and sys.stdout.isatty():
        msg = f"A {kind} file is no text that a terminal could show."
        raise CoderError(msg, f"Name a file: --out codebook.{kind}.")
    if args.excel and isinstance(content, str):
        say(READ_BACK)
        content = in_utf8_for_excel(content)
    return write_out(content, args.out)
