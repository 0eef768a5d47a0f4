"""What a check does, step by step, and what its transcript tells beside the traffic."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language import N_, NP_, Sentence

STEPS: Mapping[str, Sentence] = {
    # The server.
    "server-starts": N_("the server starts"),
    "server-starts-again": N_("the server starts again"),
    "server-killed": N_("the server is killed while two users are connected"),
    "server-interrupted": N_("Ctrl+C is pressed in the server's terminal"),
    # Coming in.
    "connects": N_("{name} connects"),
    "sends-name": N_("{name} sends their name"),
    "connects-and-gives-name": N_("{name} connects and gives their name"),
    "gives-name": N_("{name} gives a name"),
    "answers-with-empty-line": N_("{name} answers with an empty line"),
    "sends-empty-datagram": N_("{name} sends an empty datagram"),
    "answers-with-name": N_("{who} gives the name {name}"),
    "answers-with-taken-name": N_("{who} answers with {name}, which is taken"),
    "sends-taken-name": N_("{who} sends the name {name}, which is taken"),
    "connects-and-is-silent": N_("{who} connects and never answers the name request"),
    "rejoins": N_("{name} joins again from the same address"),
    "stranger-sends": N_("a stranger sends {text!r}"),
    # Talking.
    "says": N_("{name} says {text!r}"),
    "sends-byte-by-byte": N_("{name} sends {text!r} byte by byte"),
    "says-meanwhile": N_("meanwhile {name} says something"),
    "sends-two-in-one": N_("{name} sends two messages in one segment"),
    "sends-goodbye-in-one": N_("{name} sends a message and the leave notice in one segment"),
    "sends-split": N_("{name} sends {text!r}, cut in the middle of {character!r}"),
    "sends-long": N_("{name} sends a message of {count} characters"),
    "sends-broken": N_("{name} sends bytes that are not UTF-8"),
    "sends-half-a-line": N_("{name} sends half a line"),
    "stops-reading": N_("{reader} stops reading; {sender} sends 6 million bytes"),
    "reads-again": N_("{name} reads again"),
    "storm": N_("four users talk all the time while others come and go"),
    "silence": N_("nobody says anything"),
    # Going.
    "leaves": N_("{name} leaves"),
    "half-closes": N_("{name} closes the sending half of the connection"),
    "vanishes": N_("{name} vanishes without a word"),
    "vanishes-by": N_("{name} vanishes without a word ({how})"),
    # The client at its terminal, and the scripted server.
    "client-starts": N_("{name} starts the client"),
    "types-name": N_("{name} types their name"),
    "types": N_("{name} types {text!r}"),
    "types-leave": N_("{name} types 'leave'"),
    "ends-input": N_("{name} ends the input (end-of-file)"),
    "client-killed": N_("{name}'s client is killed"),
    "host-asks": N_("the server sends 'name'"),
    "host-sends": N_("the server sends {text!r}; nobody types anything"),
    "host-sends-byte-by-byte": N_("the server sends {text!r} byte by byte"),
    "host-sends-two-in-one": N_("the server sends two messages in one segment"),
    "host-closes": N_("the server closes the connection"),
    # What somebody's thread in the server does.
    "runs-line": N_("line {line}: {text}"),
    "held-before-line": N_("held before line {line}: {text}"),
    "goes-on-with-line": N_("goes on with line {line}: {text}"),
    # Beside the steps.
    "how": "({how})",
    "without-a-word": N_("without a word"),
    "to-port": N_("to port {port}"),
    "connection-closed": N_("the connection closed"),
    "connection-reset": N_("the connection reset"),
    "events-omitted": NP_("(and {count} more event)", "(and {count} more events)"),
}
