"""Gradings that are due, side by side: each in a process of its own, on whatever machine."""
