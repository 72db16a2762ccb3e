"""Tables of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import opened_study
from coder.cli.parser import add
from coder.cli.table_output import add_formats, write_tables

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


def add_tables(commands: Commands) -> None:
    """Add `coder tables`."""
    about = "make the report's tables: themes, themes by attribute, closed questions, response rates"
    example = "coder tables --question Q16 --by region --out table.docx"
    add(commands, "tables", about, example, _tables).declare_when_used(_add_options)


def _add_options(parser: Parser) -> None:
    parser.study()
    which = "one question or attribute, or questions to count together: Q15,Q16; may come again"
    parser.names("--question", "Q", f"{which} (default: the tables in study.toml, else each question)")
    parser.flag("--all-questions", "all open questions counted together")
    parser.option("--number", "N", "the table of this number in study.toml")
    by = (
        "a column for each value of an attribute: region; several side by side: region,type; crossed: "
        "region:type; months of dates: submitted.month; what is known "
        "of answers: mood, box; who mentions a theme: Q15:pay; each theme of a "
        "question: Q15; may come again"
    )
    parser.names("--by", "ATTRIBUTE", by, default=[])
    parser.where()
    _add_counting(parser)
    _add_small_numbers(parser)
    add_formats(parser, "text with bars")
    parser.flag(
        "--charts", "with a chart of each table, which the program that opens the file draws: xlsx, pptx"
    )


def _add_counting(parser: Parser) -> None:
    from coder.domain.grammar import listed
    from coder.domain.tables.bases import BASES, DEFAULT_BASE

    bases = [
        f"{base.option} (the default)" if kind == DEFAULT_BASE else base.option
        for kind, base in BASES.items()
    ]

    unit = "what to count: respondents that mention a theme (the default), or mentions"
    parser.choice("--count", ("respondents", "mentions"), unit)
    parser.choice("--base", tuple(BASES), f"percentages of {listed(bases, 'or')}")
    parser.flag("--nets", "with nets, each counted once for a respondent")
    parser.flag("--zeros", "with the themes that nobody mentions")
    order = "the most mentioned first (the default), or as in the codebook"
    parser.choice("--order", ("count", "codebook"), order)
    other = "join themes that fewer than N respondents mention, or N%% of all who answered: 5%%"
    parser.option("--other", "N", other)
    parser.option("--coder", "NAME", "count the codings of one coder")
    parser.coders()
    moment = "count what stood then: 2026-11-21, 2026-11-21T17:30, or v3 of the codebook"
    parser.option("--as-of", "TIME", moment)


def _add_small_numbers(parser: Parser) -> None:
    low = "mark percentages of fewer than N (default: as in study.toml, else 10)"
    parser.option("--low", "N", low, type=int)
    suppress = (
        "keep back counts under N, and what would give them away (default: as in study.toml, else none)"
    )
    parser.option("--suppress", "N", suppress, type=int)
    parser.flag("--test", "with --by: an exploratory test of difference")
    parser.flag("--letters", "letters for columns that differ, exploratory: with --by, closed questions too")
    parser.flag("--intervals", "the ends of an interval for each percentage (Wilson, of 95 in 100)")
    parser.flag("--unweighted", "percentages without the weights that study.toml names")


def _tables(args: argparse.Namespace) -> int:
    from coder.workflows.tables.tables_typed import TypedOptions, tables_typed

    study = opened_study(args.study)
    options = TypedOptions(**{name: getattr(args, name) for name in TypedOptions.__slots__})
    return write_tables(
        tables_typed(study, options), args, excel=study.settings.csv_for_excel, charts=args.charts
    )
