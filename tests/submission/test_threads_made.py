"""Where a program makes its threads, and whether it starts them."""

from __future__ import annotations

import pytest
from support.sources import read

from grader.submission.threads_made import Use, made, returns_nothing
from grader.submission.tree import modules

USES = {
    "Thread(target=serve).start()": Use.STARTED,
    "Thread(target=serve)": Use.FORGOTTEN,
    "Thread(target=serve).start": Use.NOT_CALLED,
    "Thread(target=serve).run()": Use.RUN,
    "t = Thread(target=serve)\n    t.daemon = True\n    t.start()": Use.STARTED,
    "t = Thread(target=serve)\n    t.daemon = True": Use.FORGOTTEN,
    "t = Thread(target=serve)\n    t.start": Use.NOT_CALLED,
    "t = Thread(target=serve)\n    t.run()": Use.RUN,
    "t = Thread(target=serve)\n    t.run()\n    t.start()": Use.STARTED,
    "t = Thread(target=serve)\n    begin(t)": Use.STARTED,
    "t = Thread(target=serve)\n    return t": Use.STARTED,
    "t = Thread(target=serve)\n    def later(): t.start()": Use.STARTED,
    "global t\n    t = Thread(target=serve)": Use.STARTED,
    "self.t = Thread(target=serve)": Use.FORGOTTEN,
    "self.t = Thread(target=serve)\n    other.t.start()": Use.STARTED,
    "x, t = 1, Thread(target=serve)": Use.STARTED,
    "[Thread(target=serve)]": Use.STARTED,
    "begin(Thread(target=serve))": Use.STARTED,
    "if (t := Thread(target=serve)): pass": Use.STARTED,
}


@pytest.mark.parametrize("code", USES)
def test_use(code: str) -> None:
    """A thread counts as not started only where nothing else can be meant."""
    source = f"from threading import Thread\ndef go():\n    {code}\n"
    (one,) = made(read(source))
    assert (one.target, one.calls_target, one.use) == ("serve", False, USES[code])


def test_started_in_another_file() -> None:
    """What an object keeps, another file may start."""
    source = "import threading\nclass A:\n  def __init__(s): s.t = threading.Thread(target=f)\n"
    (one,) = made(modules({"a.py": source, "b.py": "from a import A\nA().t.start()\n"}))
    assert one.use is Use.STARTED


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("threading.Thread(target=self.serve(1))", [("serve", True)]),
        ("T(target=chat.serve)", [("serve", False)]),
        ("Thread(target=serve)", []),  # of another module
        ("threading.Thread(None, serve)", []),
        ("threading.Thread(target=lambda: serve())", []),
        ("threading.Thread(target=targets[0])", []),
        ("threading.Thread(target=make()())", []),
    ],
)
def test_target(code: str, found: list[tuple[str, bool]]) -> None:
    """The target has a name, or is what a function of that name returns."""
    source = f"import threading\nfrom threading import Thread as T\n{code}\n"
    assert [(one.target, one.calls_target) for one in made(read(source))] == found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def serve(): pass", True),
        ("def serve():\n    return", True),
        ("def serve():\n    def inner(): return 1", True),
        ("def serve(): return 1", False),
        ("def serve(): yield 1", False),
        ("@decorated\ndef serve(): pass", False),
        ("def serve(): pass\nclass A:\n    def serve(self): return 1", False),
        ("from other import serve", False),
    ],
)
def test_returns_nothing(code: str, expected: bool) -> None:
    """Only a function of the program's own is known to return nothing."""
    assert returns_nothing(read(code), "serve") is expected
