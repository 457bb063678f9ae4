"""Who is let in to the workbench, and what every answer carries."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from vaughn.app.api.errors import add_error_answers
from vaughn.app.api.security import HEADERS, MAX_BODY_BYTES, Gate
from vaughn.app.api.server import listen, loopback_address
from vaughn.app.api.sessions import SESSION_IDLE_SECONDS, SESSION_SECONDS, TOKEN_SECONDS, Sessions
from vaughn.app.api.static import add_screens
from vaughn.model import UsageError

PORT = 8123
BASE = f"http://127.0.0.1:{PORT}"


class Seconds:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Seconds()


@pytest.fixture
def sessions(clock):
    return Sessions(clock)


@pytest.fixture
def gate(sessions, tmp_path):
    app = FastAPI()
    add_error_answers(app)

    @app.get("/api/read")
    def read():
        return {}

    @app.post("/api/write")
    async def write(request: Request):
        return {"size": len(await request.body())}

    @app.put("/api/uploads/1/files")
    async def upload(request: Request):
        return {"size": sum([len(chunk) async for chunk in request.stream()])}

    (tmp_path / "index.html").write_text("<!doctype html>screens", encoding="utf-8")
    add_screens(app, tmp_path)
    return Gate(app, sessions=sessions, port=PORT)


@pytest.fixture
def stranger(gate):
    return TestClient(gate, base_url=BASE, follow_redirects=False)


@pytest.fixture
def user(stranger, sessions):
    assert stranger.get(f"/?token={sessions.new_token()}").status_code == 303
    return stranger


def test_the_token_opens_one_session_and_leaves_the_address(stranger, sessions):
    """A link in the browser's history, or in somebody's mail, must not open the case again."""
    token = sessions.new_token()
    answer = stranger.get(f"/d/5?page=2&token={token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/d/5?page=2")
    cookie = answer.headers["set-cookie"]
    assert f"vaughn_{PORT}=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert token not in cookie
    assert stranger.get("/api/read").status_code == 200
    other = TestClient(stranger.app, base_url=BASE, follow_redirects=False)
    again = other.get(f"/?token={token}")
    assert again.status_code == 403
    assert "set-cookie" not in again.headers


def test_the_redirect_never_leads_to_another_site(stranger, sessions):
    """`//evil.example?token=` would otherwise become an address of that site."""
    answer = stranger.get(f"{BASE}//evil.example/?token={sessions.new_token()}")
    assert answer.headers["location"] == "/evil.example/"


def test_a_user_who_reloads_the_used_link_is_simply_taken_on(user, sessions):
    """Reloading the first page is no attack."""
    assert user.get("/productions?token=used").headers["location"] == "/productions"


def test_tokens_and_sessions_grow_old(stranger, sessions, clock):
    """A laptop left open, or a link left in a terminal, ends being a key."""
    old = sessions.new_token()
    clock.now = TOKEN_SECONDS + 1
    assert stranger.get(f"/?token={old}").status_code == 403
    stranger.get(f"/?token={sessions.new_token()}")
    clock.now += SESSION_IDLE_SECONDS - 1
    assert stranger.get("/api/read").status_code == 200
    clock.now += SESSION_IDLE_SECONDS + 1
    assert stranger.get("/api/read").status_code == 401
    stranger.get(f"/?token={sessions.new_token()}")
    for _ in range(int(SESSION_SECONDS / SESSION_IDLE_SECONDS) + 1):
        clock.now += SESSION_IDLE_SECONDS
        answer = stranger.get("/api/read")
    assert answer.status_code == 401


def test_without_a_session_only_the_empty_screens_are_served(stranger):
    """The page that draws the screens holds nothing; every record comes through the interface."""
    assert stranger.get("/documents").status_code == 200
    assert stranger.get("/api/read").status_code == 401
    assert stranger.get("/api/unknown").status_code == 401
    assert stranger.get("/api/read", headers={"Cookie": f"vaughn_{PORT}=guess"}).status_code == 401
    assert stranger.get("/api/read", headers={"Cookie": "@,;=\x7f"}).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "", f"0.0.0.0:{PORT}"]
)
def test_other_names_of_this_machine_are_not_served(user, host):
    """A site that points its own name at 127.0.0.1 would otherwise be on our origin."""
    for path in ("/api/read", "/", "/?token=x"):
        assert user.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_the_three_names_of_loopback_are_served(user, host):
    """People type localhost."""
    cookie = "; ".join(f"{name}={value}" for name, value in user.cookies.items())
    assert user.get("/api/read", headers={"Host": f"{host}:{PORT}", "Cookie": cookie}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_calls_from_other_pages_are_refused(user, site, method):
    """Another site, or another program's page on another port of this machine, has our cookie sent along."""
    path = "/api/read" if method == "get" else "/api/write"
    assert getattr(user, method)(path, headers={"Sec-Fetch-Site": site, "X-Vaughn": "1"}).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_calls_with_a_foreign_origin_are_refused(user, origin):
    """Older browsers send no Sec-Fetch-Site."""
    assert user.post("/api/write", headers={"Origin": origin, "X-Vaughn": "1"}).status_code == 403


def test_writing_needs_the_header_that_forms_cannot_send(user):
    """A form on another page can post, and cannot set a header."""
    assert user.post("/api/write").status_code == 403
    headers = {"X-Vaughn": "1", "Sec-Fetch-Site": "same-origin", "Origin": BASE}
    assert user.post("/api/write", headers=headers).status_code == 200


def test_bodies_are_limited_except_for_uploads(user):
    """A form of a gigabyte would fill the memory."""
    large = b"x" * (MAX_BODY_BYTES + 1)
    headers = {"X-Vaughn": "1"}
    assert user.post("/api/write", content=large, headers=headers).status_code == 413
    assert user.post("/api/write", content=iter([large]), headers=headers).status_code == 413
    assert user.post("/api/write", headers={**headers, "Content-Length": "-1"}).status_code == 400
    assert user.put("/api/uploads/1/files", content=large, headers=headers).json() == {"size": len(large)}


def test_every_answer_carries_the_headers(user, stranger):
    """Nothing of a case may be framed, sniffed, kept or loaded by another page."""
    answers = [
        user.get("/api/read"),
        user.get("/"),
        user.get("/api/none"),
        user.get("/?token=x"),
        user.get("/", headers={"Host": "evil.example"}),
        stranger.post("/nowhere"),
    ]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert "access-control-allow-origin" not in answer.headers
    assert user.get("/api/read").headers["cache-control"] == "no-store"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "127.0.0.2", "::", ""])
def test_only_this_machine_is_served(host):
    """Without accounts and encryption, a port open to the network hands the case to everybody."""
    with pytest.raises(UsageError, match="only this machine"):
        loopback_address(host)


def test_a_free_port_is_bound_on_loopback():
    """Two workbenches can be open at once."""
    listening = listen()
    with listening.socket:
        assert listening.socket.getsockname()[0] == "127.0.0.1"
        assert listening.url("T", "/b/ABC-1") == f"http://127.0.0.1:{listening.port}/b/ABC-1?token=T"
