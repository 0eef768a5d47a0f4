"""The result for GitHub: a summary that nothing breaks out of, and annotations."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import diagrams, samples
from support.made_up import happened, step
from support.pages import PAYLOADS

from grader.fact import Fact, fact
from grader.reports.formats import github, markdown
from grader.result.check import CheckResult, Place, Point
from grader.result.grade import GradeResult
from grader.result.verdict import Difference, EventKind, Verdict

COMMAND = re.compile(r"::(error|warning|notice) file=([^:,]+)(?:,line=(\d+))?,title=([^:,]+)::(.+)")
OBEYED = ("::add-mask::x", "##[add-mask]x", "\n::error::x", "\r::error::x", "%0A::stop-commands::x")
MEANT = (*OBEYED, *PAYLOADS.values(), samples.HOSTILE, "</details>\n\n# x", "```\n# x\n~~~")
TAGS = {"<details>", "</details>", "<summary>", "</summary>"}
each_text = pytest.mark.parametrize("text", MEANT, ids=repr)


def saying(text: str) -> GradeResult:
    """A result with this text wherever a submission's may be."""
    said = Fact("verbatim", {"text": text})
    unknown = Fact(text, {text: text, "several": (text, text), "inner": said})
    change = samples.failed(
        message=said,
        expected=unknown,
        got=said,
        transcript=(
            step("connects", name=text),
            happened(EventKind.STEP, fact=unknown),
            happened(EventKind.CONNECTS, text, fact=said),
            happened(EventKind.SENDS, text, text),
            happened(EventKind.GETS, text, text),
        ),
        point=Point(Difference.MISSING, text, text),
        place=Place(text, 3),
        mistake=text,
    )
    return samples.graded({"tcp.two-users": change}, submission=text, notes=(said, unknown))


def unquoted(text: str) -> str:
    """What is left of a summary without code spans and blocks."""
    text = re.sub(r"^(`{3,})\w+\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", text)


def drawn(check: CheckResult) -> GradeResult:
    """A result with a check that has a diagram."""
    return samples.result([check])


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_the_summary_begins_like_the_markdown(name: str) -> None:
    """The mark and the tables are the same."""
    result = samples.SAMPLES[name]()
    assert github.dumps(result).startswith("\n".join(markdown.opening(result)))


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_folded_section_for_each_failure(name: str) -> None:
    """Every check that there is something to say about has a section that can be unfolded."""
    result = samples.SAMPLES[name]()
    lines = github.dumps(result).splitlines()
    headings = [line.split("`")[1] for line in lines if line.startswith("### ")]
    assert headings == [check.id for check in markdown.told(result)]
    assert lines.count("<details>") == lines.count("</details>") == len(headings)


def test_a_failure_is_explained_and_drawn() -> None:
    """The block has all that the Markdown has; behind it is the diagram."""
    check = replace(
        diagrams.never_came(),
        message=fact("not-delivered"),
        expected=fact("text", text="a"),
        got=fact("text", text="b"),
        mistake="prints-only",
    )
    text = github.dumps(drawn(check))
    for label in ("expected: 'a'", "got:      'b'", "classic:", "read:     tasks.md"):
        assert label in text
    assert "```mermaid\nsequenceDiagram\n" in text
    assert "p0--xp3: " in text


@each_text
def test_nothing_breaks_out_of_the_summary(text: str) -> None:
    """Outside of code there are our own words and tags alone, whatever a submission says."""
    rest = unquoted(github.dumps(saying(text)))
    assert rest == unquoted(github.dumps(saying("x")))
    assert set(re.findall(r"<[^>]*>?", rest)) == TAGS
    assert "`" not in rest


@each_text
def test_the_summary_can_be_printed(text: str) -> None:
    """No line of it is a workflow command."""
    summary = github.dumps(saying(text))
    assert not [line for line in summary.splitlines() if line.lstrip().startswith("::")]
    assert "##[" not in summary


@each_text
def test_each_problem_is_one_command(text: str) -> None:
    """Nothing of a submission's ends a property or a line."""
    (line,) = github.workflow_commands(saying(text)).splitlines()
    found = COMMAND.fullmatch(line)
    assert found is not None
    assert (found[1], found[3], found[4]) == ("error", "3", "tcp.two-users")
    assert line.isprintable()
    assert set(re.findall("%..", line)) <= {"%25", "%0A", "%3A", "%2C"}


def test_an_annotation() -> None:
    """It is at the student's line, and says what was expected and where to look."""
    first, second, *_ = github.workflow_commands(samples.failing()).splitlines()
    assert first == (
        "::error file=lab4/tcp_server.py,title=tcp.join-notice::alice is not told who joined "
        "(expected 'bob joined!', got 'bob  joined!')%0Aread: tasks.md, task 5"
    )
    assert second == (
        "::error file=lab4/tcp_client.py,title=tcp.client-shows::the client does not print what "
        "arrives while it waits for typing (expected 'alice: kiwi 7301', got nothing)%0A"
        "hint: receive and print in a thread other than the one that waits for typing%0A"
        "read: tasks.md, task 9"
    )
    place, message = Place("tcp_server.py", 12), fact("verbatim", text="9 %: a, b")
    result = samples.graded({"tcp.starts": samples.failed(message=message, place=place)})
    (line,) = github.workflow_commands(result).splitlines()
    assert line.startswith("::error file=lab4/tcp_server.py,line=12,title=tcp.starts::9 %25: a, b")


def test_properties_are_escaped() -> None:
    """A path may have what ends a property."""
    result = samples.graded({"tcp.starts": samples.failed()}, submission="C:/a,b/50%")
    assert "file=C%3A/a%2Cb/50%25/tcp_server.py,title" in github.workflow_commands(result)


def test_the_most_important_ones_come_first() -> None:
    """GitHub shows ten of each level: mandatory checks first, then what is worth most."""
    changes: dict[str, Callable[[CheckResult], CheckResult]] = {
        "tcp.starts": samples.became(Verdict.TODO),
        "tcp.handshake": samples.failed(),
        "tcp.many-users": samples.failed(),
        "tcp.server-threads": samples.failed(),
        "tcp.storm": samples.failed(),
    }
    lines = github.workflow_commands(samples.graded(changes)).splitlines()
    found = [COMMAND.fullmatch(line) for line in lines]
    assert [(match[1], match[4]) for match in found if match] == [
        ("error", "tcp.server-threads"),
        ("error", "tcp.many-users"),
        ("error", "tcp.handshake"),
        ("warning", "tcp.storm"),
        ("notice", "tcp.starts"),
    ]


def test_a_full_mark_has_no_annotations() -> None:
    """Where all has passed there is nothing to annotate."""
    assert github.workflow_commands(samples.full()) == ""


def test_a_long_summary_loses_its_diagrams_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left out is said, and what is left is what GitHub takes."""
    result = drawn(diagrams.never_came())
    whole = github.dumps(result)
    monkeypatch.setattr(github, "LIMIT", len(whole.encode()) - 1)
    plain = github.dumps(result)
    assert github.NO_DIAGRAMS in plain
    assert "mermaid" not in plain and "<details>" in plain
    monkeypatch.setattr(github, "LIMIT", len(plain.encode()) - 1)
    bare = github.dumps(result)
    assert github.NO_DETAILS in bare
    assert "<details>" not in bare and len(bare.encode()) < github.LIMIT


def test_the_longest_texts_are_taken() -> None:
    """Also where every check has failed with all the text that there may be."""
    long = "\n".join(["\U0001f600" * 400] * 20)
    said = fact("verbatim", text=long)
    steps = (happened(EventKind.STEP, fact=said),) * 50
    change = samples.failed(message=said, expected=said, got=said, transcript=steps)
    text = github.dumps(samples.graded(dict.fromkeys(samples.IDS, change)))
    assert len(text.encode()) <= github.LIMIT
    assert github.NO_DETAILS in text


def test_a_diagram_that_mermaid_would_refuse_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mermaid shows an error in place of a longer one."""
    monkeypatch.setattr(github, "MAX_DIAGRAM", 10)
    assert "mermaid" not in github.dumps(drawn(diagrams.never_came()))


def test_the_file_that_github_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary is appended to what an earlier command of the step has written."""
    file = tmp_path / "summary"
    file.write_text("before\n")
    monkeypatch.setenv(github.SUMMARY, str(file))
    assert github.summarized(samples.failing())
    text = file.read_text(encoding="utf-8")
    assert text == "before\n" + github.dumps(samples.failing())


def test_without_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else has to show the summary, also where the file cannot be written."""
    for path in ("", str(tmp_path)):
        monkeypatch.setenv(github.SUMMARY, path)
        assert not github.summarized(samples.failing())
    monkeypatch.delenv(github.SUMMARY)
    assert not github.summarized(samples.failing())
