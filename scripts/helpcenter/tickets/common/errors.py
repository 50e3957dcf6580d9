"""What can go wrong with an export, said without showing any of it.

An export holds what customers wrote, and exceptions of readers and parsers quote what they
could not read. So the only thing that leaves this package on failure is a code, the number of
the export on the command line, a row number, and the fixed text below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Code: what happened, what to do. No text here may ever take a value from an export.
CODES: Final[dict[str, tuple[str, str]]] = {
    "E_NOFILE": (
        "There is no file of this name.",
        "check the path; the number after file= counts the exports on the command line",
    ),
    "E_FOLDER": (
        "This is a folder, not a file.",
        "name the export files themselves, for example exports/*.jsonl",
    ),
    "E_NOTAFILE": (
        "This is a device, not a file.",
        "name the export files themselves, or - for standard input",
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
        "This is no text, Parquet, gzip or zstd: it is a spreadsheet, an archive, or damaged.",
        "unpack an archive first; save a spreadsheet as CSV in UTF-8",
    ),
    "E_PACKED": (
        "The compressed file is damaged, or something else was appended to it.",
        "download it again; compress files one by one",
    ),
    "E_BIG": (
        "The file unpacks to more than half of the free space of the temporary folder.",
        "free some space, or set TMPDIR to a folder on a larger disk",
    ),
    "E_LONG": (
        "A ticket is longer than 16 MiB.",
        "check that this is an export of tickets; leave attachments out of it",
    ),
    "E_SOURCE": (
        "The file is of another system than --source says.",
        "leave --source out to have the system decided by the content",
    ),
    "E_ENCODING": (
        "The file is not UTF-8 text, or not text in the encoding that was named.",
        "export as UTF-8; for a Chinese Excel export that cannot, add --encoding gb18030",
    ),
    "E_NOID": (
        "No column is known to hold the ticket's number.",
        'name it "id", "Ticket ID" or "工单编号", or say with --mapping what it is called',
    ),
    "E_NOCREATED": (
        "No column is known to hold the time the ticket was created.",
        'name it "created_at" or "创建时间", or say with --mapping what it is called',
    ),
    "E_NOTOPIC": (
        "No column is known to hold tags or a category, so no ticket could be classified.",
        "export the tags or the type, or say with --mapping which column holds them",
    ),
    "E_TWICE": (
        "Two columns of the same name, but for case, could hold the same field.",
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
        "The file cannot be read: it is damaged, line ends are mixed, or a row is over 16 MiB.",
        "export again, in one piece, as CSV, JSON or Parquet",
    ),
    "E_UNREADABLE": (
        "More rows than --max-unreadable allows cannot be read: wrong number of columns, no ticket "
        "number, no readable time, or a time in the future.",
        "look at the rows named above; check the columns, the time format and --as-of",
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
    "E_NOPLOTS": (
        "The report cannot be drawn: Matplotlib is not installed.",
        "run `make report EXPORT=…`, which installs it, or leave out --report",
    ),
    "E_NOIBIS": (
        "A table cannot be read: Ibis, or its driver for this kind of warehouse, is not installed.",
        "run `make sync-table`, which installs Ibis; see CONTRIBUTING.md for the drivers",
    ),
    "E_CONNECT": (
        "The warehouse cannot be reached, or it does not accept these credentials.",
        "check the address, its driver and the credentials; CONTRIBUTING.md has an example of each",
    ),
    "E_TABLE": (
        "There is no such table, or it may not be read with these credentials.",
        "check --table, with the schema before a dot, and the rights to read it",
    ),
    "E_QUERY": (
        "The warehouse refused or failed a query.",
        "look into its own log of queries; a view with plain columns of text and time may help",
    ),
    "E_LABELS": (
        "A column of labels has too many different values to be one, or too many that count.",
        "give tags a column that is a list, and leave columns that hold texts out of the mapping",
    ),
    "E_ROWS": (
        "More rows of the table than --max-unreadable allows have no ticket number, no readable "
        "time, or a time in the future.",
        "check the columns with those names and --as-of; times must be timestamps or ISO 8601",
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


# The same for what is odd and does not stop a sync.
NOTES: Final[dict[str, tuple[str, str]]] = {
    "N_OPEN": (
        "The table does not end with a line end; it may have been cut off.",
        "compare its number of tickets with the helpdesk, or download it again",
    ),
    "N_COLUMN": (
        "A field that an export of the same system before it has is missing.",
        "export both with the same columns; --explain-mapping shows what each has",
    ),
    "N_REPEATS": (
        "Most rows have the number of another row and count as its older versions.",
        "check with --explain-mapping that the column taken for the ticket number is the one",
    ),
    "N_UNREADABLE": (
        "A row cannot be read and is left out.",
        "look at it: the number of columns, the ticket number, the times",
    ),
}


@dataclass(frozen=True, order=True)
class Place:
    """Where an export cannot be read: a row, and the field or "columns" if it is their number."""

    row: int
    field: str

    def __str__(self) -> str:
        """Return the place as messages name it."""
        return f"row={self.row} field={self.field}"


@dataclass(frozen=True)
class Note:
    """A code of `NOTES` about an export, safe to show."""

    code: str
    file: int
    place: Place | None = None
    field: str = ""

    def __str__(self) -> str:
        """Return the line that names the note's place."""
        where = f" {self.place}" if self.place else f" field={self.field}" if self.field else ""
        return f"{self.code} file={self.file}{where}"


class SyncError(Exception):
    """A failure that is safe to show: a code of `CODES`, an export's number and a row.

    `file` counts the exports from 1, 0 for all of them; `row` counts rows as a spreadsheet
    does, the header being row 1, or objects of JSON; 0 where no single row is to blame.
    `places` are the first rows that cannot be read, where several are to blame.
    """

    def __init__(
        self, code: str, *, file: int = 0, row: int = 0, places: tuple[Place, ...] = ()
    ) -> None:
        super().__init__(code)
        self.code = code
        self.file = file
        self.row = row
        self.places = places

    def __str__(self) -> str:
        """Return the lines that explain the failure."""
        happened, hint = CODES[self.code]
        lines = [
            f"{self.code} file={self.file} row={self.row}",
            *(f"  {place}" for place in self.places),
            f"  {happened}",
            f"  hint: {hint}",
        ]
        return "\n".join(lines)
