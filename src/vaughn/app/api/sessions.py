"""Who may talk to the workbench: whoever brought the one-time token that was printed in the user's own terminal.

The token is swapped once for a session that lives in a cookie. Only hashes of tokens and sessions are kept, so
that neither memory dumps nor logs of this module hold one that can be used.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable

TOKEN_SECONDS = 60 * 60.0  # The link is meant to be opened at once; an hour allows for a slow morning.
SESSION_IDLE_SECONDS = 12 * 60 * 60.0  # A working day without a click.
SESSION_SECONDS = 7 * 24 * 60 * 60.0


class Sessions:
    """Tokens that were handed out and sessions that they opened, in the memory of one server.

    Args:
        seconds: A clock that only goes forward.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._tokens: dict[str, float] = {}
        self._sessions: dict[str, tuple[float, float]] = {}

    def new_token(self) -> str:
        """Return a token that opens one session."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._tokens[_digest(token)] = self._seconds() + TOKEN_SECONDS
        return token

    def redeem(self, token: str) -> str | None:
        """Return a new session for *token*, or `None` if it is unknown, used or too old."""
        with self._lock:
            expires = self._tokens.pop(_digest(token), None)
            now = self._seconds()
            if expires is None or expires < now:
                return None
            session = secrets.token_urlsafe(32)
            self._sessions[_digest(session)] = (now, now)
            return session

    def is_valid(self, session: str) -> bool:
        """Tell whether *session* is open, and keep it open."""
        key = _digest(session)
        with self._lock:
            times = self._sessions.get(key)
            if times is None:
                return False
            began, seen = times
            now = self._seconds()
            if now - seen > SESSION_IDLE_SECONDS or now - began > SESSION_SECONDS:
                del self._sessions[key]
                return False
            self._sessions[key] = (began, now)
            return True


def _digest(secret: str) -> str:
    # A look-up by hash takes the same time however much of a guess is right.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
