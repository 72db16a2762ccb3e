"""Draft themes, and the decisions about them: values and rules."""
