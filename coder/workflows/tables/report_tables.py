"""The report's tables as they are printed: themes, themes by attribute, closed questions, response rates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.tables.requests import TableRequest
from coder.store.database import one_moment
from coder.store.privacy.withdrawals import tombstones
from coder.tables.building import printed_table
from coder.tables.job import TableJob
from coder.version import __version__
from coder.workflows.study.conditions import conditions_as_stored
from coder.workflows.study.made_moments import moment_made
from coder.workflows.study.naming_damage import names_damage
from coder.workflows.tables.asked_for import tables_asked_for
from coder.workflows.tables.counted_people import withheld_of
from coder.workflows.tables.gathering import gather, with_interim_base
from coder.workflows.tables.weighing import with_weights

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

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
        jobs = [
            TableJob(
                *asked_table,
                study.settings,
                moment,
                program,
                withdrawn=len(tombstones(study.database)),
            )
            for asked_table in tables_asked_for(study, request)
        ]
        jobs = with_weights(study, [with_interim_base(study, job) for job in jobs])
        beside_limit = any(job.suppress for job in jobs)
        jobs = [replace(job, beside_limit=beside_limit) for job in jobs]
        counts = [gather(study, job) for job in jobs]
        withheld = withheld_of(study, jobs, counts)
    return [printed_table(*table) for table in zip(jobs, counts, withheld, strict=True)]
