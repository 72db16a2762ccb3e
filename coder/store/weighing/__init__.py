"""Reading who counts how much in percentages."""
