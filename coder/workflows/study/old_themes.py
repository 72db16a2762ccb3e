"""What became of a study's themes, as the revisions of its codebook that stand say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.revising.revisions import read_carried
from coder.domain.revising.theme_lineage import Lineage, lineage
from coder.store.codebook_versions import versions_after

if TYPE_CHECKING:
    from coder.workflows.study.study import Study


def lineage_of(study: Study) -> Lineage:
    """Return what became of the themes that are in use no longer."""
    standing = (version for version in versions_after(study.database) if not version.undone)
    return lineage(study.codebook, (read_carried(version.carried) for version in standing))
