"""Taking a step of the log back, and doing it again: further steps, which say what they are about."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from coder.errors import CoderError
from coder.store.equal_answers.copied_changes import copies_of, inverse_copies, lost_coding
from coder.store.journal import has_entries
from coder.store.log import Entry, append_entry, changes_of, uncopied_changes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codings import Aspect, Change, CopiedChange, Step, StepKind
    from coder.store.database import Database


class Reversal(NamedTuple):
    """What was changed to undo a step, or to redo it."""

    changes: list[Change]
    """On the responses that the step decided on."""
    copies: list[CopiedChange]
    """On those that were decided alike because they say the same."""


class _Net(NamedTuple):
    """What changes come to in the end, alike on several responses."""

    aspect: Aspect
    theme_id: str
    old: str | None
    new: str | None
    responses: Sequence[int]


_COUNT = """SELECT COUNT(*) FILTER (WHERE content IS :content), COUNT(content) FROM (
    SELECT ({standing}) AS content FROM json_each(:responses) j)"""
_CODING = "SELECT spans FROM coding WHERE response = j.value AND theme = :theme AND coder = :coder"
_MARK = """SELECT value FROM mark
    WHERE response = j.value AND coder = :coder AND aspect = :aspect AND theme = :theme"""


def reversal(database: Database, step: Step) -> list[Change]:
    """Return the changes that take a step back, the last one first."""
    return [_inverse(database, step, change) for change in reversed(changes_of(database, step.number))]


def reverse(database: Database, step: Step, by_person: str = "") -> Reversal:
    """Undo a step that stands, or redo one that was undone; call it inside a transaction.

    Args:
        database: The study's.
        step: The step.
        by_person: Who does so, where it is not the coder whose step it is.

    Raises:
        CoderError: A revision of the codebook has changed since what the step is about.
    """
    undone = bool(database.value("SELECT undone FROM step WHERE number = ?", (step.number,)))
    applied = Reversal(uncopied_changes_of(database, step.number), copies_of(database, step.number))
    if not undone:
        applied = Reversal(
            [_inverse(database, step, change) for change in reversed(applied.changes)],
            inverse_copies(database, step.coder_id, step.number, applied.copies),
        )
    if _is_revised(database, step.coder_id, applied):
        msg = f"'{step.label}' is from before the codebook was revised, and was changed by that."
        raise CoderError(msg, "Change the answer itself; or take the revision back (coder codebook undo).")
    kind: StepKind = "redo" if undone else "undo"
    is_note = not any(applied) and has_entries(database, step.number)
    entry = Entry(step.coder_id, step.label, kind, step.number, by_person=by_person, is_note=is_note)
    append_entry(database, entry, *applied)
    database.execute("UPDATE main.step SET undone = ? WHERE number = ?", (not undone, step.number))
    return applied


def _inverse(database: Database, step: Step, change: Change) -> Change:
    """Return the change that takes one back; a coding it restores has its origin and words as before."""
    inverse = change.inverse()
    if inverse.aspect != "theme" or inverse.new is None:
        return inverse
    earlier = database.row(
        """SELECT c.origin, c.words_by FROM change c JOIN step s ON s.number = c.step
        WHERE c.response = ? AND c.aspect = 'theme' AND c.theme = ? AND s.coder = ? AND s.number < ?
        ORDER BY c.number DESC LIMIT 1""",
        (change.response, change.theme_id, step.coder_id, step.number),
    )
    if earlier is None:
        raise lost_coding(step.number)
    origin, words_by = earlier
    return inverse._replace(origin=origin, words_by=words_by)


def _is_revised(database: Database, coder_id: str, applied: Reversal) -> bool:
    """Tell whether what is to be changed stands no longer as the step left it.

    A coder's steps are undone in order: only a revision of the codebook can have come in between.
    """
    nets = _nets(applied)
    stands_then: dict[tuple[Aspect, str], dict[int, bool]] = defaultdict(dict)
    for aspect, theme_id, _, new, responses in nets:
        stands_then[aspect, theme_id].update(dict.fromkeys(responses, new is not None))
    for aspect, theme_id, old, new, responses in nets:
        as_left, _ = _standing(database, coder_id, aspect, theme_id, responses, old)
        if as_left < len(responses):
            return True
        # A revision after the step may also have put a coding that would go into the queue, or have taken
        # away one that would wait again.
        if aspect == "theme" and new is None:
            others = [number for number in responses if number not in stands_then["recode", theme_id]]
            if _standing(database, coder_id, "recode", theme_id, others)[1]:
                return True
        if aspect == "recode" and new is not None:
            coded_then = stands_then["theme", theme_id]
            others = [number for number in responses if number not in coded_then]
            _, coded = _standing(database, coder_id, "theme", theme_id, others)
            if coded < len(others) or not all(coded_then.get(number, True) for number in responses):
                return True
    return False


def _nets(applied: Reversal) -> list[_Net]:
    """Return what is to be changed, each thing on a response once."""
    first_olds: dict[tuple[int, Aspect, str], str | None] = {}
    last_news: dict[tuple[int, Aspect, str], str | None] = {}
    for change in applied.changes:
        key = (change.response, change.aspect, change.theme_id)
        first_olds.setdefault(key, change.old)
        last_news[key] = change.new
    alike: dict[tuple[Aspect, str, str | None, str | None], list[int]] = defaultdict(list)
    for (response, aspect, theme_id), old in first_olds.items():
        alike[aspect, theme_id, old, last_news[response, aspect, theme_id]].append(response)
    own = [_Net(*net, responses) for net, responses in alike.items()]
    return own + [_Net(c.aspect, c.theme_id, c.old, c.new, responses) for c, responses in applied.copies]


def _standing(
    database: Database,
    coder_id: str,
    aspect: Aspect,
    theme_id: str,
    responses: Sequence[int],
    content: str | None = None,
) -> tuple[int, int]:
    """Count the responses on which a coding or mark has this content (None: it is not there), and any."""
    counted: tuple[int, int] = database.row(
        _COUNT.format(standing=_CODING if aspect == "theme" else _MARK),
        {
            "aspect": aspect, "theme": theme_id, "coder": coder_id, "content": content,
            "responses": json.dumps(responses),
        },
    )  # fmt: skip
    return counted
