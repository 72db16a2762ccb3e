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
from coder.store.team.round_rows import rounds_of
from coder.workflows.study.opening import open_study
from coder.workflows.team.agreement_reading import AgreementTable
from coder.workflows.team.agreement_tables import AgreementRequest, printed_agreement
from coder.workflows.team.rounds.results_apart import answers_table, training_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study


def main(arguments: Sequence[str]) -> None:
    """Work out how far coders agree, and write it to stdout."""
    folder, coder_id, round_name, *copy = arguments
    answer: dict[str, Any]
    try:
        study = open_study(Path(folder), coder_id, edits=False, copy=Path(copy[0]) if copy else None)
        answer = {"tables": list(_tables(study, round_name))}
    except CoderError as error:
        answer = {"message": error.message, "hint": error.hint}
    sys.stdout.write(json.dumps(answer))


def _tables(study: Study, round_name: str) -> Iterator[AgreementTable]:
    one_round = rounds_of(study.database).meant(round_name) if round_name else None
    if one_round is not None and one_round.is_training:
        yield from training_tables(study, one_round)
    else:
        request = AgreementRequest(themes=True, round_name=round_name)
        for table in printed_agreement(study, request):
            if not table.subject or table.key.endswith("-themes"):
                yield _in_texts(table)
    if one_round is not None and one_round.layer:
        yield answers_table(study, one_round)


def _in_texts(table: PrintedTable) -> AgreementTable:
    rows = [(row.key, row.label, texts) for row, texts in zip(table.rows, row_texts(table), strict=True)]
    return AgreementTable(table.subject, table.heading, flat_headings(table), rows, table.notes)


if __name__ == "__main__":
    main(sys.argv[1:])
