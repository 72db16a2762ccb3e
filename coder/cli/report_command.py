"""The report of a study."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from coder.cli.common import DONE, opened_study, path_of, refuse_read_only, write_out
from coder.cli.parser import add
from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from coder.cli.parser import Commands, Parser
    from coder.domain.tables.reports import ReportRequest

NAME = "report"
"""What the files are called if nobody says."""


def add_report(commands: Commands) -> None:
    """Add `coder report`."""
    about = "write the whole report: methods note, tables, charts, quotes, codebook"
    example = "coder report --with-quotes 3 --quotes-with region"
    add(commands, "report", about, example, _report).declare_when_used(_add_options)


def _add_options(parser: Parser) -> None:
    from coder.domain.grammar import listed
    from coder.formats.report.registry import REPORT_FORMATS

    parser.study()
    files = [f"{NAME}.{kind}" for kind in REPORT_FORMATS]
    out = f"{', '.join(files)}, or a name for both or a folder (default: {listed(files)} here)"
    parser.option("--out", "FILE", out, default=NAME)
    parser.option("--with-quotes", "N", "N quotes for each table's first themes (default: none)", type=int)
    about_attributes = "what to tell of those quoted, names with commas between, the most important first"
    parser.names("--quotes-with", "ATTRIBUTES", f"{about_attributes}; may come again")
    parser.flag("--no-charts", "tables without charts")
    parser.flag("--nets", "with nets, each counted once for a respondent")
    parser.coders()
    parser.flag("--anonymous", "number the coders instead of naming them")
    parser.flag("--journal", "with the journal as an annex: notes on study, questions, themes and decisions")
    parser.option("--date", "DATE", "the day that stands in the report: 2026-11-22 (default: today)")


def _report(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say
    from coder.formats.report.registry import REPORT_FORMATS
    from coder.formats.shared.files_out import file_content
    from coder.workflows.reporting.quotes import READ_FIRST
    from coder.workflows.reporting.study_report import study_report

    paths = _paths(args.out)
    study = opened_study(args.study)
    for path in paths:
        refuse_read_only(study, path)
    report = study_report(study, _request(args))
    kinds = {path: path.suffix.casefold().removeprefix(".") for path in paths}
    contents = {path: file_content(REPORT_FORMATS, kind, report) for path, kind in kinds.items()}
    for path, content in contents.items():
        existed = path.exists()
        write_out(content, str(path))
        say(f"{path} is {'replaced' if existed else 'written'}.")
    if report.quote_lists:
        say(READ_FIRST)
    return DONE


def _paths(name: str) -> list[Path]:
    """Return the files that are meant: one, or where the name has no suffix one of each kind."""
    from coder.formats.report.registry import REPORT_FORMATS

    path = path_of(name)
    if path.is_dir():
        path /= NAME
    if not path.suffix:
        return [path.with_name(f"{path.name}.{kind}") for kind in REPORT_FORMATS]
    if path.suffix.casefold().removeprefix(".") not in REPORT_FORMATS:
        msg = f"The name {name} does not say which format."
        raise CoderError(
            msg, f"End it in .{' or .'.join(REPORT_FORMATS)}; without an ending both are written."
        )
    return [path]


def _request(args: argparse.Namespace) -> ReportRequest:
    from coder.domain.tables.reports import ReportRequest

    attributes = tuple(args.quotes_with or ())
    if args.with_quotes is not None and args.with_quotes < 1:
        msg = f"--with-quotes is {args.with_quotes}."
        raise CoderError(msg, "Give a number from 1, or leave it out for a report without quotes.")
    if attributes and args.with_quotes is None:
        msg = "--quotes-with says what to tell of those quoted, but there are no quotes."
        raise CoderError(msg, "Ask for some: --with-quotes 3")
    return ReportRequest(
        date=_date(args.date),
        quotes=args.with_quotes or 0,
        quote_attributes=attributes,
        charts=not args.no_charts,
        nets=args.nets,
        agreed=args.coders,
        anonymous=args.anonymous,
        journal=args.journal,
    )


def _date(text: str | None) -> dt.date:
    if text is None:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        msg = f"'{text}' is no date."
        raise CoderError(msg, "Write it like 2026-11-22.") from None
