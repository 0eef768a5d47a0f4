"""What the tests of the page share: a reader of HTML, and results with a text in any field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

from grader.result.check import Event, Place
from grader.result.grade import GradeResult, SandboxInfo
from grader.result.verdict import Verdict
from support import diagrams
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
        message="carol was not told",
        steps=("alice joins", "alice says hello"),
        expected="alice: hello",
        got="alice: help",
        hint="look again",
        place=Place("tcp_server.py", 7),
        mistake="prints-only",
        transcript=(*diagrams.never_came().transcript, Event(0.5, "complains", "server", "oh")),
    )
    checks = (
        complete,
        check("tcp.server-threads", Verdict.FAIL, message="no thread"),
        check("tcp.starts", steps=("the server starts",)),
        check("tcp.storm", Verdict.SKIP, message="needs two-users, which did not pass"),
        check("udp.starts", Verdict.TODO, message="task 12: open the socket"),
        check("udp.storm", Verdict.ERROR, message="OSError", steps=("all join",)),
    )
    box = SandboxInfo("limits", "free-port", "wall", "open", "install bubblewrap")
    return result(checks, notes=("no udp_client.py",), sandbox=box)


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The ways from a result to each text in it."""
    if is_dataclass(value):
        for field in fields(value):
            yield from paths(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from paths(item, (*path, at))
    elif type(value) is str:
        yield path


def put(value: Any, path: Path, text: str) -> Any:
    """The same with another text at the end of a way."""
    if not path:
        return text
    first, *rest = path
    if isinstance(first, int):
        return (*value[:first], put(value[first], tuple(rest), text), *value[first + 1 :])
    return replace(value, **{first: put(getattr(value, first), tuple(rest), text)})
