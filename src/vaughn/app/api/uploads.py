"""Files dropped on the workbench: many small calls, each streamed to the disk."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from vaughn.app.api import models
from vaughn.app.api.workbench import TheCase

router = APIRouter()


@router.post("/api/uploads")
def begin_upload(case: TheCase) -> models.UploadBegun:
    """Make room for a folder or zip."""
    return models.UploadBegun(upload_id=case.incoming.begin())


@router.put("/api/uploads/{upload_id}/files")
async def save_file(upload_id: str, path: str, request: Request, case: TheCase) -> models.FileSaved:
    """Keep one file under its path inside the upload."""
    size = await case.incoming.save(upload_id, path, request.stream())
    return models.FileSaved(path=path, size_bytes=size)


@router.delete("/api/uploads/{upload_id}", status_code=204)
def drop_upload(upload_id: str, case: TheCase) -> Response:
    """Forget an upload."""
    case.incoming.remove(upload_id)
    return Response(status_code=204)
