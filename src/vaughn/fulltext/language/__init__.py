"""The query language of reviewers: typed text in, a tree of what is asked out, or an error that points and explains.

Two ways of writing are read, that of dtSearch and that of Lucene; both end in the same trees. What could mean two
things is refused with both, and what other programs answer and this one does not is refused by name.
"""

from vaughn.fulltext.language.errors import Dialect, QueryError
from vaughn.fulltext.language.fields import QUERY_FIELDS, QueryField, QueryFieldKind, query_field
from vaughn.fulltext.language.normal import normal, parts_within
from vaughn.fulltext.language.query import Query, read_query
from vaughn.fulltext.language.said import said
from vaughn.fulltext.language.tree import (
    And,
    At,
    Edge,
    End,
    FieldRange,
    Fuzzy,
    InField,
    Near,
    Node,
    Not,
    NotNear,
    NumberRange,
    Or,
    Pattern,
    Phrase,
    Stem,
    Word,
)
from vaughn.fulltext.language.written import written

__all__ = [
    "QUERY_FIELDS",
    "And",
    "At",
    "Dialect",
    "Edge",
    "End",
    "FieldRange",
    "Fuzzy",
    "InField",
    "Near",
    "Node",
    "Not",
    "NotNear",
    "NumberRange",
    "Or",
    "Pattern",
    "Phrase",
    "Query",
    "QueryError",
    "QueryField",
    "QueryFieldKind",
    "Stem",
    "Word",
    "normal",
    "parts_within",
    "query_field",
    "read_query",
    "said",
    "written",
]
