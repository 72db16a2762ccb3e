"""The tables screen, and what is behind its numbers."""
