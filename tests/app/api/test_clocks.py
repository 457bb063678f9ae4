"""Due dates over HTTP: the same words as in the terminal, with or without a case."""

from __future__ import annotations

import pytest


def test_a_due_date_comes_with_every_day(fresh) -> None:
    """The screen shows the table, the sources, and what would move."""
    told = fresh.get(
        "/api/clock",
        params={"rule": "foia-20", "from": "2010-02-03", "toll": ["2010-02-08..2010-02-12"],
                "if_answered": "2010-02-26"},
    ).json()  # fmt: skip
    assert (told["rule"], told["due"], told["in_force"]) == ("FOIA-20", "2010-03-11", "from 2008-12-31 to 2016-06-29")
    assert told["tolls"] == [{"rule": "TOLL-1", "first": "2010-02-08", "last": "2010-02-12"}]
    assert [line["what"] for line in told["lines"]] == [
        "trigger day", "counted", "tolled", "weekend", "weekend", "holiday", "counted", "counted",
    ]  # fmt: skip
    assert len(told["days"]) == 37
    assert told["what_if"]["due_after"] == "2010-03-24"
    assert "No legal advice" in told["notice"]


def test_the_rules_are_listed(fresh) -> None:
    """What the form offers, with what is not confirmed."""
    rows = fresh.get("/api/clock/rules").json()
    assert {"FOIA-20", "ANSWER-30"} <= {row["rule"] for row in rows}
    assert [row["agency"] for row in rows if row["rule"] == "APPEAL-90"] == [None, None, "DHS", "NTSB", "DOJ"]


@pytest.mark.parametrize(("kind", "head"), [("pdf", b"%PDF-"), ("html", b"<!doctype html>"), ("ics", b"BEGIN:VCAL")])
def test_the_reasons_can_be_downloaded(fresh, kind, head) -> None:
    """For paper, for screens, for calendars."""
    answer = fresh.get("/api/clock/file", params={"rule": "FOIA-20", "from": "2010-02-03", "format": kind})
    assert answer.status_code == 200
    assert answer.content.lower().startswith(head.lower())
    assert f'filename="FOIA-20 2010-02-03.{kind}"' in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("parameters", "status", "said"),
    [
        ({"rule": "FOIA-20", "from": "2010-02-30"}, 422, "February 2010 has 28 days"),
        ({"rule": "FOIA-20", "from": "1/2/10"}, 422, "is not a day"),
        ({"rule": "FOIA-99", "from": "2010-02-03"}, 422, "no rule"),
        ({"rule": "FOIA-20"}, 400, "from"),
        ({"rule": "FOIA-20", "from": "2010-02-03", "toll": "x"}, 422, "is no pause"),
        ({"rule": "FOIA-20", "from": "2010-02-03", "extend_days": "-1"}, 400, "extend_days"),
    ],
)
def test_what_cannot_be_counted_is_told(fresh, parameters, status, said) -> None:
    """With the words the command uses."""
    answer = fresh.get("/api/clock", params=parameters)
    assert answer.status_code == status
    assert said in answer.json()["error"]["message"]
