"""The process that works out how far coders agree.

Called with the study's folder, who asks, the round or an empty text, and, if the study can only be read, the
private folder with its copy. It writes one JSON object and ends.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError
from coder.formats.tables.cells import flat_headings, row_texts
from coder.workflows.study.opening import open_study
from coder.workflows.team.agreement_reading import AgreementTable
from coder.workflows.team.agreement_tables import AgreementRequest, printed_agreement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedTable


def main(arguments: Sequence[str]) -> None:
    """Work out how far coders agree, and write it to stdout."""
    folder, coder_id, round_name, *copy = arguments
    answer: dict[str, Any]
    try:
        study = open_study(Path(folder), coder_id, edits=False, copy=Path(copy[0]) if copy else None)
        request = AgreementRequest(themes=True, round_name=round_name)
        tables = [
            _in_texts(table)
            for table in printed_agreement(study, request)
            if not table.subject or table.key.endswith("-themes")
        ]
        answer = {"tables": tables}
    except CoderError as error:
        answer = {"message": error.message, "hint": error.hint}
    sys.stdout.write(json.dumps(answer))


def _in_texts(table: PrintedTable) -> AgreementTable:
    rows = [(row.key, row.label, texts) for row, texts in zip(table.rows, row_texts(table), strict=True)]
    return AgreementTable(table.subject, table.heading, flat_headings(table), rows, table.notes)


if __name__ == "__main__":
    main(sys.argv[1:])
