"""The report as a Word document and as a page."""
