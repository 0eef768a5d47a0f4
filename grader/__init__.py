"""The grader of the chat lab: runs a submission and prints what it is worth."""

__version__ = "1.0.0"
