"""What is kept back of all tables of a call cannot be worked out from all of them: an adversary tries."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from adversary import Meaning, sheets
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_back_studies import (
    CLOSED,
    NETS,
    QUESTIONS,
    Answers,
    adversary_of,
    counts_of,
    respondents,
    study_of,
)

from coder.domain.filters import Having
from coder.domain.responses import Question
from coder.domain.study_settings import (
    RESPONSE_RATES,
    NumbersShown,
    Percents,
    TableLayout,
    TableSetting,
)
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.domain.tables.weights import Weights
from coder.errors import CoderError
from coder.formats.tables.text import printed_json
from coder.tables.building import printed_table
from coder.tables.job import TableJob
from coder.workflows.tables.counted_people import withheld_of
from coder.workflows.tables.gathering import gather

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

REFUSED: list[str] = []
"""What is worked out of a call that is refused."""


class Asked(NamedTuple):
    """One table of a call, as a `[[table]]` might have it."""

    subject: str
    by: str = ""
    suppress: int = 0
    options: TableOptions = TableOptions()
    where: tuple[Having, ...] = ()
    layout: TableLayout = TableLayout()
    weighted: bool = False

    def meaning(self) -> Meaning:
        """Return what a reader knows of it."""
        condition = (self.where[0].attribute, self.where[0].any_of) if self.where else None
        if self.subject == RESPONSE_RATES:
            return Meaning(attribute=self.by, rates=True)
        if self.subject in CLOSED:
            return Meaning(
                attribute=self.subject,
                by=self.by,
                where=condition,
                weighted=self.weighted,
                percents=self.layout.percents,
            )
        return Meaning(
            (self.subject,),
            by=self.by,
            where=condition,
            base=self.options.base,
            mentions=self.options.unit == "mentions",
            nets=NETS,
            weighted=self.weighted,
            fewest=0 if self.options.zeros else max(self.options.other, 1),
        )


bys = st.sampled_from(("", "region", "sort", "helped"))
limits = st.sampled_from((0, 2, 3, 4))
wheres = st.sampled_from(((), (), (Having("region", ("North", "West")),), (Having("joint", ("yes",)),)))
theme_options = st.builds(
    lambda base, nets: TableOptions(base=base, nets=nets),
    st.sampled_from(("answered", "asked", "coded")),
    st.booleans(),
)
numbers: st.SearchStrategy[NumbersShown] = st.sampled_from(("both", "both", "percent"))
percents: st.SearchStrategy[Percents] = st.sampled_from(("", "rows", "all"))
theme_layouts = numbers.map(lambda shown: TableLayout(numbers=shown))
closed_layouts = st.tuples(numbers, percents).map(
    lambda layout: TableLayout(numbers=layout[0], percents=layout[1], show_n="notes")
)
of_themes = st.tuples(
    st.sampled_from(tuple(QUESTIONS)), bys, limits, theme_options, wheres, theme_layouts, st.booleans()
)
of_mentions = st.tuples(
    st.sampled_from(tuple(QUESTIONS)), st.just(""), limits, st.just(TableOptions(unit="mentions"))
)
of_closed = st.tuples(
    st.sampled_from(CLOSED),
    st.sampled_from(("", "region", "sort")),
    limits,
    st.just(TableOptions()),
    wheres,
    closed_layouts,
    st.booleans(),
)
of_rates = st.tuples(st.just(RESPONSE_RATES), st.just("region"), limits)
rare_options = st.builds(
    lambda other, nets, zeros: TableOptions(other=other, nets=nets, zeros=zeros),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
)
of_rare_themes = st.tuples(
    st.sampled_from(tuple(QUESTIONS)), st.sampled_from(("", "region", "sort")), limits, rare_options
)
mentions_by = st.tuples(
    st.sampled_from(tuple(QUESTIONS)), st.just("sort"), st.just(0), st.just(TableOptions(unit="mentions"))
)
as_reports = of_themes | of_mentions | of_closed
all_kinds = as_reports | of_rates | of_rare_themes | mentions_by


def calls_of(tables: st.SearchStrategy[tuple[Any, ...]]) -> st.SearchStrategy[list[Asked]]:
    """Return one to four tables that are printed together."""
    return st.lists(tables.map(lambda asked: Asked(*asked)), min_size=1, max_size=4)


def printed_together(study: Study, people: list[Answers], call: list[Asked]) -> list[PrintedTable]:
    """Return the tables of a call, each with options of its own."""
    by_id = {question: Question(question, question, items=items) for question, items in QUESTIONS.items()}
    weights = Weights("weight", "", {number: p.weight for number, p in enumerate(people, start=1)})
    jobs = [
        TableJob(
            TableSetting(
                asked.subject,
                str(number),
                by=asked.by,
                suppress=asked.suppress,
                frame="frame.csv",
                layout=asked.layout,
            ),
            (by_id[asked.subject],) if asked.subject in by_id else (),
            TableRequest(options=asked.options, where=asked.where),
            study.settings,
            "2026-11-29",
            "coder",
            weights if asked.weighted and asked.options.unit == "respondents" else None,
            beside_limit=True,
        )
        for number, asked in enumerate(call, start=1)
    ]
    counts = [gather(study, job) for job in jobs]
    withheld = withheld_of(study, jobs, counts)
    return [printed_table(*table) for table in zip(jobs, counts, withheld, strict=True)]


def worked_out(people: list[Answers], call: list[Asked], unknown: tuple[str, ...] = CLOSED) -> list[str]:
    """Return what an adversary works out of what a call keeps back; nothing where the call is refused."""
    with TemporaryDirectory() as folder, closing(study_of(Path(folder) / "study", people)) as study:
        whole = [
            asked._replace(suppress=0, layout=replace(asked.layout, numbers="both"), weighted=False)
            for asked in call
        ]
        plain = printed_together(study, people, whole)
        try:
            tables = printed_together(study, people, call)
        except CoderError as refusal:
            return REFUSED if "can be worked out" in str(refusal) else [str(refusal)]
    adversary = adversary_of(people, unknown)
    hidden, truth = [], dict[tuple[object, ...], float]()
    for number, (sheet, true_sheet, asked) in enumerate(
        zip(
            sheets(printed_json(tables), "Councils"),
            sheets(printed_json(plain), "Councils"),
            call,
            strict=True,
        )
    ):
        hidden += [(number, *cell) for cell in adversary.read(sheet, asked.meaning())]
        truth |= {(number, *cell): count for cell, count in counts_of(true_sheet).items()}
    true_cells = [
        (terms, truth[number, key, group], truth[number, key, group]) for number, key, group, terms in hidden
    ]
    assert adversary.is_possible(true_cells), "the adversary assumes what is not so"
    return [
        f"Table {number + 1}, {key}, {group}"
        for number, key, group, terms in hidden
        if adversary.works_out(terms, truth[number, key, group])
    ]


@given(people=respondents, call=calls_of(as_reports))
@settings(max_examples=80)
def test_nothing_kept_back_of_several_tables_can_be_worked_out(
    people: list[Answers], call: list[Asked]
) -> None:
    """Nets beside plain tables, mentions, weights, bases, closed questions, some of them, other limits."""
    assert worked_out(people, call) == []


@given(people=respondents, call=calls_of(all_kinds))
@settings(max_examples=80)
def test_nothing_can_be_worked_out_beside_rare_themes_and_response_rates(
    people: list[Answers], call: list[Asked]
) -> None:
    """Rates of regions, rare themes in a row together, themes that nobody mentions, mentions by groups."""
    has_rates = any(asked.subject == RESPONSE_RATES for asked in call)
    assert worked_out(people, call, (*CLOSED, "region") if has_rates else CLOSED) == []


@given(
    people=st.lists(respondents.map(lambda people: people[:5]), min_size=10, max_size=12),
    call=calls_of(as_reports),
)
@settings(max_examples=15)
def test_of_more_than_a_few_respondents_no_tables_are_refused(
    people: list[list[Answers]], call: list[Asked]
) -> None:
    """Of fifty everything can be kept back that has to be: a refusal is for a handful."""
    everybody = [answers for few in people for answers in few]
    with TemporaryDirectory() as folder, closing(study_of(Path(folder) / "study", everybody)) as study:
        assert len(printed_together(study, everybody, call)) == len(call)


def weighted_percents(weights: list[int]) -> tuple[list[str], list[str]]:
    """Return the marks of `Pay` in a weighted table of all, beside a weighted one by region with a limit.

    One in the North mentions pay, five in the South do.
    """
    mention, other = frozenset({"pay"}), frozenset({"beds"})
    answers = [mention, *[other] * 3, *[mention] * 5, *[other] * 3]
    people = [
        Answers("North" if number < 4 else "South", "city", "yes", "yes", (box, None, None), weight)
        for number, (box, weight) in enumerate(zip(answers, weights, strict=True))
    ]
    call = [Asked("Q1", "region", 2, weighted=True), Asked("Q1", weighted=True)]
    with TemporaryDirectory() as folder, closing(study_of(Path(folder) / "study", people)) as study:
        by_region, of_all = printed_together(study, people, call)
    pay = [next(row for row in table.rows if row.key == "pay") for table in (by_region, of_all)]
    assert [cell.mark for cell in pay[0].cells[:4]] == ["suppressed"] * 4
    return [cell.mark for cell in pay[0].cells[4:]], [cell.mark for cell in pay[1].cells]


def test_weights_that_tell_respondents_apart_take_weighted_figures_with_them() -> None:
    """Whoever knows all weights could tell by the weighted total who mentions pay; the count may stay."""
    assert weighted_percents([2**n for n in range(12)]) == (["", "suppressed"], ["", "suppressed", ""])
    # Of equal weights a weighted table of all tells no more than the count.
    assert weighted_percents([1] * 12)[1] == ["", "", ""]
