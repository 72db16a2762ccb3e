"""Which rows of a file are its header, and which its data."""
