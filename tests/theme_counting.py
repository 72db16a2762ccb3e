"""What was counted for a table of themes, made up for tests of what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.responses import Question
from coder.domain.study_settings import Settings, TableSetting
from coder.domain.tables.counts import CellCount
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.tables.job import TableJob
from coder.tables.rare_themes import NO_RARE_THEMES
from coder.tables.theme_counts import ThemeCounts
from coder.tables.theme_rows import themes_of_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.codebook import Codebook
    from coder.domain.tables.counts import Count

NO_COUNTS: Mapping[str, Count] = {}


def theme_counts(
    codebook: Codebook,
    themes: Mapping[str, Count] = NO_COUNTS,
    nets: Mapping[str, Count] = NO_COUNTS,
    **changes: Any,
) -> ThemeCounts:
    """Return the counts of a table of Q1: of ten asked, eight answered, nine times."""
    facts: dict[str, Any] = {
        "questions": (Question("Q1"),),
        "codebook": codebook,
        "codebook_version": 1,
        "by": None,
        "columns": ("",),
        "name_of": {"": ""},
        "columns_by_count": frozenset(),
        "rows": themes_of_table(codebook, ("Q1",), themes),
        "themes": {theme_id: {"": CellCount(*count)} for theme_id, count in themes.items()},
        "nets": {net: {"": CellCount(*count)} for net, count in nets.items()},
        "rare": NO_RARE_THEMES,
        "joined": {},
        "bases": {"asked": (10,), "answered": (8,)},
        "answers": 9,
        "unread": 0,
        "coders": (),
        "moment": "",
        "waiting": (),
    }
    return ThemeCounts(**{**facts, **changes})


def theme_job(options: TableOptions | None = None, respondents: str = "councils", **request: Any) -> TableJob:
    """Return the job of a table of Q1."""
    wanted = TableRequest(subjects=("Q1",), options=options or TableOptions(), **request)
    settings = Settings("Small", respondents=respondents)
    return TableJob(
        TableSetting("Q1"), (Question("Q1"),), wanted, settings, "2026-11-21T21:04:05Z", "coder 0.1.0"
    )
