"""Grade all chats of their own protocol, and say which verdicts are the truth.

    python -m tests.own.table [--seed N] [NAME ...]

It prints a line for each chat: seconds, and each verdict that is not what is true. Then a sum.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from submissions.own import SHAPES, Shape  # noqa: E402 (found by the line above)
from support.watcher import Watcher, request  # noqa: E402

from grader.assignment import modes  # noqa: E402
from grader.grading import runner  # noqa: E402
from grader.result.grade import GradeResult  # noqa: E402
from grader.result.verdict import Verdict  # noqa: E402


def judged(shape: Shape, result: GradeResult) -> dict[str, str]:
    """By each check of the truth, ``right``, ``open`` or what is wrong."""
    own = result.variants[0].own
    declined = own.declined.code if own and own.declined else ""
    if declined or shape.declined:
        right = declined == shape.declined
        return {"declined": "right" if right else f"declined: {declined or 'not'}"}
    verdicts = {check.name: check.verdict for check in result.checks}
    return {check: _one(check, true, verdicts[check]) for check, true in shape.truth.items()}


def _one(check: str, true: bool, verdict: Verdict) -> str:
    if verdict is Verdict.OPEN:
        return "open"
    passed = verdict is Verdict.PASS
    return "right" if passed == true else f"{check}: {verdict.value}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for shape in SHAPES:
        if options.names and not any(name in shape.name for name in options.names):
            continue
        variants = (shape.variant,)
        asked = request(shape.folder, variants=variants, mode=modes.OWN, seed=options.seed)
        result = runner.grade(asked, Watcher())
        said = judged(shape, result)
        counts.update(s if s in ("right", "open") else "wrong" for s in said.values())
        wrong = ", ".join(text for text in said.values() if text != "right")
        print(f"{shape.name:28} {result.duration_s:5.1f} s  {wrong or 'right'}", flush=True)
    print(", ".join(f"{count} {what}" for what, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
