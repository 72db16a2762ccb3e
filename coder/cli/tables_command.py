"""Tables of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import coder_named, opened_study
from coder.cli.parser import add
from coder.cli.table_output import add_formats, write_tables
from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from coder.cli.parser import Commands, Parser
    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.requests import TableRequest
    from coder.workflows.study.study import Study


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
    parser.option("--by", "ATTRIBUTE", "a column for each value of an attribute: region", default="")
    parser.where()
    _add_counting(parser)
    _add_small_numbers(parser)
    add_formats(parser, "text with bars")


def _add_counting(parser: Parser) -> None:
    from coder.domain.tables.bases import BASES, DEFAULT_BASE

    unit = "what to count: respondents that mention a theme (the default), or mentions"
    parser.choice("--count", ("respondents", "mentions"), unit, "respondents")
    parser.choice("--base", tuple(BASES), f"percentages of {_bases()}", DEFAULT_BASE)
    parser.flag("--nets", "with nets, each counted once for a respondent")
    parser.flag("--zeros", "with the themes that nobody mentions")
    parser.choice(
        "--order", ("count", "codebook"), "the most mentioned first, or as in the codebook", "count"
    )
    parser.option("--other", "N", "join themes that fewer than N respondents mention", type=int, default=0)
    parser.option("--coder", "NAME", "count the codings of one coder")
    parser.coders()
    moment = "count what stood then: 2026-11-21, 2026-11-21T17:30, or v3 of the codebook"
    parser.option("--as-of", "TIME", moment)


def _bases() -> str:
    """Return what percentages can be of, in a sentence."""
    from coder.domain.grammar import listed
    from coder.domain.tables.bases import BASES, DEFAULT_BASE

    default = BASES[DEFAULT_BASE]
    options = (f"{base.option} (the default)" if base is default else base.option for base in BASES.values())
    return listed(list(options), "or")


def _add_small_numbers(parser: Parser) -> None:
    low = "mark percentages of fewer than N (default: as in study.toml, else 10)"
    parser.option("--low", "N", low, type=int)
    suppress = (
        "keep back counts under N, and what would give them away (default: as in study.toml, else none)"
    )
    parser.option("--suppress", "N", suppress, type=int)
    parser.flag("--test", "with --by: an exploratory test of difference")


def _tables(args: argparse.Namespace) -> int:
    from coder.workflows.tables.report_tables import printed_tables

    study = opened_study(args.study)
    request = _request(study, args)
    tables = printed_tables(study, request)
    _refuse_idle(request, tables)
    return write_tables(tables, args, excel=study.settings.csv_for_excel)


def _refuse_idle(request: TableRequest, tables: Sequence[PrintedTable]) -> None:
    """Refuse options that would change nothing in the tables that are asked for: something else was meant.

    Raises:
        CoderError: There are such options.
    """
    usual = type(request)()
    of_themes = {
        **{option: (request.options, usual.options, name) for option, name in _OF_THEMES.items()},
        "--coder": (request, usual, "coder_ids"),
        "--as-of": (request, usual, "as_of"),
    }
    idle = [
        option for option, (typed, default, name) in of_themes.items()
        if getattr(typed, name) != getattr(default, name)
    ]  # fmt: skip
    if idle and not any(table.question_ids for table in tables):
        options = " and ".join(idle)
        msg = f"{options} would change nothing: no table of themes is asked for."
        raise CoderError(msg, f"Leave out {options}, or ask for a question's themes: --question Q16")
    if request.coder_ids and request.options.agreed != usual.options.agreed:
        msg = "--coders would change nothing: --coder counts the codings of one."
        raise CoderError(msg, "Leave out one of the two.")


_OF_THEMES = {
    "--count": "unit", "--base": "base", "--nets": "nets", "--zeros": "zeros", "--order": "order",
    "--other": "other", "--coders": "agreed",
}  # fmt: skip
"""Options that only tables of themes have, with their names in `TableOptions`."""


def _request(study: Study, args: argparse.Namespace) -> TableRequest:
    from coder.domain.tables.requests import TableOptions, TableRequest
    from coder.workflows.study.attributes import subjects_meant
    from coder.workflows.study.conditions import condition_meant

    coder_id = coder_named(study, args.coder)
    return TableRequest(
        number=args.number or "",
        subjects=subjects_meant(study, args.question or ()),
        every_question=args.all_questions,
        by=args.by,
        options=TableOptions(
            args.count, args.base, args.nets, args.zeros, args.order, args.other, args.coders
        ),
        coder_ids=(coder_id,) if coder_id else (),
        as_of=args.as_of,
        where=tuple(condition_meant(study, argument) for argument in args.where),
        low=args.low,
        suppress=args.suppress,
        test=args.test,
    )
