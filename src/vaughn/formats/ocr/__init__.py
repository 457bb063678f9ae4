"""Reading page pictures: where the words stand and what they say, by two small neural networks.

Comes in: a grey picture of a page. Goes out: its words with boxes in points. An optional extra
(``vaughn[ocr]``); nothing is ever downloaded. Run it in a child process (`vaughn.work`).
"""

from vaughn.formats.ocr.page import read_picture, read_strips

__all__ = ["read_picture", "read_strips"]
