"""A survey with weights, whose figures R's survey package has worked out: see tests/weighted_survey."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme
from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.workflows.exchange.exchanging import import_codings
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from coder.workflows.study.study import Study

FOLDER = Path(__file__).parent / "weighted_survey"
THEMES = ("pay", "rota", "beds", "vans", "food", "heat")
CODEBOOK = Codebook(
    (
        Theme("people", "People", codable=False),
        *(
            Theme(theme, theme.title(), parent="people" if theme in {"pay", "rota"} else "")
            for theme in THEMES
        ),
    ),
    title="Weighted",
)


def survey_rows() -> list[dict[str, str]]:
    """Return the survey: a row a respondent, with 0 or 1 for each theme."""
    with (FOLDER / "respondents.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures_of_r() -> dict[tuple[str, str, str], float]:
    """Return R's figures, by theme or answer, group of respondents, and what they are."""
    with (FOLDER / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["row"], row["group"], row["figure"]): float(row["value"]) for row in csv.DictReader(file)
        }


def weighted_study(
    folder: Path,
    rows: Sequence[Mapping[str, str]],
    *,
    weight: str = "wt",
    reweighed: Callable[[str], str] = str,
) -> Study:
    """Make a study of such a survey, with its codings.

    Args:
        folder: Where.
        rows: The survey.
        weight: What `study.toml` names; empty for no weights.
        reweighed: What becomes of each weight.
    """
    respondents = [
        Respondent(row["id"], {"region": row["region"], "q1": row["q1"], "wt": reweighed(row["wt"])})
        for row in rows
    ]
    responses = [
        Response(number, f"{row['id']}.Q1", row["id"], "Q1", 1, row["answer"], bool(row["answer"]))
        for number, row in enumerate(rows, start=1)
    ]
    attributes = [Attribute(name) for name in ("region", "q1", "wt")]
    settings = Settings("Weighted", respondents="people", weight=weight)
    study = create_study(
        folder,
        settings,
        Survey([Question("Q1")], attributes, respondents, responses),
        write_codebook(CODEBOOK),
        "jo",
    )
    file = folder / "codings.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("response_id", "theme"))
        writer.writerows((f"{row['id']}.Q1", theme) for row in rows for theme in THEMES if row[theme] == "1")
    import_codings(study, file, coder_id="jo")
    return study
