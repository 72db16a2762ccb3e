"""Taking the themes of another codebook's file into a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.path_names import on_one_line
from coder.domain.revising.joining_codebooks import join_codebooks
from coder.domain.theme_guids import guid_of
from coder.formats.codebooks.reading import import_codebook
from coder.store import surveys
from coder.workflows.revising import revising
from coder.workflows.study.checking import unoffered_themes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.revising.revisions import Revision
    from coder.workflows.study.study import Study


def begin_import(study: Study, path: Path, encoding: str | None = None) -> tuple[Revision, tuple[str, ...]]:
    """Return the revision that takes a codebook's themes into a study's.

    Returns:
        The revision, with people's edits of codebook.yaml; and remarks on what of the file is not in it.

    Raises:
        CoderError: The file cannot be read, or does not go together with the study's codebook.
    """
    imported = import_codebook(path, encoding=encoding)
    revision = revising.begin(study)
    guids = {theme.id: guid_of(theme) for theme in revision.new}
    joined = join_codebooks(revision, imported.codebook, guids)
    return joined, (*imported.remarks, *_remarks_on_questions(study, path, joined))


def _remarks_on_questions(study: Study, path: Path, joined: Revision) -> Iterator[str]:
    """Yield a remark on each theme that is for questions alone which the study does not ask."""
    question_ids = [question.id for question in surveys.questions(study.database)]
    unoffered_before = {theme.id for theme in unoffered_themes(joined.old, question_ids)}
    for theme in unoffered_themes(joined.new, question_ids):
        if theme.id not in unoffered_before:
            questions = ", ".join(theme.questions)
            yield (
                f"{on_one_line(path.name)}: the theme '{theme.label}' is for {questions} alone, which the"
                " study lacks: it is offered nowhere."
            )
