"""Words and people that leave a study: taken out, proved to be gone, withdrawn."""
