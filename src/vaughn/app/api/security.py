"""What stands between the workbench and everything else that can reach a loopback port.

In the order of the checks: the address called (DNS rebinding), the page that calls (other sites, and other
programs on this machine, whose pages a browser counts as the same site), the session, the header that only our
own scripts can send, and the size of the body. Every answer carries headers that keep records inside the page.
`SECURITY.md` says what this does not cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vaughn.app.api.sessions import SESSION_SECONDS, Sessions

WRITE_HEADER = "x-vaughn"
MAX_BODY_BYTES = 1_000_000  # Everything but an upload is a short form.
SAFE_METHODS = ("GET", "HEAD")
_OWN_PAGES = ("same-origin", "none")  # `none`: typed, bookmarked, or opened by the operating system.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# What a record lays out itself (an HTML message) is shown in a frame of our own page that may do nothing at all.
FRAME_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; sandbox"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
_UPLOADS = "/api/uploads/"
_REFUSED_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Vaughn</title>
<h1>This link was already used, or is too old</h1>
<p>Each link opens the workbench once. Start it again in the terminal, with <code>vaughn</code> or
<code>vaughn open CASE</code>, and open the new link.</p></html>"""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a call is not let in, as the caller is told."""

    status: int
    kind: str
    message: str
    hint: str | None = None

    def response(self) -> Response:
        """Return the answer in the form of all errors."""
        error = {"message": self.message, "hint": self.hint, "kind": self.kind}
        return JSONResponse({"error": error}, status_code=self.status)


class Gate:
    """ASGI middleware that lets in what the checks above let in."""

    def __init__(self, app: ASGIApp, *, sessions: Sessions, port: int) -> None:
        self._app = app
        self._sessions = sessions
        self._cookie = f"vaughn_{port}"  # Cookies do not know ports: two workbenches would log each other out.
        self._hosts = frozenset(f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer refused calls here, pass the others on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # No route speaks anything else.
        answer = self._answer(scope)
        if answer is not None:
            await answer(scope, receive, _with_headers(send))
            return
        limit = None if scope["path"].startswith(_UPLOADS) else MAX_BODY_BYTES
        await self._app(scope, _limited(receive, limit), _with_headers(send))

    def _answer(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host") not in self._hosts:
            return Refusal(
                421, "UsageError", "This address is not served.", "Open the link that was printed."
            ).response()
        if scope["path"].startswith("/api/"):
            refusal = self._refusal(scope, headers)
            return None if refusal is None else refusal.response()
        return self._entry(scope, headers)

    def _refusal(self, scope: Scope, headers: Headers) -> Refusal | None:
        method = scope["method"]
        if not self._is_own_page(headers):
            return Refusal(403, "StateError", "The call came from another site.")
        if not self._sessions.is_valid(_cookie(headers, self._cookie)):
            return Refusal(401, "StateError", "You are not signed in.", "Start vaughn again and open the new link.")
        if method not in SAFE_METHODS and headers.get(WRITE_HEADER) != "1":
            return Refusal(403, "StateError", "The call lacks the header X-Vaughn.")
        length = headers.get("content-length", "0")
        if not length.isdigit():
            return Refusal(400, "UsageError", "The length of the call is no number.")
        if int(length) > MAX_BODY_BYTES and not scope["path"].startswith(_UPLOADS):
            return Refusal(413, "UsageError", f"The call is longer than {MAX_BODY_BYTES:,} bytes.")
        return None

    def _is_own_page(self, headers: Headers) -> bool:
        """Tell by Sec-Fetch-Site, and by Origin as well where there is one; programs send neither."""
        site = headers.get("sec-fetch-site")
        origin = headers.get("origin")
        return (site is None or site in _OWN_PAGES) and (origin is None or origin in self._origins)

    def _entry(self, scope: Scope, headers: Headers) -> Response | None:
        """Swap a token in the address for a session; the address then no longer shows it."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        token = next((value for name, value in query if name == "token"), None)
        if token is None or scope["method"] != "GET":
            return None
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        session = self._sessions.redeem(token)
        if session is None and not self._sessions.is_valid(_cookie(headers, self._cookie)):
            return HTMLResponse(_REFUSED_PAGE, status_code=403)
        path = "/" + scope["path"].lstrip("/")  # `//evil.example` would lead to another site.
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, status_code=303)
        if session is not None:
            answer.set_cookie(
                self._cookie, session, max_age=int(SESSION_SECONDS), httponly=True, samesite="strict", path="/"
            )
        return answer


def _cookie(headers: Headers, name: str) -> str:
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[name].value if name in cookies else ""


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return send_with_headers


def _limited(receive: Receive, limit: int | None) -> Receive:
    if limit is None:
        return receive
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413)  # More came in than the length announced.
        return message

    return receive_limited
