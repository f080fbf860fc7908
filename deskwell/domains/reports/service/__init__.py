"""What one can do with the reports: read them, and keep them right."""
