"""Sentences made from printed tables, and from nothing else."""
