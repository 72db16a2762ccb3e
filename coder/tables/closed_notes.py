"""The notes under tables of closed questions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.grammar import as_name, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.tables.closed_counts import ClosedCounts
    from coder.tables.job import TableJob
    from coder.tables.keeping_back.withheld import Withheld


def closed_notes(job: TableJob, counts: ClosedCounts, withheld: Withheld) -> Iterator[str]:
    """Yield whom a table of a closed question is of, and who is not among them."""
    word, in_base = job.respondents, job.setting.layout.no_answer != "leave out"
    everybody = sum(times for *_, times in counts.pairs)
    attributes = [(counts.question, job.setting.rows), (counts.by, job.setting.columns)]
    named = [(as_name(attribute.title), values) for attribute, values in attributes if attribute is not None]
    yield _base(word, [name for name, _ in named][in_base:], counts.size)
    for number, (name, values) in enumerate(named):
        totals = Counter[str]()
        for *pair, times in counts.pairs:
            totals[pair[number]] += times
        if number == 0 and in_base:
            yield from _no_answer(job, counts, withheld)
        elif withheld.limit and values.excluded:
            # Either number would tell the other one, and who said what is left out is few, as a rule.
            labels = listed([f"'{excluded}'" for excluded in values.excluded], "or")
            yield f"Left out, of the base too: {labels} of {name}, and whoever did not answer it."
            continue
        elif silent := totals[""]:
            yield f"No answer to {name} from {silent:,} of {everybody:,} {word}, who are left out."
        if values.excluded and withheld.limit:
            labels = listed([f"'{excluded}'" for excluded in values.excluded], "and")
            yield f"Left out, of the base too: {labels} of {name}."
        elif values.excluded:
            left_out = ", ".join(f"'{excluded}' ({totals[excluded]:,})" for excluded in values.excluded)
            yield f"Left out, of the base too: {left_out} of {name}."


def _base(word: str, answered: Sequence[str], size: int) -> str:
    if not answered:
        return f"Base: all {word}, n = {size:,}."
    both = "both " if len(answered) > 1 else ""
    return f"Base: {word} that answered {both}{listed(answered)}, n = {size:,}."


def _no_answer(job: TableJob, counts: ClosedCounts, withheld: Withheld) -> Iterator[str]:
    """Yield how many are in the base without an answer; not the number where counts are kept back."""
    silent = sum(times for *pair, times in counts.pairs if pair[0] == "" and counts.shows(*pair))
    if not silent or job.setting.layout.no_answer == "row":
        return
    who = f"{silent:,} of {counts.size:,}" if not withheld.limit else "Some"
    less = ", so percentages do not add up to 100" if job.setting.layout.numbers != "count" else ""
    verb = "is" if who.startswith("1 ") else "are"
    question = as_name(counts.question.title)
    yield f"{who} {job.respondents} did not answer {question} and {verb} in the base{less}."
