"""Revising the codebook: see what a revision would do, do it in one step, take it back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.revising.decisions import OpenDecision, open_decisions
from coder.domain.revising.edits_by_hand import lost_edits
from coder.domain.revising.revision_text import summary
from coder.domain.revising.revisions import Revision, noted_of
from coder.domain.revising.version_differences import Difference, compare
from coder.domain.tables.counts import NOTHING, Count
from coder.domain.team.rounds import is_apart
from coder.errors import CoderError, OutdatedError
from coder.store import codebook_versions, codings, counts, log, surveys
from coder.store.codebook_versions import VersionOrigin
from coder.store.database import rehearsal
from coder.store.readings.counted_scope import counted_scope
from coder.store.scope import Scope
from coder.workflows.revising.typed_operations import option_of
from coder.workflows.study.codebook_file import (
    in_use,
    note_file_behind,
    parsed_codebook,
    read_source,
    refuse_edits,
    refuse_link,
    write_codebook_file,
)
from coder.workflows.study.revision_effects import (
    RevisionEffect,
    effect_of,
    effect_of_taking_back,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coder.domain.codebook import Codebook
    from coder.domain.codings import Change
    from coder.store.codebook_versions import CodebookVersion
    from coder.workflows.study.study import Study


class Touched(NamedTuple):
    """What of the coding a revision concerns."""

    codings: int
    answers: int
    respondents: int
    coders: tuple[str, ...]
    """The names of those whose codings they are."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a question's table before a revision and after it."""

    question_id: str
    theme_id: str
    old_label: str
    """Empty if the theme comes with the revision."""
    new_label: str
    """Empty if it goes."""
    old_count: Count
    new_count: Count

    @property
    def counted(self) -> bool:
        """Tell whether the row stands in a table, before or after."""
        return self.old_count != NOTHING or self.new_count != NOTHING

    @property
    def changed(self) -> bool:
        """Tell whether the row's label or numbers change."""
        return (self.old_label, self.old_count) != (self.new_label, self.new_count)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a revision would do. Nothing of it is written."""

    version: int
    """The version of the codebook that it was made against."""
    revision: Revision
    new_source: str
    """The text that codebook.yaml would have."""
    old_source: str
    """The text it had when the plan was made."""
    undoes: int | None = None
    """The version whose revision is taken back."""
    label: str = ""
    """What the revision does, in a line."""
    differences: tuple[Difference, ...] = ()
    touched: Mapping[str, Touched] = field(default_factory=dict)
    """Theme id to what of its coding changes or needs a fresh look."""
    rows: tuple[RowChange, ...] = ()
    """The rows whose label or numbers change, nets included."""
    to_recode: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Theme id to the codings that need a person, by the name of their coder."""
    open_decisions: tuple[OpenDecision, ...] = ()
    decided_since: tuple[str, ...] = ()
    """Taking back: responses that were decided on since, and stay as they are."""

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to apply."""
        return self.revision.old == self.revision.new and not self.touched


def begin(study: Study) -> Revision:
    """Return the revision that people's edits of codebook.yaml make so far; operations can join it.

    Raises:
        CoderError: The file is missing or has faults.
    """
    return Revision(in_use(study).codebook, parsed_codebook(study, read_source(study))).as_became()


def plan(study: Study, revision: Revision) -> Plan:
    """Work out what a revision would do, by doing it and taking all of it back.

    Raises:
        CoderError: The revision makes no sound codebook, another one came in between, or it says otherwise
            what somebody has edited in codebook.yaml.
    """
    return _rehearsed(study, plan_unseen(study, revision))


def plan_unseen(study: Study, revision: Revision) -> Plan:
    """Return the plan of a revision without what it would do: for one that concerns no codings.

    Raises:
        CoderError: As `plan` does.
    """
    file = read_source(study)
    version = in_use(study)
    refuse_outdated(version, revision)
    if codebook_versions.source_hash(file) != version.hash:
        refuse_lost_edits(revision, parsed_codebook(study, file))
    source = _written(file, revision.new)
    return Plan(version.number, revision, source, file, label=summary(revision))


def plan_undo(study: Study, number: int | None = None) -> Plan:
    """Work out what taking back a revision would do: one by its number, or the latest that stands.

    Raises:
        CoderError: There is no such revision, it is taken back already, something later stands on it,
            or codebook.yaml has edits that are not in use.
    """
    undoes = codebook_versions.latest_standing(study.database) if number is None else number
    if undoes is None:
        refuse_edits(study)
        msg = "No revision of the codebook stands that could be taken back."
        raise CoderError(msg, "See: coder codebook history")
    return _rehearsed(study, plan_undo_unseen(study, undoes))


def plan_undo_unseen(study: Study, number: int) -> Plan:
    """Return the plan that takes back a revision, without what it would do; see `plan_undo`."""
    refuse_edits(study)
    file = read_source(study)
    effect = effect_of_taking_back(study.database, number)
    source = _written(file, effect.revision.new)
    plan = Plan(in_use(study).number, effect.revision, source, file, number)
    return replace(plan, label=_label(study, plan))


def apply(study: Study, plan: Plan, coder_id: str, reason: str = "") -> int:
    """Carry out a plan, all or nothing: the codebook, its file and the codings.

    Returns:
        The number of the codebook's new version.

    Raises:
        CoderError: Something must be decided first; the codebook was revised, its file edited or its
            themes coded with since, so that the plan is no longer true; codebook.yaml is a link that nobody
            has agreed to write through; or the study cannot be written.
    """
    _refuse_undecided(plan)
    refuse_unwritable(study, plan)
    with study.database.transaction():
        revised = carry_out(study, plan, coder_id, reason)
    if fault := go_on_with(study, revised):
        raise fault
    return revised.number


def refuse_unwritable(study: Study, plan: Plan) -> None:
    """Raise CoderError if codebook.yaml may not be written, or was edited since a plan was made."""
    refuse_link(study)
    if read_source(study) != plan.old_source:
        msg = "codebook.yaml was edited since the plan was made."
        raise OutdatedError(msg, "Make the plan anew: coder codebook plan")


class Revised(NamedTuple):
    """What a revision has made, before its file is written."""

    number: int
    """Of the codebook's new version."""
    codebook: Codebook


def carry_out(study: Study, plan: Plan, coder_id: str, reason: str = "") -> Revised:
    """Carry out a plan inside a transaction of the caller, who calls `go_on_with` once it is on disk."""
    origin = VersionOrigin(log.utc_now(), coder_id, plan.label, reason, undoes=plan.undoes)
    effect = _effect(study, plan)
    _refuse_overtaken(study, plan, effect)
    number = _carry_out(study, effect, plan.new_source, origin)
    note_file_behind(study, plan.old_source)
    return Revised(number, effect.revision.new)


def go_on_with(study: Study, revised: Revised) -> CoderError | None:
    """Go on with the codebook that a revision has made, and write its file; return why that cannot be."""
    study.codebook, study.version, study.edits_wait = revised.codebook, revised.number, False
    try:
        write_codebook_file(study)
    except CoderError as error:
        return error
    return None


def refuse_outdated(version: CodebookVersion, revision: Revision) -> None:
    """Raise CoderError if a revision was made against another codebook than the one in use."""
    if version.codebook != revision.old:
        msg = f"The codebook was revised meanwhile: version {version.number} ({version.label}) by "
        msg += f"{version.made_by} is in use."
        raise OutdatedError(msg, "Make the plan anew, against that: coder codebook plan")


def refuse_lost_edits(revision: Revision, edited: Codebook) -> None:
    """Raise CoderError if a revision says otherwise what somebody has edited in codebook.yaml.

    Args:
        revision: The revision.
        edited: What codebook.yaml says.
    """
    edits = lost_edits(revision, edited)
    if edits:
        lines = [
            f"codebook.yaml gives '{edited.label(edit.theme_id)}' another {edit.field_name} than is in use,"
            " which this would replace unseen."
            for edit in edits
        ]
        hint = (
            "Leave it to the file, where it is the newer one (coder codebook plan shows it);"
            " or put there what is in use, and try again."
        )
        raise CoderError("\n".join(lines), hint)


def _refuse_undecided(plan: Plan) -> None:
    if plan.open_decisions:
        decisions = [
            decision for open_decision in plan.open_decisions for decision in open_decision.decisions
        ]
        options = [f"{option_of(decision)} ({decision.effect})" for decision in decisions]
        msg = " ".join(open_decision.message for open_decision in plan.open_decisions)
        raise CoderError(msg, f"Decide: {'; '.join(options)}.")


def _refuse_overtaken(study: Study, plan: Plan, effect: RevisionEffect) -> None:
    """Raise OutdatedError if codings made since leave something to decide, or need another codebook."""
    uses = codebook_versions.themes_in_use(study.database)
    undecided = plan.undoes is None and open_decisions(plan.revision, uses)
    if undecided or effect.revision.new != plan.revision.new:
        msg = "Themes that the plan concerns were coded with since it was made."
        raise OutdatedError(msg, "Make the plan anew: coder codebook plan")


def _written(text: str, codebook: Codebook) -> str:
    """Return the text of codebook.yaml, edited to say what a revision makes of the codebook."""
    from coder.formats.codebooks.yaml.editing import edited_text

    return edited_text(text, "codebook.yaml", codebook)


def _effect(study: Study, plan: Plan) -> RevisionEffect:
    refuse_outdated(in_use(study), plan.revision)
    if plan.undoes is not None:
        return effect_of_taking_back(study.database, plan.undoes)
    return effect_of(study.database, plan.revision)


def _carry_out(study: Study, effect: RevisionEffect, source: str, origin: VersionOrigin) -> int:
    database, codebook = study.database, effect.revision.new
    carried = noted_of(effect.revision) if origin.undoes is None else {}
    number = codebook_versions.add_version(database, codebook, source, origin._replace(carried=carried))
    log.append_revision(database, number, origin.at, origin.label, effect.changes)
    if origin.undoes is not None:
        codebook_versions.set_undone(database, origin.undoes)
    return number


def _rehearsed(study: Study, plan: Plan) -> Plan:
    """Return a plan with what it would change: it is carried out, looked at, and taken back."""
    uses = codebook_versions.themes_in_use(study.database)
    label = _label(study, plan)
    old, new = plan.revision.old, plan.revision.new
    with rehearsal(study.database):
        effect = _effect(study, plan)
        old_counts = _counts(study, old)
        _carry_out(
            study, effect, plan.new_source, VersionOrigin(log.utc_now(), "", label, undoes=plan.undoes)
        )
        new_counts = _counts(study, new)
    changes = {coder_id: theirs for coder_id, theirs in effect.changes.items() if not is_apart(coder_id)}
    return replace(
        plan,
        label=label,
        differences=tuple(compare(old, new)),
        touched=_touched(study, changes),
        rows=tuple(_rows(old, new, old_counts, new_counts)),
        to_recode=_to_recode(study, changes),
        open_decisions=() if plan.undoes else tuple(open_decisions(plan.revision, uses)),
        decided_since=tuple(_names(study, effect.decided_since)),
    )


def _label(study: Study, plan: Plan) -> str:
    if plan.undoes is None:
        return summary(plan.revision)
    undone = codebook_versions.version(study.database, plan.undoes)
    if undone is None:
        return f"take back revision {plan.undoes}"
    label = f"take back revision {undone.undoes}" if undone.undoes else undone.label
    return f"take back revision {plan.undoes} ({label})"


def _names(study: Study, numbers: Iterable[int]) -> Iterator[str]:
    for number in sorted(set(numbers)):
        response = surveys.response(study.database, number)
        yield response.id if response else str(number)


_Counts = dict[tuple[str, str], Count]


def _counts(study: Study, codebook: Codebook) -> _Counts:
    """Count every theme and net under a codebook: (question id, theme id) to its count."""
    members = {theme.id: codebook.members(theme.id) for theme in codebook}
    theme_counts: _Counts = {}
    for question in surveys.questions(study.database):
        scope = counted_scope(study.database, Scope([question.id], agreed="settled"))
        counted = counts.net_counts(study.database, scope, members)
        theme_counts |= {(question.id, theme_id): count for theme_id, count in counted.items()}
    return theme_counts


def _rows(old: Codebook, new: Codebook, old_counts: _Counts, new_counts: _Counts) -> Iterator[RowChange]:
    order = [theme.id for theme in new] + [theme.id for theme in old if theme.id not in new]
    questions = dict.fromkeys(question_id for question_id, _ in (*old_counts, *new_counts))
    for question_id in questions:
        for theme_id in order:
            row = RowChange(
                question_id,
                theme_id,
                old.label(theme_id) if theme_id in old else "",
                new.label(theme_id) if theme_id in new else "",
                old_counts.get((question_id, theme_id), NOTHING),
                new_counts.get((question_id, theme_id), NOTHING),
            )
            if row.counted and row.changed:
                yield row


def _touched(study: Study, changes: Mapping[str, list[Change]]) -> dict[str, Touched]:
    codings_of: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for coder_id, coder_changes in changes.items():
        for change in coder_changes:
            if change.aspect == "theme" or _begins_or_ends(change):
                codings_of[change.theme_id].add((change.response, coder_id))
    touched = {}
    for theme_id, pairs in codings_of.items():
        answers = {response for response, _ in pairs}
        people = tuple(sorted({study.name_of(coder_id) for _, coder_id in pairs}))
        respondents = codings.respondents_of(study.database, answers)
        touched[theme_id] = Touched(len(pairs), len(answers), respondents, people)
    return touched


def _to_recode(study: Study, changes: Mapping[str, list[Change]]) -> dict[str, dict[str, int]]:
    counts_by_theme: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for coder_id, coder_changes in changes.items():
        name = study.name_of(coder_id)
        for change in coder_changes:
            if _begins_or_ends(change) and change.new is not None:
                counts_by_theme[change.theme_id][name] += 1
    return {theme_id: dict(by_coder) for theme_id, by_coder in counts_by_theme.items()}


def _begins_or_ends(change: Change) -> bool:
    """Tell whether a coding comes before a person or no longer does; one that waits may get other choices."""
    return change.aspect == "recode" and (change.old is None or change.new is None)
