"""An open study: its folder, settings, database and codebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.study_settings import Settings
    from coder.store.codebook_versions import CodebookVersion
    from coder.store.database import Database

SETTINGS_FILE = "study.toml"
CODEBOOK_FILE = "codebook.yaml"
DATABASE_FILE = "study.db"
REPAIR_COPY_FILE = "study-before-repair.db"
"""The database as it was before `coder check --repair`."""
CACHE_FOLDER = "cache"
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
    version: int = 0
    """The number of the codebook's version; 0 if it is not known."""
    follows_link: bool = False
    """Whether codebook.yaml may be written where it leads, if it is a link: somebody has agreed to that."""

    @property
    def codebook_path(self) -> Path:
        """Where codebook.yaml is."""
        return self.folder / CODEBOOK_FILE

    @property
    def read_only(self) -> bool:
        """Whether the study can only be read where it lies: every change is refused."""
        return self.database.copy is not None

    @property
    def differing_file(self) -> str:
        """What is said where a study can only be read and codebook.yaml is not as in use; else nothing."""
        return _DIFFERS if self.read_only and self.edits_wait else ""

    def go_on_with(self, version: CodebookVersion) -> None:
        """Go on with a version of the codebook."""
        self.codebook, self.version = version.codebook, version.number

    def close(self) -> None:
        """Close the study's database."""
        self.database.close()
