"""The screens: files that were built into the package, and one page for every address that is not an interface."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response

from vaughn.app.api.errors import NotFound

STATIC_FOLDER = Path(__file__).parent.parent / "static"
# Names in assets/ carry a hash of their bytes.
_FOR_EVER = "public, max-age=31536000, immutable"
_MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Vaughn</title>
<h1>The screens were not built</h1>
<p>This copy of Vaughn runs from its source without its screens. Run <code>make demo</code> or
<code>make build</code> in the source folder, or install the package; then start it again.</p>
<p>The commands work without them: <code>vaughn --help</code>.</p></html>"""


def add_screens(app: FastAPI, folder: Path = STATIC_FOLDER) -> None:
    """Serve the files in *folder*, and its `index.html` for every other address outside `/api`."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}

    @app.get("/{path:path}", include_in_schema=False)
    def screen(path: str) -> Response:
        """Return a built file by its exact name, else the one page that draws all screens."""
        if path == "api" or path.startswith("api/"):
            raise NotFound("There is nothing at this address.")
        if path in files and path != "index.html":
            caching = _FOR_EVER if path.startswith("assets/") else "no-cache"
            media_type = _MEDIA_TYPES.get(files[path].suffix, "application/octet-stream")
            return FileResponse(files[path], media_type=media_type, headers={"Cache-Control": caching})
        if path.startswith("assets/"):
            raise NotFound("There is nothing at this address.")
        if "index.html" not in files:
            return HTMLResponse(_NOT_BUILT, status_code=503)
        return FileResponse(files["index.html"], media_type="text/html", headers={"Cache-Control": "no-cache"})
