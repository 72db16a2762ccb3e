"""What the import of a codebook gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook


@dataclass(frozen=True, slots=True)
class CodebookImport:
    """A codebook that was read, and what of its file it does not hold."""

    codebook: Codebook
    remarks: tuple[str, ...] = ()
    """What could not be carried or had to be changed, each with its place in the file."""
