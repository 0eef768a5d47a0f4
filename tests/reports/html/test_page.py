"""The result as a page: what it says, and that nothing in it obeys a submission."""

from __future__ import annotations

import base64
import hashlib
import html as unescaping
import re
import subprocess
import sys
from itertools import pairwise
from typing import get_type_hints

import pytest
from msgspec.structs import replace
from support import pages, samples
from support.pages import PAYLOADS, Reader

from grader.fact import Argument, Fact, fact
from grader.reports.escape import visible
from grader.reports.html import page
from grader.result.check import CheckResult, Event, Place, Point
from grader.result.grade import SCHEMA_VERSION, GradeResult, SandboxInfo, VariantResult
from grader.result.verdict import Verdict

TAGS = """
a b body br button caption circle code dd details div dl dt figcaption figure footer g h1 h2 h3 h4
head header html li line main mark meta ol p path pre rect script section span style summary svg
table tbody td text th thead title tr
"""
ATTRIBUTES = """
aria-hidden aria-label aria-labelledby charset class colspan content cx cy d height hidden href
http-equiv id lang name open preserveaspectratio r role rx scope tabindex type value viewbox width
x x1 x2 xmlns y y1 y2
"""
each_sample = pytest.mark.parametrize("name", samples.SAMPLES)
each_payload = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)


def read(result: GradeResult) -> Reader:
    """The page of a result."""
    return Reader(page.dumps(result))


def assert_harmless(text: str) -> None:
    """Nothing is in the page but what the templates put there."""
    reader = Reader(text)
    assert {tag for tag, _ in reader.elements} <= set(TAGS.split())
    named = {name for _, attributes in reader.elements for name in attributes}
    assert named <= set(ATTRIBUTES.split())
    assert all(a["href"].startswith("#") for a in reader.all("a"))
    assert len(reader.all("script")) == len(reader.all("style")) == 1
    assert "".join(reader.text("style")) == page.assets(*page.STYLES)
    assert "".join(reader.text("script")) == page.assets(*page.SCRIPTS)
    assert text.isascii()
    assert all(line.isprintable() for line in unescaping.unescape(text).split("\n"))


@each_sample
def test_a_page_is_harmless(name: str) -> None:
    """No handlers, no styles of single elements, nothing that is loaded."""
    assert_harmless(page.dumps(samples.SAMPLES[name]()))


@each_payload
def test_no_field_can_write_on_the_page(payload: str) -> None:
    """Whatever stands in whatever field, the page has the elements that it may have."""
    result = pages.rich()
    for path in pages.paths(result):
        assert_harmless(page.dumps(pages.put(result, path, payload)))


@each_payload
def test_all_fields_together_cannot_write_on_the_page(payload: str) -> None:
    """The same where everything is hostile at once."""
    result = pages.rich()
    for path in pages.paths(result):
        result = pages.put(result, path, payload)
    assert_harmless(page.dumps(result))


@each_payload
@pytest.mark.parametrize("field", ["title", "message", "expected", "got", "transcript", "notes"])
def test_what_is_hostile_is_shown(field: str, payload: str) -> None:
    """The text is there to be read, as it was written, escaped or quoted."""
    result = pages.rich()
    ways = (path for path in pages.paths(result) if field in path and path[-1] in SHOWN)
    path = next(path for path in ways if pages.at(result, path))
    shown = "".join(read(pages.put(result, path, payload)).text().split())
    quoted = [repr(payload)[1:-1]]
    assert any(
        all("".join(visible(line).replace("`", "").split()) in shown.replace("`", "") for line in f)
        for f in (quoted, payload.split("\n"))
    )


SHOWN = ("title", "text", "name")


def test_every_field_is_tried() -> None:
    """The result that the tests fill with hostile texts has all fields that can hold one."""
    result = pages.rich()
    tried = {field for path in pages.paths(result) for field in pages.fields(result, path)}
    assert tried >= TEXTS


def test_every_kind_of_argument_is_tried() -> None:
    """Among the arguments are all that there may be: each has been a text once."""
    result = pages.rich()
    arguments = [pages.at(result, path) for path in pages.paths(result) if "arguments" in path]
    assert {type(value) for value in arguments} == {pages.Key, str, int, float}
    inner = [path for path in pages.paths(result) if path.count("arguments") == 2]
    several = [path for path in pages.paths(result) if "texts" in path and path[-1] == 1]
    assert inner and several


# Fields of texts and facts, by class. The words of enumerations are not for anybody to choose.
TEXTS = {
    (kind.__name__, name)
    for kind in (GradeResult, SandboxInfo, VariantResult, CheckResult, Event, Point, Place, Fact)
    for name, type_ in get_type_hints(kind).items()
    if type_ in (str, tuple[str, ...], Fact | None, tuple[Fact, ...], dict[str, Argument])
}


def test_policy_names_what_is_in_the_page() -> None:
    """The browser runs the page's own script, uses its own style, and loads nothing."""
    text = page.dumps(samples.full())
    (policy,) = (m["content"] for m in Reader(text).all("meta") if "http-equiv" in m)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    for name in ("style", "script"):
        (source,) = re.findall(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
        made = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert rules.pop(f"{name}-src") == f"'sha256-{made}'"
    assert rules == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    assert text.index("Content-Security-Policy") < text.index("<style>")


@each_sample
def test_links_lead_somewhere(name: str) -> None:
    """No name is given twice, and each that is linked to is there."""
    reader = read(samples.SAMPLES[name]())
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in reader.all("a")} <= set(ids)


@each_sample
def test_headings_are_in_order(name: str) -> None:
    """None skips a level, so that a reader who hears the page finds the way."""
    levels = [int(t[1]) for t, _ in read(samples.SAMPLES[name]()).elements if t in HEADINGS]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))


HEADINGS = ("h1", "h2", "h3", "h4")


@each_sample
def test_a_row_and_a_place_for_each_check(name: str) -> None:
    """Every check stands in a table and can be unfolded, with its verdict in words."""
    result = samples.SAMPLES[name]()
    reader = read(result)
    checks = {c.id: c for v in result.variants for c in v.checks}
    unfolding = {d["id"]: d["class"] for d in reader.all("details") if "id" in d}
    assert unfolding == {id: f"check {c.verdict.value.lower()}" for id, c in checks.items()}
    words = [data.strip() for tag, data in reader.inside if tag == "span"]
    for word in Verdict:
        times = 2 * sum(c.verdict is word for c in checks.values())
        assert words.count(word.value) == times
    assert len(reader.all("caption")) == len(result.variants)


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("full", "100 of 100"),
        ("failing", "0 of 100"),
        ("partial", "no mark: not every check has run"),
        ("interrupted", "no mark: the grading was interrupted"),
        ("core-error", "no mark: the grader itself failed in a check"),
    ],
)
def test_mark(name: str, mark: str) -> None:
    """The mark, or why there is none."""
    assert mark in " ".join(read(samples.SAMPLES[name]()).text().split())


def test_what_waits_for_a_mandatory_check_is_said() -> None:
    """The points are there, the mark is not."""
    text = " ".join(read(samples.mandatory_missing()).text().split())
    assert "Mandatory and not passed yet: server-threads." in text
    assert "the mark of TCP is 0. Points that wait for it: 90." in text


def opened(result: GradeResult) -> list[str]:
    """The checks that are unfolded."""
    return [d["id"] for d in read(result).all("details") if "open" in d and "id" in d]


def test_few_failures_are_unfolded() -> None:
    """What has failed can be read without a click."""
    assert opened(samples.failing()) == ["tcp.join-notice", "tcp.client-shows", "tcp.vanish-once"]
    assert opened(samples.partial()) == ["tcp.join-notice"]
    assert opened(samples.full()) == opened(samples.skeleton()) == []


def test_of_many_failures_the_next_one_is_unfolded() -> None:
    """It is the one that the page tells to begin with."""
    changes = {id: samples.failed() for id in samples.IDS if id.startswith("udp.")}
    assert opened(samples.graded(changes)) == ["udp.starts"]


@pytest.mark.parametrize(
    ("message", "task"),
    [(fact("task", number=1, title="bind it"), "task 1: bind it"), (None, "task 1")],
)
def test_the_next_task_is_named(message: Fact | None, task: str) -> None:
    """By its title, where the skeleton has told one."""
    change = {"tcp.starts": lambda c: replace(c, verdict=Verdict.TODO, points=0.0, message=message)}
    assert f"Next {task} (see tasks.md)" in " ".join(read(samples.graded(change)).text().split())


def test_a_failure_is_explained() -> None:
    """Message, steps, expected, got, hint, task, transcript and command, in this order."""
    text = read(samples.failing()).text()
    order = [
        "alice is not told who joined",
        "bob gives a name",
        "(it broke here)",
        "expected",
        "got",
        "tasks.md, task 5",
        "Time runs downwards",
        "Transcript",
        "Evidence: it arrived",
        "--only tcp.join-notice --seed 123 --trace",
    ]
    start = text.index("tcp.join-notice everyone")
    places = [text.index(part, start) for part in order]
    assert places == sorted(places)


def test_a_hint_follows_what_came() -> None:
    """What to look at next stands between what came and the task to read."""
    text = read(samples.failing()).text()
    start = text.index("tcp.client-shows what arrives")
    parts = ("'alice: kiwi 7301'", "nothing", "receive and print in a thread", "tasks.md, task 9")
    places = [text.index(part, start) for part in parts]
    assert places == sorted(places)


def test_difference_is_marked() -> None:
    """The place where two texts part stands out."""
    text = page.dumps(samples.failing())
    assert "&#39;bob <mark></mark>joined!&#39;" in text
    assert "&#39;bob <mark> </mark>joined!&#39;" in text


def test_classic_mistake_is_named() -> None:
    """With why it comes about, and the task to read."""
    text = read(samples.failing()).text()
    assert "A classic mistake: the leave notice is sent twice" in text
    assert "Remove the user once, and send the notice only then. See task 7" in text


def test_graders_fault_is_not_the_students() -> None:
    """An error says whose it is, and names no task."""
    text = read(samples.graders_fault()).text()
    assert "This is the grader's own fault, not yours. If it happens again, report it." in text


def test_a_busy_machine_is_not_the_graders_fault() -> None:
    """Nobody is to report what will be well another time."""
    text = read(samples.machine_busy()).text()
    assert "no mark: this machine could not finish a check" in text
    assert text.count("This is this machine's fault, not yours.") == 2
    assert "grader" not in text


def test_stars_that_are_left_are_named() -> None:
    """Who has the full mark is told what else there is."""
    changes = {"tcp.storm": samples.failed()}
    assert "stars are left: tcp.storm." in " ".join(read(samples.graded(changes)).text().split())
    assert "stars are left" not in read(samples.full()).text()


def test_how_it_was_graded() -> None:
    """Notes, sandbox, seed and schema are there."""
    text = read(replace(pages.rich(), seed=4711)).text()
    for part in ("no udp_client.py", "network: free-port", "bubblewrap is missing", "seed 4711"):
        assert part in text
    assert f"Result schema {SCHEMA_VERSION}" in text


def test_nothing_is_loaded_for_the_other_formats() -> None:
    """Jinja takes a while to load: only a page waits for it."""
    code = "import sys, grader.reports; sys.exit('jinja2' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=page.TEMPLATES.parents[3])
