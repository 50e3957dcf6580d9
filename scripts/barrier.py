"""The one barrier around the doors of the ticket sync: whatever fails, only a code is shown.

No door itself. Exceptions quote what they stumble on, a cell or an address: so none of them
leaves here, and what is printed in their place are the fixed texts of a code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

STOPPED: Final = 130
FAILED: Final = 4
# What a shell gives for a program that a closed pipe ended, 128 and the number of SIGPIPE.
# The signal itself stays off: it would end us in the middle of feeding a pipe of our own.
UNREAD: Final = 141


def run(work: Callable[[], int], failure: type[Any]) -> int:
    """Do a door's work and return the exit code; whatever fails is printed as a `failure`.

    `failure` is the package's own kind of exception: made of a code, and safe to show.
    """
    try:
        code = work()
        sys.stdout.flush()
        return code
    except failure as error:
        shown = error
    except KeyboardInterrupt:
        shown = failure("E_STOPPED")
    except BrokenPipeError:
        # Who read the output has seen enough: no failure. What is left is not to be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except OSError:
        shown = failure("E_DISK")
    except Exception:
        shown = failure("E_INTERNAL")
    print(shown, file=sys.stderr)
    return STOPPED if shown.code == "E_STOPPED" else FAILED


@contextmanager
def silenced() -> Iterator[None]:
    """Let nothing reach the terminal that drivers, or programs they start, print of a query."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    nowhere, kept = os.open(os.devnull, os.O_WRONLY), [os.dup(at) for at in (1, 2)]
    try:
        for at in (1, 2):
            os.dup2(nowhere, at)
        yield
    finally:
        for at, file in enumerate(kept, start=1):
            os.dup2(file, at)
        for file in (nowhere, *kept):
            os.close(file)
