"""Archives whose bytes depend on their content alone."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def stable_archive(archive: bytes) -> bytes:
    """Return a ZIP file's content in an archive without the moment it was written."""
    stable = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as source, ZipFile(stable, "w") as target:
        for name in source.namelist():
            # A fresh entry carries the first moment that the format knows.
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return stable.getvalue()
