"""What gives people away in the answers, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.workflows.privacy.contexts import in_context
from coder.workflows.privacy.finding import FindRequest, find_places

if TYPE_CHECKING:
    from coder.tui.plain.view import PlainView

_AROUND = 40
_MOST = 50
_HOW = 'Taken out by command: coder redact --yes, or coder redact --take-out "WORDS" --kind name'


def privacy_in_lines(view: PlainView) -> None:
    """Print what was found by rules and lists and nobody has decided on, and how it is taken out."""
    search = find_places(view.desk.study, FindRequest(with_spacy=False))
    undecided = [place for place in search.places if not place.decision]
    lines = [f"{counted(len(undecided), 'place')} in {counted(search.answers, 'answer')}."]
    lines += [
        f"{place.response_id}, {place.finding.kind}: {in_context(place, _AROUND)}"
        for place in undecided[:_MOST]
    ]
    if len(undecided) > _MOST:
        lines.append(f"... and {len(undecided) - _MOST:,} more: coder redact --show")
    view.terminal.print_lines([*lines, *([_HOW] if undecided else [])])
