"""The tables of tasks.md are made from the rubric."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.assignment import rubric
from grader.assignment.variants import TCP, UDP, VARIANTS
from grader.grading.titles import titles
from kit import tables

ROOT = Path(__file__).resolve().parents[2]
ALL = [f"<!-- rubric: {block} -->\n{tables.CLOSES}\n" for block in tables.blocks()]
EMPTY = "# Tasks\n" + "\n".join(ALL)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A tasks.md with all markers and nothing between them."""
    path = tmp_path / "tasks.md"
    path.write_bytes(EMPTY.encode())
    return path


def cells(block: str) -> dict[str, list[str]]:
    """The rows of a table, by the check that each is about."""
    rows = [line.strip("| ").split(" | ") for line in block.splitlines()[2:]]
    return {row[0].strip("`"): row[1:] for row in rows if row[0].startswith("`")}


def test_tasks_md_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """The tables in the kit's own tasks.md are what the rubric says."""
    assert tables.main(["--check"]) == 0, capsys.readouterr().err


def test_writes_what_is_stale(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that is not up to date is written."""
    assert tables.main([], page) == 0
    assert capsys.readouterr().out == "written: tasks.md\n"
    assert "The server tells everyone already in the chat who joined." in page.read_text(
        encoding="utf-8"
    )


def test_writes_once(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Writing a second time changes nothing."""
    tables.main([], page)
    once = page.read_bytes()
    capsys.readouterr()
    assert tables.main([], page) == 0
    assert page.read_bytes() == once
    assert capsys.readouterr().out == "tasks.md is up to date\n"


def test_writes_newlines_alone(page: Path) -> None:
    """Lines end in a newline on every system."""
    tables.main([], page)
    assert b"\r" not in page.read_bytes()


def test_check_passes_what_is_fresh(page: Path) -> None:
    """A page that was just written is up to date."""
    tables.main([], page)
    assert tables.main(["--check"], page) == 0


def test_check_takes_other_line_ends(page: Path) -> None:
    """A checkout with the line ends of Windows is up to date, too."""
    tables.main([], page)
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert tables.main(["--check"], page) == 0


def test_check_finds_what_is_stale(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A stale page is status 1 and the command to run."""
    assert tables.main(["--check"], page) == 1
    assert capsys.readouterr().err == "tasks.md: stale\nrun: python -m kit.tables\n"


def test_check_writes_nothing(page: Path) -> None:
    """A stale page stays as it is."""
    tables.main(["--check"], page)
    assert page.read_bytes() == EMPTY.encode()


def test_check_finds_an_edited_table(page: Path) -> None:
    """A table that somebody has edited by hand is stale."""
    tables.main([], page)
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("| 10 | 10 |", "| 10 | 11 |", 1), encoding="utf-8")
    assert tables.main(["--check"], page) == 1


def test_text_around_the_blocks_stays(page: Path) -> None:
    """What stands outside of the markers is left alone."""
    page.write_text(f"before\n\n{EMPTY}\nafter\n", encoding="utf-8")
    tables.main([], page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n\n# Tasks\n")
    assert text.endswith(f"{tables.CLOSES}\n\nafter\n")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (EMPTY.replace(ALL[2], ""), "tasks.md: missing marker <!-- rubric: task 1 -->"),
        (
            "<!-- rubric: core -->\nno end\n",
            "tasks.md:1: the block 'core' is never closed by <!-- end of rubric -->",
        ),
        (
            f"<!-- rubric: core -->\n{ALL[1]}",
            "tasks.md:2: nested marker: 'core', line 1, is still open",
        ),
        (
            f"text\n{tables.CLOSES}\n",
            "tasks.md:2: stray marker <!-- end of rubric -->: no block is open",
        ),
        (EMPTY + ALL[0], "the block 'core' is there already"),
        ("<!-- rubric core -->\n", "tasks.md:1: malformed marker"),
        ("  <!-- rubric: core -->\n", "tasks.md:1: malformed marker"),
        ("see <!-- end of rubric -->\n", "tasks.md:1: malformed marker"),
        ("<!-- rubric: task 99 -->\n", "tasks.md:1: unknown block 'task 99': expected one of core"),
    ],
    ids=[
        "missing", "unclosed", "nested", "stray", "twice", "colon", "indented", "inline", "unknown",
    ],
)  # fmt: skip
def test_wrong_marker(
    page: Path, capsys: pytest.CaptureFixture[str], text: str, complaint: str
) -> None:
    """A wrong marker is status 2 and one line that says where and how, and nothing is written."""
    page.write_bytes(text.encode())
    assert tables.main([], page) == 2
    said = capsys.readouterr().err
    assert complaint in said
    assert said.count("\n") == 1
    assert page.read_bytes() == text.encode()


def test_a_russian_page_is_written_in_russian(page: Path) -> None:
    """The language of a page is in its name; what is written elsewhere stays English."""
    russian = page.rename(page.with_name("tasks.ru.md"))
    assert tables.main([], russian) == 0
    text = russian.read_text(encoding="utf-8")
    assert "| | всего | 100 | 100 | |" in text
    assert "**10 баллов.** Что проверяется:" in text
    assert tables.blocks()["core"].endswith("| | together | 100 | 100 | |")


def test_all_pages_are_looked_at(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of several pages each is written; one that is stale is status 1."""
    russian = page.with_name("tasks.ru.md")
    russian.write_bytes(page.read_bytes())
    tables.main([], page)
    assert tables.main(["--check"], page, russian) == 1
    assert capsys.readouterr().err == "tasks.ru.md: stale\nrun: python -m kit.tables\n"
    assert tables.main([], page, russian) == tables.main(["--check"], page, russian) == 0


def test_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that cannot be read is status 2 and one line."""
    assert tables.main(["--check"], tmp_path / "tasks.md") == 2
    assert capsys.readouterr().err == "tasks.md: No such file or directory\n"


def test_not_utf_8(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that is not UTF-8 is status 2 and one line."""
    page.write_bytes(b"\xff\n")
    assert tables.main([], page) == 2
    assert capsys.readouterr().err == "tasks.md: expected UTF-8 text\n"


@pytest.mark.parametrize("block", ["core", "stars"])
def test_every_check_has_a_row(block: str) -> None:
    """Each table holds the checks of its kind, in the order of the rubric."""
    expected = [row.name for row in rubric.RUBRIC if row.star is (block == "stars")]
    assert list(cells(tables.blocks()[block])) == expected


@pytest.mark.parametrize("row", [r for r in rubric.RUBRIC if not r.star], ids=lambda r: r.name)
def test_row_of_a_core_check(row: rubric.Row) -> None:
    """A row says what the check shows, its points and its tasks."""
    what, tcp, udp, tasks = cells(tables.blocks()["core"])[row.name]
    assert what.endswith(titles()[row.name])
    assert what.startswith("**Mandatory") is bool(row.mandatory)
    points = {TCP: tcp, UDP: udp}
    assert points == {v: str(row.max_points(v)) if row.has(v) else "–" for v in VARIANTS}
    numbers = [str(row.task_of(v)) if row.has(v) else "–" for v in VARIANTS]
    assert tasks == " / ".join(numbers)


def test_where_a_check_is_mandatory() -> None:
    """The table says in which variant, where the other one has the check too; a list need not."""
    made = tables.blocks()
    table = {name: what for name, (what, *_rest) in cells(made["core"]).items()}
    assert table["server-threads"] == f"**Mandatory.** {titles()['server-threads']}"
    assert table["client-threads"] == f"**Mandatory over UDP.** {titles()['client-threads']}"
    assert "**Mandatory" not in made["task 9"]
    assert "`udp.client-threads` (15 points): **Mandatory.** The" in made["task 18"]


@pytest.mark.parametrize("row", [r for r in rubric.RUBRIC if r.star], ids=lambda r: r.name)
def test_row_of_a_star(row: rubric.Row) -> None:
    """A row of a star says which variants have it."""
    worth = cells(tables.blocks()["stars"])[row.name][1:3]
    assert worth == ["★" if row.has(v) else "–" for v in VARIANTS]


def test_sums() -> None:
    """The last row of the core table has the sum of each variant."""
    assert tables.blocks()["core"].splitlines()[-1] == "| | together | 100 | 100 | |"


@pytest.mark.parametrize("task", range(1, 21))
def test_list_of_a_task(task: int) -> None:
    """The list of a task has exactly the checks that the rubric gives to it."""
    listed = re.findall(r"^- `([a-z.-]+)` \((.+?)\)", tables.blocks()[f"task {task}"], re.MULTILINE)
    expected = [
        (f"{v}.{row.name}", "★" if row.star else f"{row.max_points(v)} points")
        for v in VARIANTS
        for row in rubric.rows(v)
        if row.task_of(v) == task
    ]
    assert listed == expected


def test_points_of_a_task_add_up() -> None:
    """The heading of a list has the sum of its points and the number of its stars."""
    assert tables.blocks()["task 5"].startswith("**8 points and 1 star.** The grader will check:")
    assert tables.blocks()["task 3"].startswith("**5 stars.** The grader will check:")
