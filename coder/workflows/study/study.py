"""An open study: its folder, settings, database and codebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, listed
from coder.domain.study_settings import retention_text
from coder.domain.texts.invisible import tidy
from coder.store import surveys
from coder.store.team.round_rows import person_in_layer, round_names
from coder.store.team.team_rows import team
from coder.workflows.study.waiting_clashes import clashes_told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.responses import Attribute
    from coder.domain.study_settings import Settings
    from coder.errors import CoderError
    from coder.store.codebook_versions import CodebookVersion
    from coder.store.database import Database

SETTINGS_FILE = "study.toml"
CODEBOOK_FILE = "codebook.yaml"
DATABASE_FILE = "study.db"
REPAIR_COPY_FILE = "study-before-repair.db"
"""The database as it was before `coder check --repair`."""
CACHE_FOLDER = "cache"
_MOST_FAULTS = 3
"""So many faults of codebook.yaml are named on opening."""
_DIFFERS = "codebook.yaml is not the version of the codebook in use: all is read with the version in use."


@dataclass
class Study:
    """An open study."""

    folder: Path
    settings: Settings
    database: Database
    codebook: Codebook
    edits_wait: bool = False
    """Whether codebook.yaml has edits that concern codings, and so wait to be applied."""
    file_fault: CoderError | None = None
    """Why codebook.yaml cannot be taken up: it has faults, or is missing; the version in use serves."""
    version: int = 0
    """The number of the codebook's version; 0 if it is not known."""
    import_remarks: tuple[str, ...] = ()
    """What is to be told of the import that has just made it: who is left out, what of a codebook is."""
    follows_link: bool = False
    """Whether codebook.yaml may be written where it leads, if it is a link: somebody has agreed to that."""

    uncleaned: str = ""
    """Why words that were taken out still stand somewhere beside the tables; empty if they do not."""

    @property
    def codebook_path(self) -> Path:
        """Where codebook.yaml is."""
        return self.folder / CODEBOOK_FILE

    @property
    def read_only(self) -> bool:
        """Whether the study can only be read where it lies: every change is refused."""
        return self.database.copy is not None

    @property
    def attributes(self) -> list[Attribute]:
        """The attributes of the survey, private ones too, called as `study.toml` has it."""
        return self.labelled(surveys.attributes(self.database))

    def labelled(self, attributes: Sequence[Attribute]) -> list[Attribute]:
        """Return attributes called as `study.toml` has it."""
        labels = {tidy(setting.name): setting.label for setting in self.settings.attributes}
        return [
            attribute._replace(label=labels.get(tidy(attribute.name)) or attribute.label)
            for attribute in attributes
        ]

    @property
    def attribute_titles(self) -> dict[str, str]:
        """What each attribute is called wherever people read of it, by its name; those of answers too."""
        of_answers = self.labelled(surveys.answer_attributes(self.database))
        return {attribute.name: attribute.title for attribute in (*self.attributes, *of_answers)}

    @property
    def differing_file(self) -> str:
        """What is said where the codebook in use is not what codebook.yaml says, and why; else nothing.

        Edits that wait to be applied are another matter: what to do about them stands where one can.
        """
        if self.read_only:
            return _DIFFERS if self.edits_wait or self.file_fault else ""
        if self.file_fault is None:
            return ""
        lines = self.file_fault.message.splitlines()
        more = [f"... and {len(lines) - _MOST_FAULTS} more."] if len(lines) > _MOST_FAULTS else []
        in_use = f"Until then version {self.version} of the codebook is in use."
        return "\n".join([*lines[:_MOST_FAULTS], *more, f"{self.file_fault.hint} {in_use}".lstrip()])

    @property
    def blindness(self) -> str:
        """What is said to somebody who does not see everybody's codings; else nothing."""
        sight = self.database.sight
        if not sight.is_blind:
            return ""
        rounds = round_names(self.database, sight.rounds)
        are = agreeing(len(rounds), "is", "are")
        return (
            f"{listed(rounds)} {are} blind until everybody in it has finished: on its answers"
            f" {self.name_of(sight.person_id)} sees, counts and exports their own codings alone."
        )

    @property
    def clashes(self) -> str:
        """What is said where copies said something of the codebook in different ways; else nothing."""
        return clashes_told(self.database)

    @property
    def retention(self) -> str:
        """What is said once the day comes near until which the answers may be kept; else nothing."""
        return retention_text(self.settings, datetime.now().astimezone().date())

    @property
    def notices(self) -> list[str]:
        """What whoever opens the study is told: edits that wait, clashes, a blind round, its last day ..."""
        edits = ""
        if self.edits_wait and not self.differing_file:
            where = "" if str(self.folder) == "." else f" {self.folder}"
            edits = (
                "codebook.yaml has edits that concern codings; they are not in use: "
                f"coder codebook plan{where}"
            )
        lines = (self.differing_file, edits, self.uncleaned, self.clashes, self.blindness, self.retention)
        return list(filter(None, lines))

    def go_on_with(self, version: CodebookVersion) -> None:
        """Go on with a version of the codebook."""
        self.codebook, self.version = version.codebook, version.number

    def name_of(self, coder_id: str) -> str:
        """Return what somebody is called; an id that no person has is what they called themselves.

        A layer that is set apart is called as who codes in it.
        """
        return team(self.database).name_of(person_in_layer(self.database, coder_id) or coder_id)

    def close(self) -> None:
        """Close the study's database."""
        self.database.close()
