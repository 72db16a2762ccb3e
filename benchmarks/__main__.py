"""`python -m benchmarks`: measure everything and print one table."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.make_study import make_study
from benchmarks.results import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.results import Result

PARTS = (
    "start", "meaning", "keys", "person", "vast", "data", "weights", "trends", "revisions",
    "agreement", "copies", "finders",
)  # fmt: skip


def main() -> int:
    """Measure, print, and return 1 if a bar was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], help="what to measure (default: everything)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="coder-bench-") as folder:
        results = list(measure(Path(folder), arguments.parts or PARTS))
    print(
        json.dumps([measured.as_dict() for measured in results], indent=1)
        if arguments.json
        else table(results)
    )
    return int(any(measured.verdict == "miss" for measured in results))


def measure(folder: Path, parts: Sequence[str]) -> Iterator[Result]:
    """Yield the results of some parts, saying on stderr what is being measured."""
    small, large = folder / "small", folder / "large"
    if {"start", "keys"} & set(parts):
        say("making studies of 1,000 and 100,000 answers")
        make_study(small, 1_000).close()
        make_study(large, 100_000).close()
    if "start" in parts:
        from benchmarks.start import measure_help, measure_start

        say("starting")
        yield measure_help()
        yield from measure_start(small, large)
    if "meaning" in parts:
        from benchmarks.by_meaning import measure_by_meaning

        say("ranking by meaning")
        yield from measure_by_meaning(folder)
    if "keys" in parts:
        from benchmarks.keys import measure_keys

        say("pressing keys")
        yield from measure_keys(small, large)
    if "person" in parts:
        from benchmarks.person import measure_person

        say("coding the sample key by key (seven minutes)")
        yield from measure_person(folder)
    if "vast" in parts:
        from benchmarks.vast import measure_vast

        say("opening a study of 10,000 themes at an answer of a megabyte")
        yield from measure_vast(folder)
    yield from _of_tables(folder, parts)
    if "revisions" in parts:
        from benchmarks.revisions import measure_revisions

        say("revising the codebook")
        yield from measure_revisions(folder)
    yield from _of_teams(folder, parts)


def _of_tables(folder: Path, parts: Sequence[str]) -> Iterator[Result]:
    if "data" in parts:
        from benchmarks.data import measure_import, measure_tables

        say("importing and counting")
        yield measure_import(folder)
        yield from measure_tables(folder)
    if "weights" in parts:
        from benchmarks.weights import measure_weights

        say("weighted tables")
        yield from measure_weights(folder)
    if "trends" in parts:
        from benchmarks.trends import measure_trends

        say("tables by what is known of answers")
        yield from measure_trends(folder)


def _of_teams(folder: Path, parts: Sequence[str]) -> Iterator[Result]:
    if "agreement" in parts:
        from benchmarks.agreement import measure_agreement

        say("comparing coders")
        yield from measure_agreement(folder)
    if "copies" in parts:
        from benchmarks.copies import measure_copies

        say("copies")
        yield from measure_copies(folder)
    if "finders" in parts:
        from benchmarks.finders import measure_finders

        say("finding names and numbers")
        yield from measure_finders()


def say(progress: str) -> None:
    """Say on stderr what is going on."""
    print(f"{progress} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
