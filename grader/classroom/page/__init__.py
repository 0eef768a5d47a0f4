"""The class page: one file that loads nothing, and shows all of a class."""
