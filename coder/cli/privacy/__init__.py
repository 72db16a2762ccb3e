"""Commands about names and people that leave a study."""
