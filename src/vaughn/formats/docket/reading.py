"""From the bytes of a file about a docket to its values; which kind of file it is, its content says.

A file may be a web page saved as ``.xml`` or a page of error saved as a docket: the name counts for nothing.
Files come from strangers: call `read_docket` in a child process (`vaughn.work`), as every file of a record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from vaughn.formats.docket.appellate import is_appellate, read_appellate
from vaughn.formats.docket.attachments import is_attachment_page, read_attachment_page
from vaughn.formats.docket.columns import ColumnUse, EntryField
from vaughn.formats.docket.district import is_district, read_district
from vaughn.formats.docket.feeds import read_feed
from vaughn.formats.docket.history import is_history, read_history
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.mail import is_mail, read_mail
from vaughn.formats.docket.notices import is_notice, notice_lines, read_notice
from vaughn.formats.docket.opinions import is_opinions, read_opinions
from vaughn.formats.docket.page import page_of
from vaughn.formats.docket.recap_json import holds_docket, is_json, json_value, read_recap_json
from vaughn.formats.docket.recap_xml import read_recap_xml
from vaughn.formats.docket.table import Row, is_table, read_table, sheet_rows, table_columns, text_rows
from vaughn.formats.docket.values import DocketFile
from vaughn.formats.docket.xmltree import first_tag, xml_tree
from vaughn.formats.media import media_type
from vaughn.formats.text import encoding_of
from vaughn.model import InputError

# A docket of 5,000 entries is 6 MB; ten times the largest seen.
MAX_BYTES = 64 * 1024 * 1024
_WORKBOOKS = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel",
              "application/vnd.oasis.opendocument.spreadsheet")  # fmt: skip
_XML_ROOTS = {"gov_uscourts_docket": "docket", "rss": "feed", "rdf": "feed"}
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|table|div|title|p|center|form|a|b|td|h[1-6])\b", re.I)
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*['\"]([\w-]+)", re.I)
# Characters that no page, XML or text may hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# Every page of CM/ECF ends with one of these; scripts of the browser may follow.
_END = re.compile(r"</\s*(?:html|body)\s*>", re.I)
_END_LETTERS = 2_000
_LOGIN = re.compile(
    r"PACER\s+Login|loginForm|pacer\.login|type\s*=\s*['\"]?password|session\s+(?:has\s+)?expired", re.I
)
_FAULT = re.compile(
    r"<title>[^<]*(?:error|not\s+found|forbidden|denied|unavailable|moved|bad\s+gateway|timed?\s*out)|"
    r"\b(?:40[0134]|50[0-4])\b[^<]{0,40}(?:error|not\s+found|forbidden|unavailable|denied)", re.I,
)  # fmt: skip


def read_docket(path: Path, *, name: str, columns: Mapping[str, EntryField | None] | None = None) -> DocketFile:
    """Return what the file at *path*, which goes by *name*, says about a docket.

    Rows that cannot be read are findings; the rest stands.

    Args:
        columns: For tables: what a column is, by its header; `None` keeps a column as it is. Others are recognised.

    Raises:
        InputError: If the file is no docket in any known form, is empty or too large.
    """
    log = DocketLog(name)
    read = _read(path, name=name, columns=columns, log=log)
    return replace(read, findings=log.findings())


def docket_columns(
    path: Path, *, name: str, columns: Mapping[str, EntryField | None] | None = None
) -> tuple[ColumnUse, ...]:
    """Return what each column of a table is taken for, so that a person can be asked about the unclear ones.

    Raises:
        InputError: If the file is no table of docket entries.
    """
    log = DocketLog(name)
    kind = media_type(path, name=name)
    rows = sheet_rows(path) if kind in _WORKBOOKS else text_rows(_text(_bytes(path, name), name=name, log=log), log=log)
    if not rows:
        raise _unknown(name, "it holds no table")
    return table_columns(rows, given=columns)[1]


def _bytes(path: Path, name: str) -> bytes:
    size = path.stat().st_size
    if size == 0:
        raise InputError(f"{name} is empty.", hint="Save the page again, with its text (Save as, HTML only).")
    if size > MAX_BYTES:
        raise InputError(
            f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB.", hint="Save the docket in parts, by date filed."
        )
    return path.read_bytes()


def _read(path: Path, *, name: str, columns: Mapping[str, EntryField | None] | None, log: DocketLog) -> DocketFile:
    data = _bytes(path, name)
    if media_type(path, name=name) in _WORKBOOKS:
        rows = sheet_rows(path)
        if not rows:
            raise _unknown(name, "the workbook cannot be opened or is empty")
        return read_table(rows, given=columns, log=log)
    if is_mail(data):
        return _mail(data, name=name, log=log)
    text = _text(data, name=name, log=log)
    if is_json(text):
        return _json(text, name=name, log=log)
    if first_tag(text[:65536]) in _XML_ROOTS:
        return _xml(data, text, name=name, log=log)
    if text.lstrip("\ufeff \t\n").startswith("<"):
        return _page(text, name=name, log=log)
    return _plain(text, name=name, columns=columns, log=log)


def _json(text: str, *, name: str, log: DocketLog) -> DocketFile:
    value = json_value(text)
    if value is None:
        raise _unknown(name, "the JSON is broken or cut off")
    if not holds_docket(value):
        raise _unknown(name, "the JSON names no docket")
    return read_recap_json(value, log=log)


def _plain(text: str, *, name: str, columns: Mapping[str, EntryField | None] | None, log: DocketLog) -> DocketFile:
    rows = text_rows(text, log=DocketLog(name))
    # A table may hold pieces of HTML, a page may begin with bare words: the header of a table decides.
    if _HTML.search(text) and not columns and not is_table(rows):
        return _page(text, name=name, log=log)
    if is_notice(text) and not is_table(rows):
        return read_notice(text.split("\n"), subject="", text=text, log=log)
    return _table(text_rows(text, log=log), name=name, columns=columns, log=log)


def _table(
    rows: list[Row], *, name: str, columns: Mapping[str, EntryField | None] | None, log: DocketLog
) -> DocketFile:
    if columns or is_table(rows):
        return read_table(rows, given=columns, log=log)
    looks_tabular = len(rows) > 1 and len(rows[0].cells) > 1 and len(rows[0].cells) == len(rows[1].cells)
    if looks_tabular:
        table_columns(rows)  # says which columns there are
    raise _unknown(name, "it is neither a page of CM/ECF, nor RECAP XML or JSON, nor a notice, a feed or a table")


def _unknown(name: str, why: str) -> InputError:
    return InputError(
        f"{name} is not a docket: {why}.",
        hint="Open it in a browser and look. Save the docket report itself (Save as, HTML only), or enter it by hand.",
    )


def _text(data: bytes, *, name: str, log: DocketLog) -> str:
    """Return the text of *data*: UTF-8 if it is that, whatever the page declares; else Windows-1252."""
    encoding = encoding_of(data[:65536])
    if encoding is None:
        raise InputError(f"{name} is not text.", hint="Save the docket report as HTML, not as PDF or picture.")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252" if encoding == "utf-8" else encoding, "replace")
    lost = text.count("\ufffd")
    if lost:
        log.add("DK009", f"{lost} letters were lost: they fit no encoding, or were lost before.")
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _mail(data: bytes, *, name: str, log: DocketLog) -> DocketFile:
    try:
        body = read_mail(data)
    except RecursionError as error:
        raise _unknown(name, "the parts of the mail are nested beyond measure") from error
    if body.attached:
        log.add("DK004", f"{body.attached} files attached to the mail were not read.")
    text = _CONTROLS.sub("", body.text.replace("\r\n", "\n"))
    if not is_notice(text):
        raise _unknown(name, "the mail holds no notice of electronic filing")
    senders = data[:65536].decode("latin-1")
    if body.is_html:
        page = page_of(text, log=log)
        lines = notice_lines(page) if page is not None else []
    else:
        lines = text.split("\n")
    return read_notice(lines, subject=body.subject, text=f"{text}\n{senders}", log=log)


def _xml(data: bytes, text: str, *, name: str, log: DocketLog) -> DocketFile:
    declared = _DECLARED.search(data[:200])
    if declared is None or declared[1].lower() in {b"utf-8", b"us-ascii"}:
        # What is not UTF-8 although it says so was read as what it is.
        data = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode("utf-8", "replace")
    root = xml_tree(data, log=log)
    if root is None:
        raise _unknown(name, "the XML is broken from the start")
    kind = _XML_ROOTS.get(str(root.tag).rsplit("}", 1)[-1].lower())
    if kind == "docket":
        return read_recap_xml(root, log=log)
    return read_feed(root, log=log)


def _page(text: str, *, name: str, log: DocketLog) -> DocketFile:
    page = page_of(text, log=log)
    if page is None:
        raise _unknown(name, "the page is empty")
    if is_notice(text):
        return read_notice(notice_lines(page), subject="", text=text, log=log)
    for is_kind, read in (
        (is_district, read_district),
        (is_appellate, read_appellate),
        (is_history, read_history),
        (is_opinions, read_opinions),
        (is_attachment_page, read_attachment_page),
    ):
        if is_kind(text):
            if _END.search(text, max(0, len(text) - _END_LETTERS)) is None:
                log.add("DK003", "The page has no end: it was probably cut off, and entries may be missing.")
            return read(page, text, log=log)
    if _LOGIN.search(text):
        raise InputError(
            f"{name} is the login page of PACER, saved instead of a docket.", hint="Log in and save the docket again."
        )
    if _FAULT.search(text):
        raise InputError(
            f"{name} is an error page of a web server, saved instead of a docket.", hint="Fetch the docket again."
        )
    raise _unknown(name, "the web page is none of CM/ECF that is known")
