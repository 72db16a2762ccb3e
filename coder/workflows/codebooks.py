"""Changing a study's codebook while coding: its file and the version in use, together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.formats.output_files import replace_file
from coder.store import codebooks, log
from coder.workflows.studies import CODEBOOK_FILE, Study, refuse_lost_themes

if TYPE_CHECKING:
    from coder.formats.codebook_edits import CodebookFile


LONGEST_LABEL = 500
"""Characters of a theme typed while coding; more is an answer pasted into the wrong window."""


def add_theme(study: Study, label: str, question_id: str | None, coder_id: str) -> Theme:
    """Add a theme for a question, or for all, to `codebook.yaml` and to the study; the label makes its id.

    What was edited in the file since the study was opened is taken up with it.

    Raises:
        CoderError: The label is empty or far too long, the question has such a theme, or the file has
            a fault.
    """
    from coder.formats.codebook_edits import CodebookFile

    label = " ".join(label.split())
    if not label:
        msg = "A theme needs a label."
        raise CoderError(msg, "Type a name for it.")
    if len(label) > LONGEST_LABEL:
        msg = f"A theme's name of {len(label):,} characters fits on no screen and in no table."
        raise CoderError(msg, f"Type one of at most {LONGEST_LABEL}; what it means goes into its definition.")
    path = study.folder / CODEBOOK_FILE
    before = None
    try:
        with study.database.transaction():
            # Read in here, where no other program can be adding a theme as well.
            file = CodebookFile.read(path)
            unedited = file.text
            theme = _added(file, label, question_id)
            refuse_lost_themes(study.database, file.codebook, path)
            codebooks.add_version(study.database, file.codebook, file.text, log.utc_now(), coder_id)
            # If the program ends here, the file is taken up when the study is next opened.
            replace_file(path, file.text)
            before = unedited
    except CoderError:
        if before is not None:
            replace_file(path, before)
        raise
    study.codebook = file.codebook
    return theme


def _added(file: CodebookFile, label: str, question_id: str | None) -> Theme:
    from coder.formats.codebook_nodes import new_id

    rivals = [t for t in file.codebook if question_id is None or t.serves(question_id)]
    if any(t.label.casefold() == label.casefold() for t in rivals):
        msg = f"There is a theme '{label}' for {question_id or 'some question'} already."
        raise CoderError(msg, "Choose it, or type another name.")
    taken = {theme.id.casefold() for theme in file.codebook}
    questions = (question_id,) if question_id else ()
    theme = Theme(new_id(question_id or "", label, taken), label, questions=questions)
    file.add(theme)
    return theme
