"""What the tests of the page share: a reader of HTML, and results with a text in any field."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import msgspec
from msgspec.structs import replace

from grader.fact import fact
from grader.result.check import SERVER, Place, Raised, Standing
from grader.result.grade import GradeResult, SandboxInfo
from grader.result.verdict import EventKind, Verdict
from support import diagrams
from support.made_up import happened, step
from support.samples import check, result

Path = tuple[str | int, ...]

PAYLOADS = {
    "script": "<script>window.__hit = 1; alert(1)</script>",
    "image": '"><img src=x onerror="window.__hit = 1">',
    "attribute": '" onmouseover="window.__hit = 1" autofocus onfocus="window.__hit = 1" x="',
    "end-of-style": "</style><script>window.__hit = 1</script><style>",
    "end-of-all": "</title></textarea></svg></pre></details><svg onload='window.__hit = 1'>",
    "template": "{{ 7*7 }}{% raw %}{{7*7}}{# #}${7*7}",
    "address": "javascript:window.__hit = 1",
    "cdata": "<![CDATA[ ]]> <!-- --> ]]> -->",
    "entities": "&lt;script&gt; &#60;img&#62; &amp;",
    "backticks": "`<b>` ` <i>",
    "unwritable": "\ud800\udcff \x00\x07\x1b[31m\r\t\n\n \u202e\u2066\u200b\ufeff \u2028",
}


class Reader(HTMLParser):
    """Collects elements in order, with their attributes, and all text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inside: list[tuple[str, str]] = []  # the innermost element, and the text
        self._open = [""]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("meta", "br"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.inside.append((self._open[-1], data))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements with this name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, *tags: str) -> str:
        """The text of these elements; without any, all that is not style or script."""
        chosen = (t for tag, t in self.inside if (tag in tags) or not (tags or tag in HIDDEN))
        return "".join(chosen)


HIDDEN = ("style", "script")


def rich() -> GradeResult:
    """A result in which every field is there."""
    complete = replace(
        diagrams.never_came(),
        message=fact("message-missing", name=diagrams.CAROL),
        expected=fact("text", text="alice: hello"),
        got=fact("text", text="alice: help"),
        place=Place("tcp_server.py", 7),
        raised=(Raised(Place("tcp_server.py", 7), "nme", "NameError", "no", "Thread-1", "all"),),
        standing=(Standing("MainThread", Place("tcp_server.py", 9), "accept()"),),
        cause=fact("start-not-called", line=7),
        mistake="prints-only",
        transcript=(
            *diagrams.never_came().transcript,
            happened(EventKind.COMPLAINS, SERVER, "oh", at=0.5),
            happened(EventKind.SEES, diagrams.BOB, fact=fact("connection-closed"), at=0.6),
        ),
    )
    checks = (
        complete,
        check(
            "tcp.server-threads",
            Verdict.FAIL,
            message=fact("server-makes-no-thread"),
            expected=fact("thread-made"),
            got=fact("none-made", file="tcp_server.py"),
        ),
        check(
            "tcp.handshake",
            Verdict.FAIL,
            message=fact("welcome-incomplete"),
            expected=fact("text", text="You are connected!"),
            got=fact("then-closed", came=fact("texts", texts=("name", "You are"))),
        ),
        check(
            "tcp.no-spin",
            Verdict.FAIL,
            message=fact("never-rests"),
            expected=fact("sleeps-until-something"),
            got=fact("busy-share", share=0.98),
        ),
        check("tcp.starts", transcript=(step("server-starts"),)),
        check("tcp.storm", Verdict.SKIP, message=fact("needs", check="two-users")),
        check("udp.starts", Verdict.TODO, message=fact("task", number=12, title="open the socket")),
        check("udp.storm", Verdict.ERROR, message=fact("said-nothing")),
    )
    box = SandboxInfo(
        "limits",
        "free-port",
        "wall",
        "open",
        (fact("no-level", level="namespaces", reason=fact("bubblewrap-missing")),),
    )
    notes = (fact("verbatim", text="no udp_client.py"), fact("of-another-rubric", name="bob"))
    return result(checks, notes=notes, sandbox=box)


class Key(str):
    """On a way: the name of an argument itself, and not what it stands for."""

    __slots__ = ()


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The ways from a result to each text in it, and to each number that could be a text.

    The name of an argument comes after what is in it, which would not be found afterwards.
    """
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from paths(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from paths(item, (*path, name))
            yield (*path, Key(name))
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from paths(item, (*path, at))
    elif type(value) is str or (path[-2:-1] == ("arguments",)):
        yield path


def at(value: Any, path: Path) -> Any:
    """What is at the end of a way."""
    for step_ in path:
        if isinstance(step_, Key):
            return step_
        value = getattr(value, step_) if isinstance(value, msgspec.Struct) else value[step_]
    return value


def fields(value: Any, path: Path) -> Iterator[tuple[str, str]]:
    """The fields on a way, each with the name of its class."""
    for end, name in enumerate(path):
        owner = at(value, path[:end])
        if isinstance(owner, msgspec.Struct):
            yield type(owner).__name__, str(name)


def put(value: Any, path: Path, text: str) -> Any:
    """The same with another text at the end of a way."""
    if not path:
        return text
    first, *rest = path
    if isinstance(first, Key):
        return {text if name == first else name: item for name, item in value.items()}
    if isinstance(first, int):
        return (*value[:first], put(value[first], tuple(rest), text), *value[first + 1 :])
    if isinstance(value, dict):
        return {**value, first: put(value[first], tuple(rest), text)}
    return replace(value, **{first: put(getattr(value, first), tuple(rest), text)})
