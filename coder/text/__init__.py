"""What can be told from a text alone, with the standard library."""
