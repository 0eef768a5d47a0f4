"""A chat that was written without the kit: which file is what, and what its source tells."""
