"""What is owed on a request follows from what is known of it."""

from __future__ import annotations

from datetime import date

from tests.request.said import said
from vaughn.model import federal
from vaughn.request import request_clocks

LAW = federal()
ICE = said("agency/ice", short="ICE")


def _due(request, *more):
    return {clock.rule: clock for clock in request_clocks(request, [request, ICE, *more], LAW)}


def test_the_request_of_the_case_was_due_on_4_march_2010() -> None:
    """The worked date of the case, with what was assumed."""
    found = _due(said("request/ice", agency="agency/ice", sent_on="2010-02-03"))
    assert found["FOIA-20"].entry.due == date(2010, 3, 4)
    assert "not known" in found["FOIA-20"].note
    assert not found["FOIA-20"].entry.confirmed
    assert found["FOIA-20"].entry.who == "ICE"


def test_an_extension_and_a_pause_move_it() -> None:
    """Each day is accounted for."""
    request = said("request/ice", received_on="2010-02-03", extended_on="2010-03-01")
    assert _due(request)["FOIA-20"].entry.due == date(2010, 3, 18)
    pause = said("toll/a", request="request/ice", reason="information", from_="2010-02-08", until="2010-02-12")
    assert _due(request, pause)["FOIA-20"].entry.due == date(2010, 3, 25)


def test_a_pause_that_still_runs_suspends_it() -> None:
    """There is no due date until the answer comes."""
    request = said("request/ice", received_on="2010-02-03")
    clock = _due(request, said("toll/a", request="request/ice", reason="fees", from_="2010-02-08"))["FOIA-20"]
    assert clock.entry.due is None
    assert clock.entry.is_suspended


def test_an_appeal_is_owed_after_a_denial_by_the_agencys_own_rule() -> None:
    """DHS counts working days."""
    dhs = said("agency/dhs", short="DHS")
    request = said("request/x", agency="agency/dhs", sent_on="2023-11-01", denied_on="2024-01-02")
    clocks = {clock.rule: clock for clock in request_clocks(request, [request, dhs], LAW)}
    assert clocks["APPEAL-90"].entry.due == date(2024, 5, 9)
    assert clocks["FOIA-20"].entry.met_on == date(2024, 1, 2)


def test_what_cannot_be_counted_is_told() -> None:
    """A pause that ends before it begins, one without a start, a request of a year the rules do not reach."""
    request = said("request/ice", received_on="1985-02-03")
    backwards = said("toll/a", request="request/ice", reason="fees", from_="2010-02-08", until="2010-02-01")
    endless = said("toll/b", request="request/ice", reason="fees")
    faults = [clock.fault for clock in request_clocks(request, [request, backwards, endless], LAW) if clock.fault]
    assert any("toll/a" in fault for fault in faults)
    assert any("toll/b" in fault for fault in faults)
    assert any("1985" in fault for fault in faults)


def test_a_request_that_was_not_sent_owes_nothing() -> None:
    """A draft has no clock."""
    assert request_clocks(said("request/x", title="Draft"), [], LAW) == ()


def test_a_request_that_has_gone_on_waits_for_no_tracking_number() -> None:
    """Whenever that came: it would be overdue for ever."""
    request = said("request/x", sent_on="2010-02-03", state="in court")
    assert "TRACK-10" not in {clock.rule for clock in request_clocks(request, [], LAW)}
    assert "TRACK-10" in {
        clock.rule for clock in request_clocks(said("request/x", sent_on="2010-02-03", state="sent"), [], LAW)
    }
