"""How good suggestions are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, path_of
from coder.cli.parser import add
from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands
    from coder.suggest.evaluation.runs import ExperimentSettings


def add_evaluate(commands: Commands) -> None:
    """Add `coder evaluate`."""
    about = "measure how good suggestions are, on answers that people have coded"
    parser = add(commands, "evaluate", about, "coder evaluate --data dataset --json results.json", _evaluate)
    folder = "a folder with responses.csv, codes.csv and themes.csv (coder codings export --format dataset)"
    parser.option("--data", "DIR", folder, required=True)
    parser.option("--json", "FILE", "write all figures to a file as well")
    parser.flag("--split", "measure on the set's own split.csv too")
    encoder = "the embedding model: default, light, none (words alone) or a model's folder"
    parser.option("--encoder", "MODEL", encoder, default="default")
    parser.option("--seeds", "N", "how many random divisions of the respondents (default: 2)")
    points = "measure after so many codings, with commas between (default: 0,10,25 ... 1600; all always)"
    parser.option("--points", "N,N", points)
    parser.choice(
        "--only", ("curve", "keys"), "one experiment alone: the learning curve, or the keys that coding takes"
    )
    parser.flag("--quick", "one seed, four points, 250 answers in the simulated coding")


def _evaluate(args: argparse.Namespace) -> int:
    from coder.cli.evaluation_text import evaluation_lines
    from coder.cli.plain_output import say, show, steady_progress
    from coder.formats.shared.files_out import replace_file
    from coder.workflows.suggesting.evaluation import Options, evaluate, evaluation_json

    target = path_of(args.json) if args.json else None
    if target and not target.parent.is_dir():
        msg = f"There is no folder {target.parent}."
        raise CoderError(msg, "Make it first, or choose another place for the figures.")
    options = Options(args.encoder, _settings(args), split=args.split)
    embedding, coding = steady_progress("Embedding text"), steady_progress("Coding answer")
    evaluation = evaluate(path_of(args.data), options, tell=say, embedding=embedding, coding=coding)
    show(evaluation_lines(evaluation))
    if target:
        replace_file(target, evaluation_json(evaluation))
    return DONE


def _settings(args: argparse.Namespace) -> ExperimentSettings:
    from dataclasses import replace

    from coder.suggest.evaluation.runs import QUICK, ExperimentSettings

    settings = QUICK if args.quick else ExperimentSettings()
    if args.seeds is not None:
        settings = replace(settings, seeds=_counted("--seeds", args.seeds, least=1))
    if args.only is not None:
        settings = replace(settings, kinds=(args.only,))
    if args.points is not None:
        points = {_counted("--points", point) for point in args.points.split(",")}
        settings = replace(settings, points=tuple(sorted(points)))
    return settings


def _counted(option: str, text: str, least: int = 0) -> int:
    if not text.strip().isdecimal() or int(text) < least:
        msg = f"{option} {text}: that is not a whole number of {least} or more."
        raise CoderError(msg, "For example: --seeds 2 --points 0,25,100")
    return int(text)
