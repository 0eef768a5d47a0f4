"""The command line: its arguments, grading again on each save, what the last run found."""
