"""What a reader of an Office file gathers, made into a `Reading`: pages, facts, the files inside, findings."""

from __future__ import annotations
