"""Which codings a table counts: of which questions, by whom, now or in the past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.store import codebook_versions, codings, counts, surveys
from coder.store.scope import Which
from coder.tables.theme_rows import NOTHING
from coder.workflows.study.moments import past_of
from coder.workflows.study.opening import refuse_unknown_coder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.codebook import Codebook
    from coder.domain.responses import Question
    from coder.domain.tables.requests import Agreed, BaseKind, Counts, TableOptions
    from coder.store.database import Database
    from coder.workflows.study.study import Study


@dataclass(frozen=True, slots=True)
class Counting:
    """The codings that a table counts, and the codebook they are counted under."""

    database: Database
    questions: tuple[Question, ...]
    codebook: Codebook
    coder_ids: tuple[str, ...]
    """Whose codings; empty means anybody's."""
    coders: tuple[str, ...]
    """Who has any among them."""
    agreed: Agreed
    as_of: int | None
    """A step of the log; None for the codings that stand now."""
    when: str
    """How a note names that moment; empty for now."""
    version: int
    """Of the codebook."""
    where: tuple[str, str] | None
    """Only respondents with this value of this attribute are counted; None for all."""

    @property
    def question_ids(self) -> tuple[str, ...]:
        """The questions that are counted together."""
        return tuple(question.id for question in self.questions)

    def themes(self) -> Counts:
        """Count each theme."""
        return counts.theme_counts(self.database, self.question_ids, self.which)

    def unions(self, members: Mapping[str, Sequence[str]]) -> Counts:
        """Count each net, or other group of themes, as a union."""
        found = counts.net_counts(self.database, self.question_ids, members, self.which)
        return {net: found.get(net, NOTHING) for net in members}

    def sizes(self) -> counts.Base:
        """Count who was asked, who answered, and what nobody has read."""
        return counts.base(self.database, self.question_ids, self.asked)

    def base_size(self, kind: BaseKind, sizes: counts.Base) -> int:
        """Return how many the percentages are of."""
        if kind == "coded":
            return counts.coded_respondents(self.database, self.question_ids, self.which)
        return sizes.asked if kind == "asked" else sizes.answered

    @property
    def asked(self) -> Which:
        """Which codings the store counts, of those who were asked for."""
        return Which(self.coder_ids, self.agreed, self.as_of, self.where)

    @property
    def which(self) -> Which:
        """Which codings the store counts."""
        # Where one person coded everything, naming them changes no count and spares counting mentions apart.
        # Others may have confirmed answers: of a consensus they are part.
        if self.as_of is None and self.agreed == "any" and len(self.coders) == 1:
            return self.asked._replace(coder_ids=self.coders)
        return self.asked


def counting_of(
    study: Study,
    names: Sequence[str],
    options: TableOptions,
    coder_ids: Sequence[str],
    as_of: str | None,
    where: tuple[str, str] | None = None,
) -> Counting:
    """Return what a table of these questions counts.

    Args:
        study: The study.
        names: Open questions of it, whatever the case.
        options: What is counted.
        coder_ids: Whose codings; empty means anybody's.
        as_of: A moment of its past, as `past_of` reads it; None for now.
        where: An attribute and the value of those who are counted; None for all.

    Raises:
        CoderError: The study has no such question or coder, or `as_of` is no moment of it.
    """
    questions = tuple(dict.fromkeys(find_question(study, name) for name in names))
    for coder_id in coder_ids:
        refuse_unknown_coder(study.database, coder_id)
    past = None if as_of is None else past_of(study.database, as_of)
    found = Counting(
        study.database,
        questions,
        past.codebook if past else study.codebook,
        tuple(coder_ids),
        (),
        options.agreed,
        past.step if past else None,
        past.words if past else "",
        past.version if past else version_in_use(study.database),
        where,
    )
    return replace(found, coders=tuple(coder_ids or _coders(found)))


def _coders(counting: Counting) -> Sequence[str]:
    if counting.as_of is not None:
        return counts.coders_then(counting.database, counting.question_ids, counting.as_of)
    each = (codings.coders_of(counting.database, name) for name in counting.question_ids)
    return sorted({coder_id for coder_ids in each for coder_id in coder_ids})


def version_in_use(database: Database) -> int:
    """Return the number of the codebook's version in use; 0 before the first."""
    latest = codebook_versions.latest_version(database)
    return latest.number if latest else 0


def find_question(study: Study, name: str) -> Question:
    """Find an open question by its id, whatever the case; of two that differ in case, the one as written.

    Raises:
        CoderError: There is none; the hint gives the nearest.
    """
    questions = surveys.questions(study.database)
    for question in sorted(questions, key=lambda question: question.id != name):
        if question.id.casefold() == name.strip().casefold():
            return question
    ids = [question.id for question in questions]
    hint = nearest(name, ids) or f"Its open questions: {', '.join(ids)}."
    msg = f"The study has no open question '{name}'."
    raise CoderError(msg, hint)
