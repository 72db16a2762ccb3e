"""From codings to printed tables."""
