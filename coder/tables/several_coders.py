"""What is said of tables that count the codings of several coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.tables.undecided import RuleMisfit, Undecided
    from coder.domain.team.counting_rule import Agreed

AGREED = {
    "settled": (
        "a theme counts on an answer if it was settled so or, where nothing was, if all who have finished "
        "the answer chose it"
    ),
    "any": "each of the {word} counts if any of them coded the theme",
    "all": "a theme counts on an answer if every one of them chose it there",
    "consensus": (
        "a theme counts on an answer if an adjudication chose it or, where there was none, more than half "
        "of those who read the answer"
    ),
}


def undecided_notes(undecided: Undecided) -> Iterator[str]:
    """Yield what the rule `settled` leaves out."""
    answers, themes, half_coded, settled_differently, in_trainings = undecided
    if settled_differently:
        verb = agreeing(settled_differently, "was", "were")
        yield (
            f"{counted(settled_differently, 'answer')} {verb} settled differently in several copies of the "
            f"study, and {agreeing(settled_differently, 'is', 'are')} open again: coder disagreements."
        )
    if answers:
        yield (
            f"{counted(answers, 'answer')} with {counted(themes, 'theme')} not settled: those who finished "
            f"{agreeing(answers, 'it', 'them')} differ, and what they differ on does not count."
        )
    if half_coded:
        verb = agreeing(half_coded, "has", "have")
        yield (
            f"{counted(half_coded, 'answer')} {verb} themes of coders who have not finished "
            f"{agreeing(half_coded, 'it', 'them')}: these count for nothing."
        )
    if in_trainings:
        yield (
            f"{counted(in_trainings, 'answer')} {agreeing(in_trainings, 'was', 'were')} coded in trainings: "
            "what is coded there is set apart, and counts nowhere."
        )


def misfit_notes(misfit: RuleMisfit, agreed: Agreed) -> Iterator[str]:
    """Yield where another rule does not fit what was read."""
    if agreed == "all" and misfit.by_some:
        were, them = agreeing(misfit.by_some, "was", "were"), agreeing(misfit.by_some, "it", "them")
        yield (
            f"Warning: {counted(misfit.by_some, 'answer')} with themes {were} finished by some of these "
            f"coders alone, so nothing on {them} counts."
        )
    if agreed != "consensus" and misfit.overruled:
        yield (
            f"Warning: on {counted(misfit.overruled, 'answer')} the team, or an adjudication, settled "
            "otherwise than is counted here."
        )
    if agreed == "any" and misfit.disputed:
        them = agreeing(misfit.disputed, "it", "them")
        yield (
            f"Warning: on {counted(misfit.disputed, 'answer')} themes count that others who finished {them} "
            "left out."
        )
    if agreed == "consensus" and misfit.by_two:
        were = agreeing(misfit.by_two, "was", "were")
        yield (
            f"Warning: {counted(misfit.by_two, 'answer')} {were} finished by two coders who differ: more "
            "than half of two is both, so what they differ on does not count."
        )
