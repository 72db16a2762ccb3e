"""What the coding screen says: texts and rows made from the desk, no widget touched."""
