"""What would be public is shown before anything is written, and the site is built as a job."""

from __future__ import annotations

import pytest

from tests.app.conftest import signed_in

JOB_SECONDS = 60.0


@pytest.fixture
def suit(case_copy, workbench):
    workbench.open(case_copy)
    with signed_in(workbench) as client:
        yield client


def _enter(client, reference, **values):
    answer = client.post(f"/api/suit/entities/{reference}/statements", json={"values": values})
    assert answer.status_code == 200, answer.text


def _finished(workbench, job_id):
    with workbench.using() as case:
        return case.jobs.wait_for(job_id, lambda job: False, seconds=JOB_SECONDS)


def test_without_a_word_on_what_is_public_nothing_is(suit) -> None:
    """Publishing is never the default."""
    told = suit.get("/api/suit/publish").json()
    assert "Nobody has said" in told["problem"]
    assert told["documents"] == 0


def test_the_preview_counts_what_would_be_shown_and_what_is_held_back(suit) -> None:
    """A draft stays a draft until somebody publishes it."""
    _enter(suit, "site/main", title=["Detainers"], visibility=["published"], name_to_hide=["Jane Roe"])
    _enter(suit, "guide/g", title=["How to read this"], text=["See [ABC0000005]."])
    told = suit.get("/api/suit/publish?release=all").json()
    assert told["problem"] is None
    assert told["documents"] == sum(one["shown"] for one in told["productions"]) > 0
    assert told["names_to_hide"] == ["Jane Roe"]
    assert (told["left_out"], told["parts"]["guides"], told["dead"]) == (1, 0, [])


def test_a_dead_citation_is_listed_with_its_line(suit) -> None:
    """The person who decides sees it before the build refuses."""
    _enter(suit, "site/main", title=["Detainers"], visibility=["published"])
    _enter(suit, "guide/g", title=["Guide"], visibility=["published"], text=["First line.\n\nSee [ABC9999999]."])
    (dead, *_) = suit.get("/api/suit/publish?release=all").json()["dead"]
    assert (dead["cited"], dead["line"]) == ("ABC9999999", 3)


def test_the_site_is_built_as_a_job(suit, workbench, tmp_path) -> None:
    """The workbench stays usable meanwhile."""
    _enter(suit, "site/main", title=["Detainers"], visibility=["published"])
    form = {"out": str(tmp_path / "site"), "release": ["First"]}
    job = _finished(workbench, suit.post("/api/suit/publish", json=form).json()["job_id"])
    assert job.state.value == "done", job.message
    assert (tmp_path / "site/index.html").is_file()
    assert "documents" in job.message


@pytest.mark.parametrize("out", ["site", "{case}/site", "{case}"], ids=["no-full-path", "in-the-case", "the-case"])
def test_a_site_never_lies_in_the_case(suit, case_copy, out) -> None:
    """The files of a case are nobody's but its own."""
    answer = suit.post("/api/suit/publish", json={"out": out.format(case=case_copy)})
    assert answer.status_code == 400
