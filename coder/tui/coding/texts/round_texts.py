"""What is said of the round that a coder works in, and of those that wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed
from coder.store.team.round_rows import open_rounds

if TYPE_CHECKING:
    from coder.tui.coding.desk import Desk


_APART = {
    True: "You code again what you have coded: what you chose then is not shown, and nothing of this counts.",
    False: "A training: what you code in it is compared with what is coded already, and does not count.",
}
"""What is said of a round whose codings are set apart, by whether somebody codes again in it."""


def round_text(desk: Desk) -> str:
    """Return what is said of the round that a coder works in."""
    one_round, progress = desk.listing.assigned.one_round, desk.progress
    if one_round is None:
        return ""
    parts = [f"{one_round.name}: {counted(progress.answers, 'answer')} of yours, {progress.done:,} done."]
    if one_round.layer:
        parts.append(_APART[one_round.is_repeat])
    elif desk.study.database.sight.is_blind:
        parts.append("Blind: you see your own codings alone, and the codebook stays as it is.")
    if not one_round.suggests:
        parts.append("Suggestions are off.")
    if one_round.finished.get(desk.person_id):
        parts.append("You have finished it: nothing of it is changed.")
    elif progress.done == progress.answers:
        parts.append("T, then f, finishes it.")
    return " ".join(parts)


def rounds_waiting(desk: Desk) -> str:
    """Return that the coder has answers in rounds that go on; else nothing."""
    waiting = open_rounds(desk.study.database, desk.person_id)
    if not waiting:
        return ""
    rounds = listed([f"{name} ({done:,} of {answers:,} done)" for name, done, answers in waiting])
    blind = " Until all have finished you see your own codings alone on its answers."
    return f"Yours to code: {rounds}. T opens the team's rounds.{blind if desk.study.blindness else ''}"
