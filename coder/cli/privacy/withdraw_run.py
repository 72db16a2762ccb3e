"""What `coder withdraw` does; loaded when it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, ask, coder_named, opened_study
from coder.cli.plain_output import say, show
from coder.cli.privacy.taken_text import doubtful_lines, second_version_lines
from coder.domain.grammar import counted, listed
from coder.errors import CancelledError
from coder.workflows.privacy.withdrawing import carry_out_withdrawal, plan_withdrawal
from coder.workflows.study.coders import default_coder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from coder.workflows.privacy.withdrawing import WithdrawalPlan


def withdraw_respondent(args: argparse.Namespace) -> int:
    """Delete a respondent who withdraws."""
    study = opened_study(args.study)
    plan = plan_withdrawal(study, args.respondent)
    show(_plan_lines(args.respondent, plan))
    if args.dry_run:
        return DONE
    if not args.yes and ask(f"Delete all of {args.respondent}? [y/N] ").casefold() not in {"y", "yes"}:
        raise CancelledError
    by = coder_named(study, args.by) or coder_named(study, default_coder()) or ""
    unfinished = carry_out_withdrawal(study, args.respondent, args.reason, by)
    say(f"{args.respondent} is gone from the study. Tables and the methods note say that somebody withdrew.")
    if unfinished:
        say(f"{unfinished} It is finished when the study is next opened.")
    return DONE


def _plan_lines(respondent_id: str, plan: WithdrawalPlan) -> Iterator[str]:
    answers, codings = counted(plan.answers, "answer"), counted(plan.codings, "coding")
    attributes = counted(plan.attributes, "attribute")
    if plan.answer_values:
        attributes = f"{attributes}, {counted(plan.answer_values, 'value')} of attributes of single answers"
    yield f"{respondent_id}: {answers}, {codings}, {attributes}, and notes on them."
    if plan.copies:
        names = listed([path.name for path in plan.copies])
        yield f"Deleted as well, as the study is in it as it was: {names}"
    yield from doubtful_lines(plan.doubtful, "their answers")
    yield from second_version_lines(plan.second_versions)
    yield (
        "It cannot be undone, and no table counts them again, not even as of an earlier moment. Files made"
        " before (exports, reports, bundles, backups) still hold what they said."
    )
