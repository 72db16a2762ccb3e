"""What the rule `settled` counts, worked out one answer after the other with plain sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st
from several_coders import CODERS, CODINGS, THEMES, code

from coder.domain.codings import Change
from coder.domain.team.settled_layer import SETTLED
from coder.store import log

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from coder.workflows.study.study import Study

RESPONSES = range(1, 11)


class TeamWork(NamedTuple):
    """What several people chose and finished, and what was decided on."""

    chosen: Set[tuple[int, str, str]]
    """Response, theme, coder."""
    done: Set[tuple[int, str]]
    judged: Set[tuple[int, str]]
    """Response and theme, by adjudication."""
    layer: Mapping[int, frozenset[str]]
    """What the team settled: response to themes."""

    def of(self, coder_ids: tuple[str, ...]) -> TeamWork:
        """Return what there is of some people; all of it for none."""
        if not coder_ids:
            return self
        return TeamWork(
            {row for row in self.chosen if row[2] in coder_ids},
            {row for row in self.done if row[1] in coder_ids},
            self.judged if "judge" in coder_ids else set(),
            self.layer if len(coder_ids) > 1 else {},
        )

    @property
    def people(self) -> set[str]:
        """Who has coded or finished anything."""
        return (
            {who for *_, who in self.chosen}
            | {who for _, who in self.done}
            | ({"judge"} if self.judged else set())
        )

    @property
    def is_of_several(self) -> bool:
        """Whether the rule is needed."""
        return len(self.people) > 1 or bool(self.layer)

    def decides(self, response: int) -> tuple[frozenset[str], Set[str]]:
        """Return which themes count on an answer, and whose codings make them."""
        if response in self.layer:
            return self.layer[response], {SETTLED}
        judged = frozenset(theme for number, theme in self.judged if number == response)
        if judged:
            return judged, {"judge"}
        readers = {who for number, who in self.done if number == response}
        sets = self.choices(response, readers)
        return frozenset.intersection(*sets) if sets else frozenset(), readers

    def choices(self, response: int, readers: Set[str]) -> list[frozenset[str]]:
        """Return what each of some people chose on an answer."""
        return [
            frozenset(theme for number, theme, who in self.chosen if (number, who) == (response, reader))
            for reader in readers
        ]

    def counted(self) -> set[tuple[int, str]]:
        """Return the answers and themes that count."""
        if not self.is_of_several:
            return {(response, theme) for response, theme, _ in self.chosen} | set(self.judged)
        return {(response, theme) for response in RESPONSES for theme in self.decides(response)[0]}

    def read(self) -> set[int]:
        """Return the answers that have been read."""
        decided = self.layer.keys() | ({r for r, _ in self.judged} if self.is_of_several else set())
        return {response for response, _ in self.done} | decided

    def undecided(self) -> tuple[int, int, int]:
        """Count answers not settled, the themes in dispute on them, and half-coded answers."""
        answers = themes = half = 0
        for response in RESPONSES:
            if response in self.layer or any(number == response for number, _ in self.judged):
                continue
            readers = {who for number, who in self.done if number == response}
            sets = self.choices(response, readers)
            disputed = frozenset().union(*sets) - frozenset.intersection(*sets) if sets else frozenset()
            answers += bool(disputed)
            themes += len(disputed)
            half += any(number == response and who not in readers for number, _, who in self.chosen)
        return answers, themes, half


TEAM_WORK = st.builds(
    TeamWork,
    CODINGS,
    st.sets(st.tuples(st.integers(1, 10), st.sampled_from(CODERS)), max_size=20),
    st.sets(st.tuples(st.integers(1, 4), st.sampled_from(THEMES)), max_size=3),
    st.dictionaries(st.integers(2, 6), st.frozensets(st.sampled_from(THEMES), max_size=3), max_size=4),
)


def work(study: Study, team: TeamWork) -> None:
    """Take back what there is; then have people code and finish, an adjudicator judge, the team settle."""
    code(study, set(team.chosen), team.done, team.judged)
    standing = study.database.rows(
        """SELECT response, 'theme', theme, spans FROM coding WHERE coder = :layer
        UNION ALL SELECT response, aspect, theme, value FROM mark WHERE coder = :layer""",
        {"layer": SETTLED},
    )
    changes = [Change(number, aspect, old, None, theme) for number, aspect, theme, old in standing]
    for response, themes in team.layer.items():
        changes.append(Change(response, "done", None, "1"))
        changes += [Change(response, "theme", None, "", theme, "adjudication") for theme in sorted(themes)]
    if changes:
        with study.database.transaction():
            entry = log.Entry(SETTLED, "settled", by_person="ann")
            log.append_entry(study.database, entry, changes)
