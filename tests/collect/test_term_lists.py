"""Lists of terms, read and held against each other."""

from __future__ import annotations

from vaughn.collect.term_lists import deviations, read_terms


def told(instructed, executed):
    return {
        (one.deviation.value, one.instructed and one.instructed.term.typed, one.executed and one.executed.term.typed)
        for one in deviations(read_terms(instructed), read_terms(executed))
    }


def test_blank_lines_are_no_terms_and_lines_keep_their_number():
    """A person looks for line 3 in her own list."""
    assert [(one.line, one.term.typed) for one in read_terms("opt out\n\n  IDENT \n")] == [(1, "opt out"), (3, "IDENT")]


def test_an_unclear_term_keeps_its_readings():
    """It is never run as one of them in silence."""
    (only,) = read_terms("a and b or c")
    assert only.error is not None
    assert only.term.canonical == "a and b or c"
    assert only.readings == ("(a and b) or c", "a and (b or c)")


def test_lists_that_are_read_alike_do_not_deviate():
    """Case, hyphen and order ask nothing else."""
    assert told("OPT-OUT\nident w/5 (doe or roe)", "IDENT  w/5 (Doe OR Roe)\nopt out") == set()


def test_a_changed_connector_is_named():
    """The same words, another question."""
    assert told('"opt out" w/5 mandatory\nident', "ident\n(opt w/9 out) and mandatory") == {
        ("combined otherwise", '"opt out" w/5 mandatory', "(opt w/9 out) and mandatory")
    }


def test_missing_added_and_changed_terms_are_told_apart():
    """Each is another question to the declarant."""
    assert told("a\nb", "a") == {("instructed, not run", "b", None)}
    assert told("a", "a\nb") == {("run, not instructed", None, "b")}
    assert told("a\nb", "a\nc") == {("changed", "b", "c")}


def test_every_kind_of_term_gives_its_words():
    """Fields, patterns, edges and exclusions included."""
    (only,) = read_terms("((subject contains (joh*)) or (c w/4 xfirstword)) and not (a not w/3 b~)")
    assert only.error is None
    assert only.words == {"joh*", "xfirstword", "a", "b~", "c"}
