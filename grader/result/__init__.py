"""What a grading finds, as plain data, and how it becomes JSON and marks."""
