"""The language of the demo: English, or Russian where it is asked for or where the system is."""

import argparse
import os

from russian import RUSSIAN

LANGUAGES = ("en", "ru")
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts

in_use = "en"


def _(text):
    """Return a text in the language in use."""
    return RUSSIAN.get(text, text) if in_use == "ru" else text


def use(language):
    """Talk in this language from now on; so does argparse, which asks for its words here."""
    global in_use  # noqa: PLW0603 (a process talks in one language)
    in_use = language
    argparse._ = _


def default(encoding):
    """Return the language that the system is set to, if the output can have its letters."""
    asked = next((os.environ[name] for name in VARIABLES if os.environ.get(name)), "")
    return "ru" if asked.lower().startswith("ru") and can_write(encoding) else "en"


def can_write(encoding):
    """Say whether the output can have Russian letters."""
    try:
        "аяАЯ".encode(encoding or "utf-8")
    except (UnicodeError, LookupError):
        return False
    return True
