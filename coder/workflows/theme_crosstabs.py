"""Tables of themes by an attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.printed import PrintedTable
    from coder.workflows.printing import Job


def theme_crosstab(job: Job, names: Sequence[str]) -> PrintedTable:
    """Count who mentions each theme among those with each value of an attribute."""
    msg = f"Themes by {job.setting.by} of {names} are not counted yet."
    raise CoderError(msg)
