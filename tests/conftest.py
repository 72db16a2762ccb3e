"""What every test stands on: one time zone, one thread, no animation, laws tried the same way each run."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.update(
    {
        "COLUMNS": "80",
        "LINES": "24",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TEXTUAL_ANIMATIONS": "none",
        "TZ": "UTC",
    }
)
os.environ.pop("NO_COLOR", None)

settings.register_profile("steady", database=None, deadline=None, derandomize=True)
settings.load_profile("steady")
