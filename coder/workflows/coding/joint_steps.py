"""Steps of several coders' logs that belong together: undone together, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.texts.shell_quoting import joined, quoted
from coder.errors import CoderError
from coder.store.team.team_rows import merge_with_step, standing_merges

if TYPE_CHECKING:
    from coder.domain.codings import Step
    from coder.store.database import Database


def refuse_joint(database: Database, step: Step) -> None:
    """Raise CoderError if a step is one half of a merge of two people, which is taken back as a whole.

    The other half is a step of the other person. Were only one undone or redone, codings would be both's, or
    nobody's.
    """
    merge = merge_with_step(database, step.number)
    if merge is not None:
        name, other_name = merge.content["name"], merge.content["into_name"]
        msg = f"'{step.label}': this made {name} and {other_name} one person, and no half of it goes alone."
        if merge in standing_merges(database):
            raise CoderError(msg, f"All of it is taken back by: coder team part {quoted(name)}")
        raise CoderError(msg, f"All of it is done again by: coder team merge {joined((name, other_name))}")
