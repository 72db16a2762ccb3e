"""Codebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, path_of, report
from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands


def add_codebook(commands: Commands) -> None:
    """Add `coder codebook show` and `check`."""
    both = add(
        commands, "codebook", "show or check a codebook", "coder codebook check themes.yaml"
    ).commands()
    show = add(both, "show", "print the themes with their definitions", "coder codebook show", _show_codebook)
    about = "name line and column of each fault in a codebook"
    check = add(both, "check", about, "coder codebook check themes.yaml", _check_codebook)
    for parser in (show, check):
        parser.option("source", "STUDY|FILE", "a study or a codebook file", nargs="?", default=".")


def _show_codebook(args: argparse.Namespace) -> int:
    from coder.cli.wording import codebook_lines
    from coder.formats.codebook_files import read_any_codebook
    from coder.tui.plain import show
    from coder.workflows.checking import codebook_file

    show(codebook_lines(read_any_codebook(codebook_file(path_of(args.source)))))
    return DONE


def _check_codebook(args: argparse.Namespace) -> int:
    from coder.workflows.checking import check_codebook_file, check_study_codebook, codebook_file
    from coder.workflows.studies import is_study

    source = path_of(args.source)
    path = codebook_file(source)
    faults = check_study_codebook(source) if is_study(source) else check_codebook_file(path)
    return report(faults, f"{path} is sound.")
