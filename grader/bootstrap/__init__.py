"""What runs before any package is there: it makes the kit's environment, and runs nox in it.

``noxfile.py`` is the one who uses it; it needs the standard library alone.
"""
