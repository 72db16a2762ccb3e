"""Random small studies of which something is kept back, whatever is printed of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from adversary import Adversary, Known, Sheet
from hypothesis import strategies as st

from coder.domain.codebook import Codebook, Theme
from coder.domain.codings import Change
from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.store import log
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from adversary import CodedBack

    from coder.workflows.study.study import Study

CODEBOOK = Codebook(
    (
        Theme("people", "People", codable=False),
        Theme("pay", "Pay", parent="people"),
        Theme("staff", "Staff", parent="people"),
        Theme("money", "Money", codable=False),
        Theme("grants", "Grants", parent="money"),
        Theme("beds", "Beds"),
    ),
    title="Small",
)
THEMES = ("pay", "staff", "grants", "beds")
NETS = {"people": ("pay", "staff"), "money": ("grants",)}
QUESTIONS = {"Q1": 2, "Q2": 1}
"""With how many boxes."""
NOT_ANSWERED = 3
"""So many more were asked in each region."""
HELPED = ("yes", "no", "partly")
CLOSED = ("helped", "joint")
"""The attributes that nobody can look up."""


class Answers(NamedTuple):
    """One respondent: attributes, and for each box of each question the themes, None if it is blank."""

    region: str
    sort: str
    helped: str
    joint: str
    boxes: tuple[frozenset[str] | None, ...]
    weight: int = 1


boxes = st.none() | st.frozensets(st.sampled_from(THEMES), max_size=3)
respondents = st.lists(
    st.builds(
        Answers,
        st.sampled_from(("North", "South", "West")),
        st.sampled_from(("city", "county")),
        st.sampled_from((*HELPED, "")),
        st.sampled_from(("yes", "no")),
        st.tuples(boxes, boxes, boxes),
        st.sampled_from((1, 9, 60)),
    ),
    min_size=5,
    max_size=12,
)


def study_of(folder: Path, people: list[Answers]) -> Study:
    """Make a study of respondents whose answers are coded with their themes."""
    everybody = [
        Respondent(
            f"R{number}",
            {name: getattr(p, name) for name in ("region", "sort", *CLOSED) if getattr(p, name)},
        )
        for number, p in enumerate(people)
    ]  # fmt: skip
    names = [(question, item) for question, items in QUESTIONS.items() for item in range(1, items + 1)]
    responses: list[Response] = []
    changes: list[Change] = []
    for who, answers in zip(everybody, people, strict=True):
        for (question, item), themes in zip(names, answers.boxes, strict=True):
            number = len(responses) + 1
            text = "" if themes is None else f"Answer {number}"
            responses.append(
                Response(number, f"{who.id}.{question}.{item}", who.id, question, item, text, bool(text))
            )
            changes += [Change(number, "done", None, "1")] * bool(text)
            changes += [Change(number, "theme", None, "", theme) for theme in sorted(themes or ())]
    questions = [Question(question, question, items=items) for question, items in QUESTIONS.items()]
    attributes = [Attribute(name) for name in ("region", "sort", *CLOSED)]
    survey = Survey(questions, attributes, everybody, responses)
    study = create_study(
        folder, Settings("Small", respondents="councils"), survey, write_codebook(CODEBOOK), "jo"
    )
    with study.database.transaction():
        log.append(study.database, "jo", "test", changes)
    regions = Counter(p.region for p in people)
    lines = [f"region,{region},{times + NOT_ANSWERED}" for region, times in regions.items()]
    (folder / "frame.csv").write_text("\n".join(["attribute,value,total", *lines]), encoding="utf-8")
    return study


def adversary_of(
    people: list[Answers],
    unknown: tuple[str, ...] = CLOSED,
    coded_back: Mapping[str, CodedBack] | None = None,
) -> Adversary:
    """Return an adversary who knows what everybody can look up, but for these attributes."""
    known = [
        Known(
            {name: getattr(p, name) for name in ("region", "sort", *CLOSED) if name not in unknown},
            {"Q1": sum(box is not None for box in p.boxes[:2]), "Q2": int(p.boxes[2] is not None)},
            p.weight,
        )
        for p in people
    ]
    values = {name: tuple(dict.fromkeys(getattr(p, name) for p in people)) for name in unknown}
    return Adversary(known, values, dict.fromkeys(QUESTIONS, THEMES), coded_back)


def counts_of(sheet: Sheet) -> dict[tuple[str, str], float]:
    """Return the counts of a printed table, by row and group."""
    return {
        (row["theme_id"], column["group"] or "Total"): cell
        for row in sheet["rows"]
        for column, cell in zip(sheet["columns"], row["values"], strict=True)
        if column["kind"] == "count" and not column["name"].endswith("asked")
    }
