"""What makes copies of a study become one: the identity of each act, and taking in those of others."""
