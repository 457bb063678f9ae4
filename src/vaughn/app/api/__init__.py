"""The workbench's server: one page app and its interface, for this machine alone.

Comes in: calls from the user's own browser. Goes out: what the case holds. Handlers are thin; `security` says
who is let in.
"""

from vaughn.app.api.server import listen, serve

__all__ = ["listen", "serve"]
