"""The survey built of rows and their layout."""
