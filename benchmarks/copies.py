"""Receiving 10,000 codings of somebody else, and further ones again and again."""

from __future__ import annotations

import shutil
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.make_study import make_study
from benchmarks.results import Result
from coder.domain.codings import Change
from coder.store import log
from coder.workflows.study.opening import open_study
from coder.workflows.team.copies.receiving import receive
from coder.workflows.team.copies.sending import send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

CODINGS, FURTHER, TIMES = 10_000, 100, 12
SECONDS = 2
MOST_MORE = 1.5
"""So many times the first receipt of a few codings the last may take."""


def measure_copies(folder: Path) -> Iterator[Result]:
    """Measure `coder team receive` where somebody has made as many codings here meanwhile.

    The baseline is to log as many, one by one in one transaction. Then a few are made, sent with all before
    them, and received, again and again.
    """
    make_study(folder / "lead", CODINGS).close()
    shutil.copytree(folder / "lead", folder / "sam")
    bundle = folder / "sam.coderbundle"
    lead, sam = open_study(folder / "lead"), open_study(folder / "sam")
    baseline = _seconds(lambda: _code(lead, "jo", CODINGS))
    _code(sam, "sam", CODINGS)
    send(sam, bundle, "sam")
    ours = _seconds(lambda: receive(lead, bundle))
    about = f"receiving {CODINGS:,} codings among as many / logging them"
    yield Result(about, ours, baseline, "s", SECONDS, absolute=True)
    receipts = []
    for _ in range(TIMES):
        # Each opening is another writer, as from day to day.
        sam.close()
        sam = open_study(folder / "sam")
        _code(sam, "sam", FURTHER)
        send(sam, bundle, "sam")
        receipts.append(_seconds(lambda: receive(lead, bundle)))
    lead.close()
    sam.close()
    first, latest = min(receipts[:3]), min(receipts[-3:])
    about = f"receiving {FURTHER} more, the {TIMES}th time / the first"
    yield Result(about, latest, first, "s", MOST_MORE, fails_over=2 * MOST_MORE)


def _code(study: Study, coder_id: str, codings: int) -> None:
    theme_id = next(theme.id for theme in study.codebook if theme.codable and theme.status == "active")
    with study.database.transaction():
        for number in range(1, codings + 1):
            change = Change(number, "theme", None, "", theme_id)
            log.append(study.database, coder_id, f"+ {number}", [change])


def _seconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun
