"""What several copies of a study said of the codebook in different ways: it waits until somebody decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.grammar import counted
from coder.domain.theme_fields import FIELD_NAMED
from coder.store.codebook_versions import are_joined
from coder.store.team.team_rows import team

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.store.database import Database


ITSELF = "codebook"
"""What decisions call the codebook itself, in the place of a theme."""
CODEBOOK_FIELDS = ("title", "note")
"""What of the codebook itself can be said in different ways."""


class ClashChoice(NamedTuple):
    """One way in which a field is said."""

    content: Any
    by: str
    """The name of who said it."""
    at: str
    """When, in UTC."""


class WaitingClash(NamedTuple):
    """A field that several copies said in different ways."""

    theme_id: str
    """Empty for the codebook's own title or note."""
    label: str
    """Of the theme; empty for the codebook's own."""
    field: str
    choices: tuple[ClashChoice, ...]
    in_use: Any
    """What stands until somebody decides."""


def waiting_clashes(database: Database) -> list[WaitingClash]:
    """Return what of the codebook waits for a decision."""
    if not are_joined(database):
        return []
    # Only a study whose copies were joined has any: what reads them is not loaded for others.
    from coder.store.team.copies.stored_versions import stored_versions

    versions, people = stored_versions(database), team(database)
    codebook = versions.graph.codebook_of(versions.graph.in_use())
    said = {str(place.name): content for place, content in versions.acts.items()}
    return [
        WaitingClash(
            clash.theme_id,
            codebook.label(clash.theme_id) if clash.theme_id else "",
            clash.field,
            tuple(_choice(said[name], people.name_of(said[name]["coder"]), c) for name, c in clash.choices),
            clash.in_use,
        )
        for clash in versions.graph.clashes()
    ]


def _choice(version: dict[str, Any], name: str, content: Any) -> ClashChoice:
    return ClashChoice(content, name, version["at"])


def clash_lines(clashes: Sequence[WaitingClash]) -> Iterator[str]:
    """Yield what waits, in words, with the command that settles it."""
    for clash in clashes:
        field = FIELD_NAMED[clash.field].in_sentence if clash.field in FIELD_NAMED else clash.field
        holder = f"'{clash.label}'" if clash.theme_id else "the codebook"
        yield f"The {field} of {holder} was said in {counted(len(clash.choices), 'way')}:"
        yield f"  0  in use until somebody decides: {_shown(clash.in_use)}"
        for number, choice in enumerate(clash.choices, start=1):
            yield f"  {number}  {choice.by}, {choice.at[:10]}: {_shown(choice.content)}"
        yield f"  coder team decide {clash.theme_id or ITSELF} {clash.field} NUMBER"


def clashes_told(database: Database) -> str:
    """Return, in a sentence, that something of the codebook waits for a decision; empty if nothing does."""
    clashes = waiting_clashes(database)
    if not clashes:
        return ""
    fields = counted(len(clashes), "field")
    return (
        f"Copies said {fields} of the codebook in different ways. Until somebody decides, what they had in"
        " common is in use: coder team clashes"
    )


def _shown(content: Any) -> str:
    if isinstance(content, list | tuple):
        return "; ".join(map(str, content)) or "nothing"
    return str(content) if content not in (None, "") else "nothing"
