"""Races, shown: one thread of a server is held at a chosen line while another user's acts.

A situation (:mod:`situations`) has two deeds. It is played once in order, and the lines are noted
that the first deed has run (:mod:`meeting`). Then it is played for each of the places that
:mod:`places` chooses among them: the thread is held there, the second deed is done, and once all
others are done or blocked it goes on. So it never waits for somebody who waits for it. The model
judges the journal of each play. :mod:`search` goes through all places and plays what it has found
once more in a fresh world: only what is found again counts.

This is bounded model checking with one preemption (Musuvathi and Qadeer, CHESS, 2007).
"""
