"""Which faults the program can find: one row a code, never reused, never renumbered.

`check` is the number of the receiver's check in docs/reference/findings.md that the code belongs to;
0 stands for what loading itself reports. The docs carry one heading a code, and the tests one
triggering file and one neighbour that does not trigger it.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaughn.model.findings import Finding, Place, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One row of the catalogue: what the code means and what to do about it."""

    code: str
    severity: Severity
    check: int
    title: str
    cure: str


_ROWS: tuple[tuple[str, Severity, int, str, str], ...] = (
    # -- LF: the text of a load file ---------------------------------------------------------------------------
    ("LF001", _E, 1, "Load file is empty", "Ask the agency for the load file again."),
    (
        "LF002",
        _E,
        1,
        "Bytes that are no text in the file's encoding",
        "Ask for the file in UTF-8; the bytes are kept as received.",
    ),
    ("LF003", _N, 1, "Encoding was not declared and had to be recognised", "Nothing, if the values read well."),
    ("LF004", _W, 1, "Encoding changes inside the file", "Look at the values named; ask for one encoding."),
    ("LF005", _W, 2, "Load file has no header line", "Ask which column is which, or accept the recognised ones."),
    (
        "LF006",
        _N,
        2,
        "Header line is repeated inside the file",
        "Nothing; repeated headers are not counted as documents.",
    ),
    ("LF007", _E, 2, "Two columns have the same name", "Ask which is which; both are kept."),
    ("LF008", _N, 2, "Column name is not known", "Nothing; the column is kept as received."),
    ("LF009", _E, 3, "Row has too few fields", "Ask for the row again; the missing fields are taken as unknown."),
    ("LF010", _E, 3, "Row has too many fields", "Ask for the row again; a qualifier is probably missing."),
    ("LF011", _E, 3, "Text qualifier is left open", "Ask for the row again; it is read to the end of its line."),
    ("LF012", _W, 3, "Real line break inside a value", "Nothing, if the value reads well; it was joined."),
    ("LF013", _N, 1, "Line ends are mixed", "Nothing."),
    (
        "LF014",
        _E,
        4,
        "Begin number is already used by an earlier row",
        "Ask which of the rows is right; the second is refused.",
    ),
    ("LF015", _E, 5, "Row has no begin number", "Ask for the number; the row is kept under its line."),
    ("LF016", _E, 1, "Not a text file", "Ask for the load file again."),
    ("LF017", _E, 1, "Line is longer than any row can be", "Ask for the load file again."),
    ("LF018", _E, 3, "Last row is cut off", "Ask for the load file again: its end is missing."),
    ("LF019", _W, 3, "Text outside the qualifiers", "Look at the value; it is kept whole."),
    ("LF020", _N, 1, "Delimiters are not the usual ones", "Nothing; the recognised ones are named."),
    ("LF021", _W, 1, "Delimiters were garbled by a wrong encoding", "Nothing, if the values read well."),
    ("LF022", _W, 2, "Load file has a header and no rows", "Ask for the rows."),
    ("LF023", _E, 1, "File is not what its name says", "Ask for the load file again."),
    ("LF024", _W, 3, "Line of a kind the program does not know", "Nothing; the line is kept as received."),
    (
        "LF025",
        _E,
        4,
        "Load file has no column with begin numbers",
        "Ask which column holds the number of the first page.",
    ),
    # -- PL: page lists (OPT, LFP, DII) -------------------------------------------------------------------------
    ("PL001", _E, 8, "First page row is no document break", "Ask for the page list again."),
    ("PL002", _E, 6, "Declared page count differs from the page rows", "Ask which is right."),
    ("PL003", _E, 4, "Page number is used twice", "Ask for the page list again; the second row is refused."),
    ("PL004", _E, 5, "Page is missing from the page list", "Ask for the page."),
    ("PL005", _E, 8, "Document has no document break in the page list", "Ask for the page list again."),
    ("PL006", _E, 8, "Document break without a document", "Ask for the missing row of the document load file."),
    ("PL007", _E, 3, "Page row has the wrong number of columns", "Ask for the page list again."),
    ("PL008", _N, 1, "Folder and box columns stand the other way round", "Nothing."),
    ("PL009", _N, 7, "Absolute path was read as relative to the volume", "Nothing, if the files were found."),
    ("PL010", _E, 6, "Document has no pages in the page list", "Ask for its page rows."),
    ("PL011", _N, 8, "Page list writes the numbers in another way", "Nothing, if the pages are the right ones."),
    # -- BN: Bates numbers --------------------------------------------------------------------------------------
    ("BN001", _E, 5, "Bates number cannot be read", "Ask how the number is built."),
    ("BN002", _E, 5, "End number lies before begin number", "Ask which is right."),
    (
        "BN003",
        _E,
        5,
        "Numbers are missing inside a volume",
        "Ask for the pages, or for a statement that they were withheld.",
    ),
    ("BN004", _W, 5, "Numbers are missing between volumes", "Ask whether a volume is missing."),
    ("BN005", _E, 5, "Two documents claim the same number", "Ask which document the number belongs to."),
    ("BN006", _W, 5, "Width of the number changes", "Look; some programs then sort wrongly."),
    ("BN007", _W, 5, "Documents are not in number order", "Nothing; they are sorted here."),
    ("BN008", _E, 6, "Page count differs from the number range", "Ask which is right."),
    ("BN009", _E, 6, "Number range differs from the pages received", "Ask for the missing pages."),
    (
        "BN010",
        _E,
        15,
        "Number printed on the page differs from the load file",
        "Look at the page; cite the printed number.",
    ),
    ("BN011", _N, 15, "No number could be read on the page", "Look at the page."),
    ("BN012", _W, 5, "Number was already used by an earlier production", "Ask whether this is a re-production."),
    (
        "BN013",
        _N,
        5,
        "Numbers name documents, not pages",
        "Nothing; page counts and gaps cannot be told from such numbers.",
    ),
    # -- FL: files ----------------------------------------------------------------------------------------------
    ("FL001", _E, 7, "File is missing", "Ask for the file."),
    ("FL002", _E, 7, "Path leads out of the volume", "Ask for a corrected path; it was not followed."),
    ("FL003", _W, 7, "File belongs to no document", "Ask for its row in the load file."),
    ("FL004", _N, 7, "Path differs from the file's name in upper and lower case", "Nothing."),
    ("FL005", _N, 7, "File was matched by the begin number in its name", "Nothing, if the match is right."),
    ("FL006", _E, 7, "File cannot be read", "Ask for the file again."),
    ("FL007", _E, 7, "File is empty", "Ask for the file again."),
    ("FL008", _N, 7, "Path begins with a volume name that is no folder", "Nothing."),
    ("FL009", _E, 7, "Link or device instead of a file", "Ask for the file itself; it was not followed."),
    (
        "FL010",
        _E,
        7,
        "Archive member leads out of the archive",
        "Ask for a clean archive; the member was not unpacked.",
    ),
    (
        "FL011",
        _E,
        7,
        "Archive is larger than the limits allow",
        "Unpack it yourself if you trust it, and load the folder.",
    ),
    ("FL012", _E, 7, "File needs a password", "Ask for the password or an open copy."),
    ("FL013", _E, 6, "Load file names a page the file does not have", "Ask for the whole file."),
    ("FL014", _W, 7, "Path fits more than one file", "Ask which file is meant; the nearest was taken."),
    ("FL015", _N, 7, "The same file stands at several places", "Nothing; it is stored once and every place is kept."),
    # -- FM: families -------------------------------------------------------------------------------------------
    ("FM001", _E, 9, "Parent document is not in the production", "Ask for the parent."),
    ("FM002", _E, 9, "Family range is not contiguous", "Ask for the missing numbers."),
    ("FM003", _E, 9, "Document lies outside its own family range", "Ask for a corrected range."),
    ("FM004", _E, 18, "E-mail names attachments and none is produced", "Ask for the attachments."),
    ("FM005", _W, 18, "Fewer attachments are produced than the e-mail names", "Ask for the other attachments."),
    # -- NT, TX, IM: natives, text, images ----------------------------------------------------------------------
    ("NT001", _E, 10, "Native file differs from its hash in the load file", "Ask for the file again."),
    ("NT002", _W, 10, "Native file has no page in its place", "Ask for a numbered slip sheet."),
    ("TX001", _W, 11, "Document has no text file", "Ask for the text, or read the pages with OCR."),
    ("TX002", _W, 11, "Text file is empty", "Look whether the page has text."),
    ("TX003", _W, 11, "Text file is not in the ordered encoding", "Nothing, if it reads well."),
    ("TX004", _N, 11, "Text is not divided into pages", "Nothing; a search finds it on the first page."),
    (
        "TX005",
        _W,
        0,
        "Text layer of a scan has lost lines",
        "Nothing where OCR has read the page; both versions are kept. Else look at the picture.",
    ),
    ("IM001", _W, 14, "Image is not compressed as ordered", "Ask for images as ordered."),
    ("IM002", _W, 14, "Image resolution is below the order", "Ask for images as ordered."),
    ("IM003", _W, 14, "Image colour depth is not as ordered", "Ask for images as ordered."),
    ("IM004", _W, 14, "Image is not the ordered file type", "Ask for images as ordered."),
    ("IM005", _W, 14, "Page has an unusual size", "Look at the page."),
    # -- DT, CU: dates and custodians ---------------------------------------------------------------------------
    ("DT001", _E, 19, "Date is impossible", "Ask for the right date."),
    ("DT002", _W, 19, "Date can be read in two ways", "Ask which order day and month have."),
    ("DT003", _N, 19, "Times have no time zone", "Ask for the time zone."),
    ("DT004", _W, 19, "Date cannot be read", "Ask for the right date; the text is kept as received."),
    ("DT005", _N, 19, "Date is written in another form than the rest of its column", "Nothing, if it reads well."),
    ("CU001", _W, 20, "Custodian is not on the agreed list", "Ask who this is."),
    ("CU002", _W, 20, "Agreed custodian has no document", "Ask whether the custodian was searched."),
    # -- OR: what the order asked for ---------------------------------------------------------------------------
    ("OR001", _E, 2, "Ordered field is missing", "Ask for the field."),
    ("OR002", _W, 2, "Ordered field is empty in some documents", "Ask why it is empty."),
    ("OR003", _E, 11, "Ordered text files are missing", "Ask for the text files."),
    ("OR004", _E, 10, "Ordered native files are missing", "Ask for the native files."),
    ("OR005", _E, 14, "Ordered page images are missing", "Ask for the images."),
    ("OR006", _E, 1, "Ordered load file is missing", "Ask for the load file."),
    # -- RP, SP: re-productions and split files -----------------------------------------------------------------
    ("RP001", _E, 21, "Number of the earlier production is not in the re-production", "Ask what became of the page."),
    ("SP001", _N, 0, "Large file was divided into documents", "Look at the proposed divisions; they can be undone."),
    ("SP002", _W, 0, "Large file shows no sign of where documents begin", "Divide it by hand, or keep it whole."),
    # -- SU: the suit ---------------------------------------------------------------------------------------------
    ("SU001", _E, 0, "Docket entries answer each other in a circle", "Look which of the links was entered wrongly."),
    ("SU002", _E, 0, "Order ends before it was entered", "Look at both dates in the docket."),
    ("SU003", _W, 0, "Order changes its state before it was entered", "Look at both dates in the docket."),
    ("SU004", _W, 0, "Change of an order has no date", "Enter from when on it holds; until then it is not counted."),
    ("SU005", _W, 0, "Change of an order ends before it begins", "Look at both dates; it is taken to last one day."),
    ("SU006", _E, 0, "Orders end each other in a circle", "Look which order ended which."),
    ("SU007", _W, 0, "Docket entry answers one that is not known", "Enter the other one, or correct the link."),
    ("SU008", _W, 0, "Docket entry is older than the one it answers", "Look at both dates in the docket."),
    ("SU009", _N, 0, "It is not said what an opposition or a reply answers", "Enter which motion it responds to."),
    # -- DK: files about a court docket --------------------------------------------------------------------------
    ("DK001", _W, 0, "Row of the docket cannot be read", "Look at the file; enter the row by hand. The rest was read."),
    ("DK002", _W, 0, "Date in the docket cannot be read", "Look at the court's page; enter the day by hand."),
    ("DK003", _E, 0, "Docket file is broken or cut off", "Save the page again; what could be read was read."),
    ("DK004", _N, 0, "Files attached to the mail were not read", "Add the documents themselves, if you want them."),
    ("DK005", _N, 0, "Attachments are counted from 2 by the court", "Nothing; here they count from 1."),
    ("DK006", _W, 0, "Column of the table is not clear", "Say what the column holds and import again."),
    ("DK007", _W, 0, "File names no case, or several", "Say which case it belongs to."),
    ("DK008", _N, 0, "Row stands twice in the docket", "Nothing; it was kept once."),
    ("DK009", _W, 0, "Letters of the docket were lost", "Save the page again, in UTF-8."),
    # -- IN: what was taken in; 001 to 009 mail -------------------------------------------------------------------
    ("IN001", _W, 0, "Message is broken in places", "Look at the message; ask for the mailbox it came from."),
    ("IN002", _W, 0, "Attachment is named and not there", "Ask for the file."),
    ("IN003", _W, 0, "Message is one part of a divided one", "Ask for the other parts."),
    ("IN004", _N, 0, "Signature was not verified", "Nothing, unless it matters who signed; the content was read."),
    ("IN006", _N, 0, "Deleted message was recovered", "Ask why it was deleted, and when."),
    ("IN007", _W, 0, "Date of a message is missing or impossible", "Ask for the date; look at its headers."),
    ("IN008", _N, 0, "Characters were decoded by a guess", "Nothing, if it reads well; the bytes are kept."),
    # -- IN: 010 to 019 Office files and text ---------------------------------------------------------------------
    (
        "IN010",
        _N,
        0,
        "Hidden rows, columns, sheets, slides or text",
        "Look at what is hidden; it is kept and marked.",
    ),
    ("IN011", _N, 0, "Tracked changes or comments", "Read them at the end of the document, with who wrote them."),
    ("IN012", _N, 0, "Macro inside", "Nothing; it was not run."),
    ("IN013", _N, 0, "Refers to other files or addresses", "Ask for what it refers to, if you need it."),
    ("IN014", _W, 0, "Only part of the text could be read", "Open the native file in the program it was made with."),
    # -- IN: taking in -----------------------------------------------------------------------------------------------
    (
        "IN020",
        _W,
        0,
        "Files of this type are not read, only their facts are taken",
        "Open the file in its own program if it matters; name, hash and facts are kept.",
    ),
    (
        "IN022",
        _E,
        0,
        "Container is damaged, not all that is in it came out",
        "Ask for the file again; what came out was taken in.",
    ),
    (
        "IN023",
        _E,
        0,
        "Containers stand too deep in each other",
        "Unpack it yourself if you trust it, and take in the folder.",
    ),
    ("IN030", _N, 0, "Left out by a list of known files", "Nothing; the list and the file are on record."),
    ("IN031", _N, 0, "Left out by a rule of this taking in", "Nothing; the rule and the file are on record."),
    (
        "IN032",
        _E,
        0,
        "File changed while it was taken in",
        "Take it in again under another name once nobody writes to it.",
    ),
    (
        "IN024",
        _N,
        0,
        "PDF has forms, annotations, layers or attachments",
        "Look at them: they are searchable and marked, and may not be printed with the page.",
    ),
    # -- LG: the ledger -----------------------------------------------------------------------------------------
    ("LG001", _E, 6, "Ledger does not balance", "Tell us: the program lost count, and the count is kept."),
)

NOWHERE = Place()
CATALOGUE: dict[str, FindingKind] = {row[0]: FindingKind(*row) for row in _ROWS}
if len(CATALOGUE) != len(_ROWS):
    raise AssertionError("a finding code stands twice in the catalogue")


def finding(code: str, message: str, *, place: Place = NOWHERE, count: int = 1) -> Finding:
    """Return a finding of *code* with the severity the catalogue gives it.

    Raises:
        KeyError: If the catalogue has no such code: a mistake of ours, not of the records.
    """
    return Finding(code, CATALOGUE[code].severity, place, message, count)
