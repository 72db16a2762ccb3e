"""The matrix of respondents and themes, for statistics programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, listed
from coder.domain.tables.matrices import Matrix, MatrixAttribute, MatrixTheme
from coder.store import matrices, surveys
from coder.store.bases import reading
from coder.store.database import one_moment
from coder.store.readings.answer_values import answer_values_of
from coder.store.readings.counted_scope import counted_scope
from coder.store.readings.undecided_answers import undecided
from coder.store.scope import Scope
from coder.tables.several_coders import undecided_notes
from coder.tables.theme_rows import themes_of_question
from coder.workflows.study.attributes import answer_attributes, public_attributes
from coder.workflows.study.coders import refuse_unknown_coder
from coder.workflows.study.respondent_weights import faulty_weight_lines, respondent_weights
from coder.workflows.tables.values_in_order import values_in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.team.counting_rule import Agreed
    from coder.store.database import Database
    from coder.workflows.study.study import Study


def theme_matrix(study: Study, coder_id: str | None = None, agreed: Agreed = "settled") -> Matrix:
    """Return who mentions which theme, with all attributes that are not private.

    A column's ones add up to the theme's count in the question's table. A net that may be chosen has a column
    too, of those who mention it or any theme under it, as its row in a table with nets.

    Args:
        study: The study.
        coder_id: Whose codings; None for anybody's.
        agreed: How the codings of several coders are counted.

    Raises:
        CoderError: The coder has coded nothing; a private attribute is none of the study's.
    """
    database = study.database
    with one_moment(database):
        if coder_id is not None:
            refuse_unknown_coder(database, coder_id)
        respondents = matrices.respondents(database)
        questions = [question.id for question in surveys.questions(database)]
        coders = () if coder_id is None else (coder_id,)
        return Matrix(
            study.settings.title,
            study.settings.note,
            list(respondents.values()),
            list(matrix_attributes(study, list(respondents))),
            list(_themes(study, questions, list(respondents), coder_id, agreed)),
            sum(reading(database, Scope([question], coders)).unread for question in questions),
            {question.id: question.label for question in surveys.questions(database) if question.label},
            (
                *_notes(database, Scope(questions, coders, agreed)),
                *_weight_notes(study),
                *_of_answers_notes(study),
            ),
        )


def _notes(database: Database, scope: Scope) -> tuple[str, ...]:
    """Return what of several coders' codings does not count."""
    if counted_scope(database, scope).agreed != "settled":
        return ()
    return tuple(undecided_notes(undecided(database, scope)))


def _weight_notes(study: Study) -> Iterator[str]:
    """Yield which attribute holds the weights, and whose cannot be used."""
    weights = respondent_weights(study.settings, study.database)
    if weights:
        yield f"{weights.name} holds the respondents' survey weights; nothing here is weighted by it."
        yield from faulty_weight_lines(weights)


def _of_answers_notes(study: Study) -> Iterator[str]:
    """Yield what is known of answers, and so stands in no row of a respondent."""
    names = [attribute.title for attribute in answer_attributes(study) if attribute.of == "answer"]
    if names:
        verb = agreeing(len(names), "is", "are")
        yield (
            f"{listed(names)} {verb} known of single answers and not in it, as its rows are of respondents: "
            "--format dataset has a row for each answer."
        )


def answer_columns_of(study: Study, numbers: Sequence[int]) -> Iterator[MatrixAttribute]:
    """Yield what is known of some responses alone, in the order of their numbers; without what is private."""
    for attribute in answer_attributes(study):
        if attribute.of == "answer":
            value_of = answer_values_of(study.database, attribute)
            cells = [value_of.get(number, "") for number in numbers]
            values = values_in_order(study, attribute, counted_values=Counter(cells))
            yield MatrixAttribute(attribute.name, attribute.label, cells, values.names, ())


def matrix_attributes(study: Study, respondents: Sequence[int]) -> Iterator[MatrixAttribute]:
    """Yield what is known of the respondents, in the order of their numbers; private attributes left out."""
    values_of: dict[str, dict[int, str]] = defaultdict(dict)
    for name, respondent, cell in matrices.attribute_values(study.database):
        values_of[name][respondent] = cell
    weights = respondent_weights(study.settings, study.database)
    for attribute in public_attributes(study):
        cells = values_of[attribute.name]
        values = values_in_order(study, attribute)
        of_each = [cells.get(number, "") for number in respondents]
        numbers = weights.numbers if weights and weights.name == attribute.name else ()
        yield MatrixAttribute(attribute.name, attribute.label, of_each, values.names, numbers)


def _themes(
    study: Study,
    questions: Sequence[str],
    respondents: Sequence[int],
    coder_id: str | None,
    agreed: Agreed,
) -> Iterator[MatrixTheme]:
    answered: dict[str, set[int]] = defaultdict(set)
    for question, respondent in matrices.answered(study.database):
        answered[question].add(respondent)
    coders = () if coder_id is None else (coder_id,)
    for question in questions:
        scope = counted_scope(study.database, Scope([question], coders, agreed))
        respondents_of: dict[str, set[int]] = defaultdict(set)
        for theme_id, respondent in matrices.mentioned(study.database, scope):
            respondents_of[theme_id].add(respondent)
        for theme in themes_of_question(study.codebook, question, respondents_of):
            is_net = study.codebook.is_net(theme.id)
            members = study.codebook.members(theme.id) if is_net else [theme.id]
            mentioning = set[int]().union(*(respondents_of.get(member, ()) for member in members))
            cells = [
                int(number in mentioning) if number in answered[question] else None for number in respondents
            ]
            label = f"{theme.label} (net)" if is_net else theme.label
            yield MatrixTheme(question, theme.id, label, cells, is_net)
