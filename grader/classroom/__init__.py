"""A whole class: many submissions in, a page, a gradebook and pages to send back out.

    intake      whatever an LMS hands out  →  people, each with the files that they handed in
    store       one SQLite file in the output folder; all else is made of what stands in it
    engine      gradings that are still due, side by side, behind a concurrent.futures.Executor
    marks       from stored verdicts and a teacher's decisions to a row for each person
    page, gradebook, similarity, publishing

A grading of a class can be killed at any moment. A result is stored in one transaction as soon as
it is known, under a key of what was graded and how (:mod:`grader.classroom.keys`); the next run
grades what has no result under its key. Who was handed in by is stored apart from results, so that
people can be forgotten. This package is for teachers: it is in no handout.
"""
