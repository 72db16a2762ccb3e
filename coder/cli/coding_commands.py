"""Codings into a study and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import (
    DONE,
    READ_BACK,
    coder_named,
    counting_rule,
    csv_for_excel,
    opened_study,
    path_of,
    refuse_read_only,
    write_out,
)
from coder.cli.parser import add
from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from coder.cli.parser import Commands, Parser
    from coder.domain.privacy.masks import Mask
    from coder.domain.team.counting_rule import Agreed
    from coder.workflows.study.study import Study

_RESPONDENT_FILES = ("matrix", "sav", "long", "parquet")
"""Formats of who mentions what, respondent by respondent."""


def add_codings(commands: Commands) -> None:
    """Add `coder codings import` and `export`."""
    example = "coder codings import my-study codings.csv"
    codings = add(commands, "codings", "take codings into a study, or give them out", example)
    codings.declare_when_used(_add_commands)


def _add_commands(group: Parser) -> None:
    """Add the commands on codings."""
    both = group.commands()
    example = "coder codings import my-study codings.csv --dry-run"
    parser = add(both, "import", "take the codings of a file into a study", example, _import_codings)
    parser.study()
    columns = "response_id (or respondent_id, question, item), theme; if known, coder, mention, text"
    parser.option("file", "FILE", f"CSV, TSV or JSON with {columns}")
    whose = "whose they are; of several coders in the file, the one to take (default: as it says, else you)"
    parser.option("--coder", "NAME", whose)
    parser.encoding()
    parser.flag("--add-coders", "coders whom the team lacks join it")
    again = "it takes the place of another file that was imported (default: of one of its name)"
    parser.option("--replaces", "NAME", again)
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--add-only", action="store_true", help="change and take away nothing that stands")
    exactly = "on its answers the coder's work becomes what it says, also where they changed it here"
    either.add_argument("--exactly", action="store_true", help=exactly)
    parser.flag("--by-text", "each coding goes to the answer that has the text coded, whatever its id")
    parser.flag("--with-retired", "take codings with retired themes too")
    parser.flag("--dry-run", "check and count; change nothing")
    parser.flag("--yes", "take away what the file holds no longer without being asked")
    example = "coder codings export my-study codings.csv --coder jo"
    parser = add(both, "export", "write a study's codings to a file or to stdout", example, _export_codings)
    parser.study()
    parser.option("file", "FILE", "the file, or for a dataset the folder", nargs="?")
    parser.option("--out", "FILE", "the same as FILE")
    parser.option("--coder", "NAME", "the codings of one coder (default: of all)")
    parser.coders()
    kinds = (
        "csv: a row a span; json: with done, flags, memos; dataset: three CSV files; matrix: a CSV with a row"
        " a respondent and 0 or 1 for each theme; sav: the same for SPSS; long: a CSV with a row a respondent"
        " and theme, 0 or 1; parquet: the same as Parquet (default: by FILE)"
    )
    parser.choice("--format", ("csv", "json", "dataset", *_RESPONDENT_FILES), kinds)
    parser.mask("none")
    parser.excel()


def _import_codings(args: argparse.Namespace) -> int:
    from coder.cli.codings_import import run_import

    return run_import(args)


def _export_codings(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say
    from coder.formats.shared.file_contents import for_excel, format_of, in_utf8_for_excel
    from coder.workflows.study.opening import is_study

    if args.out is not None and args.file is not None:
        msg = f"Two files are named: {args.file} and {args.out}."
        raise CoderError(msg, "Name the file once.")
    if args.file is None and args.out is None and args.study != "." and not is_study(path_of(args.study)):
        args.study, args.file = ".", args.study
    file = args.out or args.file
    study = opened_study(args.study)
    kind = args.format or format_of(file, ("csv", "json", "sav", "parquet"))
    excel = csv_for_excel(study, args, kind, ("csv", "dataset", "matrix", "long"))
    agreed = counting_rule(args)
    if args.coders and kind in {"csv", "json"}:
        msg = f"--coders would change nothing: {kind} holds what each coder chose."
        raise CoderError(msg, "Leave it out, or take another format: --format matrix")
    if args.mask and kind in _RESPONDENT_FILES:
        msg = f"--mask would change nothing: {kind} holds no text of answers."
        raise CoderError(msg, "Leave it out. Attributes that tell who answered: private in study.toml")
    if excel and kind in {"csv", "dataset"}:
        say(READ_BACK)
    coder_id = coder_named(study, args.coder)
    if kind == "dataset":
        return _export_data_set(study, file or "dataset", coder_id, agreed, args.mask)
    if kind in _RESPONDENT_FILES:
        finish = for_excel if excel else str
        return _export_matrix(study, kind, file, (coder_id, agreed), finish)
    content = _codings(study, kind, coder_id, args.mask)
    return write_out(in_utf8_for_excel(content) if excel and kind == "csv" else content, file)


def _export_data_set(
    study: Study, folder: str, coder_id: str | None, agreed: Agreed, mask: Mask | None
) -> int:
    from coder.cli.plain_output import say
    from coder.workflows.exchange.exchanging import export_data_set

    refuse_read_only(study, path_of(folder))
    written, unread = export_data_set(study, path_of(folder), coder_id, agreed, mask, _say_if)
    say(f"{written:,} coded answers are in {folder}; {unread:,} not yet coded were left out.")
    return DONE


def _codings(study: Study, kind: str, coder_id: str | None, mask: Mask | None) -> str:
    from coder.workflows.exchange.exchanging import codings_as_csv, codings_as_json

    return (codings_as_csv if kind == "csv" else codings_as_json)(study, coder_id, mask, _say_if)


def _say_if(note: str) -> None:
    from coder.cli.plain_output import say

    if note:
        say(note)


def _export_matrix(
    study: Study,
    kind: str,
    file: str | None,
    whose: tuple[str | None, Agreed],
    finish: Callable[[str], str],
) -> int:
    """Write who mentions what, respondent by respondent; `finish` is what becomes of a text."""
    from coder.cli.plain_output import say
    from coder.domain.grammar import counted
    from coder.formats.codings.registry import MATRIX_FORMATS, write_syntax
    from coder.workflows.tables.matrices import theme_matrix

    if kind in {"sav", "parquet"} and file is None:
        msg = f"{'An SPSS' if kind == 'sav' else 'A Parquet'} file is no text for a terminal."
        raise CoderError(msg, f"Name a file that ends in .{kind}.")
    matrix = theme_matrix(study, *whose)
    if matrix.note:
        say(matrix.note)
    for note in matrix.notes:
        say(note)
    if matrix.unread:
        say(f"{counted(matrix.unread, 'answer')} not yet read: some of the zeros may become ones.")
    content = MATRIX_FORMATS[kind](matrix)
    code = write_out(finish(content) if isinstance(content, str) else content, file)
    if kind == "sav" and file and (message := write_syntax(matrix, path_of(file))):
        say(message)
    return code
