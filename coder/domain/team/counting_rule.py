"""Which codings of several coders count."""

from __future__ import annotations

from typing import Literal

Agreed = Literal["settled", "any", "all", "consensus"]
"""When a theme is counted on an answer that several coders coded.

`settled`: the team has settled the answer on it, or an adjudication has; where neither has decided on the
answer, all who have finished it chose it, be it one person alone. Of one coder it counts what they chose.
`any`: any of them chose it. `all`: every coder of the question did. `consensus`: an adjudication did and,
where there was none, more than half of those who coded or confirmed the answer."""
