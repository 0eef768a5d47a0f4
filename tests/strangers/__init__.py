"""How the grader judges programs by people who had not seen it."""
