"""Tables of closed questions, and of response rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.study_settings import RESPONSE_RATES
from coder.domain.tables.printed import PrintedTable
from coder.errors import CoderError
from coder.formats.surveys.frames import read_frame
from coder.store import crosstabs
from coder.tables.attribute_values import Shown, closed_grid, in_table, shown_values
from coder.tables.closed_notes import closed_notes, rate_notes
from coder.tables.crosstab import Look, grid_columns, grid_rows
from coder.tables.rates import rate_columns, rate_rows
from coder.tables.small_numbers import small_number_notes
from coder.tables.suppression import kept_back
from coder.workflows.study.attributes import find_attribute

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.study_settings import Values
    from coder.workflows.study.study import Study
    from coder.tables.job import Job


def closed_table(job: Job) -> PrintedTable:
    """Count the answers to a closed question, among all or by another attribute's values."""
    study, setting = job.study, job.setting
    what = find_attribute(study, setting.what)
    by = find_attribute(study, setting.by) if setting.by else None
    rows = _shown(study, what.name, setting.values)
    columns = _shown(study, by.name, setting.columns) if by else None
    tallies = _tallies(job, what.name, by.name if by else None)
    grid = closed_grid(tallies, rows, columns, total=setting.total)
    limits, word = job.limits, study.settings.respondents
    hidden = kept_back(grid, limits.suppress, exclusive=True)
    look = Look(job.unit, low=limits.low)
    names = [what.name, *([by.name] if by else [])]
    said = [setting.values, setting.columns][: len(names)]
    title = what.label or what.name
    if by:
        title = f"{title}, by {by.label or by.name}"
    return PrintedTable(
        setting.number,
        setting.title or title,
        setting.stub or "Answer",
        grid_columns(grid, look),
        grid_rows(grid, look, hidden),
        job.notes(
            *closed_notes(word, names, tallies, said, in_table(tallies, rows, columns)),
            *small_number_notes(word, grid, limits.low, limits.suppress, hidden),
        ),
        job.provenance(),
        key="-by-".join(names),
        what=what.name,
        by=by.name if by else "",
    )


def _shown(study: Study, name: str, values: Values) -> Shown:
    return shown_values(name, crosstabs.value_counts(study.database, name), values)


def _tallies(job: Job, name: str, by: str | None) -> list[tuple[str, str, int]]:
    database, where = job.study.database, job.request.where
    if by is not None:
        return crosstabs.pair_counts(database, name, by, where)
    return [(value, "", times) for value, times in crosstabs.value_counts(database, name, where).items()]


def rates_table(job: Job) -> PrintedTable:
    """Count how many of those asked have answered, by an attribute.

    Raises:
        CoderError: The file of those asked is not in the study's folder, has a fault, or does not agree
            with the answers; or only some respondents are to be counted.
    """
    if job.request.where:
        msg = "Response rates are of all that were asked: they cannot be of some respondents alone."
        raise CoderError(msg, "Leave the filter out for them.")
    study, setting = job.study, job.setting
    by = find_attribute(study, setting.by)
    asked = read_frame(_frame(study, setting.frame), by.name)
    answered = crosstabs.value_counts(study.database, by.name)
    silent = answered.pop("", 0)
    word = study.settings.respondents
    return PrintedTable(
        setting.number,
        setting.title or f"Response rates by {by.label or by.name}",
        setting.stub or by.label or by.name,
        rate_columns(job.unit),
        rate_rows(asked, answered, setting.values.order, total=setting.total),
        job.notes(*rate_notes(word, by.name, silent, sum(asked.values()))),
        job.provenance(),
        key=f"{RESPONSE_RATES}-by-{by.name}",
        what=RESPONSE_RATES,
        by=by.name,
    )


def _frame(study: Study, name: str) -> Path:
    """Return the path of the file of those asked, which lies in the study's folder."""
    path = study.folder / name
    if not path.resolve().is_relative_to(study.folder.resolve()):
        msg = f"The frame {name} is outside the study's folder."
        raise CoderError(msg, "Copy it into the folder, and name it in study.toml.")
    return path
