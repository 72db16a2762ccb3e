"""Charts of printed tables."""
