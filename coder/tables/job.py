"""What every printed table has: where its numbers come from, and its limits for small numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder import __version__
from coder.domain.tables.printed import Provenance
from coder.workflows.tables.gathering import counting_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.study_settings import TableSetting
    from coder.domain.tables.requests import TableRequest
    from coder.workflows.study.study import Study
    from coder.workflows.tables.gathering import Counting

LOW = 10
"""Percentages of fewer respondents are marked, unless the study says otherwise."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too small to rely on, and what too small to print."""

    low: int
    suppress: int


@dataclass(frozen=True, slots=True)
class Job:
    """A table to make."""

    study: Study
    setting: TableSetting
    request: TableRequest
    made: str
    """The moment, in UTC."""

    @property
    def limits(self) -> Limits:
        """The limits asked for, else the table's own in `study.toml`, else the usual."""
        low = self.setting.low if self.request.low is None else self.request.low
        suppress = self.setting.suppress if self.request.suppress is None else self.request.suppress
        return Limits(LOW if low is None else low, suppress or 0)

    @property
    def unit(self) -> str:
        """What the study calls its respondents, as a heading: `Councils`."""
        word = self.study.settings.respondents
        return word[:1].upper() + word[1:]

    def provenance(self, version: int = 0, codings: int | None = None) -> Provenance:
        """Return where the numbers come from."""
        title = self.study.settings.title
        return Provenance(title, version, codings, self.made, f"coder {__version__}")

    def title(self, name: str, title: str) -> str:
        """Return a table's title: the table's own in `study.toml` or this, after a name if it has no number.

        Args:
            name: What it is about: `Q16`.
            title: What it is called if the study does not say.
        """
        found = self.setting.title or title
        return found if self.setting.number or found == name else f"{name}. {found}"

    @property
    def some(self) -> str:
        """Which respondents are counted: `councils with region = North`; empty if all are."""
        if self.request.where is None:
            return ""
        attribute, value = self.request.where
        word = self.study.settings.respondents
        return f"{word} with {attribute} = {value}" if value else f"{word} without {attribute}"

    def notes(self, *notes: str) -> tuple[str, ...]:
        """Return a table's notes: the study's, the table's own, whom it is of, then these."""
        some = f"Only {self.some} are counted." if self.some else ""
        return tuple(filter(None, (self.study.settings.note, *self.setting.notes, some, *notes)))


def counting_in(job: Job, names: Sequence[str]) -> Counting:
    """Return what a table of these open questions counts."""
    request = job.request
    return counting_of(job.study, names, request.options, request.coder_ids, request.as_of, request.where)
