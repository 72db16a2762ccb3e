"""One module for each survey platform, with its description: a `Platform` named PLATFORM."""
