"""The themes of a codebook under their nets, with their counts. Knows no widget."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.store import counts, surveys
from coder.store.recode_queues import waiting_by_theme
from coder.store.scope import Scope
from coder.store.unsettled import flagged_by_theme
from coder.workflows.tables.codebook_counts import codebook_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.codebook import Theme
    from coder.store.database import Database
    from coder.workflows.study.study import Study


@dataclass(frozen=True, slots=True)
class CodebookRow:
    """A theme with its place in the tree and its counts; a net's are of the union of what lies under it."""

    theme: Theme
    depth: int
    is_net: bool
    respondents: int
    mentions: int
    to_recode: int
    """Codings that need a fresh look."""
    flagged: int
    """Codings on answers that their coder flagged."""

    @property
    def state(self) -> str:
        """What is to be said of the theme, briefly; empty if nothing is."""
        if self.to_recode:
            return f"{self.to_recode:,} to recode"
        if self.theme.status == "retired":
            return "retired"
        if self.flagged:
            return f"{self.flagged:,} flagged"
        return "" if self.mentions else "unused"


def tree_of(study: Study, question_id: str | None) -> list[CodebookRow]:
    """Return the themes of a question, or of all, as a tree with counts; retired ones at the end."""
    usage = codebook_counts(study, question_id)
    to_recode = _in_all(waiting_by_theme, study, question_id)
    flagged = _in_all(flagged_by_theme, study, question_id)

    def row(theme: Theme, depth: int) -> CodebookRow:
        respondents, mentions = usage.get(theme.id, (0, 0))
        is_net = study.codebook.is_net(theme.id)
        return CodebookRow(
            theme, depth, is_net, respondents, mentions, to_recode[theme.id], flagged[theme.id]
        )

    themes = [theme for theme, _ in study.codebook.tree(question_id)]
    active = [row(theme, _depth(study, theme)) for theme in themes if theme.status == "active"]
    return active + [row(theme, 0) for theme in themes if theme.status == "retired"]


def _depth(study: Study, theme: Theme) -> int:
    nets_above = (study.codebook.by_id.get(net) for net in study.codebook.ancestors(theme.id))
    return sum(net is not None and net.status == "active" for net in nets_above)


def _in_all(
    count: Callable[[Database, str], dict[str, int]], study: Study, question_id: str | None
) -> Counter[str]:
    """Count something by theme for a question, or for all of them together."""
    every_id = [question.id for question in surveys.questions(study.database)]
    totals: Counter[str] = Counter()
    for counted_id in [question_id] if question_id else every_id:
        totals.update(count(study.database, counted_id))
    return totals


def is_coded(study: Study, question_id: str, theme_ids: Sequence[str]) -> bool:
    """Tell whether an answer to a question is coded with one of these themes."""
    return bool(counts.net_counts(study.database, Scope([question_id]), {"": theme_ids}))
