"""A study's answers, codings, tables, matrix and agreement as pandas frames.

Tables are those of the command line, made by the same calls. Nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import matrices, surveys
from coder.store.database import one_moment
from coder.tables.frames.answer_frames import (
    FramedCoding,
    codings_frame,
    questions_frame,
    responses_frame,
    themes_frame,
)
from coder.tables.frames.matrix_frames import long_frame, matrix_frame
from coder.tables.frames.printed_frames import printed_frame, tidy_frame
from coder.workflows.exchange.exchanging import coding_records
from coder.workflows.study.coders import coder_called
from coder.workflows.study.naming_damage import names_damage
from coder.workflows.tables.matrices import answer_columns_of, matrix_attributes, theme_matrix
from coder.workflows.tables.tables_typed import tables_typed
from coder.workflows.team.agreement_tables import printed_agreement

if TYPE_CHECKING:
    import pandas as pd

    from coder.domain.tables.matrices import Matrix
    from coder.domain.team.counting_rule import Agreed
    from coder.workflows.study.study import Study
    from coder.workflows.tables.tables_typed import TypedOptions
    from coder.workflows.team.agreement_tables import AgreementRequest


@names_damage
def questions_of(study: Study) -> pd.DataFrame:
    """Return the open questions."""
    return questions_frame(surveys.questions(study.database))


@names_damage
def themes_of(study: Study) -> pd.DataFrame:
    """Return the codebook in use."""
    return themes_frame(study.codebook)


@names_damage
def responses_of_study(study: Study) -> pd.DataFrame:
    """Return all responses with what is known of them and of the respondents, private attributes left out.

    Raises:
        CoderError: A private attribute is none of the study's.
    """
    with one_moment(study.database):
        respondents = matrices.respondents(study.database)
        responses = list(surveys.all_responses(study.database))
        return responses_frame(
            responses,
            _questions(study),
            list(respondents.values()),
            list(matrix_attributes(study, list(respondents))),
            list(answer_columns_of(study, [response.number for response in responses])),
        )


@names_damage
def codings_of_study(study: Study, coder: str | None) -> pd.DataFrame:
    """Return the codings that stand, of one coder or of all, as `coder codings export` does.

    Raises:
        CoderError: The coder has coded nothing.
    """
    with one_moment(study.database):
        records = coding_records(study, _coder(study, coder))
        framed = [
            FramedCoding(record.response, record.coding, record.label, record.done) for record in records
        ]
        return codings_frame(framed, _questions(study), study.codebook)


@names_damage
def printed_frames(study: Study, options: TypedOptions) -> list[pd.DataFrame]:
    """Return the tables that options ask for, each as it is printed.

    Raises:
        CoderError: As `tables_typed`.
    """
    return [printed_frame(table) for table in tables_typed(study, options)]


@names_damage
def tidy_tables(study: Study, options: TypedOptions) -> pd.DataFrame:
    """Return the same tables as one frame, with the rows and columns of their CSV.

    Raises:
        CoderError: As `tables_typed`.
    """
    return tidy_frame(tables_typed(study, options))


@names_damage
def matrix_of(study: Study, coder: str | None, coders: Agreed) -> pd.DataFrame:
    """Return who mentions what, one row a respondent.

    Raises:
        CoderError: The coder has coded nothing; a private attribute is none of the study's.
    """
    return matrix_frame(_matrix(study, coder, coders))


@names_damage
def long_form_of(study: Study, coder: str | None, coders: Agreed) -> pd.DataFrame:
    """Return who mentions what, one row for each respondent that answered a question and each of its themes.

    Raises:
        CoderError: As `matrix_of`.
    """
    return long_frame(_matrix(study, coder, coders))


@names_damage
def agreement_frames(study: Study, request: AgreementRequest) -> list[pd.DataFrame]:
    """Return the tables of `coder agreement`, each as it is printed.

    Raises:
        CoderError: As `printed_agreement`.
    """
    return [printed_frame(table) for table in printed_agreement(study, request)]


def _questions(study: Study) -> list[str]:
    return [question.id for question in surveys.questions(study.database)]


def _coder(study: Study, coder: str | None) -> str | None:
    return coder_called(study.database, coder) if coder else None


def _matrix(study: Study, coder: str | None, coders: Agreed) -> Matrix:
    return theme_matrix(study, _coder(study, coder), coders)
