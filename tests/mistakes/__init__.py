"""How the grader explains the mistakes that students make."""
