"""The plugin that makes pytest's tests checks, a module for each of its concerns.

``configuration``: the options, and what is made ready before the first check; ``selection``: which
checks run, in which order; ``execution``: the ``chat`` fixture, and how one check is run;
``verdicts``: from how it ended to its result. ``grader/checks/conftest.py`` brings their hooks
together.
"""
