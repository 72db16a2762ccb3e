"""The team's screens: rounds, how far each has come, and how far coders agree."""
