"""A study in which a name stands in every place where words of an answer can, and how to look for it."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import normalize

from making import small_study

from coder.domain.codebook import Codebook, Theme
from coder.domain.codings import Span
from coder.domain.drafting.theme_drafts import DraftDecision, ThemeDraft
from coder.domain.study_settings import SettingChange
from coder.store import log
from coder.store.codebook_versions import VersionOrigin, add_version
from coder.store.drafts.kept_drafts import keep_decision, keep_drafts
from coder.store.noted.step_notes import StepNotes, write_notes
from coder.store.schema import CURRENT
from coder.store.team.team_rows import note_event
from coder.store.vectors import VectorStore
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.codebook_file import in_use
from coder.workflows.team.asking_team import answer_question, ask_team, question_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

NAME = "Żaneta Ćwiąkała"
APART = normalize("NFD", NAME)
TEXTS = (
    (f"Ask {NAME} at the front desk, she knows", "Pay is too low"),
    ("Beds", f"{NAME}"),
    ("Beds and pay", "Nobody stays"),
)
FORMS = {
    form.encode(encoding)
    for written in (NAME, APART, NAME.upper())
    for form in (written, json.dumps(written)[1:-1])
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
}
"""The bytes of the name: composed and apart, as JSON escapes it, in each encoding."""
_CODEBOOK = Codebook(
    (
        Theme(
            "staff",
            "Staff",
            definition=f"Who works there, such as {NAME}.",
            examples=(f"ask {APART}", "nurses"),
        ),
        Theme("pay", "Pay", include=f"what {NAME.upper()} earns"),
        Theme("beds", "Beds"),
    ),
    title="Small",
    note=f"Read with {NAME}.",
)


def study_with_name(folder: Path) -> Study:
    """Make a study in which `NAME` stands in every place that can hold words of an answer."""
    study = small_study(folder, codebook=_CODEBOOK, texts=TEXTS)
    database, session = study.database, CodingSession(study, "jo")
    _comment_on(study)
    session.mark_spans(1, "staff", (Span(4, 10), Span(35, 44)))
    session.mark_spans(1, "beds", (Span(8, 25),))
    session.confirm(1)
    session.write_memo(1, f"Is {NAME} staff?")
    session.write_memo(1, f"{APART} is staff.")
    session.write_memo(3, "rang", "beds")
    session.write_memo(2, f"{NAME.upper()} said so", "pay")
    session.undo()
    write_note(session, f"Rang {NAME}\nabout pay.", "study")
    question = ask_team(study, "jo", f"Who is {NAME}?", "R1.Q1.1")
    answer_question(study, "jo", question_named(study, "jo", question), f"{NAME} is staff")
    with database.transaction():
        step = log.append(database, "jo", f"“{NAME}” says nothing: 1 answer", ())
        write_notes(database, step, StepNotes(1, (SettingChange("add_non_response", NAME),)))
        keep_decision(database, step, "Q1", DraftDecision("taken", (1,), NAME, (), "staff"))
        note_event(
            database, log.utc_now(), "jo", "theme proposed",
            {
                "round": "r", "round_name": "R", "person": "jo", "name": "jo", "label": f"What {NAME} said",
                "answer": "",
            },
        )  # fmt: skip
        version = in_use(study)
        source = f"# {NAME}: see the first answer\n" + version_text(study)
        add_version(
            database, version.codebook, source,
            VersionOrigin(log.utc_now(), "jo", label=f"{NAME} out", reason=f"as {NAME} asked"),
        )  # fmt: skip
    study.codebook_path.write_text(source, encoding="utf-8")
    study.go_on_with(in_use(study))
    keep_drafts(database, "jo", "Q1", [ThemeDraft(NAME, ("ask", *NAME.lower().split()), (1,), (1,))])
    _fill_vectors(study)
    for name in (
        f"study-before-format-{CURRENT.version}.db",
        "study-before-format-7.db",
        "study-before-repair.db",
    ):
        database.copy_to(folder / name)
    return study


def version_text(study: Study) -> str:
    """Return the text of codebook.yaml."""
    return study.codebook_path.read_text(encoding="utf-8")


def standing_in(folder: Path) -> dict[str, set[bytes]]:
    """Return the files below a folder in which the name stands, in whatever form."""
    standing = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            forms = {form for form in FORMS if form in content}
            if forms:
                standing[str(path.relative_to(folder))] = forms
    return standing


def vector_hashes(folder: Path) -> set[bytes]:
    """Return the hashes of the texts that there are vectors of."""
    wanted = [sha256(text.encode()).digest() for text in (*_answers(), *_texts_of_themes())]
    with closing(VectorStore(folder / "cache" / "vectors.db")) as store:
        return set(store.get("light", wanted))


def old_text_hash() -> bytes:
    """Return the hash of the first answer as it was."""
    return sha256(TEXTS[0][0].encode()).digest()


def _comment_on(study: Study) -> None:
    assert NAME in version_text(study)


def _answers() -> Iterator[str]:
    for boxes in TEXTS:
        yield from boxes


def _texts_of_themes() -> Iterator[str]:
    for theme in _CODEBOOK:
        yield theme.definition


def _fill_vectors(study: Study) -> None:
    with closing(VectorStore(study.folder / "cache" / "vectors.db")) as store:
        rows = [(sha256(text.encode()).digest(), b"\0\0\0\0") for text in (*_answers(), *_texts_of_themes())]
        store.put("light", rows)


def copied(study: Study, folder: Path) -> Path:
    """Copy a study's folder as it lies on the disk, with its log."""
    shutil.copytree(study.folder, folder)
    return folder
