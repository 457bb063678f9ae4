"""Reading page pictures: where the words stand and what they say, by two small networks or by Tesseract.

Comes in: a grey picture of a page. Goes out: its words with boxes in points and how sure the engine is of
each. Optional (``vaughn[ocr]``); nothing is ever downloaded. Run it in a child process (`vaughn.work`).
"""

from vaughn.formats.ocr.engines import Engine, EngineFacts, installed_engine

__all__ = ["Engine", "EngineFacts", "installed_engine"]
