"""The note of the last good run, beside its output: helpdesk, days and number of tickets.

Only a number, so that the next run can tell whether it sees as much. Knows no ticket.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from helpcenter.tickets.fetch.errors import FetchError

_LARGEST: Final = 4096


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the last good run fetched."""

    provider: str
    days: int
    tickets: int


def place(output: Path) -> Path:
    """Return where the note of an output lies."""
    return output.with_name(f"{output.name}.state")


def last_tickets(output: Path, provider: str, days: int) -> int | None:
    """Return the number of the last run that can be compared, or None. Raises FetchError."""
    path = place(output)
    if not path.exists():
        return None
    state = None
    with path.open("rb") as file:
        text = file.read(_LARGEST)
    with suppress(msgspec.MsgspecError, UnicodeError):
        state = msgspec.json.decode(text, type=State)
    if state is None or state.tickets < 0:
        raise FetchError("E_STATE")
    return state.tickets if (state.provider, state.days) == (provider, days) else None


def render(state: State) -> str:
    """Return the note's text."""
    return msgspec.json.encode(state).decode() + "\n"
