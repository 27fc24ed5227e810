"""What an operating-system process of ours owes to the one that started it."""

import ctypes
import os
import signal
import sys

PARENT = "CHAINMASTER_PARENT"
"""The variable by which a supervisor tells its children who it is."""
PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, how: int = signal.SIGKILL) -> None:
    """Let the kernel end this process as soon as the thread that started it is gone. Linux only, harmless elsewhere.

    ``parent``: the process expected as parent; if it died before we asked, there is nobody left to tell us.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)
        if os.getppid() != parent:
            os._exit(1)
