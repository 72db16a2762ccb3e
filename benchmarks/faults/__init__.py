"""Faults on purpose: kills, damaged files, full disks. `python -m benchmarks.faults` counts what is lost."""
