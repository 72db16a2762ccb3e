"""What was measured, and whether it is good enough."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import quantiles
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Verdict = Literal["pass", "noise", "miss"]


@dataclass(frozen=True, slots=True)
class Result:
    """One measure beside its baseline and its bar."""

    measure: str
    ours: float
    baseline: float
    unit: str
    bar: float
    """The most that `ours` may be: times the baseline, or in the unit where `absolute`."""
    absolute: bool = False
    fails_over: float | None = None
    """A value over the bar but not over this one may be noise; None: there is no such margin."""

    @property
    def ratio(self) -> float:
        """How many times the baseline it is."""
        return self.ours / self.baseline

    @property
    def verdict(self) -> Verdict:
        """Whether it is within its bar."""
        figure = self.ours if self.absolute else self.ratio
        if figure <= self.bar:
            return "pass"
        return "noise" if self.fails_over is not None and figure <= self.fails_over else "miss"

    def cells(self) -> tuple[str, ...]:
        """Return the table's cells: measure, ours, baseline, ratio, bar, verdict."""
        bar = f"{self.bar:g} {self.unit}" if self.absolute else f"{self.bar:g}x"
        ours, baseline = (f"{figure:.4g} {self.unit}" for figure in (self.ours, self.baseline))
        return self.measure, ours, baseline, f"{self.ratio:.2f}x", f"<= {bar}", self.verdict

    def as_dict(self) -> dict[str, Any]:
        """Return the result with its ratio and verdict, for JSON."""
        return {**asdict(self), "ratio": self.ratio, "verdict": self.verdict}


def percentile(figures: Sequence[float], share: int) -> float:
    """Return the value that `share` per cent of the values do not exceed."""
    return quantiles(figures, n=100, method="inclusive")[share - 1]


def table(results: Iterable[Result]) -> str:
    """Lay the results out in columns."""
    rows = [("measure", "ours", "baseline", "ratio", "bar", ""), *(measured.cells() for measured in results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in (0, 5) else cell.rjust(width) for place, (cell, width) in line
        ).rstrip()
        for line in (list(enumerate(zip(row, widths, strict=True))) for row in rows)
    )
