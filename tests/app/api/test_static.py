"""The screens: exact names of built files, and one page for every address of the app."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.testclient import TestClient

from vaughn.app.api.errors import add_error_answers
from vaughn.app.api.static import add_screens


def client_of(folder):
    app = FastAPI()
    add_error_answers(app)
    add_screens(app, folder)
    return TestClient(app)


def test_built_files_are_served_under_their_own_names_only(tmp_path):
    """`/assets/../../case.db` is no name of a built file."""
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html>page")
    (static / "assets" / "app-1a2b.js").write_text("1")
    (static / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret").write_text("secret")
    client = client_of(static)
    script = client.get("/assets/app-1a2b.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    assert client.get("/favicon.svg").headers["content-type"] == "image/svg+xml"
    for screen in ("/", "/documents", "/b/ABC%200001", "/d/5?page=2", "/index.html", "/..%2fsecret", "/%2e%2e/secret"):
        answer = client.get(screen)
        assert (answer.status_code, answer.text) == (200, "<!doctype html>page")
        assert answer.headers["cache-control"] == "no-cache"
    for missing in ("/assets/gone.js", "/assets/..%2f..%2fsecret", "/api", "/api/none"):
        assert client.get(missing).status_code == 404
    assert client.post("/documents").status_code == 405


def test_screens_that_were_not_built_say_how_to_build_them(tmp_path):
    """Whoever runs from a clone without make sees a page, not an error."""
    answer = client_of(tmp_path).get("/")
    assert answer.status_code == 503
    assert "make demo" in answer.text
