"""Tables of a study."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coder.cli.common import DONE, give, path_of
from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands


def add_tables(commands: Commands) -> None:
    """Add `coder tables`."""
    about = "count who mentions each theme, as the report's tables"
    parser = add(commands, "tables", about, "coder tables --question Q16 --nets --out table-21.md", _tables)
    parser.study()
    parser.option("--question", "Q", "one question (default: the tables in study.toml, else all)")
    what = "what to count: respondents that mention a theme (the default), or mentions"
    parser.choice("--count", ("respondents", "mentions"), what, "respondents")
    base = "percentages of those asked, those who answered (the default) or those with a coded answer"
    parser.choice("--base", ("asked", "answered", "coded"), base, "answered")
    parser.flag("--nets", "with nets, each counted once for a respondent")
    parser.flag("--zeros", "with the themes that nobody mentions")
    parser.option("--coder", "NAME", "count the codings of one coder (default: of any)")
    parser.option("--as-of", "WHEN", "count what stood then: 2026-11-21, 2026-11-21T17:30, or a version: 3")
    kinds = "csv without notes, json or md (default: by --out; on a terminal, text with bars; else csv)"
    parser.choice("--format", ("csv", "json", "md"), kinds)
    parser.option("--out", "FILE", "write to a file")


def _tables(args: argparse.Namespace) -> int:
    from coder.cli.wording import note_lines
    from coder.domain.tables import TableOptions
    from coder.formats.output_files import format_of
    from coder.formats.table_files import tables_as
    from coder.tui.plain import draw_tables, say
    from coder.workflows.studies import open_study
    from coder.workflows.tabulating import tables_of

    options = TableOptions(args.count, args.base, nets=args.nets, zeros=args.zeros)
    coder_ids = [args.coder] if args.coder else []
    study = open_study(path_of(args.study))
    tables = tables_of(study, args.question, options, coder_ids=coder_ids, as_of=args.as_of)
    if not (args.out or args.format) and sys.stdout.isatty():
        draw_tables(tables)
        return DONE
    kind = args.format or format_of(args.out, ("csv", "json", "md"))
    if kind == "csv":
        # A CSV has no room for notes; whoever makes it should see them all the same.
        say("\n".join(note_lines(tables)))
    return give(tables_as(kind, tables), args.out)
