"""Small windows that ask one thing and return the answer."""
