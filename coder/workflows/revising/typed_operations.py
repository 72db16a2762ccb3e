"""Operations on a codebook as the command line writes them: `--merge pay=money`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from coder.domain.revising.decisions import Decision

_ANY_THEME = "THEME"
"""What stands for a theme that is still to be chosen."""


class Operation(NamedTuple):
    """One operation, as it is typed."""

    name: str
    """`merge`, `split`, `rename`, `define`, `move`, `retire`, `bring-back`, `add`, `look-again` or `keep`."""
    text: str
    """What it is done to: themes by id or label, `\\,` and `\\=` for a comma or = in a label."""


def operation_of(decision: Decision, target: str = _ANY_THEME) -> Operation:
    """Return what is typed for a decision.

    Args:
        decision: The decision.
        target: For a merge whose target is still to be chosen, the theme as it is typed.
    """
    if decision.operation != "merge":
        return Operation(decision.operation, decision.theme_id)
    return Operation("merge", f"{decision.theme_id}={decision.target_id or target}")


def option_of(decision: Decision) -> str:
    """Return the option of the command line for a decision: `--merge pay=THEME`."""
    operation = operation_of(decision)
    return f"--{operation.name} {operation.text}"
