"""Taking words out of a study's database: where they can stand, and what is still to be cleaned."""
