"""What is said of chats of their own protocol."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language import N_, NP_, Sentence

# What each check shows, by its name.
TITLES: Mapping[str, str] = {
    "starts": N_("The server starts and keeps running."),
    "two-users": N_("Two users talk: what one of them types, the other one sees, once."),
    "many-users": N_("Three users talk: what one of them types, all others see, once."),
    "sender-named": N_("Whoever reads a message sees who has said it."),
    "sender-excluded": N_("A message does not come back to its sender."),
    "survives-leave": N_("When somebody leaves, the others go on talking."),
    "survives-vanish": N_("When somebody's client is killed, the others go on talking."),
    "client-leaves": N_("There is a way to leave, and the client then ends."),
    "join-notice": N_("When somebody comes, the others are told who."),
    "leave-notice": N_("When somebody leaves, the others are told who."),
    "server-threads": N_("Each connection has a thread of its own, made with `threading`."),
    "client-threads": N_("While one types, a thread made with `threading` receives."),
}
OWN: Mapping[str, Sentence] = {
    # What is done.
    "own-answers": N_("{name} is asked {asked!r} and types {text!r}"),
    "own-interrupts": N_("{name} presses Ctrl+C"),
    # What was understood.
    "own-programs": N_("the server is {server}, the client is {client}"),
    "own-asks": N_("the client asks {asked!r}"),
    "own-name-argument": N_("the name is an argument of the client"),
    "own-name-silent": N_("the first line that one types is the name, without being asked"),
    "own-name-given": N_("nobody is asked for a name; the server tells users apart by itself"),
    "own-nameless": N_("nobody has a name"),
    "own-shows": N_("a message looks like {text!r}"),
    "own-operator": N_("one client talks with whoever sits at the server"),
    "own-nothing-shown": N_("no message came to anybody"),
    "own-word": N_("one leaves by {text!r}"),
    "own-no-word": N_("no word to leave by; Ctrl+D is tried, then Ctrl+C"),
    "own-restless": N_("the server uses the processor all the time"),
    # What is wrong.
    "own-missing": N_("{speaker} types a message, and {name} is not shown it"),
    "own-late": N_("{name} is shown what {speaker} typed only once something else is done"),
    "own-doubled": N_("{name} is shown twice what {speaker} typed once"),
    "own-unnamed": N_("{name} reads a message and does not see that {speaker} has said it"),
    "own-came-back": N_("the server sends what {name} says back to {name}"),
    "own-flood": N_("somebody has gone, and {name} is shown more and more that nobody has typed"),
    "own-join-untold": N_("{name} is not told that {about} has come"),
    "own-leave-untold": N_("{name} is not told that {about} has left"),
    "own-leave-late": N_("{name} is told that {about} has left only once something else is done"),
    "own-told-twice": N_("{name} is told twice of {about}"),
    "own-wrong-name": N_("{about} has left, and {name} is told that it was {other}"),
    "own-stays": N_("the client does not end when its user leaves"),
    "own-no-way": N_("no way to leave was found"),
    "own-client-ended": N_("the client of {name} ends by itself"),
    "own-nobody-talks": N_("nobody gets to where they can talk"),
    "own-for-two": N_("the server serves one client alone; the second user sits at the server"),
    # What was expected, and what was there.
    "own-listens": N_("the server waits for clients at a port"),
    "own-not-listening": N_("it runs, and waits for nobody"),
    "own-on-screen": N_("{text} on the screen, once"),
    "own-screen": N_("on the screen: {text!r}"),
    "own-users": NP_("{count} user who talks", "{count} users who talk"),
    "own-name-beside": N_("{speaker} beside {text}"),
    "own-told-apart": N_("something beside each message that tells one sender from another"),
    "own-not-back": N_("{text} on the screens of the others alone"),
    "own-back": NP_(
        "it is on the sender's screen, and the server has sent it there",
        "it is {count} times on the sender's screen, and the server has sent it there",
    ),
    "own-quiet": N_("nothing but the messages of those who are there"),
    "own-join-due": N_("a line on the screens of the others that names {about}"),
    "own-leave-due": N_("a line on the screens of the others that names {about}, at once"),
    "own-ends-after": N_("the client ends after {text!r}"),
    "own-way-out": N_("a word, Ctrl+D or Ctrl+C ends the client, without an exception"),
    "own-third-served": N_("a third user who can talk as well"),
    "own-third-waits": N_("the second client is not served"),
    # What cannot be told.
    "own-open-wire": N_(
        "the sender's own screen shows the message; whether the server has sent it there cannot "
        "be told here"
    ),
    "own-open-once": N_("this failed in one play and not in another one"),
    "own-open-threads": N_("what the threads wait for cannot be seen here"),
    "own-machine-busy": N_("other programs used the processors: this cannot be told"),
    # What was handed in, and why it cannot be driven.
    "own-dialect-no-toml": N_("the dialect is no TOML: {error}"),
    "own-dialect-section": N_("the dialect: expected one of {known}, got {name}"),
    "own-dialect-value": N_("the dialect: {name} is unknown, or of the wrong type"),
    "own-dialect-choice": N_("the dialect: {name}: expected one of {known}"),
    "own-nothing": N_("{path}: no server and client found; name them: --server FILE --client FILE"),
    "own-no-folder": N_("{path}: no such folder"),
    "own-both-files": N_("expected --server FILE and --client FILE, both in one folder"),
    "own-no-pair": N_("no server and client over {variant} were found"),
    "own-needs-namespaces": N_(
        "chats of their own protocol are graded on Linux alone, where networks of their own can "
        "be made (in a container or WSL2, too)"
    ),
    "own-chosen": N_("graded {server} with {client}; there are others: {others}"),
    "own-graphical": N_("{file} is graphical: it uses {module}"),
    "own-windows": N_("{file} runs on Windows alone: it uses {module}"),
    "own-module-missing": N_("{file} needs the package {module}, which is not there"),
    "own-file-missing": N_("{file} needs a file that is not there ({error})"),
    "own-syntax": N_("{file} is no Python {version} ({error})"),
    "own-unreadable": N_("{file} cannot be read as Python"),
    "own-address-outside": N_("{file} needs the address {address}, which is not this machine's"),
}
