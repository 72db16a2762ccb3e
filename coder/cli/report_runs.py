"""Writing the report of a study: what `coder report` does once it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, opened_study, path_of, refuse_read_only, write_out
from coder.cli.plain_output import say
from coder.domain.tables.reports import ReportRequest
from coder.errors import CoderError
from coder.formats.report.registry import REPORT_FORMATS
from coder.formats.shared.file_contents import file_content
from coder.workflows.reporting.quotes import READ_FIRST
from coder.workflows.reporting.study_report import study_report
from coder.workflows.study.made_moments import day_made
from coder.workflows.study.respondent_weights import refuse_idle_unweighted

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def write_report(args: argparse.Namespace, name: str) -> int:
    """Write the files that the options of `coder report` ask for; return the exit code.

    Args:
        args: The command's arguments.
        name: What the files are called in a folder.
    """
    paths = _paths(args.out, name)
    study = opened_study(args.study)
    refuse_idle_unweighted(study, unweighted=args.unweighted)
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


def _paths(name: str, own_name: str) -> list[Path]:
    """Return the files that are meant: one, or where the name has no suffix one of each kind."""
    path = path_of(name)
    if path.is_dir():
        path /= own_name
    if not path.suffix:
        return [path.with_name(f"{path.name}.{kind}") for kind in REPORT_FORMATS]
    if path.suffix.casefold().removeprefix(".") not in REPORT_FORMATS:
        msg = f"The name {name} does not say which format."
        raise CoderError(
            msg, f"End it in .{' or .'.join(REPORT_FORMATS)}; without an ending both are written."
        )
    return [path]


def _request(args: argparse.Namespace) -> ReportRequest:
    attributes = tuple(args.quotes_with or ())
    if args.with_quotes is not None and args.with_quotes < 1:
        msg = f"--with-quotes is {args.with_quotes}."
        raise CoderError(msg, "Give a number from 1, or leave it out for a report without quotes.")
    if attributes and args.with_quotes is None:
        msg = "--quotes-with says what to tell of those quoted, but there are no quotes."
        raise CoderError(msg, "Ask for some: --with-quotes 3")
    return ReportRequest(
        date=day_made(args.date),
        quotes=args.with_quotes or 0,
        mask=args.mask,
        quote_attributes=attributes,
        charts=not args.no_charts,
        nets=args.nets,
        agreed=args.coders or "settled",
        rule_said=args.coders is not None,
        anonymous=args.anonymous,
        journal=args.journal,
        findings=not args.no_findings,
        unweighted=args.unweighted,
        intervals=args.intervals,
        template=path_of(args.template) if args.template else None,
        logo=path_of(args.logo) if args.logo else None,
    )
