"""Job objects: how Windows limits a process and all that it starts, and ends them together.

Source: "Job Objects" and JOBOBJECT_EXTENDED_LIMIT_INFORMATION in Microsoft's Win32
documentation.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
ACTIVE_PROCESS, JOB_MEMORY, DIE_ON_EXCEPTION, KILL_ON_CLOSE = 0x8, 0x200, 0x400, 0x2000
ENDED = 1  # the exit status of what a job ends


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


class Job:
    """A job with limits. What is in it ends with :meth:`end`, and with this process.

    ``memory`` is in bytes for the whole job. Every method but :meth:`close` raises OSError
    when Windows refuses.
    """

    def __init__(self, memory: int, processes: int, *, kernel: Any = None) -> None:
        self._kernel = kernel32() if kernel is None else kernel
        self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
        handle = self._kernel.CreateJobObjectW(None, None)
        if not handle:
            raise _error("CreateJobObjectW")
        self._handle: ctypes.c_void_p | None = ctypes.c_void_p(handle)
        limits = Limits()
        limits.basic.flags = ACTIVE_PROCESS | JOB_MEMORY | DIE_ON_EXCEPTION | KILL_ON_CLOSE
        limits.basic.processes = processes
        limits.job_memory = memory
        size = ctypes.sizeof(limits)
        try:
            self._call("SetInformationJobObject", EXTENDED_LIMITS, ctypes.byref(limits), size)
        except OSError:
            self.close()
            raise

    def assign(self, process: int) -> None:
        """Put a process into the job, by its handle; what it starts from now on is in it too."""
        self._call("AssignProcessToJobObject", ctypes.c_void_p(process))

    def end(self) -> None:
        """End all that is in the job; nothing once it was closed."""
        if self._handle is not None:
            self._call("TerminateJobObject", ENDED)

    def close(self) -> None:
        """Give the handle back; whatever were left in the job would end now."""
        if self._handle is not None:
            self._kernel.CloseHandle(self._handle)
            self._handle = None

    def _call(self, name: str, *arguments: Any) -> None:
        if not getattr(self._kernel, name)(self._handle, *arguments):
            raise _error(name)


def kernel32() -> Any:
    """The library of Windows that has the calls. Raises OSError elsewhere."""
    if sys.platform != "win32":
        raise OSError("expected Windows, the one system with job objects")
    return ctypes.WinDLL("kernel32", use_last_error=True)


def _error(name: str) -> OSError:
    if sys.platform == "win32":
        return ctypes.WinError(ctypes.get_last_error())
    return OSError(f"{name} was refused")
