"""What can go wrong with an export, said without showing any of it.

An export holds what customers wrote, and exceptions of readers and parsers quote what they
could not read. So the only thing that leaves this package on failure is a code, the number of
the export on the command line, a row number, and the fixed text below.
"""

from __future__ import annotations

from typing import Final

# Code: what happened, what to do. No text here may ever take a value from an export.
CODES: Final[dict[str, tuple[str, str]]] = {
    "E_NOFILE": (
        "There is no file of this name.",
        "check the path; the number after file= counts the exports on the command line",
    ),
    "E_NOTAFILE": (
        "This is a folder or a device, not a file.",
        "name the export files themselves, for example exports/*.jsonl",
    ),
    "E_ACCESS": (
        "The file may not be read.",
        "change its permissions, or run the sync as the user who downloaded it",
    ),
    "E_EMPTY": (
        "The file is empty.",
        "export it again: the download was probably interrupted before it began",
    ),
    "E_NOTICKETS": (
        "The file has a header and no tickets.",
        "check the export's date range and filters, or leave this file out",
    ),
    "E_HTML": (
        "This is a web page, not an export: most likely a login or error page of the helpdesk.",
        "sign in to the helpdesk and download the export again",
    ),
    "E_BINARY": (
        "This is not a text file: it is compressed, a spreadsheet, or damaged.",
        "unpack it first; save a spreadsheet as CSV in UTF-8",
    ),
    "E_FORMAT": (
        "The JSON is not in lines: every ticket must be one object on one line.",
        "export as JSON lines (NDJSON) instead of a JSON array",
    ),
    "E_SOURCE": (
        "The file is not what --source says it is.",
        "leave --source out to have the format decided by the content",
    ),
    "E_ENCODING": (
        "The file is not UTF-8 text, or not text in the encoding that was named.",
        "export as UTF-8; for a Chinese Excel export that cannot, add --encoding gb18030",
    ),
    "E_NOID": (
        "No column is known to hold the ticket's number.",
        'name it "id", "Ticket ID" or "工单编号", or separate the columns by commas',
    ),
    "E_NOCREATED": (
        "No column is known to hold the time the ticket was created.",
        'name it "created_at", "Date Created" or "创建时间"',
    ),
    "E_NOTOPIC": (
        "No column is known to hold tags or a category, so no ticket could be classified.",
        'export the tags or the type; name the column "tags", "type", "标签" or "工单类型"',
    ),
    "E_TWICE": (
        "Two columns of the same name could hold the number, a time or the status.",
        "remove or rename one of them, so that it is clear which one counts",
    ),
    "E_QUOTES": (
        "A quotation mark is opened and not closed as CSV wants it; rows after it are unsure.",
        "export again: the file was cut off or joined from parts; or repair the row named above",
    ),
    "E_CUTOFF": (
        "The last row stops in the middle: the file was cut off.",
        "export again and wait for the download to finish; part of the tickets is missing",
    ),
    "E_PARSE": (
        "The file cannot be read as a table: line ends are mixed or a row is over 16 MiB.",
        "export again, in one piece, as CSV or JSON lines in UTF-8",
    ),
    "E_UNREADABLE": (
        "More than 1 % of the rows cannot be read: wrong number of columns, no ticket number, "
        "no readable time, or a time in the future.",
        "look at the row named above; check the columns, the time format and --as-of",
    ),
    "E_CHANGED": (
        "The file changed while it was read.",
        "wait until the download has finished and run the sync again",
    ),
    "E_WINDOW": (
        "None of the tickets was created in the days that count.",
        "export newer tickets, or give the last day of these with --as-of YYYY-MM-DD",
    ),
    "E_MEMORY": (
        "The memory set aside for the sync is not enough for these exports.",
        "close other programs, or split the work into fewer days of tickets",
    ),
    "E_DISK": (
        "A file could not be written or read: the disk is full or access was refused.",
        "free some space in the project and in the temporary folder; the ranking is unchanged",
    ),
    "E_STOPPED": (
        "The sync was told to stop. Nothing was changed.",
        "run it again when you like",
    ),
    "E_INTERNAL": (
        "The sync stopped for a reason it does not know. Nothing was changed.",
        "please report this code together with the version; do not send the export",
    ),
}


class SyncError(Exception):
    """A failure that is safe to show: a code of `CODES`, an export's number and a row.

    `file` counts the exports from 1, 0 for all of them; `row` counts rows as a spreadsheet
    does, the header being row 1, or lines of JSON; 0 where no single row is to blame.
    """

    def __init__(self, code: str, *, file: int = 0, row: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.file = file
        self.row = row

    def __str__(self) -> str:
        """Return the three lines that explain the failure."""
        happened, hint = CODES[self.code]
        return f"{self.code} file={self.file} row={self.row}\n  {happened}\n  hint: {hint}"
