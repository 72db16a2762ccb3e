"""Taking in a bundle, or another copy's folder: all of it or nothing, and what came of it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol

from coder.domain.copies.logged_steps import GIVEN
from coder.domain.privacy.removals import read_redaction
from coder.errors import CoderError
from coder.formats.bundles.bundle_files import BundleFile
from coder.formats.codebooks.yaml.editing import edited_or_new
from coder.formats.study.study_file import settings_of
from coder.store.codebook_versions import source_hash
from coder.store.database import refuse_changes, rehearsal
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.privacy.promised_cleaning import promise_cleaning
from coder.store.team.copies.chains import first_blanks, known_chain
from coder.store.team.copies.packed_answers import add_answers, misfits_of
from coder.store.team.copies.seals import seal
from coder.store.team.copies.stored_versions import stored_versions
from coder.store.team.copies.taking_in import take_in
from coder.store.team.decision_rows import rival_decisions
from coder.store.team.round_rows import person_in_layer
from coder.store.team.team_rows import team
from coder.workflows.study.cleaning import finish_cleaning
from coder.workflows.study.codebook_file import in_use, note_file_behind, read_source, write_codebook_file
from coder.workflows.study.sight_at_work import sees_everything
from coder.workflows.study.study import SETTINGS_FILE
from coder.workflows.team.copies.misfits import forks_told, refuse, refuse_misfits
from coder.workflows.team.copies.other_folders import OtherCopy
from coder.workflows.team.copies.words_first import (
    altered_elsewhere,
    as_redacted_here,
    fitted,
    take_out_received,
    unaware_notes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.copies.bundles import BundleHead, PackedSurvey
    from coder.domain.copies.joined_themes import Clash
    from coder.domain.copies.received_acts import ReceivedAct
    from coder.domain.progress import Progress
    from coder.domain.team.team_people import Person
    from coder.store.database import Database
    from coder.workflows.study.study import Study


_WORKED_HERE_ALONE = """SELECT EXISTS (SELECT 1 FROM main.step s
    JOIN act a ON a.kind = 'step' AND a.local = s.number
    WHERE s.coder = :coder AND a.writer NOT IN (SELECT value FROM json_each(:writers)))"""


_MOVED = """SELECT s.coder, COUNT(*) FROM late_step l JOIN main.step s ON s.number = l.step
    JOIN main.change c ON c.step = s.number
    WHERE s.label = ? AND c.aspect = 'theme' AND c.after IS NULL GROUP BY s.coder"""


class Source(Protocol):
    """Where acts come from."""

    head: BundleHead

    def acts_of(self, writer: str) -> Iterator[ReceivedAct]:
        """Yield the acts of a writer, in order."""

    def survey(self) -> PackedSurvey | None:
        """Return the answers that come along."""


class FromPerson(NamedTuple):
    """What came of one person."""

    steps: int
    codings: int
    """Themes put on answers, or taken off."""
    answers: int


class Receipt(NamedTuple):
    """What a bundle brought."""

    made_by: str
    people: dict[str, FromPerson]
    """By name; of what was settled, or done for another, by whom as well: `settled, by jo`."""
    versions: int
    """Of the codebook."""
    events: int
    """Of the team."""
    new_answers: int
    carried: int
    """Codings that were made without knowing a revision, and were carried or put before their coder."""
    moved: Mapping[tuple[str, str], int]
    """Codings made for somebody who turned out to be another: the names of both, with how many there are."""
    clashes: Sequence[Clash]
    """What of the codebook waits for a decision."""
    settled_differently: int
    """Answers that people settled differently, without knowing of each other, and that are open again."""
    alike: Sequence[tuple[Person, Person]]
    """People of one name."""
    both_worked: Sequence[str]
    """Names of people who worked in both copies, and whose ids are from before these were drawn at random."""
    codebook_changes: bool
    other_settings: bool
    """Whether the copies count otherwise: their study.toml differ."""
    redacted: int = 0
    """Answers that words were taken out of here too."""
    withdrawn: int = 0
    """Respondents who withdrew, and are gone here too."""
    unaware: Sequence[str] = ()
    """Where notes stand of copies that do not know all that was taken out here, in words."""
    unfinished: str = ""
    """What is still to be cleaned after words left this copy; empty if nothing is."""

    @property
    def is_empty(self) -> bool:
        """Whether all of it was known."""
        brought = self.people or self.versions or self.events or self.new_answers
        return not (brought or self.redacted or self.withdrawn)


def receive(study: Study, path: Path, *, progress: Progress | None = None, passphrase: str = "") -> Receipt:
    """Take in a bundle, or the folder of another copy; all of it or nothing.

    Args:
        study: The copy that takes it in.
        path: The file, or the folder.
        progress: Called with the acts read.
        passphrase: What the file was locked with, if it was.

    Raises:
        CoderError: Something of it does not fit: each misfit is named, up to some.
    """
    return receive_from(study, source_of(path, passphrase), progress)


@sees_everything
def rehearse_receipt(
    study: Study, path: Path, *, progress: Progress | None = None, passphrase: str = ""
) -> Receipt:
    """Work out what taking in a bundle would do; nothing is changed. It raises what `receive` does."""
    refuse_changes(study.database)
    read = _read(study.database, source := source_of(path, passphrase), progress)
    old_source = read_source(study)
    with rehearsal(study.database):
        return _taken_in(study, source, read, old_source)


def source_of(path: Path, passphrase: str = "") -> Source:
    """Return what a path leads to: a bundle, or another copy's folder."""
    if path.is_dir():
        return OtherCopy(path)
    return BundleFile(path, passphrase)


@sees_everything
def receive_from(study: Study, source: Source, progress: Progress | None = None) -> Receipt:
    """Take in what a source holds; see `receive`."""
    read = _read(study.database, source, progress)
    old_source = read_source(study)
    study.database.execute("PRAGMA secure_delete = ON")
    with study.database.transaction():
        receipt = _taken_in(study, source, read, old_source)
        if receipt.codebook_changes:
            note_file_behind(study, old_source)
    study.go_on_with(in_use(study))
    if receipt.codebook_changes:
        write_codebook_file(study)
    return receipt._replace(unfinished=finish_cleaning(study))


def _read(database: Database, source: Source, progress: Progress | None) -> list[ReceivedAct]:
    """Return the acts that the study lacks, read before anybody is kept from writing."""
    read: list[ReceivedAct] = []
    for writer, end in sorted(source.head.chains.items()):
        if writer in source.head.altered_writers or not known_chain(database, writer).has_all(end):
            for act in source.acts_of(writer):
                read.append(act)
                if progress and not len(read) % 500:
                    progress(len(read), None)
    return read


def _taken_in(study: Study, source: Source, read: Sequence[ReceivedAct], old_source: str) -> Receipt:
    database = study.database
    seal(database)
    chains = {writer: known_chain(database, writer) for writer in {act.place.writer for act in read}}
    blanks = first_blanks(read)
    forked = [
        act
        for act in read
        if chains[act.place.writer].differs(act.place.number, act.link, blanks.get(act.place.writer))
    ]
    fresh = [act for act in read if chains[act.place.writer].lacks(act)]
    known = [act for act in read if not chains[act.place.writer].lacks(act)]
    survey = source.survey()
    if survey:
        survey = as_redacted_here(database, survey, source.head)
        refuse(misfits_of(database, survey, _altered(database, fresh)), source.head)
    new_answers = add_answers(database, survey) if survey else 0
    refuse(list(forks_told(forked)), source.head)
    refuse_misfits(database, source.head, fresh)
    version = in_use(study)
    unaware = unaware_notes(database, source.head, fresh)
    try:
        gone = take_out_received(database, fresh)
        fresh = fitted(database, fresh, gone.searches)
        altered = altered_elsewhere(database, known)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise _makes_no_sense(source.head) from error
    late = """SELECT COUNT(*) FROM main.change WHERE step IN (SELECT l.step FROM late_step l
        JOIN main.step s ON s.number = l.step WHERE s.revision IS NOT NULL)"""
    late_before: int = database.value(late)
    moved_before = _moved_codings(database)
    both_worked = _both_worked(database, source.head, fresh)
    try:
        take_in(database, [*fresh, *altered], source.head.derived, written_codebook)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise _makes_no_sense(source.head) from error
    if altered:
        promise_cleaning(database)
    is_revised = in_use(study).hash != version.hash
    if is_revised and source_hash(old_source) != version.hash:
        msg = f"{study.codebook_path} has edits that are not in use yet, and the codebook would change."
        raise CoderError(msg, "Apply them (coder codebook plan shows what they do), or take them out first.")
    return Receipt(
        source.head.by,
        _by_person(database, fresh),
        sum(act.kind == "version" for act in fresh),
        sum(act.kind == "event" for act in fresh),
        new_answers,
        max(0, database.value(late) - late_before),
        +(_moved_codings(database) - moved_before),
        stored_versions(database).graph.clashes(),
        len(rival_decisions(database, in_use(study).codebook)),
        team(database).alike(),
        both_worked,
        is_revised,
        _counts_otherwise(study, source.head),
        gone.redacted,
        gone.withdrawn,
        unaware,
    )


def _altered(database: Database, fresh: Sequence[ReceivedAct]) -> set[str]:
    """Return the ids of answers out of which words were cut, here or by what comes."""
    altered = set(cuts_as_made(database))
    for act in fresh:
        if act.kind == "event" and act.content is not None and act.content["kind"] == "redacted":
            # One that makes no sense alters nothing: what refuses it comes later.
            with suppress(LookupError, TypeError, ValueError, AttributeError):
                altered |= read_redaction(act.content["content"]).cuts.keys()
    return altered


def _makes_no_sense(head: BundleHead) -> CoderError:
    msg = f"What {head.by} sent refers to something that is not in it, or makes no sense."
    return CoderError(msg, "Nothing was taken. Ask for it again: coder team send")


def written_codebook(source: str, codebook: Codebook) -> str:
    """Return the text of codebook.yaml, edited to say a codebook; where it leaves no room, written anew."""
    return edited_or_new(source, codebook)


def _by_person(database: Database, fresh: Sequence[ReceivedAct]) -> dict[str, FromPerson]:
    steps, codings = Counter[str](), Counter[str]()
    answers: dict[str, set[str]] = defaultdict(set)
    people = team(database)
    for act in fresh:
        if act.kind == "step" and act.content is not None:
            person_id = person_in_layer(database, act.content["coder"])
            name = people.name_of(person_id or act.content["coder"]).strip()
            name += ", set apart" if person_id else ""
            name += f", by {people.name_of(act.content['by'])}" if act.content["by"] else ""
            steps[name] += 1
            codings[name] += sum(row[1] == "theme" for row in act.content["changes"])
            answers[name] |= {row[0] for row in act.content["changes"]}
    return {name: FromPerson(steps[name], codings[name], len(answers[name])) for name in sorted(steps)}


def _moved_codings(database: Database) -> Counter[tuple[str, str]]:
    """Count the codings that went from people to those who they are, by the names of both."""
    people = team(database)
    names = {person.id: person.name for person in people.everybody}
    return Counter(
        {
            (names.get(coder_id, coder_id), people.name_of(coder_id)): times
            for coder_id, times in database.rows(_MOVED, (GIVEN,))
        }
    )


def _both_worked(database: Database, head: BundleHead, fresh: Sequence[ReceivedAct]) -> list[str]:
    """Return who did something in each copy that the other lacks, of those whose id is a mere name."""
    people = team(database)
    coders = {act.content["coder"] for act in fresh if act.kind == "step" and act.content is not None}
    return [
        person.name
        for coder in sorted(coders)
        if (person := people.by_id(coder)) and coder == person.name
        if database.value(_WORKED_HERE_ALONE, {"coder": coder, "writers": json.dumps(list(head.chains))})
    ]


def _counts_otherwise(study: Study, head: BundleHead) -> bool:
    """Tell whether another copy's study.toml says otherwise what counts as an answer."""
    try:
        theirs = settings_of(study.folder / SETTINGS_FILE, head.settings)
    except CoderError:
        return False
    return theirs.non_responses != study.settings.non_responses
