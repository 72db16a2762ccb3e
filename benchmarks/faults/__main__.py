"""`python -m benchmarks.faults`: do harm in every way, and count what was lost.

The sections: kill -9 while somebody codes on the screen, one answer at a time (kills) or hundreds of equal
ones (groups), whole commands killed at any moment (commands), redactions and withdrawals killed at any place
(redactions, withdrawals), eight coders at once (coders), mutated files (files), damaged databases
(databases), and full disks (disks).
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.faults.coders import code_at_once
from benchmarks.faults.commands import kill_commands
from benchmarks.faults.databases import read_damaged
from benchmarks.faults.disks import fill_disks
from benchmarks.faults.files import read_mutated
from benchmarks.faults.kills import kill_in_groups, kill_while_coding
from benchmarks.faults.redactions import kill_redactions
from benchmarks.faults.tally import Tally, table
from benchmarks.faults.withdrawals import kill_withdrawals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Section(NamedTuple):
    """A way of doing harm, and how often it is tried."""

    run: Callable[..., Tally]
    """Takes an empty folder and how many tries; by name, where there is chance in it, a seed."""
    tries: int
    has_seed: bool = True


SECTIONS = {
    "kills": Section(kill_while_coding, 1000),
    "groups": Section(kill_in_groups, 300),
    "commands": Section(kill_commands, 200),
    "redactions": Section(kill_redactions, 100),
    "withdrawals": Section(kill_withdrawals, 100),
    "coders": Section(code_at_once, 2000, has_seed=False),
    "files": Section(read_mutated, 2000),
    "databases": Section(read_damaged, 300),
    "disks": Section(fill_disks, 65),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Try, print the table, and return 1 if anything was lost, half done, ended badly or hung."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument(
        "sections", nargs="*", choices=[*SECTIONS, []], help="what to try (default: everything)"
    )
    parser.add_argument("--count", type=int, help="how many tries of each section (default: the full number)")
    parser.add_argument("--seed", type=int, help="other keys, moments, mutations and damages")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    args = parser.parse_args(arguments)
    tallies = [_run(name, args.count, args.seed) for name in args.sections or SECTIONS]
    print(json.dumps([asdict(tally) for tally in tallies], indent=1) if args.json else table(tallies))
    return int(not all(tally.is_clean for tally in tallies))


def _run(name: str, count: int | None, seed: int | None) -> Tally:
    section = SECTIONS[name]
    seeds = {"seed": seed} if section.has_seed and seed is not None else {}
    print(f"{name} ...", file=sys.stderr, flush=True)
    began = monotonic()
    with TemporaryDirectory(prefix="coder-faults-") as folder:
        tally = section.run(Path(folder), count or section.tries, **seeds)
    tally.facts.append(f"{monotonic() - began:,.0f} s")
    return tally


if __name__ == "__main__":
    raise SystemExit(main())
