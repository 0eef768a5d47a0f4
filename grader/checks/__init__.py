"""The checks: ordinary pytest tests, one file a feature, one behaviour each.

The docstring of a check is the line that students read. ``grader/assignment/rubric.py`` says what a
check is worth; a check without a row there cannot run.
"""
