"""The world of a check: the submission's programs, and who talks to them."""
