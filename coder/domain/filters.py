"""Which responses a list shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Show = Literal["all", "open", "coded", "done", "nothing", "flag", "memo", "recode", "non-response"]
"""`open`: not yet confirmed (state open or coded). `coded`: has a theme. `done`: confirmed.
`nothing`: confirmed without a theme. `flag`, `memo`: has one. `recode`: has a coding that needs a
fresh look."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a response must be to stand in the list; every part narrows it."""

    question_id: str | None = None
    show: Show = "all"
    theme_ids: tuple[str, ...] = ()
    """Coded with at least one of these, by any coder."""
    attribute: tuple[str, str] | None = None
    """The respondent has this value of this attribute."""
    text: str = ""
    """Occurs in the answer; of the letters A to Z the case does not matter."""

    def narrowed(self) -> bool:
        """Tell whether more than the question narrows the list."""
        return self != Filter(self.question_id)

    def cleared(self) -> Filter:
        """Return the filter with the question alone."""
        return replace(Filter(), question_id=self.question_id)
