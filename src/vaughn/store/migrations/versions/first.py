"""The first tables."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

# Written out, not taken from `schema`: a step stays what it was when later versions change the tables.
_STATEMENTS = (
    """CREATE TABLE case_file (
    id INTEGER NOT NULL,
    caption TEXT NOT NULL,
    court TEXT,
    docket_number TEXT,
    PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE production (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    agency TEXT NOT NULL,
    released_on TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state INTEGER NOT NULL,
    source TEXT NOT NULL,
    replaces TEXT,
    order_name TEXT,
    PRIMARY KEY (id),
    UNIQUE (name)
)
 STRICT""",
    """CREATE TABLE source_file (
    id INTEGER NOT NULL,
    production_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    role INTEGER NOT NULL,
    sha256 TEXT,
    size_bytes INTEGER,
    media_type TEXT NOT NULL,
    refused TEXT,
    PRIMARY KEY (id),
    UNIQUE (production_id, path),
    FOREIGN KEY(production_id) REFERENCES production (id)
)
 STRICT""",
    """CREATE TABLE load_file (
    id INTEGER NOT NULL,
    production_id INTEGER NOT NULL,
    source_file_id INTEGER NOT NULL,
    format TEXT NOT NULL,
    kind TEXT NOT NULL,
    dialect TEXT,
    columns TEXT NOT NULL,
    row_count INTEGER,
    page_row_count INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(production_id) REFERENCES production (id),
    FOREIGN KEY(source_file_id) REFERENCES source_file (id)
)
 STRICT""",
    """CREATE TABLE raw_row (
    id INTEGER NOT NULL,
    load_file_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    row_values TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (load_file_id, line),
    FOREIGN KEY(load_file_id) REFERENCES load_file (id)
)
 STRICT""",
    """CREATE TABLE document (
    id INTEGER NOT NULL,
    production_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    state INTEGER NOT NULL,
    control TEXT,
    prefix TEXT,
    begin_number INTEGER,
    end_number INTEGER,
    width INTEGER,
    suffix TEXT,
    first_page_id INTEGER,
    page_count INTEGER NOT NULL,
    parent_id INTEGER,
    family_id INTEGER,
    kind INTEGER NOT NULL,
    custodian TEXT,
    title TEXT,
    sender TEXT,
    recipients TEXT,
    date TEXT,
    file_name TEXT,
    native_file_id INTEGER,
    text_file_id INTEGER,
    load_file_id INTEGER,
    row_line INTEGER,
    row_start INTEGER,
    row_end INTEGER,
    page_load_file_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(production_id) REFERENCES production (id),
    FOREIGN KEY(parent_id) REFERENCES document (id),
    FOREIGN KEY(family_id) REFERENCES document (id),
    FOREIGN KEY(native_file_id) REFERENCES source_file (id),
    FOREIGN KEY(text_file_id) REFERENCES source_file (id),
    FOREIGN KEY(load_file_id) REFERENCES load_file (id),
    FOREIGN KEY(page_load_file_id) REFERENCES load_file (id)
)
 STRICT""",
    """CREATE TABLE page (
    id INTEGER NOT NULL,
    file_id INTEGER,
    page_in_file INTEGER NOT NULL,
    list_start INTEGER,
    width_pt REAL,
    height_pt REAL,
    text_source INTEGER DEFAULT 0 NOT NULL,
    stamped TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(file_id) REFERENCES source_file (id)
)
 STRICT""",
    """CREATE TABLE page_label (
    page_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (page_id)
)
 STRICT""",
    """CREATE TABLE page_words (
    page_id INTEGER NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (page_id)
)
 STRICT""",
    """CREATE TABLE bates_prefix (
    id INTEGER NOT NULL,
    production_id INTEGER NOT NULL,
    prefix TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (production_id, prefix),
    FOREIGN KEY(production_id) REFERENCES production (id)
)
 STRICT""",
    """CREATE TABLE link (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    role INTEGER NOT NULL,
    file_id INTEGER,
    path TEXT,
    matched_by TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(document_id) REFERENCES document (id),
    FOREIGN KEY(file_id) REFERENCES source_file (id)
)
 STRICT""",
    """CREATE TABLE division (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    production_id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    cuts TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (document_id),
    FOREIGN KEY(document_id) REFERENCES document (id),
    FOREIGN KEY(production_id) REFERENCES production (id)
)
 STRICT""",
    """CREATE TABLE check_run (
    id INTEGER NOT NULL,
    production_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    order_name TEXT,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    notes INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(production_id) REFERENCES production (id)
)
 STRICT""",
    """CREATE TABLE finding (
    id INTEGER NOT NULL,
    check_run_id INTEGER NOT NULL,
    production_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity INTEGER NOT NULL,
    path TEXT,
    line INTEGER,
    bates TEXT,
    field TEXT,
    document_id INTEGER,
    page_id INTEGER,
    count INTEGER NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(check_run_id) REFERENCES check_run (id),
    FOREIGN KEY(production_id) REFERENCES production (id),
    FOREIGN KEY(document_id) REFERENCES document (id)
)
 STRICT""",
    """CREATE TABLE ledger_line (
    id INTEGER NOT NULL,
    production_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    subject TEXT NOT NULL,
    expected INTEGER NOT NULL,
    parts TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(production_id) REFERENCES production (id)
)
 STRICT""",
    """CREATE TABLE job (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    production_id INTEGER,
    state INTEGER NOT NULL,
    step TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    message TEXT,
    started_at TEXT,
    ended_at TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(production_id) REFERENCES production (id)
)
 STRICT""",
    """CREATE TABLE task (
    id INTEGER NOT NULL,
    production_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    payload TEXT NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    leased_until TEXT,
    reason TEXT,
    PRIMARY KEY (id),
    UNIQUE (production_id, kind, "key"),
    FOREIGN KEY(production_id) REFERENCES production (id)
)
 STRICT""",
    """CREATE TABLE event (
    sequence INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    verb TEXT NOT NULL,
    objects TEXT NOT NULL,
    state TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (sequence)
)
 STRICT""",
    """CREATE TABLE seal (
    node_table INTEGER NOT NULL,
    level INTEGER NOT NULL,
    node INTEGER NOT NULL,
    digests BLOB NOT NULL,
    PRIMARY KEY (node_table, level, node)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX source_file_sha256 ON source_file (sha256)""",
    """CREATE INDEX document_bates ON document (state, prefix, begin_number, production_id)""",
    """CREATE INDEX document_custodian ON document (state, custodian, production_id)""",
    """CREATE INDEX document_date ON document (state, date, production_id)""",
    """CREATE INDEX document_family ON document (family_id) WHERE family_id IS NOT NULL""",
    """CREATE INDEX document_first_page ON document (first_page_id)""",
    """CREATE INDEX document_kind ON document (state, kind, production_id)""",
    """CREATE INDEX document_production ON document (state, production_id, ordinal)""",
    """CREATE INDEX page_label_folded ON page_label (folded)""",
    """CREATE INDEX link_document ON link (document_id)""",
    """CREATE INDEX finding_code ON finding (production_id, code, severity)""",
    """CREATE INDEX finding_document ON finding (document_id, severity)""",
    """CREATE INDEX finding_run ON finding (check_run_id)""",
    """CREATE INDEX ledger_line_production ON ledger_line (production_id, position)""",
    """CREATE INDEX task_open ON task (state, production_id, kind)""",
)


def upgrade() -> None:
    """Make every table and index."""
    for statement in _STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Refuse: a case is never taken back to an older form."""
    raise NotImplementedError("a case is never taken back to an older form")
