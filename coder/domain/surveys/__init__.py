"""How a survey file is understood, what a person says about it, and what stays in doubt."""
