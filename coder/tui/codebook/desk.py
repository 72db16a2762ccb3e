"""The codebook as one person has it before them, to look at and to revise. Knows no screen and no widget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.filters import Filter
from coder.store import surveys
from coder.store.readings.counted_scope import counted_scope
from coder.store.scope import Scope
from coder.tui.codebook.tree import is_coded, tree_of
from coder.tui.kit.watch import Watch
from coder.workflows.revising.near_duplicates import near_duplicates
from coder.workflows.study.taking_up import take_up

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook, Theme
    from coder.tui.codebook.tree import CodebookRow
    from coder.workflows.revising.near_duplicates import Near
    from coder.workflows.study.study import Study


class CodebookDesk:
    """One person at the codebook of a study: the themes of one question at a time, or of all.

    Its own methods alone change it; everybody else reads.

    Args:
        study: The study.
        coder_id: Who revises.
        question_id: The question to begin with: the one that was being coded.
    """

    def __init__(self, study: Study, coder_id: str, question_id: str) -> None:
        self.study = study
        self.coder_id = coder_id
        self.question_id: str | None = question_id
        """The question whose themes are in the tree; None for all of them."""
        self.tree: list[CodebookRow] = []
        self.marked: set[str] = set()
        """The ids of themes that are to be merged or moved together."""
        self.near: list[Near] = []
        """Themes of the tree that are close to each other, as far as they have been looked for."""
        self.applied: set[int] = set()
        """Versions of the codebook that were made at this desk."""
        self._coded_question = question_id
        self._question_ids = [question.id for question in surveys.questions(study.database)]
        self._watch = Watch(study)
        self._counted: tuple[Codebook, bool, str] | None = None

    def count(self) -> None:
        """Count the themes of the tree anew."""
        self.tree = tree_of(self.study, self.question_id)
        self.marked &= {row.theme.id for row in self.tree}
        self.near = []
        self._counted = self._stand()

    def find_near(self) -> None:
        """Look for themes that are close to each other, which takes a while in a large study."""
        self.near = near_duplicates(self.study, self.question_id)

    def index_of(self, theme_id: str) -> int | None:
        """Return which row of the tree a theme is, if it is there."""
        theme_ids = [row.theme.id for row in self.tree]
        return theme_ids.index(theme_id) if theme_id in theme_ids else None

    def change_question(self, step: int) -> None:
        """Go to the question after or before this one, round and round; after the last come all together."""
        questions = [*self._question_ids, None]
        self.question_id = questions[(questions.index(self.question_id) + step) % len(questions)]

    def go_to_question_of(self, theme: Theme) -> None:
        """Go to the first question that a theme is for."""
        questions = [question_id for question_id in self._question_ids if theme.serves(question_id)]
        self.question_id = questions[0] if questions else None

    def switch_mark(self, theme_id: str) -> None:
        """Mark a theme, or take its mark away."""
        self.marked ^= {theme_id}

    def take_marks_away(self) -> None:
        """Take every mark away."""
        self.marked.clear()

    def marked_themes(self) -> list[Theme]:
        """Return the themes that are marked, in the order of the tree."""
        return [row.theme for row in self.tree if row.theme.id in self.marked]

    def answers_of(self, row: CodebookRow, *, to_recode: bool) -> Filter:
        """Return the filter that lists a theme's answers, a net's with those of all themes under it.

        Args:
            row: The theme.
            to_recode: Only those where its codings need a fresh look; of a net its own alone.
        """
        if to_recode:
            return replace(self._filter((row.theme.id,)), show="recode")
        answers = self._filter(tuple(self.study.codebook.members(row.theme.id)))
        if answers.question_id is None:
            return answers
        scope = counted_scope(self.study.database, Scope([answers.question_id], agreed="settled"))
        return replace(answers, agreed=scope.agreed)

    def _filter(self, theme_ids: tuple[str, ...]) -> Filter:
        """List the question of the tree; of all, the one that was being coded, if it has such answers."""
        if self.question_id is not None:
            return Filter(self.question_id, theme_ids=theme_ids)
        in_turn = [self._coded_question, *self._question_ids]
        coded = (question_id for question_id in in_turn if is_coded(self.study, question_id, theme_ids))
        return Filter(next(coded, None), theme_ids=theme_ids)

    def note_applied(self, version: int) -> None:
        """Note that a version of the codebook was made at this desk."""
        self.applied.add(version)

    def revised(self) -> None:
        """Go on with the codebook as a revision has left it."""
        self.take_marks_away()
        self._watch.codebook_is_known()

    def codebook_edited(self) -> bool:
        """Tell whether codebook.yaml is another file than when this was last asked."""
        return self._watch.codebook_edited()

    def take_up_unless_busy(self) -> None:
        """Take up what was edited in codebook.yaml; if another program is writing, it is noticed again."""
        self._watch.unless_busy(self.take_up_edits)

    def take_up_edits(self) -> bool:
        """Take up what was edited in codebook.yaml; tell whether the codebook is another one now."""
        codebook_before = self.study.codebook
        take_up(self.study, self.coder_id)
        return self.study.codebook != codebook_before

    def is_behind(self) -> bool:
        """Tell whether the codebook, or anything that is counted, has changed since it was counted."""
        return self._watch.study_changed() or self._counted != self._stand()

    def _stand(self) -> tuple[Codebook, bool, str]:
        return self.study.codebook, self.study.edits_wait, str(self.study.file_fault)
