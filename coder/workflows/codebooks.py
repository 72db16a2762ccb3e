"""Changing a study's codebook while coding: its file and the version in use, together."""

from __future__ import annotations

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.store import codebooks, log
from coder.workflows.studies import CODEBOOK_FILE, Study


def add_theme(study: Study, label: str, question_id: str, coder_id: str) -> Theme:
    """Add a theme for a question to `codebook.yaml` and to the study; its id is made from the label.

    Raises:
        CoderError: The label is empty, the question has such a theme, or the file has a fault.
    """
    from coder.formats.codebook_edits import CodebookFile

    label = " ".join(label.split())
    if not label:
        msg = "A theme needs a label."
        raise CoderError(msg, "Type a name for it.")
    if any(t.label.casefold() == label.casefold() for t in study.codebook if t.serves(question_id)):
        msg = f"There is a theme '{label}' for {question_id} already."
        raise CoderError(msg, "Choose it, or type another name.")
    theme = Theme(_new_id(study, label, question_id), label, questions=(question_id,))
    path = study.folder / CODEBOOK_FILE
    file = CodebookFile.read(path)
    file.add(theme)
    with study.database.transaction():
        codebooks.add_version(study.database, file.codebook, file.text, log.utc_now(), coder_id)
        path.write_text(file.text, encoding="utf-8", newline="")
    study.codebook = file.codebook
    return theme


def _new_id(study: Study, label: str, question_id: str) -> str:
    from coder.formats.codebook_nodes import slug

    wanted = slug(f"{question_id} {label}")
    taken = {theme.id for theme in study.codebook}
    number = 2
    found = wanted
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found
