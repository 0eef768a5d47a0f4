"""The one table of signs for verdicts: for terminals, pages and Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from grader.result.verdict import Verdict

SIGNS: Mapping[Verdict, str] = dict(zip(Verdict, "✓✗…–?!", strict=True))
ASCII: Mapping[Verdict, str] = dict(zip(Verdict, "+x.-?!", strict=True))
EMOJI: Mapping[Verdict, str] = dict(zip(Verdict, ("✅", "❌", "📝", "⏭️", "❔", "⚠️"), strict=True))
