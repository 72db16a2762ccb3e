"""What `coder redact` does; loaded when it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, ask, coder_named, opened_study
from coder.cli.plain_output import say, show
from coder.domain.grammar import counted, listed
from coder.domain.privacy.removals import Removal, WordsToTakeOut, kind_called
from coder.errors import CancelledError, CoderError
from coder.workflows.privacy.taking_out import plan_removals, take_out
from coder.workflows.privacy.words_in_answers import removals_of
from coder.workflows.study.coders import default_coder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from coder.workflows.privacy.taking_out import RemovalPlan

_MOST_SHOWN = 20
NO_WAY_BACK = (
    "It cannot be undone: the words leave the study for good. Files made before (exports, reports, bundles,"
    " backups) still hold them."
)


def redact(args: argparse.Namespace) -> int:
    """Take words out of a study."""
    study = opened_study(args.study)
    kind = kind_called(args.kind)
    words = [WordsToTakeOut(text, kind, args.replacement) for text in args.take_out]
    removals = [
        Removal(answer, _number(start), _number(end), kind, args.replacement)
        for answer, start, end in args.at
    ]
    removals += removals_of(study, words)
    if not removals and not words:
        msg = "Nothing is named that is to be taken out."
        raise CoderError(msg, "Name the words (--take-out WORDS) or the passage (--at ANSWER START END).")
    plan = plan_removals(study, removals, words)
    if not plan.passages and not plan.quoting:
        say("These words stand nowhere in answers, nor in what was written about them.")
        return DONE
    show(_plan_lines(plan))
    if args.dry_run:
        return DONE
    if not args.yes and ask("Take it out? [y/N] ").casefold() not in {"y", "yes"}:
        raise CancelledError
    by = coder_named(study, args.by) or coder_named(study, default_coder()) or ""
    taken = take_out(study, removals, by, words)
    passages = counted(taken.passages, "passage")
    quoting = counted(taken.quoting, "text")
    say(f"Taken out: {passages} of {counted(taken.answers, 'answer')}, and of {quoting} that quoted them.")
    if taken.unfinished:
        say(f"{taken.unfinished} It is finished when the study is next opened.")
    return DONE


def _plan_lines(plan: RemovalPlan) -> Iterator[str]:
    kinds = listed([f"{count:,} {kind}" for kind, count in plan.kinds.items()])
    where = f"{counted(plan.passages, 'passage')} of {counted(plan.answers, 'answer')}"
    yield f"{where}: {kinds}" if kinds else where
    for quoting in plan.quoting[:_MOST_SHOWN]:
        yield f"  also in {quoting.where}: {quoting.text}"
    if len(plan.quoting) > _MOST_SHOWN:
        yield f"  and in {len(plan.quoting) - _MOST_SHOWN:,} more texts"
    if plan.copies:
        names = listed([path.name for path in plan.copies])
        yield f"Deleted as well, as the study is in it as it was: {names}"
    yield NO_WAY_BACK


def _number(text: str) -> int:
    if not text.isdecimal():
        msg = f"'{text}' is no number of a character."
        raise CoderError(msg, "Characters are counted from 0: --at C017.Q16.1 4 9")
    return int(text)
