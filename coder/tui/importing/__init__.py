"""The import screen: what was understood of a survey file."""
