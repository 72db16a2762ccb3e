"""Another copy of a study as a source of acts: its folder is only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook
from coder.domain.copies.received_acts import OddContentError, check_content
from coder.errors import CoderError
from coder.formats.study.study_file import read_settings
from coder.store.database import Database
from coder.store.opening.places import refuse_links, refuse_missing
from coder.store.opening.read_copies import take_copy
from coder.store.team.copies.chains import sealed_chains
from coder.workflows.study.study import DATABASE_FILE, SETTINGS_FILE, Study
from coder.workflows.team.copies.sending import head_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.copies.bundles import PackedSurvey
    from coder.domain.copies.received_acts import ReceivedAct


class OtherCopy:
    """The acts of another copy, read from a private copy of its database.

    Args:
        folder: Where the other copy is.

    Raises:
        CoderError: There is no study, or it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        settings = read_settings(folder / SETTINGS_FILE)
        path = folder / DATABASE_FILE
        refuse_missing(path)
        refuse_links(path)
        database = Database.open(path, copy=take_copy(path))
        try:
            study = Study(folder, settings, database, Codebook(()))
            with database.transaction(passing=True):
                self._chains = sealed_chains(database)
            self.head = head_of(study, "send", str(folder), self._chains)
        finally:
            database.close()

    def acts_of(self, writer: str) -> Iterator[ReceivedAct]:
        """Yield the acts of a writer, in order; raise CoderError if one makes no sense."""
        for act in self._chains[writer]:
            if act.content is not None:
                try:
                    check_content(act.kind, act.content)
                except OddContentError as error:
                    msg = f"{self.folder} holds what no version of coder writes: {error.message}"
                    raise CoderError(msg, f"See what is wrong with it: coder check {self.folder}") from error
            yield act

    def survey(self) -> PackedSurvey | None:
        """Return nothing: both copies have the answers."""
        return None
