"""What was handed in: the files to grade, and their source as far as it can be read."""
