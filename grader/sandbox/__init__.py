"""What a student's process may reach, and how it is started, watched and ended.

Theory of operation
===================

Which process starts which (Linux, level ``namespaces``; each line is a process)::

    outer process     python -m grader
      worker          one for each variant: pytest, the verdicts
        player        one for each scenario: a fork of the worker, the participants, their sockets
          bubblewrap  one for each program that runs: Process.top
            first     process 1 of the program's namespace, a fork of bubblewrap
              program python boot.py, which becomes the student's file: Process.await_pid()

Without namespaces there are no players: the worker does itself what is said of them here. Before
either starts programs, it becomes the reaper of orphans: a process below it that loses its parent
becomes its child. A program gets a Site: a box (:mod:`levels` says which the machine
has), an empty folder, a network. The thread that starts the program enters that network for the
start and leaves it at once. At the levels ``user`` and ``limits`` there is no process between
player and program: ``top`` is the program. On Linux a thread gives up rights for good and starts
the program or bubblewrap, which inherit what is left (:mod:`confined`): a domain of Landlock's,
a filter for calls (:mod:`seccomp`). Above bubblewrap it lives until the program has been ended.
On Windows the player starts the program suspended, puts it into a job object and lets it run.

A client is at a terminal where the system has some (:mod:`pseudo_terminal`): the player holds one
end and closes the program's once it has started; complaints go into a pipe. The program becomes
the first of a session with that terminal (at_terminal.py): Ctrl+C reaches it and what it starts,
and when the player is gone it is hung up. No program shares a terminal with another one.

Which process waits for which:

- The outer process reads the worker's output to its end, then waits for it.
- The worker reads a player's answer to its end, then waits for it.
- A player reads a program's output and errors in two threads, and polls its status.
- A thread of the player's reads what boot.py notes of the program's threads (ThreadRecord), from a
  pipe that forked children keep. It ends when the last of them is gone.
- Where a program stands (Stacks) is asked by a signal and read, once, from another such pipe. Who
  writes to it never waits; who reads waits LONGEST at most.
- In a program that is traced a thread (tracer.py) reads orders from a socket, and another one may
  wait until it is let go. Both go on when the worker closes its end (Tracing).
- bubblewrap waits for the program through ``first`` and ends with its status.
- boot.py sets limits and user, then writes to a socket; from this the kernel tells the player
  which process wrote. Code that needs the program's id waits for this, at most START_TIME.
  Participants do not wait for it.

Which process ends which, in this order:

1. A scenario is over: its player ends each program (``Process.end``). Under bubblewrap it kills
   ``first``, whose end ends everything in the namespace, then bubblewrap with its
   group and descendants, and waits for it. Elsewhere it kills the group and the descendants,
   or the job. Then the two readers end with their pipes, the participants close their sockets,
   and all orphans that the player has adopted are killed. The network and the folder go last.
2. A grading is over, or interrupted: the outer process closes the worker's input, waits
   5 seconds, kills it. A worker whose input ends kills its players, which the kernel does too
   when the worker ends (PR_SET_PDEATHSIG, prctl(2)); without players it cleans up as above,
   and after 5 seconds kills what is left below it and itself. Ctrl+C reaches only the outer
   process: all others are in groups of their own. A grading has 600 seconds.
3. A worker that did not finish may have left something. On Linux the outer process has adopted
   what had lost its parent, and kills that. Then it looks through all processes for a boot.py
   or a home in the grading's folder and kills those, and removes the folder.

What is left when one of them is killed:

- the program: nothing of it inside bubblewrap, which ends with 128 + signal. Elsewhere what it
  has started stays until ``Process.end``.
- ``first``: nothing; the kernel ends the namespace, and bubblewrap ends.
- bubblewrap: nothing; ``first`` is sent a signal when its parent dies. (Killed before it has
  asked for that, it leaves a process that waits forever: step 3.)
- a player: nothing inside of bubblewrap; what it played is an ERROR.
- the worker: nothing inside of bubblewrap, which gets the same signal. (It is sent when the
  *thread* ends that started bubblewrap.) Nothing in a job: its last handle was the worker's.
  Programs at other levels go on until step 3.
- the outer process: the worker's input ends, step 2 without step 3; the folder stays.
- outer process and worker at once: at the levels ``user`` and ``limits`` the programs, up to
  their limit of processor time.

A daemon is a program's child that has left its group and lost its parent. A namespace or a job
ends it; elsewhere on Linux the worker has adopted it, or the outer process once the worker is
gone; on macOS it stays, and only step 3 may find it.
"""

LEVELS = ("namespaces", "user", "limits")  # the best first: see grader.sandbox.levels
