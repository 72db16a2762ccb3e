"""Windows: what they ask, as values that know no screen; and the screens that open them."""
