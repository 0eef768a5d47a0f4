"""Job objects: how Windows limits a process and all that it starts, and ends them together.

Source: "Job Objects" and JOBOBJECT_EXTENDED_LIMIT_INFORMATION in Microsoft's Win32
documentation. Elsewhere :func:`enclose` does nothing.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Callable

EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
ACTIVE_PROCESS, JOB_MEMORY, DIE_ON_EXCEPTION, KILL_ON_CLOSE = 0x8, 0x200, 0x400, 0x2000


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


def enclose(process: subprocess.Popen[bytes], memory: int, processes: int) -> Callable[[], None]:
    """Put a process into a job of its own; returns what ends the job with all that is in it.

    ``memory`` is in bytes for the whole job. Raises OSError when Windows refuses.
    """
    if sys.platform != "win32":
        return lambda: None
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = Limits()
    limits.basic.flags = ACTIVE_PROCESS | JOB_MEMORY | DIE_ON_EXCEPTION | KILL_ON_CLOSE
    limits.basic.processes = processes
    limits.job_memory = memory
    handle = ctypes.c_void_p(int(getattr(process, "_handle")))  # noqa: B009 (typed nowhere)
    size = ctypes.sizeof(limits)
    done = kernel.SetInformationJobObject(job, EXTENDED_LIMITS, ctypes.byref(limits), size)
    if not (done and kernel.AssignProcessToJobObject(job, handle)):
        error = ctypes.WinError(ctypes.get_last_error())
        kernel.CloseHandle(job)
        raise error

    def end() -> None:
        kernel.TerminateJobObject(job, 1)

    return end
