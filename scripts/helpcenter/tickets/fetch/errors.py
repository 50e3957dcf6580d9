"""What can go wrong while fetching, said without an address, a secret or a value.

Answers hold what customers wrote, requests hold secrets, and the exceptions of HTTP and JSON
libraries quote both. So a failure leaves as a code, the number of the request, the status the
server gave, and the fixed text below.
"""

from __future__ import annotations

from typing import Final

# Code: what happened, what to do. No text here may ever take a value from outside.
CODES: Final[dict[str, tuple[str, str]]] = {
    "E_CONNECTION": (
        "The helpdesk cannot be reached, or it closed the connection before an answer was whole.",
        "check the address, the network and the server's certificate, then run it again",
    ),
    "E_TIMEOUT": (
        "The helpdesk did not answer in time.",
        "run it again later, or allow more time with --timeout",
    ),
    "E_BUDGET": (
        "The time allowed for the whole run is over, or the helpdesk asks to wait beyond it.",
        "run it again later, fetch fewer days, or allow more with --budget",
    ),
    "E_BUSY": (
        "The helpdesk keeps refusing because of too many requests.",
        "wait until other programs that use its interface have finished, then run it again",
    ),
    "E_SERVER": (
        "The helpdesk keeps answering with an error of its own.",
        "look at its status page, then run it again",
    ),
    "E_TOKEN": (
        "The helpdesk does not accept the credentials, or they do not allow reading tickets.",
        "renew the token, check its rights and the environment variables; see --help",
    ),
    "E_NOTFOUND": (
        "There is no such interface at this address.",
        "check the address: --help shows what it looks like for each helpdesk",
    ),
    "E_REFUSED": (
        "The helpdesk refuses the request.",
        "check that its version and plan offer this interface",
    ),
    "E_REDIRECT": (
        "The helpdesk sends to another address, where the credentials must not follow.",
        "set the address to the final one, with https and the right host name",
    ),
    "E_CONTENT": (
        "The answer is not JSON: most likely a login or maintenance page.",
        "open the address in a browser; run it again when the helpdesk is back",
    ),
    "E_PACKED": (
        "The answer is packed in a way that was not asked for and cannot be checked.",
        "check what stands between this machine and the helpdesk, such as a proxy",
    ),
    "E_DAMAGED": (
        "The answer arrived cut off or damaged, several times.",
        "check what stands between this machine and the helpdesk, then run it again",
    ),
    "E_TOOBIG": (
        "An answer is larger than any page of tickets can be.",
        "check the address; if it is right, please report this code",
    ),
    "E_SHAPE": (
        "The answer is JSON, but not a page of this helpdesk's tickets.",
        "check the address and the name of the helpdesk, and that its version is supported",
    ),
    "E_END": (
        "The helpdesk stopped without saying that these are all tickets.",
        "check that the token may see every ticket, then run it again",
    ),
    "E_LOOP": (
        "The helpdesk keeps sending pages that bring nothing new.",
        "run it again; if it happens each time, please report this code",
    ),
    "E_ORDER": (
        "The tickets do not come in the order that was asked for, so some could be missed.",
        "check that the helpdesk's version is supported; please report this code",
    ),
    "E_COUNT": (
        "The helpdesk counts other tickets than it sent: some changed meanwhile, or are hidden.",
        "run it again, best at a quiet hour; check that the token may see every ticket",
    ),
    "E_CAP": (
        "More tickets changed within one second than the helpdesk gives out.",
        "this happens after an import or a bulk change: fetch fewer days, from after it",
    ),
    "E_NOTICKETS": (
        "There is not a single ticket in these days.",
        "check what the token may see; if it is right, accept it with --accept-change",
    ),
    "E_SHRUNK": (
        "There are over 30 % fewer tickets than in the last good run. Its file was kept.",
        "check what the token may see; if the change is real, add --accept-change",
    ),
    "E_GREW": (
        "There are over 300 % more tickets than in the last good run. Its file was kept.",
        "look for an import or spam; if the change is real, add --accept-change",
    ),
    "E_STATE": (
        "The note of the last good run, beside the output, cannot be read.",
        "look at the file that ends in .state; to go on without it, add --accept-change",
    ),
    "E_DISK": (
        "A file could not be written or read: the disk is full or access was refused.",
        "free some space where the output goes; the file of the last good run is unchanged",
    ),
    "E_STOPPED": (
        "The fetch was told to stop. Nothing was changed.",
        "run it again when you like",
    ),
    "E_INTERNAL": (
        "The fetch stopped for a reason it does not know. Nothing was changed.",
        "please report this code together with the version",
    ),
}


class FetchError(Exception):
    """A failure that is safe to show: a code of `CODES`, a request's number and a status.

    `request` counts from 1, 0 where no single one is to blame; `status` is HTTP's, or 0.
    A `transient` failure may be gone at the next try, which the helpdesk may want to be
    `retry_after` seconds from now.
    """

    def __init__(
        self,
        code: str,
        *,
        request: int = 0,
        status: int = 0,
        transient: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.request = request
        self.status = status
        self.transient = transient
        self.retry_after = retry_after

    def __str__(self) -> str:
        """Return the three lines that explain the failure."""
        happened, hint = CODES[self.code]
        return (
            f"{self.code} request={self.request} status={self.status}\n  {happened}\n  hint: {hint}"
        )
