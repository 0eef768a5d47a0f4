"""The lab report that a student hands in: a page to print, or the department's own document."""
