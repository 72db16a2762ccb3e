"""Words that carry a theme, on an answer of which others were taken out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.domain.privacy.text_cuts import spans_before_cuts, spans_with_cuts
from coder.store.privacy.answer_cuts import answer_cuts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.codings import Change
    from coder.domain.privacy.text_cuts import TextCut
    from coder.store.database import Database


def with_whole_replacements(database: Database, changes: Iterable[Change]) -> list[Change]:
    """Return changes whose words hold what stands in the place of others as a whole, or nothing of it.

    A part of `[name 3]` is no words of the respondent's, and nothing that other copies could be told of.
    """
    changes = list(changes)
    by_id = answer_cuts(database)
    rows = database.rows(
        "SELECT number, id FROM response WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(by_id)),),
    )
    cuts = {number: by_id[response_id] for number, response_id in rows}
    return [_whole(change, cuts) for change in changes]


def _whole(change: Change, cuts: Mapping[int, Sequence[TextCut]]) -> Change:
    if change.aspect != "theme" or not change.new or change.response not in cuts:
        return change
    of_answer = cuts[change.response]
    return change._replace(new=spans_with_cuts(spans_before_cuts(change.new, of_answer), of_answer))
