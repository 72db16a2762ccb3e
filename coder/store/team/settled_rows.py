"""What was settled on answers, and the steps by which it was: the settled layer of the log."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.domain.codings import Step, read_spans
from coder.domain.team.settled_layer import SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.codings import Span
    from coder.store.database import Database

_EACH = "json_each(?) j CROSS JOIN"
_OWN_STEP = """SELECT number, at, coder, kind, label, target FROM step s
    WHERE s.coder = :layer AND s.kind = 'do' AND s.by_person = :person AND s.revision IS NULL"""


@dataclass(frozen=True, slots=True)
class SettledMarks:
    """What stands in the settled layer on one answer."""

    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """The themes that were settled on, with the words that carry them."""
    done: str = ""
    """`1` once the answer is settled, `unsure` if those who did so are not sure of it; empty before."""
    memo: str = ""
    parked: bool = False
    definitions: tuple[str, ...] = ()
    """Themes whose definition is to change because of this answer."""
    recode: tuple[str, ...] = ()
    """Themes settled on that a revision has split or redefined since."""
    decision: str = ""
    """The decision that was made last, as the log keeps it, also where it does not stand alone."""


class _Draft:
    """The marks of one answer while they are gathered."""

    def __init__(self) -> None:
        self.spans: dict[str, tuple[Span, ...]] = {}
        self.marks: dict[tuple[str, str], str] = {}

    def finished(self) -> SettledMarks:
        """Return the marks."""
        of_themes = {
            aspect: tuple(theme_id for kind, theme_id in self.marks if kind == aspect and theme_id)
            for aspect in ("flag", "recode")
        }
        return SettledMarks(
            self.spans,
            self.marks.get(("done", ""), ""),
            self.marks.get(("memo", ""), ""),
            ("flag", "") in self.marks,
            of_themes["flag"],
            of_themes["recode"],
            self.marks.get(("kept", ""), ""),
        )


def settled_marks(database: Database, responses: Iterable[int]) -> dict[int, SettledMarks]:
    """Map those of some answers on which anything stands in the settled layer to what does."""
    numbers = json.dumps(list(responses))
    drafts: dict[int, _Draft] = defaultdict(_Draft)
    for response, theme_id, spans in database.rows(
        f"""SELECT response, theme, spans FROM {_EACH} coding c ON c.response = j.value
        WHERE c.coder = ? ORDER BY response, theme""",
        (numbers, SETTLED),
    ):
        drafts[response].spans[theme_id] = read_spans(spans)
    for response, aspect, theme_id, content in database.rows(
        f"""SELECT response, aspect, theme, m.value FROM {_EACH} mark m ON m.response = j.value
        WHERE m.coder = ? ORDER BY response, aspect, theme""",
        (numbers, SETTLED),
    ):
        drafts[response].marks[aspect, theme_id] = content
    return {response: draft.finished() for response, draft in drafts.items()}


def answers_in_layer(database: Database, question_id: str) -> set[int]:
    """Return the answers to a question on which anything stands in the settled layer.

    That something was decided is not enough: the answer may be open again.
    """
    rows = database.rows(
        """SELECT response FROM mark WHERE coder = :layer AND question = :question AND aspect <> 'kept'
        UNION SELECT response FROM coding WHERE coder = :layer AND question = :question""",
        {"layer": SETTLED, "question": question_id},
    )
    return {response for (response,) in rows}


def adjudicated_by(database: Database, question_id: str) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return what people decided on answers as adjudicators, before there was a layer for it, or by a file.

    Returns:
        Answer to person to themes.
    """
    rows = database.rows(
        """SELECT response, coder, theme FROM coding WHERE question = ? AND origin = 'adjudication'
        AND coder <> ? ORDER BY response, coder, theme""",
        (question_id, SETTLED),
    )
    decisions: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for response, coder_id, theme_id in rows:
        earlier = decisions[response].get(coder_id, ())
        decisions[response][coder_id] = (*earlier, theme_id)
    return dict(decisions)


def flagged_with(database: Database, theme_id: str, responses: Iterable[int]) -> dict[int, int]:
    """Map answers that say that a theme's definition is to change to the codebook under which they did."""
    rows = database.rows(
        f"""SELECT c.response, MAX(s.codebook) FROM {_EACH} change c ON c.response = j.value
        JOIN step s ON s.number = c.step
        WHERE c.aspect = 'flag' AND c.theme = ? AND c.after IS NOT NULL AND s.coder = ?
        GROUP BY c.response""",
        (json.dumps(list(responses)), theme_id, SETTLED),
    )
    return dict(rows)


def settled_by(database: Database, responses: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Map settled answers to who did so last, an id, and when, in UTC."""
    rows = database.rows(
        f"""SELECT c.response, s.by_person, s.at FROM {_EACH} change c ON c.response = j.value
        JOIN step s ON s.number = c.step
        WHERE s.coder = ? AND s.kind <> 'undo' AND s.by_person <> '' ORDER BY s.number""",
        (json.dumps(list(responses)), SETTLED),
    )
    return {response: (person, at) for response, person, at in rows}


def settling_to_undo(database: Database, person_id: str) -> Step | None:
    """Return the latest step of the layer that a person made and that stands."""
    row = database.row(
        f"{_OWN_STEP} AND s.undone = 0 ORDER BY s.number DESC LIMIT 1",
        {"layer": SETTLED, "person": person_id},
    )
    return Step(*row) if row else None


def settling_to_redo(database: Database, person_id: str) -> Step | None:
    """Return the step of the layer that a person undid last, unless they have settled something since."""
    row = database.row(
        f"""{_OWN_STEP} AND s.undone = 1 AND s.number = (
            SELECT u.target FROM step u JOIN step d ON d.number = u.target
            WHERE u.coder = :layer AND u.kind = 'undo' AND u.by_person = :person AND d.undone = 1
            AND u.number > (SELECT COALESCE(MAX(number), 0) FROM step
                WHERE coder = :layer AND kind = 'do' AND by_person = :person AND revision IS NULL)
            ORDER BY u.number DESC LIMIT 1)""",
        {"layer": SETTLED, "person": person_id},
    )
    return Step(*row) if row else None


def settled_by_another_since(database: Database, step: int, person_id: str) -> str | None:
    """Return who else settled an answer of a step after it was made or done again; None: nobody."""
    person: str | None = database.value(
        """SELECT s.by_person FROM change c JOIN step s ON s.number = c.step
        WHERE s.coder = ? AND s.by_person NOT IN (?, '')
        AND s.number > (SELECT MAX(number) FROM step WHERE number = ? OR target = ?)
        AND c.response IN (SELECT response FROM change WHERE step = ?)
        ORDER BY s.number DESC LIMIT 1""",
        (SETTLED, person_id, step, step, step),
    )
    return person
