"""The class page: what it says, and that nothing in it obeys anybody of the class."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import classes
from support.changes import failed, graded
from support.classes import KNOWN, one_failed, person
from support.pages import PAYLOADS, Reader

from grader import language
from grader.classroom import rows
from grader.classroom.page import page
from grader.classroom.store import Store
from grader.fact import fact, writable

each_payload = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)


class Page(Reader):
    """A reader that knows elements without an end."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "input":
            self._open.pop()


@pytest.fixture
def crowd(tmp_path: Path) -> list[rows.Row]:
    """The rows of sixty people."""
    with Store(tmp_path) as store:
        classes.crowd(store, 60)
        return rows.rows(store, KNOWN.how)


def test_everybody_has_a_row(crowd: list[rows.Row]) -> None:
    """With a link to their page where there is one, and a cell for each check."""
    text = page.dumps(crowd, KNOWN)
    reader = Page(text)
    assert len(reader.all("tr")) >= 60
    links = [a["href"] for a in reader.all("a") if a["href"].startswith("students/")]
    assert len(links) == len([row for row in crowd if row.result])
    columns = [th for th in reader.all("th") if "data-id" in th]
    cells = re.search(r'data-page="1000".*?</tr>', text, re.DOTALL)
    assert cells and cells[0].count("<td") == len(columns) + 2


def test_what_needs_a_look_comes_first(crowd: list[rows.Row]) -> None:
    """Errors before what is to be done by hand, and both before the marks."""
    text = " ".join(Page(page.dumps(crowd, KNOWN)).text().split())
    order = ["The grader failed", "it broke", "Nothing found to grade", "Late", "Absent", "mean"]
    places = [text.index(part, text.index("Everybody")) for part in order]
    assert places == sorted(places)


def test_the_page_loads_nothing(crowd: list[rows.Row]) -> None:
    """Its links are of its own, or to the pages beside it."""
    text = page.dumps(crowd, KNOWN)
    reader = Page(text)
    assert all(re.match(r"#|students/|pairs\.html", a["href"]) for a in reader.all("a"))
    assert not any({"src", "style", "onclick"} & a.keys() for _tag, a in reader.elements)
    assert any("default-src 'none'" in a.get("content", "") for a in reader.all("meta"))
    assert "@import" not in text and "url(" not in text


@each_payload
def test_nobody_can_write_on_the_page(payload: str, tmp_path: Path) -> None:
    """Whatever they are called, and whatever they handed in."""
    text = writable(payload)
    with Store(tmp_path) as store:
        hostile = one_failed(mistake=text)
        classes.keep(store, classes.files("a"), hostile)
        fields = {"name": text, "group": text, "email": text, "there": (text,), "place": text}
        store.take_in([(person("a", **fields), classes.files("a"))])
        trouble = fact("archive-unopened", file=text)
        store.take_in([(person("b", **fields, troubles=(trouble,)), {})])
        store.take_in([(person("c", group="x", name=text), classes.files("c"))])
        classes.keep(store, classes.files("c"), text)
        found = page.dumps(rows.rows(store, KNOWN.how), KNOWN)
    reader = Page(found)
    assert len(reader.all("script")) == len(reader.all("style")) == 1
    assert not {tag for tag, _ in reader.elements} & {"img", "iframe", "b1"}
    assert not any(name.startswith("on") for _tag, a in reader.elements for name in a)
    assert all(re.match(r"#|students/", a["href"]) for a in reader.all("a"))


def test_without_names_nobody_is_on_it(crowd: list[rows.Row]) -> None:
    """For the projector: neither name, id, address nor a link."""
    text = page.dumps(crowd, KNOWN, names=False)
    for row in crowd:
        assert row.person.name not in text and f">{row.person.id}<" not in text
    assert "students/" not in text and "it broke" not in text


def test_in_russian(crowd: list[rows.Row]) -> None:
    """All of it but names and verdicts, in letters and not in their numbers."""
    language.use("ru")
    text = page.dumps(crowd, KNOWN)
    assert "Все" in text and "&#1" not in text and 'lang="ru"' in text
    assert "What needs" not in text


def test_an_empty_class() -> None:
    """Has a page, too."""
    text = page.dumps([], KNOWN)
    assert "Nobody has a mark yet" in text


def test_zero_in_spite_of_points_is_named(tmp_path: Path) -> None:
    """With what they wait for."""
    with Store(tmp_path) as store:
        result = graded({"tcp.server-threads": failed()}, over=("tcp",))
        classes.stored(store, {"alice": result})
        text = Page(page.dumps(rows.rows(store, KNOWN.how), KNOWN)).text()
    assert "90 points wait for: tcp.server-threads" in text
