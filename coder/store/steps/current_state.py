"""The current state, which follows from the log: the tables `coding` and `mark`."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.codings import Change, CopiedChange
    from coder.store.database import Database

_EACH = "json_each(?) j CROSS JOIN response r ON r.number = j.value"
_CODE = f"""INSERT INTO main.coding (response, theme, coder, question, respondent, spans, origin, words_by)
    SELECT r.number, ?, ?, r.question, r.respondent, ?, ?, ? FROM {_EACH} WHERE TRUE
    ON CONFLICT (response, theme, coder)
    DO UPDATE SET spans = excluded.spans, origin = excluded.origin, words_by = excluded.words_by"""
_UNCODE = """DELETE FROM main.coding
    WHERE theme = ? AND coder = ? AND response IN (SELECT value FROM json_each(?))"""
_MARK = f"""INSERT INTO main.mark (aspect, theme, coder, value, response, question)
    SELECT ?, ?, ?, ?, r.number, r.question FROM {_EACH} WHERE TRUE
    ON CONFLICT (response, coder, aspect, theme) DO UPDATE SET value = excluded.value"""
_UNMARK = """DELETE FROM main.mark
    WHERE aspect = ? AND theme = ? AND coder = ? AND response IN (SELECT value FROM json_each(?))"""
# The log's latest value of every coding and mark.
LATEST = """SELECT c.response, c.theme, s.coder, c.aspect, c.after,
    CASE c.aspect WHEN 'theme' THEN c.origin ELSE '' END AS origin,
    CASE c.aspect WHEN 'theme' THEN c.words_by ELSE '' END AS words_by
    FROM change c JOIN step s ON s.number = c.step
    WHERE c.number IN (SELECT MAX(k.number) FROM change k JOIN step t ON t.number = k.step
                       GROUP BY k.response, k.theme, k.aspect, t.coder)
    AND c.after IS NOT NULL"""


def make_changes(
    database: Database, coder_id: str, changes: Iterable[Change], copies: Sequence[CopiedChange] = ()
) -> None:
    """Bring the current state in line with changes of a coder's, without logging them.

    What is made alike on several responses is one statement, however many they are.
    """
    alike: dict[tuple[str, str, str | None, str, str], list[int]] = defaultdict(list)
    for change in {(change.response, change.aspect, change.theme_id): change for change in changes}.values():
        alike[_effect(change)].append(change.response)
    for change, copied_to in copies:
        alike[_effect(change)].extend(copied_to)
    for (aspect, theme_id, new, origin, words_by), numbers in alike.items():
        responses = json.dumps(numbers)
        if aspect == "theme" and new is not None:
            database.execute(_CODE, (theme_id, coder_id, new, origin, words_by, responses))
        elif aspect == "theme":
            database.execute(_UNCODE, (theme_id, coder_id, responses))
        elif new is not None:
            database.execute(_MARK, (aspect, theme_id, coder_id, new, responses))
        else:
            database.execute(_UNMARK, (aspect, theme_id, coder_id, responses))


def _effect(change: Change) -> tuple[str, str, str | None, str, str]:
    return change.aspect, change.theme_id, change.new, change.origin, change.words_by


def work_out_anew(database: Database) -> None:
    """Work the current state out from the log; call it inside a transaction."""
    database.execute("DELETE FROM main.coding")
    database.execute("DELETE FROM main.mark")
    database.execute(
        f"""INSERT INTO main.coding (response, theme, coder, question, respondent, spans, origin, words_by)
        SELECT l.response, l.theme, l.coder, r.question, r.respondent, l.after, l.origin, l.words_by
        FROM ({LATEST}) l JOIN response r ON r.number = l.response WHERE l.aspect = 'theme'"""
    )
    database.execute(
        f"""INSERT INTO main.mark (response, coder, aspect, theme, question, value)
        SELECT l.response, l.coder, l.aspect, l.theme, r.question, l.after
        FROM ({LATEST}) l JOIN response r ON r.number = l.response WHERE l.aspect <> 'theme'"""
    )
