"""kit/translations.py: what is to be translated is translated, and the files say so."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

from grader import language
from kit import translations

ROOT = translations.ROOT
TEMPLATES = sorted((ROOT / "grader" / "reports" / "html" / "templates").glob("*.html.j2"))
SOURCE = """
def say(name):
    print(_("Hello, {name}!").format(name=name))
    print(ngettext("{count} message", "{count} messages", 2).format(count=2))
    print(N_("Later."), f"never {name}")
"""


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A small kit with one file, whose sentences nobody has translated yet."""
    (tmp_path / "grader" / "checks").mkdir(parents=True)
    (tmp_path / "grader" / "say.py").write_text(SOURCE, encoding="utf-8")
    translations.update(tmp_path)
    return tmp_path


def translate(kit: Path, **strings: str) -> None:
    """Translate the sentences that contain a word: by a text, for each word."""
    catalog = translations.read("ru", kit)
    for message in catalog:
        for word, text in strings.items():
            if message.id and word in str(message.id):
                plural = not isinstance(message.id, str)
                message.string = (text,) * 3 if plural else text
    translations._write(catalog, translations.po("ru", kit))
    translations.update(kit)


GOOD = {"Hello": "Привет, {name}!", "message": "сообщений: {count}", "Later": "Потом."}


def test_the_kit_is_translated() -> None:
    """Every sentence of the kit is translated into every language, and compiled."""
    assert translations.complaints() == []


def test_all_sentences_are_found(kit: Path) -> None:
    """A call, a plural and a mark are found; what no function marks is not."""
    ids = [message.id for message in translations.found(kit) if message.id]
    assert ids == ["Hello, {name}!", ("{count} message", "{count} messages"), "Later."]


def test_a_plural_in_a_table_is_found(kit: Path) -> None:
    """NP_ marks two forms that ngettext puts into words later, as N_ marks one."""
    (kit / "grader" / "table.py").write_text('A = NP_("{count} a", "{count} as")\n')
    assert ("{count} a", "{count} as") in {message.id for message in translations.found(kit)}


def test_titles_of_checks_are_found(kit: Path) -> None:
    """The docstring of a check is a sentence, on one line."""
    path = kit / "grader" / "checks" / "test_it.py"
    path.write_text('def test_it():\n    """It works\n    well."""\n', encoding="utf-8")
    assert translations.found(kit).get("It works well.")


def test_sentences_of_templates_are_found(kit: Path) -> None:
    """A call and a plural in a template are found, and what it says by itself is not."""
    text = '<p>{{ _("Bye, {name}!").format(name=n) }} now {{ ngettext("one", "two", n) }}</p>'
    (kit / "grader" / "page.html.j2").write_text(text, encoding="utf-8")
    ids = [message.id for message in translations.found(kit) if message.id]
    assert ids[:2] == ["Bye, {name}!", ("one", "two")]
    assert "now" not in str(ids)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_says_anything_by_itself(path: Path) -> None:
    """Every word that a template shows comes from a result or from the catalog."""
    inside = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
    shown = re.sub("<[^>]*>", " ", inside.sub(" ", path.read_text(encoding="utf-8")))
    assert re.findall("[a-zA-Z]+", shown) == []


def test_good_translations_pass(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When all is translated there is nothing to complain of."""
    translate(kit, **GOOD)
    assert translations.main(["--check"], kit) == 0
    assert capsys.readouterr().out == "grader/locale is up to date\n"


def test_updating_twice_changes_nothing(kit: Path) -> None:
    """What is up to date is written as it was, to the byte."""
    translate(kit, **GOOD)
    files = [path for path in (kit / "grader" / "locale").rglob("*.*") if path.is_file()]
    before = [path.read_bytes() for path in files]
    translations.update(kit)
    assert sorted(path.name for path in files) == ["grader.mo.gz", "grader.po"]
    assert [path.read_bytes() for path in files] == before


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("Потом.", "", "ru: untranslated: 'Later.'"),
        ("Привет, {name}!", "Привет, {who}!", "ru: other placeholders: 'Hello, {name}!'"),
        ("сообщений: {count}", "сообщения", "ru: other placeholders: '{count} message'"),
        ('msgid "Later."', '#, fuzzy\nmsgid "Later."', "ru: fuzzy: 'Later.'"),
        ('msgid "Later."', 'msgid "Sooner."', "ru: missing: 'Later.'"),
        ('msgid "Later."', 'msgid "Sooner."', "ru: obsolete: 'Sooner.'"),
        ("Потом.", "Позже.", "ru: the .mo is not what the .po compiles to"),
    ],
)
def test_what_is_wrong_is_said(kit: Path, old: str, new: str, complaint: str) -> None:
    """Each thing that is wrong with a catalog has a line."""
    translate(kit, **GOOD)
    path = translations.po("ru", kit)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert complaint in translations.complaints(kit)
    assert translations.main(["--check"], kit) == 1


def test_a_new_sentence_is_missed(kit: Path) -> None:
    """A sentence that has come since the last update is missed."""
    translate(kit, **GOOD)
    (kit / "grader" / "more.py").write_text('_("More.")\n', encoding="utf-8")
    assert translations.complaints(kit) == ["ru: missing: 'More.'"]


def test_an_old_sentence_becomes_obsolete(kit: Path) -> None:
    """A sentence that has gone is kept aside, for whoever wants its words."""
    translate(kit, **GOOD)
    path = kit / "grader" / "say.py"
    path.write_text(SOURCE.replace('N_("Later.")', "None"), encoding="utf-8")
    translations.update(kit)
    assert translations.complaints(kit) == ["ru: obsolete: 'Later.'"]


def test_a_catalog_changes_only_with_its_sentences(kit: Path) -> None:
    """It does not say when it was made, nor in which file and line a sentence stands."""
    again = kit / "again"
    shutil.copytree(kit, again)
    (again / "grader" / "say.py").unlink()
    (again / "grader" / "said.py").write_text("\n\n" + SOURCE, encoding="utf-8")
    translations.update(again)
    assert translations.po("ru", again).read_bytes() == translations.po("ru", kit).read_bytes()


@pytest.mark.parametrize("code", language.LANGUAGES[1:])
def test_catalogs_can_be_used(code: str) -> None:
    """What Babel has compiled is what Python reads."""
    found = language.translations(code)
    for message in translations.read(code):
        if isinstance(message.id, str) and message.id:
            assert found.gettext(message.id) == message.string


def test_no_function_hides_the_translator() -> None:
    """Where a sentence is put into words by ``_``, nothing else is called so."""
    for path in (ROOT / "grader").rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, (ast.FunctionDef, ast.Lambda)):
                continue
            names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
            used = [name for name in names if name.id == "_"]
            contexts = {type(name.ctx) for name in used}
            assert len(contexts) <= 1, f"{path}:{used[0].lineno}: _ is read and assigned"
