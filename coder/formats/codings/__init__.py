"""Codings in and out: codings files, coded data sets, and the matrix of respondents and themes."""
