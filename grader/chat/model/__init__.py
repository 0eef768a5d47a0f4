"""The model: the specification of a chat, as a pure function from a journal to findings.

``owed`` computes from what the participants did what each inbox must hold, may hold and must not
hold; ``received`` cuts what came into messages; ``alignment`` compares the two at least cost; and
``findings`` says what is left over, and what follows from something else and is no finding.

A receiver must get a message that was sent after it had settled, and that was everywhere before
it began to leave; it may get it once if the two overlap; it gets none from before it gave its
name or from after it left. Order is never judged across inboxes.

What follows from something else is left out by ``consequences``; ``client`` is the model of a
student's client. What is forgiven: blanks at the end of what a client prints, which nobody sees;
newlines and the edges of chunks where a server frames nothing (``raw``); a name that a client sends
before it is asked, once.
"""
