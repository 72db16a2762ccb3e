"""How the theme at the cursor was coded before, for comparison with the answer on screen."""
