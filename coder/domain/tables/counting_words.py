"""The words by which one chooses how tables count.

A module of its own: `study.toml` is read before the first paint, when nothing else of tables is needed.
"""

from __future__ import annotations

from typing import Literal

BaseKind = Literal["asked", "answered", "read", "coded"]
"""Whom percentages are of: see `bases.BASES`."""

CountUnit = Literal["respondents", "mentions"]
"""`respondents`: who mention a theme at least once. `mentions`: the answers coded with it."""

RowOrder = Literal["count", "codebook"]
"""The most mentioned first, or as in the codebook."""
