"""Laws of revising a codebook, for random coding by two people and random revisions in between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from making import small_study

from coder.domain.codebook import Codebook, Theme
from coder.domain.codings import NO_WORDS, PickedWords, Span
from coder.domain.tables.counts import Count
from coder.errors import CoderError
from coder.formats.codebooks.reading import read_codebook
from coder.formats.codebooks.yaml.editing import edited_text
from coder.store import checks, codebook_versions, counts
from coder.store.scope import Scope
from coder.workflows.coding.same_words import ALL, ALONE
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.revising.adding_themes import new_theme
from coder.workflows.study.opening import open_study
from coder.workflows.study.taking_up import take_up

if TYPE_CHECKING:
    from coder.domain.revising.revisions import Revision
    from coder.workflows.coding.same_words import Numbers
    from coder.workflows.study.study import Study

CODEBOOK = Codebook(
    (
        Theme("net", "Net", codable=False),
        Theme("a", "A", "What A is", parent="net"),
        Theme("b", "B", "What B is", parent="net"),
        Theme("c", "C", "What C is"),
        Theme("d", "D", "What D is"),
        Theme("other", "Other net", codable=False),
        Theme("e", "E", parent="other"),
    ),
    title="Laws",
)
THEMES = ("a", "b", "c", "d", "e")
PEOPLE = ("jo", "sam")
RESPONSES = (1, 2, 3, 5, 6)
TEXTS = (("one", "two"), ("One!", ""), ("four", "one"))
"""The responses 1, 3 and 6 say the same; 5 says something else, and so does 2."""
TABLES = ("coding", "mark", "step", "change", "codebook_version", "setting")

people = st.sampled_from(PEOPLE)
themes = st.sampled_from(THEMES)
responses = st.sampled_from((1, 2, 3, 5, 6))
lists: st.SearchStrategy[Numbers] = st.sampled_from([ALONE, ALL])
"""Whether a decision goes to equal answers as well."""


def everything(study: Study) -> dict[str, Any]:
    """Return all that a revision could write."""
    kept: dict[str, Any] = {
        table: study.database.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3")  # noqa: S608
        for table in TABLES
        if table != "setting"
    }
    return kept | {"file": study.codebook_path.read_text(encoding="utf-8"), "codebook": study.codebook}


def standing(study: Study) -> tuple[Any, ...]:
    """Return what stands: codings with their words and origins, marks, the codebook and its file."""
    return (
        study.database.rows("SELECT * FROM coding ORDER BY 1, 2, 3"),
        study.database.rows("SELECT * FROM mark ORDER BY 1, 2, 3, 4"),
        study.codebook,
        study.codebook_path.read_text(encoding="utf-8"),
    )


def coded(study: Study, *theme_ids: str) -> set[tuple[int, str]]:
    """Return who coded which response with one of these themes."""
    marks = ", ".join("?" * len(theme_ids))
    found = study.database.rows(
        f"SELECT response, coder FROM coding WHERE theme IN ({marks})",  # noqa: S608
        theme_ids,
    )
    return set(found)


def numbers(study: Study) -> dict[str, Count]:
    """Count every theme and net as tables do."""
    members = {theme.id: study.codebook.members(theme.id) for theme in study.codebook}
    return counts.net_counts(study.database, Scope(["Q1"]), members)


class Revising(RuleBasedStateMachine):
    """Two people code; somebody revises the codebook, and takes revisions back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.study = small_study(Path(self.folder.name) / "study", codebook=CODEBOOK, texts=TEXTS)
        self.before: list[tuple[Any, ...]] = []
        """What stood before each revision that is the last thing done."""

    def teardown(self) -> None:
        """Close the study."""
        self.study.close()
        self.folder.cleanup()

    def revise(self, revision: Revision) -> bool:
        """Plan and apply a revision; a plan changes nothing. Tell whether it could be."""
        whole, stood = everything(self.study), standing(self.study)
        try:
            plan = revising.plan(self.study, revision)
        except CoderError:
            assert everything(self.study) == whole
            return False
        assert everything(self.study) == whole
        revising.apply(self.study, plan, "lead")
        self.before.append(stood)
        return True

    @initialize(chosen=st.sets(st.tuples(people, responses, themes), min_size=8, max_size=25))
    def begin(self, chosen: set[tuple[str, int, str]]) -> None:
        """Both have coded already, with words marked and memos written."""
        for place, (who, response, theme) in enumerate(sorted(chosen)):
            session = CodingSession(self.study, who)
            session.toggle(
                response, theme, words=PickedWords((Span(0, 2),), "engine") if place % 2 else NO_WORDS
            )
            if place % 3 == 0:
                session.write_memo(response, f"memo {place}", theme)

    @rule(who=people, response=responses, theme=themes, listed=lists)
    def code(self, who: str, response: int, theme: str, listed: Numbers) -> None:
        """Choose a theme or take it off."""
        if theme in self.study.codebook and self.study.codebook.by_id[theme].status == "active":
            CodingSession(self.study, who).toggle(response, theme, listed=listed)
            self.before.clear()

    @rule(who=people, response=responses, listed=lists)
    def confirm(self, who: str, response: int, listed: Numbers) -> None:
        """Confirm an answer, unless a theme of it was split."""
        session = CodingSession(self.study, who)
        undecided = any(old not in choices for old, choices in session.standing(response).recode.items())
        try:
            session.confirm(response, listed=listed)
        except CoderError:
            assert undecided
        else:
            assert not undecided
            self.before.clear()

    @rule(who=people, response=responses, listed=lists)
    def recode(self, who: str, response: int, listed: Numbers) -> None:
        """Choose the first of the themes that a waiting coding is to be told apart by."""
        session = CodingSession(self.study, who)
        for old, choices in session.standing(response).recode.items():
            if old not in choices and choices[0] not in session.standing(response).spans:
                session.toggle(response, choices[0], listed=listed)
                assert old not in session.standing(response).spans
                self.before.clear()

    @rule(who=people, redo=st.booleans())
    def take_back_a_step(self, who: str, *, redo: bool) -> None:
        """Undo or redo what a person did; a step that a revision has changed is refused."""
        session, stood = CodingSession(self.study, who), standing(self.study)
        try:
            session.redo() if redo else session.undo()
        except CoderError:
            assert standing(self.study) == stood
        else:
            self.before.clear()

    @rule(source=themes, other=themes, into=themes)
    def merge(self, source: str, other: str, into: str) -> None:
        """Merge: the target's answers are the union for each coder, and so are its respondents."""
        union = coded(self.study, source, other, into)
        try:
            revision = revising.begin(self.study).merge([source, other], into)
        except CoderError:
            return
        if self.revise(revision):
            assert coded(self.study, into) == union
            assert coded(self.study, source, other) == set()

    @rule(source=themes, narrower=st.booleans())
    def split(self, source: str, *, narrower: bool) -> None:
        """Split: every coding waits, none is lost."""
        had = coded(self.study, source)
        try:
            revision = revising.begin(self.study)
            parts = [new_theme(revision, f"Part of {source}", like=source)]
            revision = revision.add(parts[0])
            if not narrower:
                parts.append(new_theme(revision, f"Rest of {source}", like=source))
                revision = revision.add(parts[1])
            names = [*([source] if narrower else []), *(part.id for part in parts)]
            revision = revision.split(source, names)
        except CoderError:
            return
        if self.revise(revision):
            waiting = self.study.database.rows(
                "SELECT response, coder FROM mark WHERE aspect = 'recode' AND theme = ?", (source,)
            )
            assert had == coded(self.study, source) == set(waiting)

    @rule(theme=themes)
    def rename(self, theme: str) -> None:
        """Rename: no number changes."""
        counted = numbers(self.study)
        revision = revising.begin(self.study)
        if theme in revision.new and self.revise(
            revision.change(theme, label=f"{revision.new.label(theme)}x")
        ):
            assert numbers(self.study) == counted

    @rule(theme=themes, back=st.booleans())
    def retire(self, theme: str, *, back: bool) -> None:
        """Retire or bring back: no number changes."""
        counted, revision = numbers(self.study), revising.begin(self.study)
        try:
            revision = revision.bring_back(theme) if back else revision.retire(theme)
        except CoderError:
            return
        if self.revise(revision):
            assert numbers(self.study) == counted

    @rule(last=st.booleans(), retire=st.booleans())
    def edit(self, *, last: bool, retire: bool) -> None:
        """Somebody edits the file: a theme without codings goes, or is retired; it is taken up at once."""
        used, codebook = codebook_versions.themes_in_use(self.study.database), self.study.codebook
        spare = [theme for theme in codebook if theme.id not in used and not codebook.is_net(theme.id)]
        if not spare:
            return
        theme, revision = spare[-1 if last else 0], revising.begin(self.study)
        try:
            revision = revision.retire(theme.id) if retire else revision
        except CoderError:
            return
        after = revision.new if retire else replace(codebook, themes=tuple(_without(codebook, theme)))
        counted, path = numbers(self.study), self.study.codebook_path
        path.write_text(edited_text(path.read_text("utf-8"), "file", after), "utf-8")
        take_up(self.study, "lead")
        assert self.study.codebook == after
        assert {each: count for each, count in counted.items() if count.mentions} == numbers(self.study)
        self.before.clear()

    @rule(theme=themes, net=st.sampled_from(("net", "other", None)))
    def move(self, theme: str, net: str | None) -> None:
        """Move: a net counts the union of its themes."""
        try:
            revision = revising.begin(self.study).move(theme, net)
        except CoderError:
            return
        if self.revise(revision):
            for each in ("net", "other"):
                union = {response for response, _ in coded(self.study, *self.study.codebook.members(each))}
                found = numbers(self.study).get(each, Count(0, 0)).respondents
                assert found == len({(response + 1) // 2 for response in union})

    @rule(theme=themes)
    def look_again(self, theme: str) -> None:
        """Redefine: each coding waits."""
        try:
            revision = revising.begin(self.study).recheck(theme)
            definition = f"{revision.new.by_id[theme].definition} now"
            self.revise(revision.change(theme, definition=definition))
        except CoderError:
            return

    @precondition(lambda self: self.before)
    @rule()
    def regret(self) -> None:
        """Take back the last revision, with nothing in between: all is as it was."""
        revising.apply(self.study, revising.plan_undo(self.study), "lead")
        assert standing(self.study) == self.before.pop()
        self.before.clear()

    @rule(number=st.integers(2, 12))
    def take_back(self, number: int) -> None:
        """Take back any revision: it works, or says why and changes nothing."""
        whole = everything(self.study)
        try:
            plan = revising.plan_undo(self.study, number)
            assert everything(self.study) == whole
            revising.apply(self.study, plan, "lead")
        except CoderError:
            assert everything(self.study) == whole
        else:
            self.before.clear()

    @invariant()
    def all_agree(self) -> None:
        """The log folds up to what stands; the study, its file and its database have one codebook."""
        assert checks.faults(self.study.database) == []
        latest = codebook_versions.latest_version(self.study.database)
        assert latest is not None
        assert latest.codebook == self.study.codebook == read_codebook(self.study.codebook_path)

    @invariant()
    def what_waits_can_be_decided(self) -> None:
        """A coding that waits stands, and is told apart by themes that can be chosen, or kept."""
        waits = "SELECT response, coder, theme, value FROM mark WHERE aspect = 'recode'"
        active = {theme.id for theme in self.study.codebook if theme.status == "active"}
        for response, coder_id, theme, choices in self.study.database.rows(waits):
            assert (response, coder_id) in coded(self.study, theme)
            assert set(choices.split()) <= active | {theme}


def _without(codebook: Codebook, theme: Theme) -> list[Theme]:
    return [each for each in codebook if each.id != theme.id]


# Few responses and themes, so that revisions and codings meet each other often.
Revising.TestCase.settings = settings(max_examples=60, stateful_step_count=25)
TestRevisingLaws = Revising.TestCase
# Half a minute where nothing else runs; hypothesis chooses how much there is to do.
TestRevisingLaws.pytestmark = [pytest.mark.timeout(600)]  # type: ignore[attr-defined]


def renamed(revision: Revision) -> Revision:
    """Rename one theme and redefine it."""
    return revision.change("a", label="Anew", keywords=("anew",))


def moved(revision: Revision) -> Revision:
    """Move another."""
    return revision.move("d", "other")


def merged(revision: Revision) -> Revision:
    """Merge two others."""
    return revision.merge(["c"], "e")


def narrowed(revision: Revision) -> Revision:
    """Ask again about one more."""
    return revision.change("b", definition="Less").recheck("b")


OPERATIONS = (renamed, moved, merged, narrowed)


@given(
    chosen=st.sets(st.tuples(responses, themes, people), max_size=15),
    pair=st.permutations(OPERATIONS).map(lambda order: order[:2]),
)
@settings(max_examples=30, deadline=None)
def test_revisions_of_different_themes_commute(chosen: set[tuple[int, str, str]], pair: list[Any]) -> None:
    """Whichever of two comes first, the same codings, marks and codebook come of it."""
    results = []
    for order in (pair, pair[::-1]):
        with TemporaryDirectory() as folder:
            study = small_study(Path(folder) / "study", codebook=CODEBOOK, texts=TEXTS)
            for response, theme, who in sorted(chosen):
                CodingSession(study, who).toggle(response, theme)
            for operation in order:
                plan = revising.plan(study, operation(revising.begin(study)))
                revising.apply(study, plan, "lead")
            results.append(standing(study))
            study.close()
    assert results[0] == results[1]


def test_a_revision_can_be_taken_back_after_later_ones(tmp_path: Path) -> None:
    """A week later: the merge goes back, the revisions since stay, and so does what was coded since."""
    study = small_study(tmp_path / "study", codebook=CODEBOOK, texts=TEXTS)
    jo = CodingSession(study, "jo")
    jo.toggle(1, "c")
    jo.toggle(2, "e")
    number = revising.apply(study, revising.plan(study, merged(revising.begin(study))), "lead", "alike")
    revising.apply(study, revising.plan(study, renamed(revising.begin(study))), "lead")
    jo.toggle(3, "e")
    study.close()
    study = open_study(tmp_path / "study", "lead")
    revising.apply(study, revising.plan_undo(study, number), "lead")
    assert coded(study, "c") == {(1, "jo")}
    assert coded(study, "e") == {(2, "jo"), (3, "jo")}
    assert study.codebook.label("a") == "Anew"
    assert study.codebook.by_id["c"] == replace(CODEBOOK.by_id["c"])
    study.close()
