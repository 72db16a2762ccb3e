"""The data-flow statement as a file."""
