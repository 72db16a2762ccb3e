"""The file formats of who mentions what, respondent by respondent; and what is written beside one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.codings.long_form import long_csv, long_parquet
from coder.formats.codings.matrix import matrix_csv, matrix_sav
from coder.formats.codings.spss_syntax import write_syntax

if TYPE_CHECKING:
    from coder.domain.tables.matrices import Matrix
    from coder.formats.shared.file_contents import Writer

__all__ = ["MATRIX_FORMATS", "write_syntax"]

MATRIX_FORMATS: dict[str, Writer[Matrix]] = {
    "matrix": matrix_csv,
    "sav": matrix_sav,
    "long": long_csv,
    "parquet": long_parquet,
}
"""By what the command line calls them."""
