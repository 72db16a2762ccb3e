"""Which earlier imports a codings file takes the place of: those of a file of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.grammar import listed
from coder.errors import CoderError
from coder.store.steps.labelled_steps import labels_beginning, left_by
from coder.workflows.exchange.import_changes import Key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from coder.store.database import Database

_IMPORT = "import of "
_REPLACING = ", in place of "


def import_label(name: str, replaced: str = "") -> str:
    """Return what the step of an import is called, by which its file is known later.

    Args:
        name: The file's.
        replaced: That of another file in whose place it is imported; empty for most.
    """
    name, replaced = normalize("NFC", name), normalize("NFC", replaced)
    return f"{_IMPORT}{name}{_REPLACING}{replaced}" if replaced and replaced != name else f"{_IMPORT}{name}"


def brought_before(
    database: Database, coder_id: str, name: str, replaced: str, merged_into: Mapping[str, str]
) -> dict[Key, str]:
    """Return what earlier imports of a file have left of one coder's work, as the log writes it.

    Args:
        database: The study's.
        coder_id: The coder.
        name: The file's name.
        replaced: The name of another file that it takes the place of; empty for most.
        merged_into: What merged themes are today, by their ids.
    """
    labels = labels_beginning(database, coder_id, _IMPORT)
    names = _with_predecessors({normalize("NFC", name), normalize("NFC", replaced)}, labels)
    own_labels = [label for label in labels if _names(label)[0] in names]
    left = left_by(database, coder_id, own_labels)
    return {
        Key(response, aspect, merged_into.get(theme_id, theme_id)): content
        for (response, aspect, theme_id), content in left.items()
    }


def files_that_brought(database: Database, coder_id: str, keys: Collection[Key]) -> list[str]:
    """Return the names of the files from which imports brought some of a coder's codings or marks."""
    return sorted(
        {
            _names(label)[0]
            for label in labels_beginning(database, coder_id, _IMPORT)
            if not left_by(database, coder_id, [label]).keys().isdisjoint(keys)
        }
    )


def refuse_unknown_file(database: Database, coder_ids: Iterable[str], replaced: str) -> None:
    """Raise CoderError if no codings of these coders came from a file of a name."""
    labels = {label for coder_id in coder_ids for label in labels_beginning(database, coder_id, _IMPORT)}
    names = sorted({_names(label)[0] for label in labels})
    if replaced and normalize("NFC", replaced) not in names:
        msg = f"No codings that stand came from a file '{replaced}'."
        raise CoderError(msg, f"Some came from {listed(names)}." if names else "None were imported at all.")


def _with_predecessors(names: set[str], labels: Iterable[str]) -> set[str]:
    """Return the names with those of the files in whose place theirs came."""
    of_labels = [_names(label) for label in labels]
    names = set(filter(None, names))
    while more := {replaced for name, replaced in of_labels if name in names and replaced} - names:
        names |= more
    return names


def _names(label: str) -> tuple[str, str]:
    """Return the name of the file that an import took, and of that in whose place it came."""
    name, _, replaced = normalize("NFC", label.removeprefix(_IMPORT)).partition(_REPLACING)
    return name, replaced
