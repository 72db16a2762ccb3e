"""The data-flow statement as a file, and what files of any kind say."""
