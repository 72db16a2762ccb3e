"""Making a bundle: all acts of a copy, or for one person what they need and nobody else's codings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.copies.bundles import Bundle, BundleHead, ChainEnd
from coder.domain.copies.received_acts import answers_referred
from coder.domain.study_settings import SettingChange
from coder.errors import CoderError
from coder.formats.bundles.bundle_files import written_bundle
from coder.formats.bundles.locked_files import locked
from coder.formats.shared.files_out import replace_file
from coder.formats.shared.text_in import read_utf8
from coder.formats.study.settings_edit import changed_text
from coder.store import log
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.privacy.text_salts import first_text_digests
from coder.store.privacy.told_decisions import tell_decisions
from coder.store.team.copies.chains import sealed_chains, text_versions
from coder.store.team.copies.packed_answers import (
    answers_of,
    packed_survey,
    steps_of_others,
    talk_of_others,
)
from coder.store.team.copies.stored_versions import stored_derived
from coder.store.team.team_rows import team
from coder.workflows.study.sight_at_work import sees_everything
from coder.workflows.study.study import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from coder.domain.copies.bundles import BundleKind, PackedSurvey
    from coder.domain.copies.received_acts import ReceivedAct
    from coder.domain.progress import Progress
    from coder.workflows.study.study import Study


class Sent(NamedTuple):
    """What a bundle holds that was written."""

    acts: int
    """Steps, versions of the codebook and changes of the team."""
    answers: int
    """Of a pack: the answers in it."""
    bytes: int


@sees_everything
def send(study: Study, path: Path, by: str, progress: Progress | None = None, passphrase: str = "") -> Sent:
    """Write all that was done in a copy of a study to a file.

    Args:
        study: The copy.
        path: The file; one that is there is replaced.
        by: The name of who sends it.
        progress: Called with the acts written and their number.
        passphrase: What the file is locked with; empty: it is not.

    Raises:
        CoderError: It cannot be written, or the study can only be read.
    """
    with study.database.transaction():
        _tell_decisions(study, by)
        chains = sealed_chains(study.database)
    head = head_of(study, "send", by, chains)
    return _write(Bundle(head, chains), path, progress, passphrase)


@sees_everything
def pack(
    study: Study,
    person_name: str,
    path: Path,
    by: str,
    progress: Progress | None = None,
    passphrase: str = "",
) -> Sent:
    """Write to a file what one person needs to code on a machine of their own.

    It holds their answers, the codebook, the people, and their own codings. It is the same whatever others
    coded: nothing of that is in it, nor how much it was. In a blind round that holds for what others asked
    and proposed as well.

    Raises:
        CoderError: There is no such person, nothing is theirs to code, or the file cannot be written.
    """
    person = team(study.database).meant(person_name)
    with study.database.transaction():
        _tell_decisions(study, by)
        others = steps_of_others(study.database, person.id)
        talk = talk_of_others(study.database, person.id)
        chains = sealed_chains(study.database, {"step": others, "event": talk})
        numbers = answers_of(study.database, person.id)
        survey = packed_survey(study.database, numbers)
    if not survey.responses:
        msg = f"There is no answer for {person.name} to code."
        raise CoderError(msg, "See: coder team round list")
    head = head_of(study, "pack", by, chains, person.id)
    if len(survey.responses) < study.database.value("SELECT COUNT(*) FROM response"):
        head = replace(head, settings=_with_note_on_part(study, head.settings, person.name))
    return _write(Bundle(head, chains, survey), path, progress, passphrase)


def _tell_decisions(study: Study, name: str) -> None:
    people = team(study.database)
    by = next((person.id for person in people.everybody if person.name == name), "")
    tell_decisions(study.database, log.utc_now(), by)


def _with_note_on_part(study: Study, settings_text: str, name: str) -> str:
    """Return the settings of a pack whose note says that numbers from it are of a part of the answers."""
    on_part = f"PART OF THE SURVEY, for {name}: numbers are of these answers alone"
    note = " · ".join(filter(None, (study.settings.note, on_part)))
    return changed_text(study.folder / SETTINGS_FILE, settings_text, [SettingChange("note", note)])


def head_of(
    study: Study,
    kind: BundleKind,
    by: str,
    chains: Mapping[str, Sequence[ReceivedAct]],
    person_id: str = "",
) -> BundleHead:
    """Return what a bundle of acts says of itself."""
    ids = _answers_in(chains.values())
    made = cuts_as_made(study.database)
    return BundleHead(
        kind,
        log.utc_now(),
        by,
        study.settings.title,
        person_id,
        read_utf8(study.folder / SETTINGS_FILE),
        {writer: ChainEnd(len(acts), acts[-1].link) for writer, acts in chains.items()},
        list(stored_derived(study.database).values()),
        text_versions(study.database, ids),
        first_text_digests(study.database, ids),
        {answer: made[answer] for answer in ids if answer in made},
        frozenset(writer for writer, acts in chains.items() if any(act.altered for act in acts)),
    )


def _answers_in(chains: Iterable[Sequence[ReceivedAct]]) -> list[str]:
    """Return the ids of the answers that acts refer to."""
    return sorted({answer for acts in chains for answer in answers_referred(acts)})


def _write(bundle: Bundle, path: Path, progress: Progress | None, passphrase: str) -> Sent:
    content = written_bundle(bundle, progress)
    if passphrase:
        content = locked(content, passphrase)
    replace_file(path, content)
    acts = sum(act.content is not None for chain in bundle.acts.values() for act in chain)
    survey: PackedSurvey | None = bundle.survey
    return Sent(acts, len(survey.responses) if survey else 0, len(content))
