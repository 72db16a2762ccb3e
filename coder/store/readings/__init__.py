"""Which answers a coder has read, and what several of them chose on the same ones."""
