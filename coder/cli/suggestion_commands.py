"""How good suggestions have been in a study, and which codings are worth a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, ask, coder_named, opened_study, write_out
from coder.cli.parser import add
from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser
    from coder.workflows.study.study import Study


def add_suggestions(commands: Commands) -> None:
    """Add `coder suggestions`."""
    about = "see how good suggestions have been, and which codings are worth a second look"
    add(commands, "suggestions", about, "coder suggestions report my-study").declare_when_used(_add_commands)


def _add_commands(group: Parser) -> None:
    """Add the commands on suggestions."""
    both = group.commands()
    about = "say what became of each suggestion: by place and theme, lately, and what is left to do"
    report = add(both, "report", about, "coder suggestions report my-study --question Q16", _report)
    _whose_and_what(report)
    about = "list codings worth a second look: likely wrong, likely missing"
    check = add(both, "check", about, "coder suggestions check my-study --most 20", _check)
    _whose_and_what(check)
    check.option("--most", "N", "at most so many (default: 50)", type=int, default=50)


def _whose_and_what(parser: Parser) -> None:
    parser.study()
    parser.option(
        "--coder", "NAME", "whose (default: the only one there is, or the name you are logged in with)"
    )
    parser.option("--question", "Q", "one question (default: all)")
    parser.choice("--format", ("text", "json"), "(default: text)", "text")


def _report(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import show
    from coder.workflows.suggesting.suggestion_report import suggestion_report
    from coder.workflows.suggesting.suggestion_report_text import report_json, report_lines

    study = opened_study(args.study)
    report = suggestion_report(study, coder_named(study, args.coder), args.question)
    if args.format == "json":
        return write_out(report_json(report), None)
    show(report_lines(report, study.codebook))
    return DONE


def _check(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import progress_line, say, show
    from coder.workflows.suggesting.doubted_codings import doubted_codings, doubted_json, doubted_lines

    if args.most < 1:
        msg = f"--most {args.most}: that is no number of codings to list."
        raise CoderError(msg, "Give 1 or more, for example: --most 20")
    study = opened_study(args.study)
    _ask_about_model(study)
    progress = progress_line("Reading text")
    doubts = doubted_codings(
        study, coder_named(study, args.coder), args.question, most=args.most, tell=say, progress=progress
    )
    if args.format == "json":
        return write_out(doubted_json(study, doubts), None)
    show(doubted_lines(study, doubts))
    return DONE


def _ask_about_model(study: Study) -> None:
    """Have somebody at the terminal decide on a model that the study wants downloaded, if nobody has."""
    from coder.cli.plain_output import has_terminal, say
    from coder.workflows.suggesting.download_consent import decide, model_to_ask_about

    name = model_to_ask_about(study)
    if name is not None and has_terminal():
        say(f"study.toml names the model {name}, which would be downloaded from huggingface.co.")
        decide(name, agreed=ask("Download it? [y/N] ").casefold() in {"y", "yes"})
