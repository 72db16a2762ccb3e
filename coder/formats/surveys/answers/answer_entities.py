"""Entities of HTML in answers (`&amp;`, `&#39;`): told, and decoded only if a person says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed
from coder.domain.surveys.survey_doubts import Doubt
from coder.formats.shared.entities import decoded_entities, entities_in

if TYPE_CHECKING:
    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable

SUBJECT = "entities in answers"
_EXAMPLES, _WIDTH, _KINDS = 3, 60, 4


def with_entities(raw: RawTable, layout: SurveyLayout, *, decoded: bool) -> SurveyLayout:
    """Return the layout with a doubt if answers hold entities of HTML.

    None is left if a person had them `decoded`: what is an entity then was written as `&amp;lt;`.
    """
    positions = [column.position for column in layout.columns if column.role in ("open", "text")]
    doubts = tuple(doubt for doubt in layout.doubts if doubt.subject != SUBJECT)
    cells = [cell for position in positions for cell in _with_ampersand(raw, position) if entities_in(cell)]
    if not cells or decoded:
        return replace(layout, doubts=doubts) if len(doubts) < len(layout.doubts) else layout
    kinds = Counter(entity for cell in cells for entity in entities_in(cell))
    names = listed([f"{entity} {times:,}x" for entity, times in kinds.most_common(_KINDS)])
    holding = f"{counted(len(cells), 'answer')} {agreeing(len(cells), 'holds', 'hold')}"
    message = f"{holding} entities of HTML ({names}); they are stored as they stand."
    remedy = "--decode-entities makes signs of them (& of &amp;)."
    examples = tuple(" ".join(cell.split())[:_WIDTH] for cell in cells[:_EXAMPLES])
    return replace(layout, doubts=(*doubts, Doubt(SUBJECT, message, remedy, "", examples)))


def _with_ampersand(raw: RawTable, position: int) -> list[str]:
    cells = raw.column(position)
    # Most columns have none, and this tells it at once.
    return [cell for cell in cells if "&" in cell] if "&" in "\n".join(cells) else []


def without_entities(raw: RawTable) -> RawTable:
    """Return the table with the signs that entities stand for in their place, once over."""
    rows = [[decoded_entities(cell) if "&" in cell else cell for cell in row] for row in raw.rows]
    return replace(raw, rows=rows, notes=(*raw.notes, "entities of HTML in cells were decoded"))
