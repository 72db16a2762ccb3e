"""A survey file before it is imported: what was understood of it, and what is to become of it. No widgets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, listed_few
from coder.domain.path_names import fit_name
from coder.domain.study_settings import Settings
from coder.domain.surveys.doubt_ways import choices_with
from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.formats.codebooks.reading import import_codebook
from coder.workflows.exchange.survey_import import (
    choose_role,
    choose_row_meaning,
    create_from_file,
    join_boxes,
    part_box,
    plan_anew,
    plan_import,
    preview_import,
    settle_boxes,
)
from coder.workflows.privacy.name_columns import note_names_left_out
from coder.workflows.study.opening import share_with_group

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.progress import Progress
    from coder.domain.surveys.doubt_ways import Way
    from coder.domain.surveys.import_choices import RowMeaning
    from coder.domain.surveys.survey_doubts import Doubt
    from coder.domain.surveys.survey_layout import ImportReport, Role
    from coder.errors import CoderError
    from coder.workflows.exchange.survey_import import ImportPlan
    from coder.workflows.study.study import Study

_SHOWN = 3
_CYCLES: dict[str, tuple[Role, ...]] = {
    "wide": ("open", "attribute", "ignore"),
    "parts": ("open", "attribute", "ignore"),
    "long": ("attribute", "ignore", "question", "item"),
}
"""The roles that a column can be given in turn. The id and the text are left out: they would be taken from
another column."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A survey file to import, with what is already decided about it."""

    path: Path
    folder: Path | None = None
    """Where the study is to be made; None: beside the terminal's folder, named after the file."""
    codebook: Path | None = None
    codebook_encoding: str | None = None
    """Of a table of themes in CSV or TSV; None: it is found out."""
    choices: ImportChoices = NO_CHOICES
    """What is already said about the file."""
    title: str = ""
    """The study's title; empty: the folder's name."""
    shared: bool = False
    """Whether the folder's group may read and write the study too, instead of its owner alone."""


@dataclass(frozen=True, slots=True)
class CodebookChoice:
    """The codebook that a study is to begin with."""

    path: Path | None
    """None: an empty one."""


class SurveyReview:
    """A survey file while a person reviews it; what takes long is returned, to be done in a thread.

    Its own methods alone change it; everybody else reads.
    """

    def __init__(self, request: ImportRequest) -> None:
        self.request = request
        self.folder = request.folder or free_folder(Path.cwd(), request.path)
        self.codebook = request.codebook
        """The codebook that the study begins with; None: an empty one."""
        self.plan: ImportPlan | None = None
        """How the file was understood; None until it is read."""
        self.report: ImportReport | None = None
        """What an import would keep; None until it is counted."""
        self.fault: CoderError | None = None
        """What is wrong with the file or with what was chosen last."""
        self.said = ""
        """What the last key has done, where the columns do not show it."""
        self._agreed: set[str] = set()

    def reading(self, progress: Progress) -> Callable[[], ImportPlan]:
        """Return what reads the file."""
        return partial(plan_import, self.request.path, self.request.choices, progress)

    def settling(self, way: Way, progress: Progress) -> Callable[[], ImportPlan]:
        """Return what settles a doubt: boxes are joined or parted, or the file is read anew.

        What was chosen before stays.

        Raises:
            CoderError: What was filled in cannot be.
        """
        if self.plan is None:
            return partial(plan_import, self.request.path, choices_with(self.request.choices, way), progress)
        if any(name in ("boxes", "apart") for name, _ in way.options):
            return partial(settle_boxes, self.plan, choices_with(NO_CHOICES, way))
        return partial(plan_anew, self.plan, choices_with(self.plan.choices, way), progress)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What is in doubt about the file, but for what a person has agreed to."""
        doubts = self.plan.layout.doubts if self.plan else ()
        return tuple(doubt for doubt in doubts if doubt.message not in self._agreed)

    def agree(self, doubt: Doubt) -> None:
        """Take it as it was understood: the doubt is settled."""
        self._agreed.add(doubt.message)

    def counting(self, plan: ImportPlan, progress: Progress) -> Callable[[], ImportReport]:
        """Return what counts what an import would keep."""
        return partial(preview_import, plan, progress=progress)

    def making(self, plan: ImportPlan, coder_id: str, progress: Progress) -> Callable[[], Study]:
        """Return what makes the study."""
        is_given = self.codebook == self.request.codebook
        create = partial(
            create_from_file,
            self.folder,
            plan,
            codebook=self.codebook,
            codebook_encoding=self.request.codebook_encoding if is_given else None,
            settings=Settings(self.request.title or self.folder.resolve().name),
            coder_id=coder_id,
            progress=progress,
        )

        def make() -> Study:
            study, report = create()
            study.import_remarks = tuple(report.remarks)
            if self.request.shared:
                share_with_group(self.folder)
            note_names_left_out(study, plan.raw, plan.layout)
            return study

        return make

    def take_plan(self, plan: ImportPlan, said: str = "") -> None:
        """Take the file as it is understood now; what an import would keep has to be counted anew.

        Args:
            plan: How it is understood.
            said: What a key has done, where the columns do not show it.
        """
        self.plan = plan
        self.report = self.fault = None
        self.said = said

    def take_report(self, report: ImportReport | None) -> None:
        """Take what an import would keep, now that it is counted."""
        self.report = report

    def fail(self, fault: CoderError) -> None:
        """Note what is wrong with the file, or with what was chosen last."""
        self.fault = fault

    def forget_fault(self) -> None:
        """Forget what was wrong: it is tried once more."""
        self.fault = None

    def give_role(self, index: int, role: Role) -> None:
        """Give a column another role; where each row is an answer, the open column is that of the text."""
        if self.plan is not None:
            is_text = role == "open" and self.plan.layout.shape == "long"
            self.take_plan(choose_role(self.plan, index, "text" if is_text else role))

    def say_row_meaning(self, meaning: RowMeaning) -> None:
        """Say what a row of the file holds."""
        if self.plan is not None:
            self.take_plan(choose_row_meaning(self.plan, meaning))

    def give_next_role(self, index: int) -> None:
        """Give a column the next role that it can have."""
        if self.plan is not None:
            roles, role = _CYCLES[self.plan.layout.shape], self.plan.layout.columns[index].role
            self.give_role(index, roles[(roles.index(role) + 1) % len(roles)] if role in roles else roles[0])

    def join(self, index: int, question_id: str) -> None:
        """Make a column one more box of an open question."""
        if self.plan is not None:
            self.take_plan(join_boxes(self.plan, index, question_id))

    def part(self, index: int) -> None:
        """Make an open column a question of its own; say what becomes of the other boxes."""
        if self.plan is not None:
            column = self.plan.layout.columns[index]
            boxes = [box for box in self.plan.layout.of_role("open") if box.question_id == column.question_id]
            others = [box.name for box in boxes if box.position != index]
            verb = agreeing(len(others), "stays", "stay")
            said = f"{column.name} is a question of its own; {listed_few(others, _SHOWN)} {verb} as before."
            self.take_plan(part_box(self.plan, index), said if others else "")

    def use_folder(self, folder: Path) -> None:
        """Make the study in a folder."""
        self.folder = folder
        self.forget_fault_of_choice()

    def reading_codebook(self, path: Path, progress: Progress) -> Callable[[], CodebookChoice]:
        """Return what reads a codebook that is chosen, as one that has faults is not taken."""

        def read() -> CodebookChoice:
            import_codebook(path, progress)
            return CodebookChoice(path)

        return read

    def use_codebook(self, choice: CodebookChoice) -> None:
        """Begin with a codebook, or with an empty one."""
        self.forget_fault_of_choice()
        self.codebook = choice.path

    def forget_fault_of_choice(self) -> None:
        """Forget a fault of the folder or the codebook; without a report it is one of the file, and stays."""
        if self.report is not None:
            self.forget_fault()


def free_folder(parent: Path, survey: Path) -> Path:
    """Return a folder for a study of this survey that does not exist yet."""
    stem = fit_name(re.sub(r"[^\w-]+", "-", survey.stem), "survey")
    names = [f"{stem}-study", *(f"{stem}-study-{number}" for number in range(2, 100))]
    return next((parent / name for name in names if not (parent / name).exists()), parent / names[0])
