"""Which check a finding costs: exactly one.

It is the one that the finding belongs to, if that looks at the story. A fault that shows only
where its own check does not look costs whichever check the story is for; once, whatever the
number of stories that show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from grader.chat.model.finding import Finding
from grader.chat.played import Played


@dataclass(frozen=True)
class Payers:
    """Who pays for what, in the stories that can be played with one program."""

    owner: Callable[[Finding], str]
    fed_by: Callable[[str], Iterable[str]]  # the stories that a check looks at
    hosts: Mapping[str, str]  # by story, in order: the check that it is for
    play: Callable[[str], Played]
    apart: AbstractSet[str]  # what a story shows of these checks costs nobody else

    def of(self, played: Played, finding: Finding) -> str:
        """The check that a finding in a story costs something."""
        owner = self.owner(finding)
        others = self.looks_at(played, finding)
        if not others or any(self._shows(story, owner) for story in self.fed_by(owner)):
            return owner
        return next((self.hosts[story] for story in others if self._shows(story, owner)), owner)

    def looks_at(self, played: Played, finding: Finding) -> tuple[str, ...]:
        """The stories that tell who pays: none where the owner itself looks at the story."""
        owner = self.owner(finding)
        if owner in self.apart:
            return ()
        mine = tuple(self.fed_by(owner))
        if played.name in mine:
            return ()
        others = (story for story, host in self.hosts.items() if story in self.fed_by(host))
        return (*mine, *(story for story in others if story not in mine))

    def _shows(self, story: str, owner: str) -> bool:
        return any(self.owner(finding) == owner for finding in self.play(story).shown.findings)
