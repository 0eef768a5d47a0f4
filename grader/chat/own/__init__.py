"""A chat of its own protocol: its clients driven through their terminals, against its server.

``asking`` knows what a program asks for, ``seat`` is a program at a terminal, ``room`` a world of
them, ``probe`` learns the ``dialect`` of their screens, ``stories`` are played in rooms, ``model``
compares what was shown with what was said, ``threads`` looks at who serves whom.
"""
