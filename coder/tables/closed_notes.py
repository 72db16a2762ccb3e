"""The notes under tables of closed questions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.grammar import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.tables.closed_counts import ClosedCounts
    from coder.tables.job import TableJob


def closed_notes(job: TableJob, counts: ClosedCounts) -> Iterator[str]:
    """Yield whom a table of a closed question is of, and who is not among them."""
    word = job.respondents
    everybody = sum(times for *_, times in counts.pairs)
    attributes = [(counts.question, job.setting.rows), (counts.by, job.setting.columns)]
    named = [(attribute.name, values) for attribute, values in attributes if attribute is not None]
    both = "both " if len(named) > 1 else ""
    names = listed([name for name, _ in named])
    yield f"Base: {word} that answered {both}{names}, n = {counts.size}."
    for number, (name, values) in enumerate(named):
        totals = Counter[str]()
        for *pair, times in counts.pairs:
            totals[pair[number]] += times
        if silent := totals[""]:
            yield f"No answer to {name} from {silent} of {everybody} {word}, who are left out."
        if values.excluded:
            left_out = ", ".join(f"'{excluded}' ({totals[excluded]})" for excluded in values.excluded)
            yield f"Left out, of the base too: {left_out} of {name}."
