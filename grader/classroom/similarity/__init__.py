"""Similar work: ranked and shown, never proven."""
