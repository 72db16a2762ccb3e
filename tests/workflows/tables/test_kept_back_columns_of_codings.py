"""What is kept back of columns by a theme, and of texts coded back, cannot be worked out: an adversary tries.

Random calls of `coder tables`: banners of themes, crossed, side by side with attributes, the themes of a
question as columns, closed questions with texts coded back into them, all beside plain tables.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from adversary import BASE, CodedBack, Meaning, Mention, sheets
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_back_studies import (
    NETS,
    QUESTIONS,
    THEMES,
    Answers,
    adversary_of,
    counts_of,
    respondents,
    study_of,
)

from coder.domain.filters import Having
from coder.domain.study_settings import AttributeSetting, TableSetting
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.formats.tables.text import printed_json
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from adversary import Condition, Sheet

    from coder.workflows.study.study import Study

REFUSED = ["refused"]
LABELS = {"pay": "Pay", "staff": "Staff", "grants": "Grants", "beds": "Beds"}
REGIONS = ("North", "South", "West")
CROSSING = " \N{MIDDLE DOT} "
BACK = CodedBack("Q2", "partly", {"pay": "yes", "staff": "yes", "beds": "no"})
"""Who ticked `partly` and wrote in Q2 of one of these alone counts there."""


class Asked(NamedTuple):
    """One table of a call."""

    subject: str
    by: str = ""
    suppress: int = 0


def mention(question: str, theme: str) -> Mention:
    """Return the condition of a column of those who mention a theme, or a net."""
    return Mention(question, NETS.get(theme, (theme,)))


def groups_of(by: str) -> dict[str, tuple[Condition, ...]]:
    """Return the columns of a banner of one element, by their headings."""
    first, _, theme = by.partition(":")
    if by in QUESTIONS:
        return {f"{by}: {LABELS[theme]}": (mention(by, theme),) for theme in THEMES}
    if first in QUESTIONS:
        label = {**LABELS, "people": "People"}[theme]
        said = mention(first, theme)
        return {
            f"mention {label}": (said,),
            f"do not mention {label}": (replace(said, is_mentioned=False),),
        }
    question, _, theme = theme.partition(":")
    return {
        f"{region}{CROSSING}{heading}": ((first, region), *conditions)
        for region in REGIONS
        for heading, conditions in groups_of(f"{question}:{theme}").items()
    }


def meaning_of(asked: Asked, *, nets: bool, where: tuple[str, tuple[str, ...]] | None) -> Meaning:
    """Return what a reader knows of a table."""
    plain = {"", "region", "sort", "helped"}
    groups: dict[str, tuple[Condition, ...]] = {}
    if "," in asked.by:
        attribute, by = asked.by.split(",")
        groups = {f"{attribute}: {region}": ((attribute, region),) for region in REGIONS}
        label = LABELS[by.partition(":")[2]] + f" ({by[:2]})" if ":" in by else by
        groups |= {
            heading if ":" in heading else f"{label}: {heading}": c for heading, c in groups_of(by).items()
        }
    elif asked.by not in plain:
        groups = groups_of(asked.by)
    is_open = asked.subject in QUESTIONS
    one_side = asked.by not in QUESTIONS and "," not in asked.by
    return Meaning(
        (asked.subject,) if is_open else (),
        "" if is_open else asked.subject,
        by=asked.by if asked.by in plain else "",
        where=where,
        nets=NETS if nets else {},
        groups=groups,
        columns_of=asked.by in QUESTIONS,
        total_of=tuple(groups) if groups and one_side and not is_open else (),
    )


subjects = st.sampled_from(("Q1", "Q2", "Q1", "Q2", "helped", "joint"))
banners = st.sampled_from((
    "Q1:pay", "Q2:beds", "Q1:people", "Q1", "Q2", "region:Q1:pay", "region:Q2:staff", "region,Q1:pay",
    "region,Q2", "", "region", "helped",
))  # fmt: skip
limits = st.sampled_from((0, 2, 3))
tables = st.builds(Asked, subjects, banners, limits).filter(
    lambda asked: asked.subject != asked.by or asked.subject in QUESTIONS
)
calls = st.lists(tables, min_size=1, max_size=3)
wheres = st.sampled_from((None, None, None, ("region", ("North", "West")), ("joint", ("yes",))))


def printed(
    study: Study, call: list[Asked], *, nets: bool, where: tuple[str, tuple[str, ...]] | None
) -> list[Sheet]:
    """Return the tables of a call as they are printed."""
    tables = tuple(
        TableSetting(asked.subject, str(number), by=asked.by, suppress=asked.suppress)
        for number, asked in enumerate(call, start=1)
    )
    beside = replace(study, settings=replace(study.settings, tables=tables))
    conditions = (Having(*where),) if where else ()
    made = printed_tables(beside, TableRequest(where=conditions, options=TableOptions(nets=nets)))
    return sheets(printed_json(made), "Councils")


def worked_out(
    people: list[Answers],
    call: list[Asked],
    *,
    nets: bool = False,
    where: tuple[str, tuple[str, ...]] | None = None,
    back: bool = False,
) -> list[str]:
    """Return what an adversary works out of what a call keeps back; nothing where the call is refused."""
    with TemporaryDirectory() as folder, closing(study_of(Path(folder) / "study", people)) as made:
        study = made
        if back:
            options = {LABELS[theme]: option for theme, option in BACK.option_of.items()}
            block = AttributeSetting("helped", other=(BACK.other,), other_text=BACK.question, options=options)
            study = replace(study, settings=replace(study.settings, attributes=(block,)))
        try:
            plain = printed(study, [asked._replace(suppress=0) for asked in call], nets=nets, where=where)
        except CoderError:
            # Nothing of the kind is there: a question without a theme, an option that nobody ticked.
            return []
        try:
            kept = printed(study, call, nets=nets, where=where)
        except CoderError as refusal:
            return REFUSED if "can be worked out" in str(refusal) else [str(refusal)]
    adversary = adversary_of(people, coded_back={"helped": BACK} if back else None)
    hidden, truth = [], dict[tuple[object, ...], float]()
    for number, (sheet, true_sheet, asked) in enumerate(zip(kept, plain, call, strict=True)):
        meaning = meaning_of(asked, nets=nets, where=where)
        hidden += [(number, *cell) for cell in adversary.read(sheet, meaning)]
        truth |= {(number, *cell): count for cell, count in counts_of(true_sheet).items()}
        truth |= {
            (number, BASE, column["group"]): column["base"]
            for column in true_sheet["columns"]
            if column["base"] is not None
        }
    cells = [(terms, truth.get(place, 0)) for *place_, terms in hidden for place in [tuple(place_)]]
    assert adversary.is_possible([(terms, count, count) for terms, count in cells]), (
        "it assumes what is not so"
    )
    return [
        f"Table {number + 1}, {key}, {group}"
        for number, key, group, terms in hidden
        if adversary.works_out(terms, truth.get((number, key, group), 0))
    ]


@given(people=respondents, call=calls, nets=st.booleans(), where=wheres)
@settings(max_examples=80)
def test_nothing_kept_back_in_columns_by_themes_can_be_worked_out(
    people: list[Answers], call: list[Asked], nets: bool, where: tuple[str, tuple[str, ...]] | None
) -> None:
    """Bases of columns, cells, totals; beside plain tables, nets, closed questions; of some respondents."""
    assert worked_out(people, call, nets=nets, where=where) in ([], REFUSED)


coded_back_calls = st.lists(
    st.builds(
        Asked,
        st.sampled_from(("helped", "helped", "Q2", "Q1", "joint")),
        st.sampled_from(("", "", "region", "sort", "helped", "Q2:pay")),
        limits,
    ),
    min_size=1,
    max_size=3,
)


@given(people=respondents, call=coded_back_calls, where=wheres)
@settings(max_examples=80)
def test_nothing_kept_back_of_texts_coded_back_can_be_worked_out(
    people: list[Answers], call: list[Asked], where: tuple[str, tuple[str, ...]] | None
) -> None:
    """A closed question that counts texts, beside the themes of these texts, or as columns."""
    call = [asked for asked in call if asked.subject != asked.by] or [Asked("helped", suppress=2)]
    assert worked_out(people, call, where=where, back=True) in ([], REFUSED)
