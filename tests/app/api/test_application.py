"""Every route there is: none without a session, none that fails on odd parameters."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.app.conftest import PORT
from tests.app.volume import CANARY
from vaughn.app.api.application import application, interface
from vaughn.app.api.sessions import Sessions

SCHEMA = interface().openapi()
OPERATIONS = sorted(
    (method, path, operation)
    for path, item in SCHEMA["paths"].items()
    for method, operation in item.items()
    if method in ("get", "post", "put", "patch", "delete")
    for operation in [tuple(sorted((p["name"], p["in"]) for p in operation.get("parameters", ())))]
)
# The stream does not end by itself; opening other cases would pull the shared one away.
READING = [(path, names) for method, path, names in OPERATIONS if method == "get" and not path.endswith("/stream")]
ODD = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "1", "99999999999999999999", "1e3", "NaN", "null", "true", "\0", "%00", "../..", "'"]
    ),
    st.sampled_from(
        ['"', '"a" b', "AND", "*", "a*", "2011-13-45", "2011-01-17", "9" * 400, "e-mail", "csv", "ABC0000005"]
    ),
    st.integers(-(2**70), 2**70).map(str),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)


def address(path, draw):
    parts = [quote(draw(ODD), safe="") or "0" if part.startswith("{") else part for part in path.split("/")]
    return "/".join(parts)


def answering(client):
    """Return *client* as it answers people: a mistake of ours is an answer of 500, no exception."""
    quick = TestClient(client.app, base_url=str(client.base_url), cookies=client.cookies, raise_server_exceptions=False)
    quick.portal = client.portal  # Otherwise each call starts a thread with an event loop of its own.
    return quick


def test_every_route_needs_the_session(loaded):
    """A new route is closed before anybody thinks of it."""
    from vaughn.app.api.workbench import Workbench

    with Workbench() as workbench:
        workbench.open(loaded)
        stranger = TestClient(
            application(workbench, sessions=Sessions(lambda: 0.0), port=PORT), base_url=f"http://127.0.0.1:{PORT}"
        )
        for method, path, _ in OPERATIONS:
            answer = stranger.request(method, path.replace("{", "").replace("}", ""), headers={"X-Vaughn": "1"})
            assert answer.status_code == 401, (method, path)
            assert CANARY not in answer.text


def test_every_writing_route_needs_the_header(client):
    """A form on another page cannot send it."""
    for method, path, _ in OPERATIONS:
        if method != "get":
            answer = client.request(method, path.replace("{", "").replace("}", ""), headers={"X-Vaughn": "0"})
            assert answer.status_code == 403, (method, path)


@pytest.mark.parametrize(("path", "names"), READING, ids=[path for path, _ in READING])
def test_odd_parameters_are_refused_never_stumbled_over(client, path, names):
    """An answer of 500 is a mistake of ours, whatever was asked."""
    quick = answering(client)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def holds(data):
        query = [(name, data.draw(ODD)) for name, place in names if place == "query" and data.draw(st.booleans())]
        answer = quick.get(address(path, data.draw), params=query)
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            assert set(answer.json()["error"]) == {"message", "hint", "kind"}

    holds()


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p, _ in OPERATIONS if m in ("post", "patch", "put")])
def test_odd_bodies_are_refused_never_stumbled_over(fresh, method, path):
    """Without a case open nothing can be changed, so everything may be sent."""
    quick = answering(fresh)
    values = st.recursive(
        st.none() | st.booleans() | st.integers(-10, 10) | st.sampled_from(["", "\0", "x", "/nowhere/x", "relative"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["path", "caption", "x"]), inner),
        max_leaves=6,
    )

    @settings(max_examples=15, deadline=None)
    @given(st.data())
    def holds(data):
        answer = quick.request(method, address(path, data.draw), json=data.draw(values), headers={"X-Vaughn": "1"})
        assert 400 <= answer.status_code < 500, answer.text

    holds()
