"""What the assignment knows stands in its modules alone, not as literals all over the grader."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from grader.assignment.protocol import NAME_REQUEST, WELCOME
from grader.assignment.variants import NAMES, VARIANTS, Role
from grader.chat.texts import AWKWARD

ROOT = Path(__file__).resolve().parents[2]
GRADER = ROOT / "grader"
OWNERS = {GRADER / "assignment" / "protocol.py", GRADER / "assignment" / "variants.py"}
MODULES = sorted(set(GRADER.rglob("*.py")) - OWNERS)
# Elsewhere a name, or a colon and a blank, are about something else.
ON_THE_WIRE = {GRADER / room for room in ("chat", "checks", "result")}
OWN = ("asking", "coming", "house", "talking")
# Literals that look like messages and are none.
LOOKALIKES: Mapping[Path, tuple[str, ...]] = {
    GRADER / "chat" / "model" / "owed.py": ("name",),  # what a message is about
    GRADER / "checks" / "telling.py": ("name",),  # an argument of a fact
    # What a prompt asks for, and arguments of facts.
    **{GRADER / "chat" / "own" / f"{module}.py": ("name",) for module in OWN},
    GRADER / "chat" / "texts.py": AWKWARD,  # what people say, to be told apart from notices
}
TRANSLATED = {"_", "N_", "ngettext"}  # sentences for people; they may quote the protocol
FILES = {variant.file(role) for variant in VARIANTS for role in Role}

each_module = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def called(node: ast.AST) -> str:
    """The name of the function that is called here, or nothing."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def code(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes, without sentences, docstrings and the pieces of f-strings."""
    if called(node) in TRANSLATED:
        return
    yield node
    for child in ast.iter_child_nodes(node):
        is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        is_piece = isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)
        if not is_docstring and not is_piece:
            yield from code(child)


def texts(source: str) -> Iterator[tuple[int, str]]:
    """The line and the text of each string; in an f-string a value is ``{}``."""
    for node in code(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            yield node.lineno, text
        elif isinstance(node, ast.JoinedStr):
            parts = [v.value if isinstance(v, ast.Constant) else "{}" for v in node.values]
            yield node.lineno, "".join(map(str, parts))


def is_of_the_protocol(text: str, on_the_wire: bool) -> bool:
    """Whether this literal is a message of the protocol, or a part that tells one."""
    everywhere = text in WELCOME or " joined!" in text or "left*" in text or r"left\*" in text
    here = text.strip("\n") == NAME_REQUEST or text in (": ", "{}: ") or text.startswith("{}: {}")
    return everywhere or (on_the_wire and here)


def is_of_a_variant(text: str) -> bool:
    """Whether this literal is a variant's name, the beginning of an id, or a file."""
    parts = (text, text.partition(".")[0], text.partition("_")[0])
    return text in FILES or "{}_{}.py" in text or any(part in NAMES for part in parts)


@each_module
def test_messages_stand_in_the_protocol(path: Path) -> None:
    """No module but the protocol writes one of its messages."""
    on_the_wire = any(path.is_relative_to(room) for room in ON_THE_WIRE)
    found = texts(path.read_text(encoding="utf-8"))
    allowed = LOOKALIKES.get(path, ())
    meant = [(line, text) for line, text in found if text not in allowed]
    assert [(line, text) for line, text in meant if is_of_the_protocol(text, on_the_wire)] == []


@each_module
def test_names_of_variants_stand_in_one_place(path: Path) -> None:
    """No module but the one of the variants writes their names or those of their files."""
    found = texts(path.read_text(encoding="utf-8"))
    assert [(line, text) for line, text in found if is_of_a_variant(text)] == []


@pytest.mark.parametrize("path", sorted((GRADER / "checks").glob("*.py")), ids=lambda p: p.name)
def test_checks_ask_no_participant_for_its_class(path: Path) -> None:
    """What is different over TCP and over UDP is the participants' business, or typed."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    assert [node.lineno for node in nodes if called(node) == "isinstance"] == []


@pytest.mark.parametrize(
    "source",
    ["f'{name} joined!'", "' joined!'", "f'*{name} left*'", "f'{a}: {b}'", "': '", "b'name\\n'"],
)
def test_message_in_code_is_found(source: str) -> None:
    """Each way to write a message by hand is found."""
    assert any(is_of_the_protocol(text, True) for _line, text in texts(f"line = {source}"))


@pytest.mark.parametrize(
    "source", ["'tcp'", "'udp.'", "'tcp_server.py'", "f'{variant}_{role}.py'", "f'udp_{role}'"]
)
def test_variant_in_code_is_found(source: str) -> None:
    """Each way to write a variant by hand is found."""
    assert any(is_of_a_variant(text) for _line, text in texts(f"name = {source}"))


def test_sentences_and_docstrings_may_quote() -> None:
    """A docstring, and a sentence for people, may say what the protocol says."""
    source = '"""tcp_server.py"""\nhint = _("send `*name left*`")\n'
    assert list(texts(source)) == []
