"""How far the coders of a study agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import opened_study
from coder.cli.parser import add
from coder.cli.table_output import add_formats, write_tables

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


def add_agreement(commands: Commands) -> None:
    """Add `coder agreement`."""
    about = "measure how far coders agree on the answers that several of them have read (marked done)"
    example = "coder agreement --question Q16 --coder jo,sam --by-theme"
    add(commands, "agreement", about, example, _agreement).declare_when_used(_add_options)


def _add_options(parser: Parser) -> None:
    parser.study()
    parser.names("--question", "Q", "one question, or several: Q15,Q16; may come again (default: all)")
    parser.names("--coder", "NAMES", "whom to compare: jo,sam; may come again (default: everybody)")
    about = "of a round, as at the moment when all had finished it (default: what stands now)"
    parser.option("--round", "ROUND", about, default="")
    parser.flag("--by-theme", "theme by theme: who chose it how often, alpha with its interval, respondents")
    parser.flag("--long", "the same with every measure: kappa, AC1, PABAK")
    add_formats(parser, "text")


def _agreement(args: argparse.Namespace) -> int:
    from coder.workflows.team import agreement_tables

    study = opened_study(args.study)
    request = agreement_tables.AgreementRequest(
        tuple(args.question or ()), tuple(args.coder or ()), args.by_theme, args.long, args.round, args.date
    )
    tables = agreement_tables.printed_agreement(study, request)
    return write_tables(tables, args, excel=study.settings.csv_for_excel)
