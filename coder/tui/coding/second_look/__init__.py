"""The second look at codings that may be wrong or missing."""
