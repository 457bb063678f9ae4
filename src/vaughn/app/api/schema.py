"""Print the OpenAPI schema of the interface: ``python -m vaughn.app.api.schema``, for the typed client."""

from __future__ import annotations

import json
import sys

from vaughn.app.api.application import interface

if __name__ == "__main__":
    sys.stdout.write(json.dumps(interface().openapi(), indent=1, sort_keys=True) + "\n")
