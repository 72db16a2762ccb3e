"""Making a study of a pack: one person's answers, on a machine of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.errors import CoderError
from coder.formats.bundles.bundle_files import BundleFile
from coder.formats.study.study_file import settings_of
from coder.store.privacy.told_decisions import take_up_decisions
from coder.store.team.copies.packed_answers import add_answers
from coder.store.team.copies.taking_in import take_in
from coder.store.team.team_rows import team
from coder.workflows.study.non_responses import note_classified
from coder.workflows.study.opening import filled_study
from coder.workflows.study.study import SETTINGS_FILE
from coder.workflows.team.copies.misfits import refuse_misfits
from coder.workflows.team.copies.receiving import written_codebook
from coder.workflows.team.copies.words_first import privacy_events

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.copies.received_acts import ReceivedAct
    from coder.domain.progress import Progress
    from coder.store.database import Database


class OpenedPack(NamedTuple):
    """A study that was made of a pack."""

    folder: Path
    person: str
    """The name of whom it is for."""
    answers: int


def open_pack(
    path: Path, folder: Path | None = None, progress: Progress | None = None, passphrase: str = ""
) -> OpenedPack:
    """Make a study of a pack.

    Args:
        path: The pack.
        folder: Where; by default beside the pack, under its name.
        progress: Called with the acts read.
        passphrase: What the pack was locked with, if it was.

    Raises:
        CoderError: It is no pack, is damaged, or does not hold together; the folder holds something already.
    """
    source = BundleFile(path, passphrase)
    survey = source.survey()
    if survey is None:
        msg = f"{path} is no pack: it holds no answers."
        raise CoderError(msg, "To take it into a study: coder team receive STUDY FILE")
    folder = folder or path.with_suffix("")
    settings_path = folder / SETTINGS_FILE
    settings = settings_of(settings_path, source.head.settings)
    acts: list[ReceivedAct] = []
    for writer in sorted(source.head.chains):
        acts += source.acts_of(writer)
        if progress:
            progress(len(acts), None)

    def fill(database: Database) -> None:
        try:
            add_answers(database, survey)
            # The answers came without what was taken out of them.
            take_in(database, privacy_events(acts), (), written_codebook)
            refuse_misfits(database, source.head, acts)
            take_in(database, acts, source.head.derived, written_codebook)
            take_up_decisions(database, {})
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            msg = f"{path} refers to something that is not in it, or makes no sense."
            raise CoderError(msg, "Ask for it again: coder team pack") from error
        note_classified(database, settings)

    study = filled_study(folder, settings, source.head.settings, fill)
    try:
        name = team(study.database).name_of(source.head.person)
        return OpenedPack(folder, name, len(survey.responses))
    finally:
        study.close()
