"""The language of all texts for people.

Every sentence for people stands in the sources in English, inside ``_(…)``; what is put into it
comes later, by ``format``, and is never read as a sentence itself. ``grader/locale`` has the other
languages: ``python3 noxfile.py -s translations`` keeps them up to date.
"""

from __future__ import annotations

import gettext
import gzip
import locale
import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ru")
LETTERS = {"en": "", "ru": "аяАЯ"}
# What a sentence has where the output cannot write its typography.
INSTEAD = {"—": "-", "–": "-", "«": '"', "»": '"', "…": "...", "\N{NO-BREAK SPACE}": " "}
DOMAIN = "grader"
FOLDER = Path(__file__).with_name("locale")
HANDED_OUT = FOLDER / "default"  # names the language of a handout; elsewhere there is none
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts

Sentence = str | tuple[str, str]  # the latter: singular and plural

_catalog: gettext.NullTranslations = gettext.NullTranslations()
_code_in_use = "en"
_instead: Mapping[int, str] = {}


def use(code: str) -> None:
    """Use this language from now on, one of LANGUAGES."""
    global _catalog, _code_in_use  # noqa: PLW0603 (a process talks in one language)
    _catalog = translations(code)
    _code_in_use = code


def write_in(encoding: str) -> None:
    """Do without the typography that this encoding lacks, in sentences; texts of others stay."""
    global _instead  # noqa: PLW0603 (a process has one standard output)
    _instead = {ord(sign): plain for sign, plain in INSTEAD.items() if not _has(encoding, sign)}


def can_write(code: str, encoding: str) -> bool:
    """Whether a text in this encoding can have the letters of a language."""
    return _has(encoding, LETTERS[code])


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def in_use() -> str:
    """The language in use."""
    return _code_in_use


@cache
def translations(code: str) -> gettext.NullTranslations:
    """The sentences of a language. Raises ValueError for one that is not in LANGUAGES."""
    if code not in LANGUAGES:
        raise ValueError(f"{code}: expected one of {', '.join(LANGUAGES)}")
    if code == "en":
        return gettext.NullTranslations()
    with gzip.open(compiled(code)) as file:
        return gettext.GNUTranslations(file)


def compiled(code: str, folder: Path = FOLDER) -> Path:
    """What the translator's file of a language is compiled to."""
    return folder / code / "LC_MESSAGES" / f"{DOMAIN}.mo.gz"


def _(message: str) -> str:
    """A sentence in the language in use."""
    return _catalog.gettext(message).translate(_instead) if message else ""


def ngettext(singular: str, plural: str, count: float) -> str:
    """A sentence about a number of things, in the form that goes with that number."""
    # Half a point goes with the form that 2 has, in English as in Russian.
    whole = int(count) if count == int(count) else 2
    return _catalog.ngettext(singular, plural, whole).translate(_instead)


def figure(text: str) -> str:
    """A number that Python has formatted, ``1,234.5`` or ``45%``, as the language in use has it."""
    if _code_in_use != "ru":
        return text
    blank = "\N{NO-BREAK SPACE}"
    signs = str.maketrans({",": blank, ".": ",", "%": f"{blank}%"})
    return text.translate(signs).translate(_instead)


def N_(message: str) -> str:  # noqa: N802 (the name that is usual for it)
    """A sentence that is put into words later, by ``_``: in a table, say."""
    return message


def default(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the handout, or the one that the user's system is set to, or English."""
    if HANDED_OUT.exists():
        return _code(HANDED_OUT.read_text(encoding="utf-8").strip()) or "en"
    asked = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    if not asked and sys.platform in ("win32", "darwin"):
        asked = locale.getlocale()[0] or ""
    return next((code for code in map(_code, asked.split(":")) if code), "en")


def _code(name: str) -> str:
    """``ru`` for ``ru_RU.UTF-8`` or ``Russian_Russia``; nothing for a language that is not ours."""
    short = name.lower().replace("-", "_").partition(".")[0].partition("_")[0]
    code = {"english": "en", "russian": "ru"}.get(short, short)
    return code if code in LANGUAGES else ""


def NP_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 (like N_)
    """Two forms of a sentence about a number of things, for ``ngettext`` later."""
    return singular, plural
