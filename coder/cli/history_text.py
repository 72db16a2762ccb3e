"""What became of a codebook, in words for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.grammar import agreeing, counted
from coder.domain.log_moments import local_moment
from coder.workflows.revising.plan_text import change_lines, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.revising.decisions import OpenDecision
    from coder.workflows.revising.history import Comparison, HistoryEntry, Recoded
    from coder.workflows.revising.revising import Plan


def closing_lines(plan: Plan, command: str) -> Iterator[str]:
    """Yield what to do after a plan was shown."""
    if plan.empty:
        return
    yield ""
    if plan.open_decisions:
        yield "Nothing has been written. To do it, add for each doubt one of its options to:"
    else:
        yield "Nothing has been written. To do it:"
    yield f"  {command}"


def done_lines(plan: Plan, number: int, study: str) -> Iterator[str]:
    """Yield what was done, and how to take it back.

    Args:
        plan: What was applied.
        number: The codebook's new version.
        study: The study as a word of a command, with a blank; empty for this folder.
    """
    yield f"Done: {plan.label}."
    yield f"Version {number} of the codebook is in use. To take it back: coder codebook undo {study}{number}"
    waiting = sum(times for by_coder in plan.to_recode.values() for times in by_coder.values())
    if waiting:
        codings = f"{counted(waiting, 'coding')} {agreeing(waiting, 'waits', 'wait')}"
        yield f"{codings} to be recoded: coder code {study}".rstrip()


def decision_lines(open_decision: OpenDecision) -> Iterator[str]:
    """Yield what must be decided, and the decisions, numbered."""
    yield from wrapped(open_decision.message)
    for number, decision in enumerate(open_decision.decisions, start=1):
        yield from wrapped(decision.effect, first=f"  {number}  ")


def history_lines(entries: Sequence[HistoryEntry]) -> Iterator[str]:
    """Yield the versions of a codebook, each with its revision."""
    taken_back = {entry.undoes: entry.number for entry in reversed(entries) if entry.undoes}
    for entry in entries:
        yield f"{entry.number:>3}  {_local(entry.at)}  {entry.coder_id}"
        yield from wrapped(entry.label or "the codebook that the study began with", first="     ")
        if entry.reason:
            yield from wrapped(entry.reason, first="     why: ")
        if entry.undone:
            by = taken_back.get(entry.number)
            yield f"     taken back by revision {by}" if by else "     taken back"
        if entry.recoded:
            yield from wrapped(_recoded(entry.recoded), first="     ")


def _recoded(by_coder: Mapping[str, Recoded]) -> str:
    """Return how far a queue has come: `12 of 15 recoded (jo 10 of 12, sam 2 of 3)`."""
    done, total = (sum(counts) for counts in zip(*by_coder.values(), strict=True))
    people = (f"{coder_id} {counts.done:,} of {counts.total:,}" for coder_id, counts in by_coder.items())
    return f"{done:,} of {total:,} recoded ({', '.join(people)})"


def _local(moment: str) -> str:
    return f"{local_moment(moment):%Y-%m-%d %H:%M}"


def entry_as_data(entry: HistoryEntry) -> dict[str, Any]:
    """Return a version of the codebook as values that JSON can hold."""
    return {
        "version": entry.number,
        "at": entry.at,
        "coder": entry.coder_id,
        "label": entry.label,
        "reason": entry.reason,
        "undoes": entry.undoes,
        "undone": entry.undone,
        "recoded": {coder_id: recoded._asdict() for coder_id, recoded in entry.recoded.items()},
    }


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield what differs between two codebooks."""
    yield f"From {comparison.old.name} to {comparison.new.name}"
    changes = comparison.changes
    yield from change_lines(changes) if changes else ["  They say the same."]
