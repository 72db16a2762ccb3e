"""What the redaction screen says, worked out from its desk: no widgets touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.privacy.findings import Certainty
from coder.text.inert import inert
from coder.tui.kit.fitting import fit, spread
from coder.workflows.privacy.contexts import in_context

if TYPE_CHECKING:
    from coder.tui.kit.windows.window_values import StyledText
    from coder.tui.privacy.desk import RedactionDesk
    from coder.workflows.privacy.finding import FoundPlace

_SIGNS = {"take": "-", "keep": "=", "": " "}
_STATES = {"take": "to be taken out", "keep": "kept", "": "not decided"}
_SURE = {
    Certainty.PROVED: "its form proves it",
    Certainty.LISTED: "it stands in a list, or was decided upon",
    Certainty.GUESS: "a guess",
}
_AROUND = 24
"""Characters around a place in the list."""
NOTHING = "Nothing was found that gives people away. A name may stand in answers all the same. Esc goes back."


def status(desk: RedactionDesk, width: int) -> str:
    """Return the top line: the study, and how far it is decided."""
    left = f"{desk.study.settings.title} · What gives people away"
    counts = (len(desk.undecided), len(desk.decided("take")), len(desk.decided("keep")))
    parts = [f"{counts[0]:,} to decide", f"{counts[1]:,} to take out", f"{counts[2]:,} kept"]
    return spread(left, " · ".join(parts), width)


def searching(done: int, total: int | None) -> str:
    """Return how far a search has come."""
    return f"Searching {done:,} of {total:,} answers ... Esc stops." if total else "Searching ..."


def heading(desk: RedactionDesk) -> str:
    """Return which place is at hand, as its frame is titled."""
    place = desk.current
    if place is None:
        return ""
    return f"{place.response_id} · {desk.position + 1:,} of {len(desk.places):,} · {_STATES[place.decision]}"


def answer_text(desk: RedactionDesk) -> StyledText:
    """Return the answer with the place at hand standing out, and others in it."""
    place = desk.current
    if place is None:
        return (NOTHING,)
    finding, text = place.finding, place.text
    others = [
        other.finding
        for other in desk.places
        if other.response == place.response and other.finding is not finding
    ]
    spans = sorted(
        [(finding.start, finding.end, "bold reverse"), *((o.start, o.end, "underline") for o in others)]
    )
    pieces: list[str | tuple[str, str]] = []
    behind = 0
    for start, end, style in spans:
        pieces += [inert(text[behind:start]), (inert(text[start:end]), style)]
        behind = end
    return (*pieces, inert(text[behind:]))


def about(desk: RedactionDesk, width: int) -> StyledText:
    """Return what is known of the place at hand: kind, finder, how many alike, what will stand there."""
    place = desk.current
    if place is None:
        return ()
    many = len(desk.alike())
    instead = place.replacement or f"[{place.finding.kind} and a number]"
    lines = [
        f"{place.finding.kind}: {_SURE[place.finding.certainty]} (found by: {place.finding.finder})",
        f"taken out, this stands there: {instead}",
        f"the same words in {counted(many, 'place')}: a decides on all"
        if many > 1
        else "the same words stand nowhere else",
    ]
    return ("\n".join(fit(inert(line), width) for line in lines),)


def listing(desk: RedactionDesk, rows: int, width: int) -> StyledText:
    """Return the places around the one at hand, a line each."""
    first = max(0, min(desk.position - rows // 2, len(desk.places) - rows))
    pieces: list[str | tuple[str, str]] = []
    for number in range(first, min(first + rows, len(desk.places))):
        line = _row(desk.places[number], number == desk.position, width)
        pieces.append((f"{line}\n", "bold" if number == desk.position else ""))
    return tuple(pieces)


def _row(place: FoundPlace, is_current: bool, width: int) -> str:
    mark = "▶" if is_current else " "
    line = f"{mark}{_SIGNS[place.decision]} {place.finding.kind:<14} {inert(in_context(place, _AROUND))}"
    return fit(line, width)
