"""The report's tables as they are printed: themes, themes by attribute, closed questions, response rates."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from coder.domain.near_names import matching
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.store.database import one_moment
from coder.store.privacy.withdrawals import tombstones
from coder.tables.building import printed_table
from coder.tables.job import TableJob
from coder.tables.joined_columns import BannerSide, side_by_side, without_empty_group
from coder.tables.keeping_back.withheld import Withheld
from coder.version import __version__
from coder.workflows.study.conditions import conditions_as_stored
from coder.workflows.study.made_moments import moment_made
from coder.workflows.study.naming_damage import names_damage
from coder.workflows.tables.answers_kept_back import refuse_parts_of_answers
from coder.workflows.tables.asked_for import tables_asked_for
from coder.workflows.tables.derived_columns import derived_columns
from coder.workflows.tables.gathering import gather_all, with_interim_base
from coder.workflows.tables.typed_columns import CROSSED
from coder.workflows.tables.weighing import with_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.tables.printed import PrintedTable
    from coder.tables.building import TableCounts
    from coder.workflows.study.study import Study
    from coder.workflows.tables.asked_for import AskedTable
    from coder.workflows.tables.banners import Banner
    from coder.workflows.tables.coded_back import CodedBack
    from coder.workflows.tables.derived_columns import DerivedColumns

EVERYTHING = TableRequest()


@names_damage
def printed_tables(study: Study, request: TableRequest = EVERYTHING) -> list[PrintedTable]:
    """Make tables as they are printed: those asked for, or all that `study.toml` lists, in its order.

    Where it lists none, there is one for each open question. All are of one moment of the database.

    Raises:
        CoderError: The study has no such table, question, attribute or coder; an attribute is private; a
            limit is less than nought; what is asked for does not go together; or what is to be kept back
            of it could be worked out.
    """
    moment, program = moment_made(request.date), f"coder {__version__}"
    with one_moment(study.database):
        request = replace(request, where=conditions_as_stored(study, request.where))
        asked_tables = tables_asked_for(study, request)
        with derived_columns(study, request, asked_tables) as derived:
            backs, banners = derived.backs, derived.banners
            ordered_study = derived.with_orders(study)
            parts = [_parts(*pair) for pair in zip(asked_tables, banners, strict=True)]
            jobs = [
                TableJob(
                    *part,
                    study.settings,
                    moment,
                    program,
                    withdrawn=len(tombstones(study.database)),
                    by_all=asked_table.setting.by if len(of_table) > 1 else "",
                )
                for asked_table, of_table in zip(asked_tables, parts, strict=True)
                for part in of_table
            ]
            jobs = with_weights(study, [with_interim_base(study, job) for job in jobs])
            beside_limit = any(job.suppress for job in jobs)
            jobs = [_telling(replace(job, beside_limit=beside_limit), backs) for job in jobs]
            refuse_parts_of_answers(jobs)
            counts = gather_all(ordered_study, jobs)
            withheld = _withheld(study, jobs, counts, derived)
    tables = iter([printed_table(*table) for table in zip(jobs, counts, withheld, strict=True)])
    word = study.settings.respondents
    return [
        replace(
            _joined(list(islice(tables, len(of_table))), banner, word),
            deciding_themes=tuple(_deciding(of_table, banner, backs)),
        )
        for of_table, banner in zip(parts, banners, strict=True)
    ]


def _withheld(
    study: Study, jobs: Sequence[TableJob], counts: Sequence[TableCounts], derived: DerivedColumns
) -> Sequence[Withheld]:
    """Return what of each table is not printed; what decides on it is loaded where a table has a limit."""
    if not any(job.suppress for job in jobs):
        return [Withheld()] * len(jobs)
    from coder.workflows.tables.counted_people import withheld_of

    return withheld_of(study, jobs, counts, derived)


def _deciding(
    of_table: Iterable[AskedTable], banner: Banner | None, backs: Sequence[CodedBack]
) -> Iterator[str]:
    """Yield the themes that decide who is in which row or column of a table, besides those that it counts."""
    for derived in banner.derived if banner else ():
        for part in (derived, *derived.parts):
            yield from part.mentions.theme_ids if part.mentions else ()
    names = set[str]().union(*map(_names_in, of_table))
    for back in backs:
        if matching(back.derived.name, names) is not None:
            yield from sorted(back.rule.theme_ids)


def _names_in(table: AskedTable | TableJob) -> set[str]:
    """Return the attributes a table is of and by, parts of crossed ones as well, and those of conditions."""
    conditions = (condition.attribute for condition in table.request.where)
    return {*table.setting.by.split(CROSSED), table.setting.subject, *conditions}


def _telling(job: TableJob, backs: Sequence[CodedBack]) -> TableJob:
    """Return a job whose notes tell what of its numbers was coded back from texts.

    Raises:
        CoderError: It would change the base.
    """
    names = _names_in(job)
    of_table = [back for back in backs if matching(back.derived.name, names) is not None]
    for back in of_table:
        if back.needs_everybody and job.setting.layout.no_answer == "leave out":
            msg = (
                f"{back.derived.name}: texts of {back.question_id} tick it for some who are not in its base."
            )
            raise CoderError(msg, 'Say of its [[table]] whom it is of: no_answer = "in base"')
    is_bare = bool(job.suppress or job.beside_limit)
    notes = [back.bare_note if is_bare else back.note for back in of_table]
    return replace(job, setting=replace(job.setting, notes=(*job.setting.notes, *notes))) if notes else job


def _parts(asked_table: AskedTable, banner: Banner | None) -> list[AskedTable]:
    """Return what is to be counted of a table: it alone, or it by each side of its banner."""
    if banner is None:
        return [asked_table]
    setting = asked_table.setting
    request = replace(asked_table.request, where=(*asked_table.request.where, *banner.where))
    parts = []
    for side in banner.sides:
        # Whoever is in several columns cannot be compared with those of another.
        of_side = request
        if side.only:
            of_side = replace(request, test=False, letters=False, column=side.of_answers)
        by_side = replace(setting, by=side.attribute, letters=setting.letters and not side.only)
        parts.append(asked_table._replace(setting=by_side, request=of_side))
    if len(banner.sides) > 1 and not asked_table.questions:
        of_all = replace(setting, by="", letters=False)
        parts.append(asked_table._replace(setting=of_all, request=replace(request, letters=False)))
    return parts


def _joined(tables: list[PrintedTable], banner: Banner | None, word: str) -> PrintedTable:
    if banner is None:
        return tables[0]
    tables = list(map(without_empty_group, tables))
    if len(banner.sides) == 1 and not banner.sides[0].only:
        return tables[0]
    sides = [*banner.sides, *[BannerSide("", "")] * (len(tables) - len(banner.sides))]
    return side_by_side(tables, sides, word)
