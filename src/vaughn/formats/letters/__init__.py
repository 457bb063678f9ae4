"""Letters on paper: one text comes in, a Word file, a tagged PDF or plain text goes out."""

from vaughn.formats.letters.content import Letter
from vaughn.formats.letters.writing import LetterFormat, written_letter

__all__ = ["Letter", "LetterFormat", "written_letter"]
