"""The result as a page: a file of its own for a browser."""
