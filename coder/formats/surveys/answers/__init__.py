"""What is in doubt about the cells of columns that are kept: lost, garbled, shared, codes for nothing."""
