"""Codings into a study and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, give, path_of
from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands


def add_codings(commands: Commands) -> None:
    """Add `coder codings import` and `export`."""
    about = "take codings into a study, or give them out"
    both = add(commands, "codings", about, "coder codings import my-study codings.csv").commands()
    example = "coder codings import my-study codings.csv --dry-run"
    parser = add(both, "import", "take the codings of a file into a study", example, _import_codings)
    parser.study()
    columns = "response_id (or respondent_id, question, item), theme; if known, coder and mention"
    parser.option("file", "FILE", f"CSV, TSV or JSON with {columns}")
    who = "whose they are; of several coders in the file, the one to take (default: as it says, else you)"
    parser.option("--coder", "NAME", who)
    parser.flag("--dry-run", "check and count; change nothing")
    example = "coder codings export my-study codings.csv --coder jo"
    parser = add(both, "export", "write a study's codings to a file or to stdout", example, _export_codings)
    parser.study()
    parser.option("file", "FILE", "the file, or for a dataset the folder", nargs="?")
    parser.option("--coder", "NAME", "the codings of one coder (default: of all)")
    kinds = "csv: a row a span; json: with done, flags, memos; dataset: three CSV files (default: by FILE)"
    parser.choice("--format", ("csv", "json", "dataset"), kinds)


def _import_codings(args: argparse.Namespace) -> int:
    from coder.cli.wording import coding_import_lines
    from coder.tui.plain import progress_line, say
    from coder.workflows.exchanging import import_codings
    from coder.workflows.studies import open_study

    study = open_study(path_of(args.study))
    progress = progress_line("Matching row")
    done = import_codings(
        study, path_of(args.file), coder_id=args.coder, dry_run=args.dry_run, progress=progress
    )
    say("\n".join(coding_import_lines(done, dry_run=args.dry_run)))
    return DONE


def _export_codings(args: argparse.Namespace) -> int:
    from coder.formats.output_files import format_of
    from coder.tui.plain import say
    from coder.workflows.exchanging import codings_as_csv, codings_as_json, export_data_set
    from coder.workflows.studies import is_study, open_study

    if args.file is None and args.study != "." and not is_study(path_of(args.study)):
        args.study, args.file = ".", args.study
    study = open_study(path_of(args.study))
    kind = args.format or format_of(args.file, ("csv", "json"))
    if kind == "dataset":
        folder = path_of(args.file or "dataset")
        written, left = export_data_set(study, folder, args.coder)
        say(f"{written:,} coded answers are in {folder}; {left:,} not yet coded were left out.")
        return DONE
    return give((codings_as_csv if kind == "csv" else codings_as_json)(study, args.coder), args.file)
