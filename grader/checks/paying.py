"""Which check a finding costs: exactly one.

It is the one that the finding belongs to, if that looks at the story. A fault that shows only
where its own check does not look costs whichever check the story is for; once, whatever the
number of stories that show it, and not where anything like it costs a check already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from grader.chat.model.consequences import GAPS
from grader.chat.model.finding import Finding
from grader.chat.played import Played


@dataclass(frozen=True)
class Payers:
    """Who pays for what, in the stories that can be played with one program."""

    owner: Callable[[Finding], str]
    fed_by: Callable[[str], Iterable[str]]  # the stories that a check looks at
    hosts: Mapping[str, str]  # by story, in order: the check that it is for
    play: Callable[[str], Played]
    shows: Callable[[Played, str], bool]  # whether a story came far enough for a check
    apart: AbstractSet[str]  # what a story shows of these checks costs nobody else

    def of(self, played: Played, finding: Finding) -> str:
        """The check that a finding in a story costs something."""
        owner = self.owner(finding)
        others = self.looks_at(played, finding)
        if not others or not self._passes(owner):
            return owner
        like = [(story, other) for story in others for other in self._like(finding, story)]
        if any(story in self.fed_by(self.owner(other)) for story, other in like):
            return owner
        return next((self.hosts[story] for story, _ in like), owner)

    def looks_at(self, played: Played, finding: Finding) -> tuple[str, ...]:
        """The stories that tell who pays: none where the owner itself looks at the story."""
        owner = self.owner(finding)
        if owner in self.apart or played.name in self.fed_by(owner):
            return ()
        return tuple(story for story, host in self.hosts.items() if story in self.fed_by(host))

    def _passes(self, check: str) -> bool:
        """Whether a check has nothing to complain of where it looks, and sees what it is about."""
        stories = [self.play(story) for story in self.fed_by(check)]
        wrong = any(self.owner(f) == check for story in stories for f in story.shown.findings)
        return not wrong and any(self.shows(story, check) for story in stories)

    def _like(self, finding: Finding, story: str) -> Iterator[Finding]:
        """What went wrong in a story in the same way."""
        found = self.play(story).shown.findings
        alike = (other for other in found if _way(other) == _way(finding))
        return (other for other in alike if self.owner(other) not in self.apart)


def _way(finding: Finding) -> tuple[object, object]:
    return "gap" if finding.kind in GAPS else finding.kind, finding.matter
