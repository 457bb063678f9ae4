"""Random trees that can be typed, and random texts that look like queries."""

from __future__ import annotations

from hypothesis import strategies as st

from vaughn.fulltext.language import (
    And,
    Edge,
    End,
    FieldRange,
    Fuzzy,
    InField,
    Near,
    Not,
    NotNear,
    NumberRange,
    Or,
    Pattern,
    Phrase,
    Stem,
    Word,
)

TERMS = st.sampled_from(
    ["apple", "pear", "ice", "and", "or", "not", "contains", "xfirstword", "w", "5", "b6", "שלום", "नमस्ते", "ss"]
)
WORDS = st.builds(Word, TERMS)
PATTERNS = st.sampled_from(["joh*", "*tion", "w?m=n", "?", "=", "a*b*c", "?*", "199="]).map(Pattern)
FUZZY = st.builds(
    lambda term, edits, fixed: Fuzzy(term, edits, min(fixed, len(term))),
    st.sampled_from(["banana", "and", "smith"]),
    st.integers(1, 3),
    st.integers(0, 6),
)
STEMS = st.builds(Stem, TERMS)
NUMBERS = st.builds(lambda one, more: NumberRange(one, one + more), st.integers(0, 10**9), st.integers(0, 10**6))
LEAVES = WORDS | PATTERNS | FUZZY | STEMS | NUMBERS
PHRASES = st.lists(LEAVES, min_size=2, max_size=4).map(lambda parts: Phrase(tuple(parts)))
EDGES = st.sampled_from(End).map(Edge)
DISTANCES = st.integers(1, 1000)
RANGES = st.sampled_from(
    [
        FieldRange("date", "2010-01-01", "2010-12-31"),
        FieldRange("date", "2010", "2010"),
        FieldRange("date", None, "2011-05"),
        FieldRange("date", "2011-05", None),
        FieldRange("bates", "ICE 0004521", "ICE 0004600"),
        FieldRange("bates", "A or B", "A or B"),
        FieldRange("bates", "X~~1", "(Y)"),
        FieldRange("bates", "ICE-1", None),
    ]
)
FIELDS = st.sampled_from(["subject", "from", "custodian", "exemption"])


def several(children):
    return st.lists(children, min_size=2, max_size=4).map(tuple)


def near(sides):
    return st.builds(Near, sides, sides, DISTANCES, st.booleans()) | st.builds(NotNear, sides, sides, DISTANCES)


def logic(children):
    return st.builds(And, several(children)) | st.builds(Or, several(children)) | st.builds(Not, children)


def in_text(leaves):
    return st.recursive(leaves, lambda children: logic(children) | near(children), max_leaves=12)


# Any tree that can be typed, whether it is answered or not.
TYPED = st.recursive(
    LEAVES | PHRASES | EDGES | RANGES | st.builds(InField, FIELDS, in_text(LEAVES | PHRASES | EDGES)),
    lambda children: logic(children) | near(children),
    max_leaves=15,
)
PIECES = st.sampled_from(
    [
        *(
            "and",
            "OR",
            "not",
            "w/5",
            "pre/3",
            "(",
            ")",
            '"',
            "contains",
            "subject",
            "date",
            "2010~~2011",
            "12~~24",
            "a",
        ),
        *("joh*", "ba%na", "run~", "*", "xfirstword", "+", "-b", ":", "subject:", "[a TO b]", "TO", "AND", "NOT", "~2"),
        *("^3", "/x/", "#", "&&", "\n", "“", "”", "\x00", "\ud800", "שלום", "日本", "ｗ/５", "\u200f", "=", "?", "%"),
        *("and/or", "bates contains (", "from:", "\\"),
    ]
)
TEXTS = st.text(max_size=40) | st.builds(
    lambda pieces, glue: glue.join(pieces), st.lists(PIECES, max_size=12), st.sampled_from([" ", " ", ""])
)
