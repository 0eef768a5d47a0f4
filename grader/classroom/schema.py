"""The tables of a class, and the lock that one process at a time holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from grader.fact import FactError, fact

LOCK = "class.lock"
SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS contents (digest TEXT PRIMARY KEY, files BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS people (id TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS attempts (
    person TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (person, number));
CREATE TABLE IF NOT EXISTS results (
    key TEXT PRIMARY KEY, digest TEXT NOT NULL, grader TEXT NOT NULL, options BLOB NOT NULL,
    result BLOB, failure TEXT NOT NULL, graded_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS of_contents ON results (digest);
CREATE TABLE IF NOT EXISTS prints (
    digest TEXT PRIMARY KEY, year TEXT NOT NULL, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY, person TEXT NOT NULL, check_id TEXT NOT NULL, data BLOB NOT NULL);
"""


def locked(folder: Path) -> sqlite3.Connection:
    """Have the class for oneself until the end of the process. Raises FactError."""
    lock = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if "locked" not in str(error):
            raise
        raise FactError(fact("class-in-use", path=str(folder))) from None
    return lock
