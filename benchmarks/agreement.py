"""How far two coders agree, in a study of 10,000 answers and 60 themes, with all intervals."""

from __future__ import annotations

import random
from collections import Counter
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.make_study import make_survey
from benchmarks.results import Result
from coder.domain.codings import Change
from coder.domain.study_settings import Settings
from coder.store import codings, log
from coder.workflows.study.opening import create_study
from coder.workflows.team.agreement_tables import AgreementRequest, printed_agreement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

ANSWERS, THEMES, CODERS = 10_000, 60, ("jo", "sam")
ROUNDS = 3
SECONDS = 3
REQUEST = AgreementRequest(themes=True)


def measure_agreement(folder: Path) -> Iterator[Result]:
    """Measure all of `coder agreement --by-theme`, against counting who chose what in plain Python."""
    study = make_double_coded(folder / "agreement")
    printed_agreement(study, REQUEST)
    ours, baseline = (
        median(_seconds(work, study) for _ in range(ROUNDS)) for work in (_with_intervals, _counted)
    )
    study.close()
    about = f"agreement of 2 coders, {ANSWERS:,} answers, {THEMES} themes / who chose what"
    yield Result(about, ours, baseline, "s", SECONDS, absolute=True)


def make_double_coded(folder: Path) -> Study:
    """Make a study whose answers two coders have read, and agree about for the most part."""
    themes = "".join(f"  - id: t{number}\n    label: Theme {number}\n" for number in range(THEMES))
    source = f"title: Benchmark\nthemes:\n{themes}"
    study = create_study(folder, Settings("Benchmark", model="none"), make_survey(ANSWERS), source, CODERS[0])
    chance = random.Random(1)
    chosen = [_some_themes(chance) for _ in range(ANSWERS)]
    for coder_id in CODERS:
        changes = []
        for number, theme_ids in enumerate(chosen, start=1):
            own = {theme_id for theme_id in theme_ids if chance.random() < 0.85}
            own |= _some_themes(chance) if chance.random() < 0.1 else set()
            changes += [Change(number, "theme", None, "", theme_id) for theme_id in sorted(own)]
            changes.append(Change(number, "done", None, "1"))
        with study.database.transaction():
            log.append(study.database, coder_id, "benchmark", changes)
    return study


def _some_themes(chance: random.Random) -> set[str]:
    """Return up to three themes, the first of them the most often."""
    weights = [1 / (number + 1) for number in range(THEMES)]
    return {f"t{number}" for number in chance.choices(range(THEMES), weights, k=chance.randint(0, 3))}


def _with_intervals(study: Study) -> None:
    printed_agreement(study, REQUEST)


def _counted(study: Study) -> None:
    """Count how often each theme was chosen by both, and by one alone."""
    choosers = Counter(
        (coding.response, coding.theme_id)
        for coder_id in CODERS
        for coding in codings.all_codings(study.database, coder_id)
    )
    Counter((theme_id, number) for (_, theme_id), number in choosers.items())


def _seconds(work: Callable[[Study], None], study: Study) -> float:
    begun = process_time()
    work(study)
    return process_time() - begun
