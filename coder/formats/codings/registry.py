"""The file formats of who mentions what, respondent by respondent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.codings.long_form import long_csv, long_parquet
from coder.formats.codings.matrix import matrix_csv, matrix_sav

if TYPE_CHECKING:
    from coder.domain.tables.matrices import Matrix
    from coder.formats.shared.file_contents import Writer

MATRIX_FORMATS: dict[str, Writer[Matrix]] = {
    "matrix": matrix_csv,
    "sav": matrix_sav,
    "long": long_csv,
    "parquet": long_parquet,
}
"""By what the command line calls them."""
