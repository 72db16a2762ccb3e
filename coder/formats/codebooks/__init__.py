"""Codebooks in and out, in every format."""
