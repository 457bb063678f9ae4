"""The text of all pages, cut into words and found at once, and which language it is in.

Comes in: the text of pages with their ids, and what a user typed. Goes out: documents and pages that hold it,
exact counts, and the places of the hits in a text. The index is derived and can be made again at any time.
"""

from vaughn.fulltext.feeding import catch_up, enter_page, forget_pages, pages_behind
from vaughn.fulltext.index import TextIndex
from vaughn.fulltext.languages import tell_languages
from vaughn.fulltext.query import Clause, TextQuery, hit_count, hit_spans, read_query
from vaughn.fulltext.results import WHOLE_DOCUMENT, DocumentFound, Found, PageEntry, PagesIndexed
from vaughn.fulltext.tokens import Token, joined_terms, terms, tokens

__all__ = [
    "WHOLE_DOCUMENT",
    "Clause",
    "DocumentFound",
    "Found",
    "PageEntry",
    "PagesIndexed",
    "TextIndex",
    "TextQuery",
    "Token",
    "catch_up",
    "enter_page",
    "forget_pages",
    "hit_count",
    "hit_spans",
    "joined_terms",
    "pages_behind",
    "read_query",
    "tell_languages",
    "terms",
    "tokens",
]
