"""Which fields a produced document has, and what the formats call them.

Canonical ids follow the crosswalk in docs/reference/fields.md (DOJ Antitrust, FTC, SEC, and names
seen in real productions). A column name is folded before it is looked up: upper case, letters and
digits only, so ``Begin Bates``, ``BEG_BATES`` and ``begbates`` meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class FieldKind(Enum):
    """How a value is read."""

    TEXT = "text"
    NUMBER = "number"  # a Bates number
    COUNT = "count"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"  # date and time in one value
    ZONE = "zone"
    PEOPLE = "people"  # several, separated
    MANY = "many"  # several values, separated
    PATH = "path"
    HASH = "hash"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field: its id, how it is read, and the folded names it goes by."""

    id: str
    kind: FieldKind
    names: tuple[str, ...]


def folded(name: str) -> str:
    """Return a column name as it is looked up: upper case, letters, digits and ``#`` only."""
    return re.sub(r"[^A-Z0-9#]", "", name.upper())


K = FieldKind
# The order is the order of columns in tables and exports.
FIELDS: tuple[Field, ...] = (
    Field(
        "beg_bates",
        K.NUMBER,
        (
            "BEGBATES",
            "BEGINBATES",
            "BATESBEGIN",
            "BATESBEG",
            "BEGDOC",
            "BEGDOC#",
            "BEGINDOC",
            "BEGINNINGBATES",
            "FIRSTBATES",
            "STARTBATES",
            "BATESSTART",
            "BEGNO",
            "BEGPROD",
            "PRODBEG",
            "PRODBEGBATES",
            "BEGINNUMBER",
            "BEGPAGE",
            "CONTROLNUMBERBEG",
            "BATESNUMBER",
            "BATES",
            "BEGCONTROL",
            "BEGINNINGBATESNUMBER",
            "BEGINBATESNUMBER",
            "PRODUCTIONBEGBATES",
            "BEGBATESNUMBER",
            "PRODBEGDOC",
        ),
    ),
    Field(
        "end_bates",
        K.NUMBER,
        (
            "ENDBATES",
            "BATESEND",
            "ENDDOC",
            "ENDDOC#",
            "ENDINGBATES",
            "LASTBATES",
            "STOPBATES",
            "ENDNO",
            "ENDPROD",
            "PRODEND",
            "PRODENDBATES",
            "ENDNUMBER",
            "ENDPAGE",
            "CONTROLNUMBEREND",
            "ENDCONTROL",
            "ENDINGBATESNUMBER",
            "ENDBATESNUMBER",
            "PRODUCTIONENDBATES",
            "PRODENDDOC",
        ),
    ),
    Field(
        "doc_id",
        K.TEXT,
        (
            "DOCID",
            "UPI",
            "IDENTIFIER",
            "CONTROLNUMBER",
            "DOCUMENTID",
            "CONTROLID",
            "CONTROLNO",
            "UNIQUEID",
            "DOCUMENTIDENTIFIER",
        ),
    ),
    Field("page_count", K.COUNT, ("PGCOUNT", "PAGECOUNT", "PAGES", "NUMPAGES", "PAGENUMBERS", "NUMBEROFPAGES")),
    Field(
        "parent_id", K.TEXT, ("PARENTID", "PARENTBATES", "PARENTDOCUMENTID", "PARENTDOCID", "PARENT", "PARENTBEGBATES")
    ),
    Field(
        "child_ids",
        K.MANY,
        ("ATTCHIDS", "ATTACHIDS", "CHILDBATES", "ATTACHMENTIDS", "CHILDIDS", "ATTACHMENTDOCUMENT", "ATTACHDOCS"),
    ),
    Field(
        "family_range", K.TEXT, ("FAMLYRNG", "FAMILYRNG", "FAMILYRANGE", "ATTACHRANGE", "ATTRANGE", "ATTACHMENTRANGE")
    ),
    Field(
        "beg_attach",
        K.NUMBER,
        (
            "BEGATTACH",
            "BEGINATTACH",
            "ATTACHBEGIN",
            "BEGATT",
            "BATESBEGINATTACH",
            "BEGATTACHMENT",
            "ATTACHBEG",
            "FIRSTATTACH",
            "BEGFAMILY",
            "PRODBEGATTACH",
            "BEGINATTACHMENT",
            "GROUPBEGIN",
            "FAMILYBEGIN",
        ),
    ),
    Field(
        "end_attach",
        K.NUMBER,
        (
            "ENDATTACH",
            "ATTACHEND",
            "ENDATT",
            "BATESENDATTACH",
            "ENDATTACHMENT",
            "LASTATTACH",
            "ENDFAMILY",
            "PRODENDATTACH",
            "GROUPEND",
            "FAMILYEND",
        ),
    ),
    Field(
        "attachment_names",
        K.MANY,
        ("ATTACHMENTNAMES", "ATTACHMENTS", "ATTACHNAMES", "ATTACHMENTLIST", "ATTACHMENT", "ATTACHMENTNAME"),
    ),
    Field(
        "attachment_count", K.COUNT, ("ATTACHMENTCOUNT", "ATTACHCOUNT", "NUMATTACH", "ATTCOUNT", "NUMBEROFATTACHMENTS")
    ),
    Field(
        "record_type",
        K.TEXT,
        ("PRPRTIES", "PROPERTIES", "RECORDTYPE", "DOCTYPE", "DOCUMENTTYPE", "FILETYPE", "MIMETYPE", "DOCUMENTCATEGORY"),
    ),
    Field("producing_party", K.TEXT, ("COMPANY", "PRODUCINGPARTY", "PARTY", "AGENCY")),
    Field(
        "volume",
        K.TEXT,
        ("BOX#", "BOX", "VOLUME", "PRODVOL", "PRODVOLUME", "VOLUMENAME", "PRODUCTIONVOLUME", "PRODVOLUMENAME"),
    ),
    Field("custodian", K.TEXT, ("CUSTODIAN", "CUSTDIAN", "CUSTODIANSOURCE", "SOURCECUSTODIAN", "CUSTODIANNAME")),
    Field(
        "all_custodians",
        K.MANY,
        ("ALLCUSTODIANS", "DUPCUSTODIAN", "DUPLICATECUSTODIANS", "OTHERCUSTODIANS", "CUSTODIANS", "CUSTODIANALL"),
    ),
    Field("source_device", K.TEXT, ("SOURCEDEVICE", "DEVICE")),
    Field(
        "source_path",
        K.TEXT,
        (
            "SOURCEPATH",
            "PATH",
            "INTFILEPATH",
            "ORIGINALFOLDERPATH",
            "ORIGPATH",
            "FILEPATH",
            "FOLDERPATH",
            "ORIGINALPATH",
            "ORIGINALFILEPATH",
        ),
    ),
    Field("mail_folder", K.TEXT, ("MAILFOLDERPATH", "MAILFOLDER", "EMAILFOLDER", "FOLDER", "EMAILFOLDERPATH")),
    Field("author", K.TEXT, ("AUTHOR", "DOCAUTHOR", "CREATOR", "CREATEDBY")),
    Field("from", K.PEOPLE, ("FROM", "EMAILFROM", "SENDER", "MAILFROM")),
    Field("to", K.PEOPLE, ("TO", "EMAILTO", "RECIPIENT", "RECIPIENTS", "MAILTO")),
    Field("cc", K.PEOPLE, ("CC", "EMAILCC", "COPYEE", "MAILCC")),
    Field("bcc", K.PEOPLE, ("BCC", "EMAILBCC", "MAILBCC")),
    Field("subject", K.TEXT, ("SUBJECT", "EMAILSUBJECT", "EMAILSUBJECTTITLE", "SUBJECTTITLE", "RE", "MAILSUBJECT")),
    Field("title", K.TEXT, ("TITLE", "DOCUMENTTITLE", "DOCTITLE")),
    Field("document_date", K.MOMENT, ("DOCDATE", "DATE", "DOCUMENTDATE", "SORTDATE", "MASTERDATE")),
    Field(
        "sent_date",
        K.MOMENT,
        ("DATESENT", "SENTDATE", "EMAILSENTDATE", "DATETIMESENT", "SENTON", "SENTDATETIME", "EMAILDATESENT", "SENT"),
    ),
    Field("sent_time", K.TIME, ("TIMESENT", "SENTTIME", "TIMESENTTIMEZONE", "EMAILSENTTIME")),
    Field(
        "received_date",
        K.MOMENT,
        ("DATERECEIVED", "DATERCVD", "RECEIVEDDATE", "DATETIMERECEIVED", "RECEIVED", "EMAILDATERECEIVED"),
    ),
    Field("received_time", K.TIME, ("TIMERECEIVED", "RECEIVEDTIME", "TIMERCVD")),
    Field(
        "created_date",
        K.MOMENT,
        ("DATECREATED", "DATECRTD", "CREATEDATE", "CREATEDDATE", "CREATIONDATE", "DATETIMECREATED", "FILECREATED"),
    ),
    Field("created_time", K.TIME, ("TIMECREATED", "CREATETIME", "TIMECREATEDTIMEZONE", "CREATEDTIME")),
    Field(
        "modified_date",
        K.MOMENT,
        (
            "DATELASTMODIFIED",
            "DATESVD",
            "MODDATE",
            "DATEMOD",
            "DATEMODIFIED",
            "MODIFIEDDATE",
            "LASTMODIFIED",
            "LASTMODDATE",
            "LASTMODIFIEDDATE",
            "DATESAVED",
        ),
    ),
    Field(
        "modified_time",
        K.TIME,
        ("TIMEMODIFIED", "MODTIME", "TIMEMOD", "TIMEMODTIMEZONE", "MODIFIEDTIME", "TIMELASTMODIFIED", "LASTMODTIME"),
    ),
    Field(
        "accessed_date", K.MOMENT, ("DATEACCESSED", "DATEACCESSD", "LASTACCDATE", "ACCESSEDDATE", "DATELASTACCESSED")
    ),
    Field("accessed_time", K.TIME, ("TIMEACCESSED", "LASTACCTIME", "TIMEACCESSD")),
    Field("printed_date", K.MOMENT, ("DATEPRINTED", "PRINTEDDATE", "LASTPRINTED")),
    Field(
        "time_zone",
        K.ZONE,
        ("TIMEZONE", "TIMEOFFSETVALUE", "TZ", "UTCOFFSET", "TIMEOFFSET", "PROCESSINGTIMEZONE", "TIMEZONEPROCESSED"),
    ),
    Field(
        "file_name",
        K.TEXT,
        ("FILENAME", "ORIGINALFILENAME", "ORIGFILENAME", "DOCUMENTFILENAME", "NATIVEFILENAME", "NAME"),
    ),
    Field(
        "file_extension",
        K.TEXT,
        ("FILEEXTENSION", "FILEEXTEN", "DOCUMENTEXTENSION", "EXTENSION", "FILEEXT", "DOCEXT", "EXT", "DOCEXTENSION"),
    ),
    Field("file_size", K.COUNT, ("FILESIZE", "SIZE", "FILESIZEBYTES")),
    Field("md5", K.HASH, ("MD5", "MD5HASH", "HASHMD5", "HASHVALUE", "HASH")),
    Field("sha1", K.HASH, ("SHA1", "SHA1HASH", "HASHSHA1")),
    Field("sha256", K.HASH, ("SHA256", "SHA256HASH")),
    Field("message_id", K.TEXT, ("MESSAGEID", "INTMSGID", "INTERNETMESSAGEID", "MSGID", "EMAILMESSAGEID")),
    Field(
        "thread_id",
        K.TEXT,
        ("CONVERSATIONINDEX", "THREADID", "CONVINDEX", "EMAILTHREADID", "CONVERSATIONID", "THREADINDEX"),
    ),
    Field(
        "text_path",
        K.PATH,
        (
            "TEXTPATH",
            "TEXTLINK",
            "OCRPATH",
            "OCRTEXTPATH",
            "TEXTFILE",
            "EXTRACTEDTEXT",
            "OCRTEXT",
            "TEXT",
            "FULLTEXT",
            "TXTPATH",
            "TEXTFILEPATH",
            "EXTRACTEDTEXTPATH",
        ),
    ),
    Field(
        "native_path",
        K.PATH,
        (
            "NATIVELINK",
            "NATIVEPATH",
            "LINK",
            "NATIVEFILE",
            "DOCLINK",
            "NATIVEFILEPATH",
            "FILELINK",
            "NATIVE",
            "NATIVEFILELINK",
        ),
    ),
    Field(
        "production_path",
        K.PATH,
        ("PRODUCTIONPATH", "IMAGEPATH", "IMAGELINK", "PDFPATH", "PDFLINK", "IMAGEFILE", "PDF", "PRODUCTIONFILE"),
    ),
    Field(
        "exemptions",
        K.MANY,
        ("EXEMPTIONS", "EXEMPTION", "FOIAEXEMPTIONS", "EXEMPTIONCODES", "EXEMPTIONCODE", "REDACTIONREASON"),
    ),
    Field("disposition", K.TEXT, ("DISPOSITION", "RELEASETYPE", "RELEASEDECISION", "DETERMINATION")),
    Field("withheld_pages", K.COUNT, ("WITHHELDPAGES", "PAGESWITHHELD")),
    Field("redacted", K.FLAG, ("REDACTED", "REDACTION", "HASREDACTIONS", "ISREDACTED")),
    Field("confidentiality", K.TEXT, ("CONFIDENTIALITY", "CONFIDENTIAL", "DESIGNATION", "CONFIDENTIALDESIGNATION")),
    Field(
        "tracking_number",
        K.TEXT,
        ("TRACKINGNO", "TRACKINGNUMBER", "REQUESTNUMBER", "FOIANUMBER", "CASENUMBER", "FOIACASENUMBER", "CASENO"),
    ),
    Field("request_item", K.TEXT, ("REQUESTITEM",)),
    Field("list_name", K.TEXT, ("LIST",)),
    Field("prior_bates", K.NUMBER, ("PRIORBATES", "PREVIOUSBATES", "ORIGINALBATES", "REPLACES", "CROSSREFERENCEBATES")),
    Field("vaughn_number", K.TEXT, ("VAUGHNNO", "VAUGHNNUMBER")),
)

FIELD_BY_ID: dict[str, Field] = {field.id: field for field in FIELDS}
FIELD_BY_NAME: dict[str, Field] = {name: field for field in FIELDS for name in field.names}


def field_named(name: str) -> Field | None:
    """Return the canonical field that the column name *name* means, or `None` if it is not known."""
    return FIELD_BY_NAME.get(folded(name))
