"""Tables on stdout, on a terminal, or in a file of any format."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coder.cli.common import DONE, refuse_idle_excel, write_out
from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from coder.cli.parser import Parser
    from coder.domain.tables.printed import PrintedTable


def add_formats(parser: Parser, on_terminal: str) -> None:
    """Add the options that say in which format tables are written, and where.

    Args:
        parser: Of the command.
        on_terminal: How tables look there, where no format is named.
    """
    from coder.formats.tables.registry import TABLE_FORMATS

    otherwise, *_ = TABLE_FORMATS
    formats = f"what to write (default: by --out; on a terminal, {on_terminal}; else {otherwise})"
    parser.choice("--format", tuple(TABLE_FORMATS), formats)
    parser.excel()
    parser.option("--out", "FILE", "write to a file")
    parser.date()


def write_tables(
    tables: Sequence[PrintedTable], args: argparse.Namespace, *, excel: bool, charts: bool = False
) -> int:
    """Write tables as the options of `add_formats` say; return the exit code.

    Args:
        tables: The tables.
        args: The command's arguments.
        excel: Whether the study has its CSV files for Excel.
        charts: Whether charts are wanted beside the tables.

    Raises:
        CoderError: The format holds no charts.
    """
    from coder.cli import plain_output
    from coder.formats.shared.file_contents import file_content, format_of
    from coder.formats.tables.registry import CHARTED_FORMATS, TABLE_FORMATS

    if charts:
        kind = args.format or (format_of(args.out, TABLE_FORMATS) if args.out else "text")
        refuse_without_charts(kind, CHARTED_FORMATS)
        refuse_idle_excel(args, kind)
        return write_out(file_content(CHARTED_FORMATS, kind, tables), args.out)
    if not (args.out or args.format) and sys.stdout.isatty():
        refuse_idle_excel(args, "a terminal")
        plain_output.draw_tables(tables)
        return DONE
    kind = args.format or format_of(args.out, TABLE_FORMATS)
    refuse_idle_excel(args, kind)
    if kind == "csv":
        # A CSV has no room for notes; whoever makes it should see them all the same.
        plain_output.say("\n".join(_note_lines(tables)))
    return write_out(file_content(TABLE_FORMATS, kind, tables, excel=args.excel or excel), args.out)


def refuse_without_charts(kind: str, formats: Collection[str]) -> None:
    """Raise CoderError if a format is none of those that hold charts."""
    if kind not in formats:
        msg = f"--charts would change nothing: {kind} holds no charts."
        names = " or ".join(f"--out tables.{name}" for name in formats)
        raise CoderError(msg, f"Name a file that does: {names}. Pictures are in a report: coder report")


def _note_lines(tables: Iterable[PrintedTable]) -> Iterator[str]:
    """Yield the headings of tables, each with its notes and where its numbers come from."""
    for table in tables:
        yield table.heading
        yield from (f"  {note}" for note in (*table.notes, table.provenance))
