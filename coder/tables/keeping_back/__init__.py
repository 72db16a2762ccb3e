"""What is kept back of all tables of one call together, so that no small count can be worked out."""
