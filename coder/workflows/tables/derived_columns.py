"""Laying what is worked out for tables over the survey's attributes: banners, and texts coded back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.study_settings import AttributeSetting
from coder.store.readings.derived_values import derived_values
from coder.workflows.tables.banners import banner_of
from coder.workflows.tables.coded_back import coded_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.requests import TableRequest
    from coder.store.readings.derived_values import DerivedAttribute
    from coder.workflows.study.study import Study
    from coder.workflows.tables.asked_for import AskedTable
    from coder.workflows.tables.banners import Banner
    from coder.workflows.tables.coded_back import CodedBack


class DerivedColumns(NamedTuple):
    """What the connection shows besides the survey's attributes, or in place of them."""

    backs: Sequence[CodedBack]
    """Attributes that count texts coded back into them."""
    banners: Sequence[Banner | None]
    """For each table what stands over its columns; None where that is one attribute, or nothing."""
    attributes: Sequence[DerivedAttribute]
    """All that banners have worked out, each once."""

    @property
    def names(self) -> frozenset[str]:
        """The names of all that is worked out."""
        return frozenset(one.name for one in (*self.attributes, *(back.derived for back in self.backs)))

    def with_orders(self, study: Study) -> Study:
        """Return a study that knows the orders of the values of what is worked out."""
        orders = [AttributeSetting(one.name, order=one.order) for one in self.attributes if one.order]
        settings = replace(study.settings, attributes=(*study.settings.attributes, *orders))
        return replace(study, settings=settings)


NOTHING_DERIVED = DerivedColumns((), (), ())


@contextmanager
def derived_columns(
    study: Study, request: TableRequest, tables: Sequence[AskedTable]
) -> Iterator[DerivedColumns]:
    """Have the connection show what tables are counted with; call it within one moment of the database.

    Raises:
        CoderError: The study has no such attribute, question or theme; or it does not go with a table.
    """
    with derived_values(study.database) as overlay:
        backs = coded_back(study, request)
        overlay.add(back.derived for back in backs)
        keeps_back = any(map(_limit_of, tables))
        banners = [banner_of(study, table, keeps_back=keeps_back) for table in tables]
        derived = {one.name: one for banner in banners if banner for one in banner.derived}
        names_of_backs = {back.derived.name for back in backs}
        overlay.add(one for name, one in derived.items() if name not in names_of_backs)
        yield DerivedColumns(backs, banners, tuple(derived.values()))


def _limit_of(table: AskedTable) -> int:
    """Return under which counts a table keeps them back; 0 for none."""
    return (table.setting.suppress if table.request.suppress is None else table.request.suppress) or 0
