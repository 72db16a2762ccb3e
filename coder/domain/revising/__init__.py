"""Revisions of a codebook: what one is, what it does to codings, and how it is told."""
