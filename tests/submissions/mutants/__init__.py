"""Broken submissions: each is the reference with one fault, and names the checks that find it."""
