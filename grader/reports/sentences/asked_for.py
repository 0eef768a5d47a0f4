"""Arguments that contradict each other."""

from __future__ import annotations

from grader.language import N_

ASKED_FOR = {
    "path-or-files": N_("expected PATH or --server/--client, not both"),
    "files-of-one-variant": N_("--server/--client: expected --variant tcp or --variant udp"),
    "portable-or-sandbox": N_("expected --portable or --sandbox, not both"),
    "sandbox-refused": "--sandbox: {reason}",
    "no-such-check": N_("--only {word}: no such check here; --list shows them all"),
    "no-such-check-but": N_("--only {word}: no such check here; did you mean one of: {names}?"),
    "task-is-no-check": N_(
        "--only {word}: expected the name of a check; those of this task: {names} (or: --task)"
    ),
    "task-or-only": N_("expected --task or --only, not both"),
    "no-such-task": N_("--task {word}: expected a task of these files, such as {most}"),
    "no-check-named": N_("--only: expected the name of a check; --list shows them all"),
}
