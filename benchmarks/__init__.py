"""How fast the program is, each time against a baseline in the same run."""
