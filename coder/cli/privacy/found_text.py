"""What a search for names, numbers and addresses has found, as lines for a terminal."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed
from coder.domain.privacy.findings import Certainty
from coder.domain.texts.shell_quoting import quoted
from coder.workflows.privacy.contexts import in_context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coder.workflows.privacy.finding import Found, FoundPlace

_AROUND = 32
"""Characters on either side of a place that are shown."""
_CERTAINTIES = {
    Certainty.PROVED: "proved by its form",
    Certainty.LISTED: "of a list, or decided upon",
    Certainty.GUESS: "guesses",
}


def search_lines(search: Found) -> Iterator[str]:
    """Yield what a search found that nobody has decided on, by kind, with some of each answer."""
    undecided = [place for place in search.places if not place.decision]
    kept = sum(place.decision == "keep" for place in search.places)
    yield f"{counted(search.answers, 'answer')} searched: {_counts(undecided)}."
    if kept:
        yield f"{counted(kept, 'place')} that somebody wants kept {'is' if kept == 1 else 'are'} not listed."
    yield from lines_by_kind(undecided)


def _counts(places: Sequence[FoundPlace]) -> str:
    by_kind: dict[str, int] = defaultdict(int)
    for place in places:
        by_kind[place.finding.kind] += 1
    return listed([f"{kind} {count:,}" for kind, count in sorted(by_kind.items())]) or "nothing found"


def lines_by_kind(places: Sequence[FoundPlace]) -> Iterator[str]:
    """Yield places by kind, the surest first, a line each."""
    by_kind: dict[tuple[str, Certainty], list[FoundPlace]] = defaultdict(list)
    for place in places:
        by_kind[place.finding.kind, place.finding.certainty].append(place)
    for (kind, certainty), of_kind in sorted(by_kind.items(), key=lambda item: (-item[0][1], item[0][0])):
        yield f"{kind} ({_CERTAINTIES[certainty]}): {len(of_kind):,}"
        for place in of_kind:
            yield f"  {place.response_id}  {in_context(place, _AROUND)}"


def next_step(study: str, search: Found) -> str:
    """Return what can be done with what was found."""
    where = "" if study == "." else f" {quoted(study)}"
    if not search.places:
        return "There is nothing to decide."
    steps = [f"To decide on each on a screen: coder redact{where}"]
    if search.proved:
        proved = f"the {len(search.proved):,} that their form proves" if len(search.proved) > 1 else "the one"
        steps.insert(0, f"To take out {proved}: coder redact{where} --yes")
    return "\n".join(steps)


def found_lines(search: Found, folder: Path) -> Iterator[str]:
    """Yield after an import what was found, without its words, and the next step."""
    if search.places:
        yield f"The answers give people away: {_counts(search.places)}."
        yield f"To see them, with names that are guessed, and decide: coder redact {quoted(str(folder))}"
