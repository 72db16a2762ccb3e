"""Codings of which several implementations give the same agreement."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coder.agreement.coefficients import MISSING, krippendorff_alpha, masi_distances

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGHT_PAIRS = Path(__file__).parent / "agreement" / "sight_pairs.csv"
SIGHT = {
    "general": (0.7538, 0.752931), "setup": (0.9506, 0.950671), "pedagogy": (0.7872, 0.787477),
    "confusion": (0.8997, 0.899821), "gratitude": (0.9216, 0.921741),
    "personal_experience": (0.7433, 0.743692), "clarification": (0.8298, 0.830094),
    "bookmark": (0.6588, 0.658378), "non_english": (0.9088, 0.908919), "na": (0.7316, 0.731211),
}  # fmt: skip
"""Kappa (statsmodels; seven of them as the authors published them) and alpha (krippendorff) of each theme."""


def sight() -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return the sets of themes that two people gave 289 comments on lectures.

    Wang, Wirawarn, Goodman, Demszky, SIGHT (BEA 2023), MIT licence: data/annotations/sample_dataset.csv of
    github.com/rosewang2008/sight at ae3f8b8, counted by the pair of sets.
    """
    with SIGHT_PAIRS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        (frozenset(row["coder1"].split()), frozenset(row["coder2"].split()))
        for row in rows
        for _ in range(int(row["comments"]))
    ]


def set_alpha(answers: Sequence[str]) -> float:
    """Return alpha with MASI of sets of one-letter themes: `ab a` for each answer; - is the empty set."""
    sets = sorted({frozenset(each.strip("-")) for answer in answers for each in answer.split()}, key=sorted)
    values = np.full((max(len(answer.split()) for answer in answers), len(answers)), MISSING)
    for unit, answer in enumerate(answers):
        for coder, chosen in enumerate(answer.split()):
            values[coder, unit] = sets.index(frozenset(chosen.strip("-")))
    sizes = np.array(list(map(len, sets)))
    shared = np.array([[len(one & other) for other in sets] for one in sets])
    return krippendorff_alpha(values, masi_distances(shared, sizes[:, None], sizes[None]))
