"""The commands of a team: who is in it, and how far its coders agree."""
