"""What several formats need: files read and written whole, XML, archives."""
