"""From rows and layout to the survey: respondents, questions and verbatim responses."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

from coder.domain.surveys.survey_layout import ImportReport, QuestionCount, SurveyLayout
from coder.domain.texts.invisible import tidy
from coder.formats.surveys.building.gathered_survey import build_gathered
from coder.formats.surveys.building.long_survey import build_long
from coder.formats.surveys.building.wide_survey import build_wide
from coder.formats.surveys.raw_tables import RawTable, no_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.nonresponse import NonResponses
    from coder.domain.progress import Progress
    from coder.domain.responses import Survey
    from coder.formats.surveys.building.built_survey import BuiltSurvey

_BUILDERS = {"wide": build_wide, "long": build_long, "parts": build_gathered}


def build_survey(
    raw: RawTable, layout: SurveyLayout, non_responses: NonResponses, progress: Progress | None = None
) -> tuple[Survey, ImportReport]:
    """Build the survey that a file holds, as its layout says.

    Args:
        raw: The file's rows.
        layout: Which role each column has.
        non_responses: The texts that are no answer; they are kept, marked as not answered.
        progress: Called at least every 1,000 rows; may raise CancelledError.

    Raises:
        CoderError: No open question; an id that stands twice where a row is a respondent. Where a row is an
            answer: a question or an answer's id that is blank, an item that is no number, an answer that
            stands twice. A blank id is no fault: its row is numbered.
    """
    built = _BUILDERS[layout.shape](raw, layout, non_responses, progress or no_progress)
    ignored = [column.name for column in layout.of_role("ignore")]
    return built.survey, _report(built, ignored)


def _report(built: BuiltSurvey, ignored: Sequence[str]) -> ImportReport:
    survey = built.survey
    silences = [response for response in survey.responses if not response.answered]
    blank = Counter(tidy(response.text) for response in silences)
    silent = Counter(response.question_id for response in silences)
    answers = Counter(map(attrgetter("question_id"), survey.responses)) - silent
    return ImportReport(
        respondents=len(survey.respondents),
        answers=answers.total(),
        non_responses=blank.most_common(),
        questions=[
            QuestionCount(question.id, question.label, answers[question.id], silent[question.id])
            for question in survey.questions
        ],
        attributes=[attribute.name for attribute in survey.attributes],
        ignored=ignored,
        warnings=built.warnings,
        answer_attributes=built.of_answers,
    )
