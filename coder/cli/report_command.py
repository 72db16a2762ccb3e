"""The report of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser

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
    parser.flag("--no-findings", "without the page of key findings")
    parser.mask("known, until somebody has decided on all that coder redact finds; then none")
    parser.flag("--no-charts", "tables without charts")
    parser.flag("--nets", "with nets, each counted once for a respondent")
    parser.coders()
    parser.flag("--anonymous", "number the coders instead of naming them")
    parser.flag("--journal", "with the journal as an annex: notes on study, questions, themes and decisions")
    parser.flag("--intervals", "the ends of an interval for each percentage (Wilson, of 95 in 100)")
    parser.flag("--unweighted", "percentages without the weights that study.toml names")
    parser.date("the day that stands in the report")
    parser.option("--template", "FILE", "a Word document whose styles, paper, headers and footers it takes")
    parser.option("--logo", "FILE", "a PNG or JPEG that stands above the title")


def _report(args: argparse.Namespace) -> int:
    from coder.cli.report_runs import write_report

    return write_report(args, NAME)
