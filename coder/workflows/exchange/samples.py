"""The sample study: 71 invented councils and their answers to Q15-Q18."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.nonresponse import NonResponses
from coder.domain.study_settings import (
    RESPONSE_RATES,
    AttributeSetting,
    Settings,
    TableLayout,
    TableSetting,
    ValueSelection,
)
from coder.errors import CoderError
from coder.formats.shared.files_out import make_file
from coder.formats.shared.folders_out import whole_folder
from coder.formats.shared.text_in import read_utf8
from coder.workflows.exchange.survey_import import plan_import
from coder.workflows.study.opening import create_study, is_study, open_study
from coder.workflows.study.study import CODEBOOK_FILE, DATABASE_FILE, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.progress import Progress
    from coder.workflows.study.study import Study

DEMO_FOLDER = "pch-2023-sample"
CODED_FOLDER = "pch-2023-sample-coded"

_SOME_EXTENT = ("To a great extent", "To some extent")
_AGREE = "Agree to some or a great extent that the programme is having a positive impact"
_DO_NOT_AGREE = "Do not at all agree that the programme is having a positive impact"
_ARRANGEMENTS = {
    "Close working, no formal agreement": (
        "Our adult mental health social care teams work closely with our NHS partners and other partners, "
        "however there is no formal partnership arrangement in place."
    ),
    "Formal agreement, some joint teams, council runs day to day": (
        "We have a Section 75 or other formal partnership in place with our NHS mental health trust, some "
        "adult mental health social care staff work in jointly managed teams and through well-established "
        "multi-disciplinary teams, however the day-to-day functions remain with the local authority."
    ),
    "Trust employs social care staff under delegation": (
        "We have a strong Section 75 or other formal partnership in place with our NHS mental health trust "
        "who directly employ social care staff with delegated responsibility for statutory functions."
    ),
    "Most staff seconded to the trust": (
        "We have a strong Section 75 or other formal partnership in place with our NHS mental health trust, "
        "with the majority of adult mental health social care staff seconded to the host partner, and day to "
        "day management undertaken by the host provider."
    ),
    "Largely separate services": (
        "Our adult mental health social care teams and NHS services work quite separately and there is "
        "little operational collaboration and integration."
    ),
}
"""The survey's values, each with the longer statement that the report prints; in the report's order."""
_RATES = TableLayout(heads=("Total number", "Number of responses", "Response rate (%)"), percent_signs=True)

SETTINGS = Settings(
    title="PCH 2023",
    note="SYNTHETIC SAMPLE: no council wrote these answers",
    respondents="councils",
    language="English",
    attributes=tuple(AttributeSetting(name, label) for name, label in {
        "council_type": "type of council",
        "q1_involvement_group": "involvement in the programme",
        "q2_impact": "impact of the programme",
        "q4_new_funding": "new funding",
        "q5_new_cpa_approach": "new approach to CPA",
        "q6_voice": "voice of adult social care",
        "q11a_s117_protocol": "protocol for Section 117",
        "q13_delivery": "delivery with the trust",
    }.items()),
    tables=(
        TableSetting(
            RESPONSE_RATES, "1", "Survey response rate by type of council",
            by="council_type", stub="Type of council", frame="frame.csv", layout=_RATES,
        ),
        TableSetting(
            RESPONSE_RATES, "2", "Response rate by ADASS region",
            by="region", stub="Region", frame="frame.csv", total=False, layout=_RATES,
        ),
        TableSetting(
            "q2_impact", "5",
            "Agreement that the Community Mental Health Transformation Programme is having a positive "
            "impact, by involvement in the programme",
            by="q1_involvement_group", stub="Involvement",
            rows=ValueSelection((_AGREE, _DO_NOT_AGREE), {
                _AGREE: _SOME_EXTENT, _DO_NOT_AGREE: ("Not at all", "Don't know"),
            }),
            total=False,
            layout=TableLayout(
                heads=("Number of respondents", _AGREE, _DO_NOT_AGREE),
                numbers="percent", percent_signs=True, turn=True, show_n="count",
            ),
        ),
        TableSetting(
            "q6_voice", "11",
            "Extent to which the voice of adult social care is involved in development of a new CPA system, "
            "by whether there is already an agreed approach in place",
            by="q5_new_cpa_approach", stub="Agreed approach in place",
            rows=ValueSelection(("To some or a great extent", "Not at all"),
                                {"To some or a great extent": _SOME_EXTENT}),
            columns=ValueSelection(("Yes", "No", "Don't know")),
            total=False,
            layout=TableLayout(
                numbers="percent", percent_signs=True, turn=True, show_n="labels", no_answer="in base",
            ),
        ),
        TableSetting(
            "q13_delivery", "19",
            "Current delivery and operational integration of adult mental health services with local NHS "
            "Mental Health Trust",
            stub="Arrangement",
            rows=ValueSelection(tuple(_ARRANGEMENTS.values()), {
                statement: (value,) for value, statement in _ARRANGEMENTS.items()
            }),
            layout=TableLayout(
                heads=("Percentage of respondents",), numbers="percent", percent_signs=True, show_n="notes",
            ),
        ),
        TableSetting(
            "Q15", "20", "What councils are most proud of: number of councils mentioning each theme"
        ),
        TableSetting("Q16", "21", "Most pressing challenges: number of councils mentioning each theme"),
        TableSetting("Q17", "22", "Priorities for support: number of councils mentioning each theme"),
    ),
)  # fmt: skip

WORDINGS = {
    "Q15": "Three things you are most proud of",
    "Q16": "Three most pressing challenges",
    "Q17": "Up to three priorities for support",
    "Q18": "Anything else",
}


CODEBOOK = "codebooks/pch-2023.yaml"
RESPONSES = "data/pch-2023/responses.csv"
CODINGS = "data/pch-2023/reference_codings.csv"
FRAME = "data/pch-2023/frame.csv"
_FILES = (SETTINGS_FILE, CODEBOOK_FILE, DATABASE_FILE, Path(FRAME).name)


def sample_file(name: str) -> Path:
    """Return the path of a sample file, in the installed package or in a checkout.

    Raises:
        CoderError: The installation lacks the sample.
    """
    package = Path(__file__).parents[2]
    for root in (package / "sample", package.parent):
        if (root / name).is_file():
            return root / name
    msg = f"This installation lacks the sample file {name}."
    raise CoderError(msg, "Install the program again.")


def make_sample(folder: Path, coder_id: str, progress: Progress | None = None) -> Study:
    """Make the sample study in a folder, or open it if it is there already."""
    if is_study(folder):
        return open_study(folder, coder_id)
    return _made_whole(folder, coder_id, lambda new_folder: _fill_sample(new_folder, coder_id, progress))


def _made_whole(folder: Path, coder_id: str, make: Callable[[Path], Study]) -> Study:
    """Make a study beside a folder that does not exist, and give it that name when all is done.

    A program killed in between leaves nothing under the name that would pass for the whole sample.
    """
    if os.path.lexists(folder):
        return make(folder)
    with whole_folder(folder, _FILES) as unfinished:
        make(unfinished).close()
    return open_study(folder, coder_id)


def _fill_sample(folder: Path, coder_id: str, progress: Progress | None = None) -> Study:
    from coder.formats.surveys.reading import build_survey

    plan = plan_import(sample_file(RESPONSES))
    survey, _ = build_survey(plan.raw, plan.layout, NonResponses(SETTINGS.non_responses))
    questions = [question._replace(label=WORDINGS[question.id]) for question in survey.questions]
    source = sample_file(CODEBOOK).read_text(encoding="utf-8")
    study = create_study(folder, SETTINGS, replace(survey, questions=questions), source, coder_id, progress)
    frame = sample_file(FRAME)
    make_file(folder / frame.name, read_utf8(frame))
    return study


def make_coded_sample(folder: Path, coder_id: str) -> Study:
    """Make the sample study with its reference codings, or open what is in the folder already, as it is."""
    if is_study(folder):
        return open_study(folder, coder_id)
    return _made_whole(folder, coder_id, lambda new_folder: _fill_coded_sample(new_folder, coder_id))


def _fill_coded_sample(folder: Path, coder_id: str) -> Study:
    from coder.workflows.exchange.exchanging import import_codings

    study = _fill_sample(folder, coder_id)
    import_codings(study, reference_codings(), coder_id=coder_id)
    return study


def reference_codings() -> Path:
    """Return the path of the sample's reference codings."""
    return sample_file(CODINGS)
