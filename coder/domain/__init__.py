"""What the program is about: frozen values and pure rules, with the standard library alone."""
