"""Taking in a bundle, or another copy's folder: all of it or nothing, and what came of it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol

from coder.domain.privacy.removals import read_redaction
from coder.errors import CoderError
from coder.formats.bundles.bundle_files import BundleFile
from coder.formats.codebooks.yaml.editing import edited_or_new
from coder.store.codebook_versions import source_hash
from coder.store.database import refuse_changes, rehearsal
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.privacy.promised_cleaning import promise_cleaning
from coder.store.privacy.told_decisions import take_up_decisions, told_decisions
from coder.store.team.copies.chains import first_blanks, known_chain
from coder.store.team.copies.packed_answers import add_answers, misfits_of
from coder.store.team.copies.seals import seal
from coder.store.team.copies.taking_in import take_in
from coder.workflows.study.cleaning import finish_cleaning
from coder.workflows.study.codebook_file import in_use, note_file_behind, read_source, write_codebook_file
from coder.workflows.study.sight_at_work import sees_everything
from coder.workflows.team.copies.altered_elsewhere import (
    altered_elsewhere,
    follow_reworded,
    take_out_altered,
)
from coder.workflows.team.copies.misfits import forks_told, refuse, refuse_misfits
from coder.workflows.team.copies.other_folders import OtherCopy
from coder.workflows.team.copies.receipts import StoodBefore, both_worked, receipt_of
from coder.workflows.team.copies.words_first import (
    WordsGone,
    as_redacted_here,
    fitted,
    take_out_received,
    unaware_notes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.copies.bundles import BundleHead, PackedSurvey
    from coder.domain.copies.received_acts import ReceivedAct
    from coder.domain.progress import Progress
    from coder.store.database import Database
    from coder.workflows.study.study import Study
    from coder.workflows.team.copies.receipts import Receipt


class Source(Protocol):
    """Where acts come from."""

    head: BundleHead

    def acts_of(self, writer: str) -> Iterator[ReceivedAct]:
        """Yield the acts of a writer, in order."""

    def survey(self) -> PackedSurvey | None:
        """Return the answers that come along."""


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


class _Incoming(NamedTuple):
    """The acts that were read, by what this copy knows of them."""

    fresh: list[ReceivedAct]
    """Those that it lacks, or of which it has stubs."""
    known: list[ReceivedAct]
    forked: list[ReceivedAct]
    """Those under whose names others are here."""


def _taken_in(study: Study, source: Source, read: Sequence[ReceivedAct], old_source: str) -> Receipt:
    database, head = study.database, source.head
    seal(database)
    incoming = _by_knowledge(database, read)
    new_answers = _take_answers(database, source, incoming.fresh)
    refuse(list(forks_told(incoming.forked)), head)
    refuse_misfits(database, head, incoming.fresh)
    before, unaware = StoodBefore.of(study), unaware_notes(database, head, incoming.fresh)
    shared_places = told_decisions(database)
    with _sense_made(head):
        gone, fresh, altered = _words_first(database, incoming)
        worked = both_worked(database, head, fresh)
        take_in(database, [*fresh, *altered], head.derived, written_codebook)
    receipt = receipt_of(study, head, fresh, gone, before, new_answers)
    if receipt.codebook_changes and source_hash(old_source) != before.codebook:
        msg = f"{study.codebook_path} has edits that are not in use yet, and the codebook would change."
        raise CoderError(msg, "Apply them (coder codebook plan shows what they do), or take them out first.")
    places = take_up_decisions(database, shared_places)
    return receipt._replace(unaware=unaware, both_worked=worked, places=places)


def _by_knowledge(database: Database, read: Sequence[ReceivedAct]) -> _Incoming:
    chains = {writer: known_chain(database, writer) for writer in {act.place.writer for act in read}}
    blanks = first_blanks(read)
    incoming = _Incoming([], [], [])
    for act in read:
        chain, writer = chains[act.place.writer], act.place.writer
        (incoming.fresh if chain.lacks(act) else incoming.known).append(act)
        if chain.differs(act.place.number, act.link, blanks.get(writer)):
            incoming.forked.append(act)
    return incoming


def _take_answers(database: Database, source: Source, fresh: Sequence[ReceivedAct]) -> int:
    """Write the answers that come along and are not here yet; return how many they are."""
    survey = source.survey()
    if survey is None:
        return 0
    survey = as_redacted_here(database, survey, source.head)
    refuse(misfits_of(database, survey, _altered(database, fresh)), source.head)
    return add_answers(database, survey)


@contextmanager
def _sense_made(head: BundleHead) -> Iterator[None]:
    """Have acts that refer to nothing, or say what makes no sense, refuse the bundle as a whole."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        msg = f"What {head.by} sent refers to something that is not in it, or makes no sense."
        raise CoderError(msg, "Nothing was taken. Ask for it again: coder team send") from error


def _words_first(
    database: Database, incoming: _Incoming
) -> tuple[WordsGone, list[ReceivedAct], list[ReceivedAct]]:
    """Have leave this copy what left others; return what that was, and the acts that are new or altered."""
    gone = take_out_received(database, incoming.fresh)
    further = take_out_altered(database, incoming.known)
    fitting = fitted(database, incoming.fresh, [*gone.searches, *further])
    altered = altered_elsewhere(database, incoming.known)
    if further or altered:
        promise_cleaning(database)
    return gone, fitting, follow_reworded(database, altered)


def _altered(database: Database, fresh: Sequence[ReceivedAct]) -> set[str]:
    """Return the ids of answers out of which words were cut, here or by what comes."""
    altered = set(cuts_as_made(database))
    for act in fresh:
        if act.kind == "event" and act.content is not None and act.content["kind"] == "redacted":
            # One that makes no sense alters nothing: what refuses it comes later.
            with suppress(LookupError, TypeError, ValueError, AttributeError):
                altered |= read_redaction(act.content["content"]).cuts.keys()
    return altered


def written_codebook(source: str, codebook: Codebook) -> str:
    """Return the text of codebook.yaml, edited to say a codebook; where it leaves no room, written anew."""
    return edited_or_new(source, codebook)
