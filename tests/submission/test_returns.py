"""Functions that return nothing, where something is expected of them."""

from __future__ import annotations

import pytest
from support.sources import line, read

from grader.submission.returns import lacking

MAKES = """\
def made(host):
    listener = socket.socket()
    listener.listen()  # ends
"""
JOINS = """\
def join(name):
    if name in users:
        return False
    users.append(name)  # ends
"""
SHORT = {
    "a value under a name": (MAKES + "def main():\n    l = made(1)  # calls\n    use(l)\n", False),
    "a value handed on": (MAKES + "accept(made(1))  # calls\n", False),
    "a condition": (JOINS + "if name and join(name):  # calls\n    pass\n", True),
    "the contrary": (JOINS + "while not join(name):  # calls\n    pass\n", True),
}
ENOUGH = {
    "a value that is never read": MAKES + "l = made(1)\n",
    "a value that is shown": MAKES + "print(made(1))\n",
    "a call for its own sake": MAKES + "made(1)\n",
    "a value that comes back": MAKES + "    return listener\nuse(made(1))\n",
    "a generator": MAKES + "    yield listener\nuse(made(1))\n",
    "True": JOINS + "    return True\nif join(1): pass\n",
    "one answer to all": "def is_taken(name):\n    return False\nif is_taken(1): pass\n",
    "False for a value": JOINS + "use(join(1))\n",
    "two of one name": MAKES + MAKES + "use(made(1))\n",
    "one that is decorated": f"@cached\n{MAKES}use(made(1))\n",
    "one without an end": "def made():\n    while True:\n        pass\nuse(made())\n",
    "one that raises": "def made():\n    raise NotImplementedError\nuse(made())\n",
    "one of another module": "use(made(1))\n",
}


@pytest.mark.parametrize(("source", "condition"), SHORT.values(), ids=SHORT)
def test_what_is_lacking(source: str, condition: bool) -> None:
    """The call, and the line behind which a return is missing."""
    (one,) = lacking(read(source))
    assert (one.line, one.condition) == (line(source, "# calls"), condition)
    assert (one.function, one.last) == (source[4 : source.index("(")], line(source, "# ends"))


@pytest.mark.parametrize("source", ENOUGH.values(), ids=ENOUGH)
def test_nothing_is_lacking(source: str) -> None:
    """What returns something, or of what nobody wants anything, is as it should be."""
    assert not list(lacking(read(source)))
