"""How a sitting goes: when it began, and what was done in it."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(slots=True)
class Sitting:
    """How this sitting goes: when it began, and how many answers were confirmed in it."""

    began: float
    confirmed: int = 0
    ticked_are_done: bool = False
    """Whether the ticked were marked done when last something was decided for them."""

    def remember_way(self, *, done: bool) -> None:
        """Remember whether the ticked were marked done: it is offered first the next time."""
        self.ticked_are_done = done

    def count(self, *, was_done: bool) -> None:
        """Count an answer that was confirmed, unless it was done already."""
        self.confirmed += not was_done

    def pace(self) -> str:
        """Return `12 this sitting, 4 a minute`; an empty string before the first."""
        minutes = (time.monotonic() - self.began) / 60
        if not self.confirmed:
            return ""
        a_minute = self.confirmed / minutes if minutes >= 1 else 0
        speed = f", {a_minute:.0f} a minute" if a_minute >= 1 else ""
        return f"{self.confirmed} this sitting{speed}"
