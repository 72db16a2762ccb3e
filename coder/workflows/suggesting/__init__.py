"""The suggestion engine: its process, its quality, codings to doubt."""
