"""What was cut out of answers, and spans on their way to other copies of a study and back."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from coder.domain.privacy.removals import read_redaction
from coder.domain.privacy.text_cuts import joined_cuts, spans_before_cuts, spans_with_cuts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from coder.domain.privacy.text_cuts import TextCut
    from coder.store.database import Database

_REDACTIONS = "SELECT content FROM main.team_event WHERE kind = 'redacted' ORDER BY number"


def cuts_as_made(database: Database) -> dict[str, tuple[TextCut, ...]]:
    """Return all that was cut out of answers, by their ids, in no order and perhaps overlapping."""
    cuts: dict[str, tuple[TextCut, ...]] = defaultdict(tuple)
    for (content,) in database.rows(_REDACTIONS):
        for answer, of_answer in read_redaction(json.loads(content)).cuts.items():
            cuts[answer] += of_answer
    return dict(cuts)


def answer_cuts(database: Database) -> dict[str, tuple[TextCut, ...]]:
    """Return what is cut out of answers, by their ids; in order."""
    return {answer: joined_cuts(cuts) for answer, cuts in cuts_as_made(database).items()}


def changes_before_cuts(
    rows: Sequence[Sequence[Any]], cuts: Mapping[str, Sequence[TextCut]]
) -> list[list[Any]]:
    """Return what an act says of changes, with the positions that the answers' texts first had.

    Args:
        rows: For each change the answer's id, the aspect, the theme, the values before and after, and more.
        cuts: What is cut out of answers, by their ids.
    """
    return _moved(rows, cuts, spans_before_cuts)


def changes_with_cuts(
    rows: Sequence[Sequence[Any]], cuts: Mapping[str, Sequence[TextCut]]
) -> list[list[Any]]:
    """Return what an act says of changes, with the positions that the answers' texts have now."""
    return _moved(rows, cuts, spans_with_cuts)


def _moved(
    rows: Sequence[Sequence[Any]],
    cuts: Mapping[str, Sequence[TextCut]],
    moved: Callable[[str, Sequence[TextCut]], str],
) -> list[list[Any]]:
    return [
        [*row[:3], *(moved(cell, cuts[row[0]]) if cell else cell for cell in row[3:5]), *row[5:]]
        if row[0] in cuts and row[1] == "theme"
        else list(row)
        for row in rows
    ]
