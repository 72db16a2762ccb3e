"""The themes as the coding screen lists them: suggestions on number keys, then all from A to Z."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.languages.language_names import language_name
from coder.domain.near_names import fold_case
from coder.domain.ranking import NUMBER_KEYS
from coder.tui.coding.panes.pane_values import ThemeRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from coder.tui.coding.desk import Desk

STAGE_TEXTS = {"words": "by words", "embeddings": "by meaning", "learned": "by past codings"}
"""What the order of the suggestions rests on."""


def theme_rows(desk: Desk) -> tuple[list[ThemeRow], list[ThemeRow]]:
    """Return the suggestions on keys 1-9 and those chosen from place 10 on, and every theme from A to Z."""
    at_answer, codebook = desk.here, desk.study.codebook
    if at_answer.response is None:
        return [], []
    chosen_ids, waiting_ids = at_answer.standing.spans, at_answer.standing.recode
    offered = codebook.offered(at_answer.response.question_id)
    everything = [
        ThemeRow(theme.id, theme.label, chosen=theme.id in chosen_ids, waiting=theme.id in waiting_ids)
        for theme in sorted(offered, key=lambda theme: fold_case(theme.label))
    ]
    if desk.hides:
        return [], everything
    percent, first = at_answer.ranking.stage != "words", at_answer.page * NUMBER_KEYS
    suggestions = [
        ThemeRow(
            s.theme_id,
            codebook.label(s.theme_id) if s.theme_id else "",
            place - first if first < place <= first + NUMBER_KEYS else None,
            s.strength,
            percent,
            s.theme_id in chosen_ids,
            s.theme_id in waiting_ids,
            place,
        )
        for place, s in enumerate(at_answer.ranking.suggestions, start=1)
        if first < place <= first + NUMBER_KEYS or (first == 0 and s.theme_id in chosen_ids)
    ]
    return suggestions, everything


def number_keys(desk: Desk, theme_ids: Collection[str], does: str) -> str:
    """Return the number keys of themes and what they do; nothing where no theme is on a key."""
    suggestions, _ = theme_rows(desk)
    keys = [str(row.key) for row in suggestions if row.key and row.theme_id in theme_ids]
    return f"{' '.join(keys)} {does}" if keys else ""


def themes_title(desk: Desk) -> str:
    """Return the title of the themes: the question to the coder; what the order rests on.

    Where the keys are not those of the first nine places, it says which they are. While the engine is busy,
    that is said instead of what the order rests on.
    """
    recode = desk.here.standing.recode
    rests_on = desk.advice.busy_with or _rests_on(desk)
    if desk.here.page:
        first = desk.here.page * NUMBER_KEYS
        last = min(first + NUMBER_KEYS, len(desk.here.ranking.suggestions))
        return f"Themes {first + 1}-{last} · {rests_on}"
    if not recode:
        return f"Themes · {rests_on}"
    undecided = any(theme_id not in choices for theme_id, choices in recode.items())
    return f"↻ {'which part?' if undecided else 'still right?'} · {rests_on}"


def _rests_on(desk: Desk) -> str:
    """Return what the order rests on; where that is words, for the sake of a language, which one."""
    if desk.advice.is_off:
        return "as in the codebook"
    stage, response = desk.here.ranking.stage, desk.here.response
    reading = desk.advice.reading(response.question_id) if response and stage == "words" else None
    if reading is None or reading.encoders or not reading.languages.codes:
        return STAGE_TEXTS[stage]
    return f"{STAGE_TEXTS[stage]}: {language_name(reading.languages.codes[0])}"
