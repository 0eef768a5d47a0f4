"""Programs with one fault each; people could hand them in without knowing.

A check in none of the sets is to be passed. One in ``either`` may be one that the fault keeps from
being judged. A SKIP is as good as a FAIL behind another of ``fails``.
"""

from __future__ import annotations

from submissions.strangers import Program

TS, TC, US, UC = (("tcp_server.py",), ("tcp_client.py",), ("udp_server.py",), ("udp_client.py",))
TCP, UDP = (("tcp_server.py", "tcp_client.py"), ("udp_server.py", "udp_client.py"))
# what stands behind messages that arrive: can't be judged, or not cleanly, when messages are lost or changed
STARS = frozenset(
    {
        "byte-by-byte",
        "two-in-one",
        "split-character",
        "silent-newcomer",
        "stalled-reader",
        "vanish-once",
        "long-message",
        "broken-text",
        "hundred",
        "storm",
        "restart",
        "rejoin",
        "left-alone",
        "no-spin",
        "taken-name",
        "empty-name",
    }
)
LATER = (
    frozenset({"sender-excluded", "survives-leave", "survives-vanish", "server-threads"}) | STARS
)
THREE = frozenset(
    {
        "sender-excluded",
        "survives-leave",
        "survives-vanish",
        "server-threads",
        "hundred",
        "storm",
        "stalled-reader",
        "broken-text",
        "silent-newcomer",
        "vanish-once",
        "rejoin",
        "leave-notice",
        "left-alone",
    }
)
UDP_LATER = frozenset(
    {
        "sender-excluded",
        "survives-leave",
        "survives-vanish",
        "broken-text",
        "hundred",
        "storm",
        "rejoin",
        "stranger",
        "left-alone",
        "no-spin",
        "taken-name",
        "empty-name",
    }
)
# after a leave that went wrong
LEFT = frozenset(
    {
        "survives-leave",
        "survives-vanish",
        "vanish-once",
        "storm",
        "rejoin",
        "two-in-one",
        "left-alone",
        "no-spin",
    }
)
PLAIN = " It sends with sendall under the lock, so a stalled reader stops everybody."

PROGRAMS: tuple[Program, ...] = (
    # TCP servers
    Program(
        "loses-every-third-message",
        TS,
        what="The third, sixth, ... message of each user is lost.",
        fails={"two-users", "many-users"},
        either=LATER,
        why="Every message must reach every other; three per sender are enough to see it.",
    ),
    Program(
        "one-message-late",
        TS,
        what="Each message arrives only when its sender sends the next one (or leaves).",
        fails={"two-users", "many-users"},
        either=LATER | {"leave-notice"},
        why="The last message of anybody never comes while they stay.",
    ),
    Program(
        "first-after-join-is-lost",
        TS,
        what="The first message that anybody says after somebody joined is lost.",
        fails={"two-users", "many-users"},
        either=LATER,
        why="After the joins of a check the first message is missing.",
    ),
    Program(
        "third-in-the-list-is-mute",
        TCP,
        what="Messages of whoever is third in the list of users are lost; the client "
        "is right. --host and --port are ignored.",
        fails={"many-users", "stalled-reader", "end-to-end"},
        either=THREE - {"stalled-reader"} | {"silent-newcomer"},
        why="Two users see nothing of it; of three one is mute." + PLAIN,
    ),
    Program(
        "first-is-deaf-in-company",
        TS,
        what="With three or more present the oldest of the others does not get a message.",
        fails={"many-users"},
        either=THREE,
        why="The loop ends before index 0 when there are two or more receivers.",
    ),
    Program(
        "echoes-in-a-crowd",
        TS,
        what="With four or more present the sender gets the message back.",
        fails={"sender-excluded", "stalled-reader"},
        either={
            "many-users",
            "survives-leave",
            "survives-vanish",
            "hundred",
            "storm",
            "silent-newcomer",
            "broken-text",
            "server-threads",
        },
        why=(
            "A message never comes back to its sender, however many are there; with "
            "two or three it does not."
        )
        + PLAIN,
    ),
    Program(
        "echo-after-half-a-second",
        TS,
        what="The sender gets the message back half a second later.",
        fails={"sender-excluded"},
        either={"two-users", "many-users"} | LATER - {"sender-excluded"} | {"leave-notice"},
        why="Who waits a second sees it; elsewhere it comes as a surprise, or never "
        "because the check is over.",
    ),
    Program(
        "doubles-every-fifth",
        TS,
        what="Every fifth message of the chat comes twice to one receiver, the oldest.",
        fails={"many-users"},
        either={"two-users"} | LATER,
        why="Five users saying one thing each are enough for one double.",
    ),
    Program(
        "own-join-notice-with-the-next-line",
        TS,
        what="A newcomer gets the own join notice just before the first message of another.",
        fails={"join-not-to-self", "stalled-reader"},
        either={"two-users", "many-users", "leave-notice"} | LATER - {"stalled-reader"},
        one_of={"join-not-to-self", "two-users", "many-users"},
        why=(
            "Seen once somebody talks; who looks only at the moment of joining sees "
            "it as a surplus line in the message checks."
        )
        + PLAIN,
    ),
    Program(
        "join-repeated-at-first-word",
        TS,
        what="The join notice comes again when the newcomer says the first thing.",
        fails={"join-notice"},
        either={"two-users", "many-users", "join-not-to-self", "leave-notice"} | LATER,
        one_of={"join-notice", "two-users", "many-users"},
        why="Once is once; who listens only briefly in join-notice sees a surplus "
        "line in the message checks.",
    ),
    Program(
        "join-not-told-to-the-latest",
        TS,
        what="With two or more there, whoever joined last is not told of the next newcomer.",
        fails={"join-notice", "stalled-reader"},
        either={"many-users"} | THREE - {"stalled-reader"} | {"taken-name", "empty-name"},
        why="Everyone already there must be told." + PLAIN,
    ),
    Program(
        "old-leaves-come-again",
        TS,
        what="With each leave all earlier leaves are announced again.",
        fails={"leave-notice"},
        either=LEFT,
        why="The first leave is right; the second repeats the first.",
    ),
    Program(
        "leave-kept-from-the-first",
        TS,
        what="With three or more present, the oldest user is not told that somebody left.",
        fails={"leave-notice"},
        either=LEFT | {"hundred"},
        why="Everyone else must be told; among two it is right.",
    ),
    Program(
        "leaver-gets-own-leave-notice",
        TS,
        what="The leave notice goes to the leaver, too, before the connection closes.",
        fails={"sender-excluded", "stalled-reader"},
        either={
            "leave-notice",
            "survives-leave",
            "left-alone",
            "vanish-once",
            "rejoin",
            "two-in-one",
            "storm",
        },
        why="One's own leave notice that comes back is an echo like any other." + PLAIN,
    ),
    Program(
        "wrong-name-after-somebody-left",
        TS,
        what="Two parallel lists come apart: after an older user has left, later "
        "leave notices carry a wrong name.",
        fails={"leave-notice", "stalled-reader"},
        either=LEFT | {"taken-name", "hundred"},
        why=("Wrong from the second leave on, unless the last one of the list left first.") + PLAIN,
    ),
    Program(
        "cut-off-after-a-leave",
        TS,
        what="Whoever talks first after a leave is thrown out (the message still arrives).",
        fails={"survives-leave", "survives-vanish"},
        either=LEFT - {"survives-leave", "survives-vanish"} | {"leave-notice"},
        why="The others must go on; a vanishing counts as a leave.",
    ),
    Program(
        "message-lost-after-a-leave",
        TS,
        what="The first message after a leave is lost.",
        fails={"survives-leave", "survives-vanish"},
        either=LEFT - {"survives-leave", "survives-vanish"},
        why="The others must go on, without a gap.",
    ),
    Program(
        "ghost-ends-the-speaker",
        TS,
        what="A user gone with RST stays in the table; the next send to it raises and "
        "ends the speaker's thread.",
        fails={"survives-vanish", "vanish-once", "stalled-reader"},
        either={
            "storm",
            "survives-leave",
            "rejoin",
            "no-spin",
            "hundred",
            "broken-text",
            "silent-newcomer",
        },
        why="FIN is dealt with, RST is not." + PLAIN,
    ),
    Program(
        "second-colon-cut",
        TS,
        what="Everything from the second colon on is cut off.",
        fails={"two-users"},
        either={"many-users"} | LATER,
        one_of={"two-users", "many-users"},
        why="Unchanged means colons, too.",
    ),
    Program(
        "double-blanks-folded",
        TS,
        what="Several blanks inside a message become one.",
        fails={"two-users"},
        either={"many-users"} | LATER,
        one_of={"two-users", "many-users"},
        why="Unchanged means blanks, too.",
    ),
    Program(
        "left-in-the-line-throws-out",
        TS,
        what="Whoever says something with `left` in it is out.",
        fails={"two-users"},
        either={"many-users", "leave-notice"} | LATER,
        one_of={"two-users", "many-users", "leave-notice", "survives-leave"},
        why="`I left my keys` is a message.",
    ),
    Program(
        "text-leave-leaves",
        TS,
        what="The message `alice: leave` counts as leaving.",
        fails={"two-users"},
        either={"many-users", "leave-notice"} | LATER,
        one_of={"two-users", "many-users", "leave-notice", "survives-leave"},
        why="Only the leave notice leaves; needs exactly this text to be seen.",
    ),
    Program(
        "welcome-lacks-its-last-newline",
        TS,
        what="The second line of the welcome has no newline, so the next line hangs on to it.",
        fails={"handshake"},
        either={"join-notice", "join-not-to-self", "two-users", "many-users", "leave-notice"}
        | LATER,
        why="The name request and the first line have theirs: no dialect, a mistake.",
    ),
    Program(
        "leave-notices-without-newline",
        TS,
        what="Leave notices have no newline, so the next line hangs on to them.",
        fails={"leave-notice"},
        either=LEFT | {"hundred", "silent-newcomer", "restart"},
        why="All other lines have theirs.",
    ),
    Program(
        "last-receiver-gets-no-newline",
        TS,
        what="With two or more receivers the last one gets messages without newline.",
        fails={"handshake", "stalled-reader"},
        either=(THREE | {"many-users"}) - {"stalled-reader"},
        why="Among two it is right. A newline that is missing is told once, and costs the handshake." + PLAIN,
    ),
    Program(
        "blank-line-after-welcome",
        TS,
        what="An empty line after the welcome.",
        fails={"handshake"},
        either={
            "join-not-to-self",
            "two-users",
            "many-users",
            "join-notice",
            "taken-name",
            "empty-name",
        },
        why="The welcome is two lines. Whoever learns what the server says to a "
        "newcomer can judge the rest.",
    ),
    Program(
        "tells-how-many-are-here",
        TS,
        what="A newcomer who is not the first gets a third line, `There are 2 users in the chat`.",
        fails={"handshake"},
        either={"join-not-to-self", "join-notice", "two-users", "many-users"} | LATER,
        one_of={"handshake", "join-not-to-self", "two-users", "many-users"},
        why="The first one is welcomed right; nobody asked for this line.",
    ),
    Program(
        "shorter-name-counts-as-taken",
        TS,
        what="A name that is the beginning of one in use is refused.",
        fails={"taken-name"},
        either={
            "handshake",
            "join-notice",
            "empty-name",
            "rejoin",
            "many-users",
            "hundred",
            "storm",
        },
        one_of={"taken-name", "handshake", "join-notice"},
        why="Needs two such names; only then is it seen.",
    ),
    Program(
        "plain-lock-taken-twice-on-leave",
        TS,
        what="A plain Lock is taken twice when somebody leaves: everything stands still.",
        fails={"leave-notice", "survives-leave", "survives-vanish", "stalled-reader"},
        either=LEFT - {"survives-leave", "survives-vanish"}
        | {"hundred", "restart", "broken-text", "silent-newcomer"},
        why="Only the last one may leave unharmed." + PLAIN,
    ),
    Program(
        "handshake-in-the-accept-loop",
        TS,
        what="The handshake is done in the accept loop; a silent newcomer keeps the "
        "next ones waiting.",
        fails={"silent-newcomer"},
        why="A dialect: no core check suffers.",
    ),
    Program(
        "idle-threads-and-select",
        TS,
        what="Each connection has a thread that only waits for an event; the main "
        "thread does all the work with select.",
        fails={"server-threads"},
        why="The threads are for show.",
    ),
    Program(
        "one-thread-for-two-connections",
        TS,
        what="One thread with select serves two connections each.",
        fails={"server-threads", "stalled-reader"},
        why="Each connection needs a thread of its own." + PLAIN,
    ),
    Program(
        "talks-in-pairs-only",
        TCP,
        what="Messages go only to the partner of a pair; notices go to all. The client is right.",
        fails={"many-users", "end-to-end"},
        either=THREE,
        why="Two users see nothing of it.",
    ),
    Program(
        "bursts-backwards",
        TS,
        what="Messages of one sender that arrive together are passed on in reverse order.",
        fails={"two-in-one"},
        either={"two-users", "many-users"} | LATER - {"two-in-one"},
        one_of={"two-in-one", "two-users", "many-users", "storm"},
        why="One at a time they come right; under load several come together.",
    ),
    Program(
        "lines-cut-at-1024",
        TS,
        what="Lines are cut after 1024 characters.",
        fails={"long-message"},
        either={"two-users", "many-users", "stalled-reader", "hundred", "storm"},
        why="Only long messages suffer.",
    ),
    Program(
        "clock-before-each-message-raw",
        TS,
        what="Dialect without newlines (a recv is a message); each message is given a "
        "time `[12:30] ` in front.",
        fails={"two-users", "many-users"},
        either={"handshake"} | LATER,
        why="Unchanged means nothing in front. The framing stars are lost by the dialect.",
    ),
    Program(
        "emoji-become-question-marks",
        TS,
        what="Characters above U+FFFF become `?`.",
        fails={"two-users"},
        either={"many-users"} | LATER,
        one_of={"two-users", "many-users"},
        why="Unchanged means emoji, too; Cyrillic is right.",
    ),
    # TCP clients
    Program(
        "client-drops-every-second-line",
        TC,
        what="Every second line from the server (after the welcome) is not shown.",
        fails={"client-shows"},
        either={"client-framing", "client-threads"},
        why="Two messages are enough.",
    ),
    Program(
        "client-hides-names",
        TCP,
        what="Shows only the text of a message, not who said it; the server is right.",
        fails={"client-shows"},
        either={"client-framing", "client-threads", "end-to-end"},
        why="What arrives is printed, unchanged.",
    ),
    Program(
        "client-pads-the-name",
        TC,
        what="Sends the name filled up with blanks to 16 bytes.",
        either={"client-name", "end-to-end"},
        why="The client must not send blanks around a name, yet they do not count. "
        "Otherwise right.",
    ),
    Program(
        "client-says-leave-before-goodbye",
        TC,
        what="On `leave` it sends `alice: leave` and then the leave notice.",
        fails={"client-leaves"},
        either={"client-sends"},
        why="The client does not send `leave`.",
    ),
    Program(
        "client-ends-with-status-one",
        TC,
        what="Ends with status 1 after leave and end-of-file in the chat.",
        fails={"client-leaves", "client-eof"},
        why="Status 0 is asked for.",
    ),
    Program(
        "client-stays-after-leave",
        TC,
        what="After leave and end-of-file the process stays: the receiving thread is "
        "no daemon and never ends.",
        fails={"client-leaves", "client-eof"},
        why="The notice goes out, the process goes on even when the server has closed.",
    ),
    Program(
        "client-strips-what-is-typed",
        TC,
        what="Blanks at both ends of what is typed are cut off.",
        fails={"client-sends"},
        why="Typed text goes out as it is.",
    ),
    Program(
        "client-jumps-at-the-word-name",
        TC,
        what="Lines that end in `name` are taken for the name request and not shown.",
        fails={"client-shows"},
        either={"client-framing", "client-threads"},
        why="Needs a message like `what is your name`.",
    ),
    Program(
        "client-shows-one-line-per-packet",
        TC,
        what="Of lines that arrive together only the first is shown.",
        fails={"client-framing"},
        either={"client-shows", "client-threads"},
        why="One at a time they are all shown.",
    ),
    Program(
        "client-deaf-while-typing",
        TC,
        what="What arrives while the client waits for typing is thrown away.",
        fails={"client-shows"},
        either={"client-threads", "client-framing"},
        why="It waits for typing nearly always.",
    ),
    # UDP servers
    Program(
        "udp-newline-after-messages",
        US,
        what="Messages (not notices) are passed on with a newline at the end.",
        fails={"handshake"},
        either=UDP_LATER,
        why="On UDP without newline; one too many costs the handshake alone.",
    ),
    Program(
        "udp-first-joiner-misses-messages",
        US,
        what="The first one of the list gets notices, but no messages.",
        fails={"two-users", "many-users"},
        either=UDP_LATER,
        why="Both ways, it says.",
    ),
    Program(
        "udp-capitals-lowered",
        US,
        what="The text of a message is lowercased.",
        fails={"two-users"},
        either={"many-users"} | UDP_LATER,
        one_of={"two-users", "many-users"},
        why="Unchanged means capitals, too.",
    ),
    Program(
        "udp-blames-the-last-sender",
        US,
        what="When a dead address is reported (IP_RECVERR), the last sender is taken "
        "out instead of it.",
        fails={"survives-vanish"},
        either={
            "survives-leave",
            "leave-notice",
            "hundred",
            "storm",
            "rejoin",
            "no-spin",
            "left-alone",
        },
        why="Linux only: the innocent speaker becomes a stranger. Elsewhere the "
        "server may not start.",
    ),
    Program(
        "udp-ends-with-left-throws-out",
        US,
        what="A message that ends in `left` or `left*` counts as leaving.",
        fails={"two-users"},
        either={"many-users", "leave-notice"} | UDP_LATER,
        one_of={"two-users", "many-users", "leave-notice", "survives-leave"},
        why="Needs a text that ends so.",
    ),
    Program(
        "udp-relays-strangers",
        US,
        what="From an unknown address, what looks like `alice: hello` is relayed, not "
        "taken as a name.",
        fails={"stranger"},
        either={"broken-text"},
        why="The first datagram is a name.",
    ),
    Program(
        "udp-no-way-back",
        US,
        what="An address that has left is ignored for ever.",
        fails={"rejoin"},
        either={"storm"},
        why="The same address may join again.",
    ),
    Program(
        "udp-echo-among-three",
        UDP,
        what="With exactly three present the sender gets the message back; the client is right.",
        fails={"sender-excluded"},
        either={
            "many-users",
            "end-to-end",
            "survives-leave",
            "survives-vanish",
            "broken-text",
            "storm",
            "stranger",
        },
        why="Right with two, four and more.",
    ),
    Program(
        "udp-datagrams-cut-at-1024",
        US,
        what="Recvfrom(1024): longer datagrams lose their end.",
        fails={"two-users"},
        either={"many-users"} | UDP_LATER,
        one_of={"two-users", "many-users"},
        why="The buffer is 16384 bytes; needs a longer text than most.",
    ),
    # UDP clients
    Program(
        "udp-client-prints-bytes",
        UC,
        what="Prints b'...' of what arrives.",
        fails={"client-shows"},
        either={"client-threads"},
        why="What arrives is printed unchanged.",
    ),
    Program(
        "udp-client-says-goodbye-twice",
        UC,
        what="On `leave` the leave notice is sent twice (at end-of-file once).",
        fails={"client-leaves"},
        why="The second makes the server take `*alice left*` for a newcomer's name.",
    ),
    Program(
        "udp-client-greets-everybody",
        UC,
        what="Sends `alice: Hello everybody!` by itself after the name.",
        fails={"client-name"},
        either={"client-sends", "client-leaves", "client-eof", "client-threads", "client-shows"},
        one_of={"client-name", "client-sends"},
        why="The name, and only that.",
    ),
    Program(
        "udp-client-shows-after-enter",
        UC,
        what="What arrives is collected by a thread and shown after the next Enter.",
        fails={"client-shows"},
        either={"client-threads"},
        why="It must be shown while the client waits for typing.",
    ),
    Program(
        "udp-client-cuts-long-texts",
        UC,
        what="Texts of more than 80 characters are shown with `...` at the end.",
        fails={"client-shows"},
        either={"client-threads"},
        why="Needs a message of more than 80 characters.",
    ),
    Program(
        "udp-client-sends-bare-text-too",
        UDP,
        what="Each typed text goes out bare and then as `alice: text`; the server is right.",
        fails={"client-sends"},
        either={"client-leaves", "client-eof", "end-to-end"},
        why="Once, and nothing else.",
    ),
)
