"""A callback that long work calls with how far it has come."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int | None], None]
"""Called with what is done and, where known, what there is in all; may raise CancelledError."""
