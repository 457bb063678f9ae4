"""PDF files: their pages, words with boxes, images and pictures, through PDFium.

Comes in: a path. Goes out: pages in points as displayed. Run it in a child process (`vaughn.work`).
"""

from vaughn.formats.pdf.pages import PdfPages
from vaughn.formats.pdf.write import COURIER_ADVANCE, TextPage, TextRun, pdf_bytes, write_pdf

__all__ = ["COURIER_ADVANCE", "PdfPages", "TextPage", "TextRun", "pdf_bytes", "write_pdf"]
