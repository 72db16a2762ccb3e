"""What all screens are made of: actions, windows, lists, keys and help."""
