"""What the commands on rounds do; loaded when one of them is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, opened_study
from coder.cli.plain_output import say, show
from coder.cli.team.newcomers import who_acts
from coder.domain.grammar import counted
from coder.domain.near_names import fold_name, names_meant
from coder.errors import CoderError
from coder.store import surveys
from coder.store.team.round_rows import rounds_of
from coder.store.team.team_rows import team
from coder.workflows.study.coders import default_coder
from coder.workflows.study.conditions import condition_meant
from coder.workflows.study.questions import find_question
from coder.workflows.team.rounds import coding_again, training
from coder.workflows.team.rounds.handing_over import hand_over, handover_text
from coder.workflows.team.rounds.leading import (
    NewRound,
    assign,
    begin_round,
    end_round,
    finish,
    members_meant,
    random_seed,
    reopen,
)
from coder.workflows.team.rounds.round_draws import Draw, candidates, dealt_out, for_everybody
from coder.workflows.team.rounds.round_text import round_lines, show_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study

_PERCENT = 100
_TO_PASS = 0.8
_COUNTS_NOT = "What is coded in it is set apart, and counts in no table."


def _draw(study: Study, args: argparse.Namespace, question_names: Sequence[str]) -> Draw:
    if args.blind and args.open:
        msg = "A round is blind or open, not both."
        raise CoderError(msg, "Leave out --blind or --open.")
    return Draw(
        tuple(question_names),
        args.random,
        tuple(condition_meant(study, argument) for argument in args.where),
        args.respondents,
        random_seed() if args.seed is None else args.seed,
    )


def _names(study: Study, arguments: Sequence[str] | None) -> list[str]:
    return names_meant(arguments or (), [person.name for person in team(study.database).people])


def _questions(study: Study, arguments: Sequence[str] | None) -> list[str]:
    return names_meant(arguments or (), [question.id for question in surveys.questions(study.database)])


def _new(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    members = members_meant(study, _names(study, args.coders))
    draw = _draw(study, args, _questions(study, args.of))
    answers = for_everybody(candidates(study, draw), [member.id for member in members])
    begun = begin_round(
        study,
        NewRound(args.round, answers, not args.open, args.suggestions, draw.seed),
        who_acts(study, args),
    )
    _say_begun(study, begun)
    return DONE


def _assign(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    question = find_question(study, args.question)
    if bool(args.split) == bool(args.to):
        msg = "It is not said to whom the answers go."
        raise CoderError(msg, "Deal them out (--split jo,sam), or give all of them to each (--to sam).")
    members = members_meant(study, _names(study, args.split or args.to))
    draw = _draw(study, args, [question.id])
    units, member_ids = candidates(study, draw), [member.id for member in members]
    overlap = _share(args.overlap)
    answers = dealt_out(units, member_ids, overlap) if args.split else for_everybody(units, member_ids)
    name = args.round or question.id
    is_there = any(fold_name(one_round.name) == fold_name(name) for one_round in rounds_of(study.database))
    if is_there and args.round:
        _say_begun(study, assign(study, name, answers, who_acts(study, args)))
        return DONE
    new = NewRound(name, answers, not args.open, args.suggestions, draw.seed)
    _say_begun(study, begin_round(study, new, who_acts(study, args)))
    return DONE


def _share(text: str | None, option: str = "--overlap") -> float:
    try:
        number = float((text or "0").strip().removesuffix("%"))
    except ValueError:
        number = -1.0
    share = number / _PERCENT if (text or "").strip().endswith("%") else number
    if not 0 <= share <= 1:
        msg = f"{option} is {text}."
        raise CoderError(msg, "Give a share between 0% and 100%, such as 10%.")
    return share


def _say_begun(study: Study, begun: Round) -> None:
    for line in show_lines(study, begun):
        say(line)
    say(f"To code in it: coder code --round '{begun.name}' --coder NAME; or T on the coding screen.")


def _list(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    lines = list(round_lines(study))
    if not lines:
        say("No round has begun yet: coder team round new NAME")
    show(lines)
    return DONE


def _show(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    show(show_lines(study, rounds_of(study.database).meant(args.round)))
    return DONE


def _finish(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    person = team(study.database).meant(args.coder or args.by or default_coder())
    finished = finish(study, args.round, person.id, who_acts(study, args))
    say(f"{person.name} has finished {finished.name}: their codings on its answers stay as they are now.")
    waiting = [study.name_of(member) for member, at in finished.finished.items() if not at]
    if waiting:
        say(f"Still at it: {', '.join(waiting)}.")
    return DONE


def _reopen(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    person = team(study.database).meant(args.name)
    opened = reopen(study, args.round, person.id, who_acts(study, args))
    say(f"{opened.name} is open again for {person.name}.")
    return DONE


def _end(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    ended = end_round(study, args.round, who_acts(study, args))
    say(f"{ended.name} has ended: {counted(len(ended.answer_ids), 'answer')}, and nothing in it is locked.")
    return DONE


def _handover(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    say(handover_text(hand_over(study, args.name, args.target, who_acts(study, args))))
    return DONE


def _train(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    trainee = team(study.database).meant(args.name)
    latest = training.training_of(study, trainee.id)
    if latest is not None and not args.again:
        if latest.settled_at():
            show(training.result_lines(training.training_result(study, latest), latest))
            return DONE
        show(show_lines(study, latest))
        return DONE
    if args.gold is None:
        msg = "It is not said by whose codings the training is measured."
        raise CoderError(msg, "Name somebody, or what the team has settled: --gold PERSON, --gold settled")
    test = training.TrainingTest(
        args.name,
        args.gold,
        _TO_PASS if args.to_pass is None else args.to_pass,
        tuple(_questions(study, args.of)),
        args.random,
        random_seed() if args.seed is None else args.seed,
    )
    _say_begun(study, training.begin_training(study, test, who_acts(study, args)))
    say(_COUNTS_NOT)
    return DONE


def _repeat(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    wanted = (args.random or "").strip()
    most = int(wanted) if wanted.isdecimal() else None
    draw = coding_again.RepeatDraw(
        args.name,
        args.round or "",
        tuple(_questions(study, args.of)),
        most,
        _share(wanted, "--random") if wanted and most is None else None,
        random_seed() if args.seed is None else args.seed,
        args.as_round or "",
        args.suggestions,
    )
    begun = coding_again.begin_repeat(study, draw, who_acts(study, args))
    _say_begun(study, begun)
    say(_COUNTS_NOT)
    say(f"Once it is finished: coder agreement --round '{begun.name}'")
    return DONE


RUNS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "round new": _new,
    "round list": _list,
    "round show": _show,
    "round finish": _finish,
    "round reopen": _reopen,
    "round end": _end,
    "assign": _assign,
    "handover": _handover,
    "train": _train,
    "repeat": _repeat,
}
"""What each command does."""
