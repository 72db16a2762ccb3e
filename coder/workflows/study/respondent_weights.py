"""The respondents' survey weights, as `study.toml` names them, and whose cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing
from coder.domain.near_names import matching, nearest
from coder.domain.tables.weights import fault_counts, read_weights
from coder.domain.texts.invisible import tidy
from coder.errors import CoderError
from coder.store import surveys
from coder.store.weighing.weighted_sizes import weight_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.study_settings import Settings
    from coder.domain.tables.weights import FaultyWeight, Weights
    from coder.store.database import Database
    from coder.workflows.study.study import Study

_MOST_NAMED = 50


def respondent_weights(settings: Settings, database: Database) -> Weights | None:
    """Return the weights that `study.toml` names; None where it names none.

    Raises:
        CoderError: The study has no such attribute, or no respondent a weight that can be used.
    """
    if not settings.weight:
        return None
    attributes = {attribute.name: attribute for attribute in surveys.attributes(database)}
    name = matching(settings.weight, attributes)
    if name is None:
        msg = f"study.toml: weight is '{settings.weight}', but the study has no such attribute."
        hint = nearest(settings.weight, attributes) or f"Its attributes: {', '.join(attributes) or 'none'}."
        raise CoderError(msg, hint)
    labels = {tidy(setting.name): setting.label for setting in settings.attributes}
    label = labels.get(tidy(name)) or attributes[name].label
    weights = read_weights(name, label, weight_cells(database, name))
    if not weights.size.weight:
        example = "".join(f": {_named(faulty)}" for faulty in weights.faulty[:1])
        msg = f"study.toml: weight is '{name}', but no respondent has a number above nought there{example}."
        raise CoderError(
            msg, "Name the attribute that holds the weights, or take the line out of study.toml."
        )
    return weights


def refuse_idle_unweighted(study: Study, *, unweighted: bool) -> None:
    """Raise CoderError if percentages are to be unweighted, and the study has no weights."""
    if unweighted and not study.settings.weight:
        msg = "--unweighted would change nothing: study.toml names no weights."
        raise CoderError(msg, 'Leave it out. Weights have a line such as weight = "wt".')


def faulty_weight_lines(weights: Weights) -> Iterator[str]:
    """Yield whose weights cannot be used, and why."""
    if not weights.faulty:
        return
    names = [_named(faulty) for faulty in weights.faulty[:_MOST_NAMED]]
    if more := len(weights.faulty) - len(names):
        names.append(f"and {more:,} more")
    have = agreeing(len(weights.faulty), "has", "have")
    yield (
        f"{len(weights.faulty):,} of {len(weights.units):,} respondents {have} no weight in '{weights.name}' "
        f"that can be used ({fault_counts(weights.faulty)}): {', '.join(names)}. They are counted, but in no "
        "weighted figure."
    )


def _named(faulty: FaultyWeight) -> str:
    return f"{faulty.respondent_id} ({f'{faulty.text!r}' if faulty.text.strip() else 'blank'})"
