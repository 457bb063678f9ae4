"""Bytes and values: every file format the program reads or writes, and nothing else.

Comes in: paths of files. Goes out: values of `vaughn.model` and of the faces below. Files are data:
no link, macro, script or remote reference inside one is ever followed. The faces are
`vaughn.formats.pages` (PDF, images, text, archives, OCR) and `vaughn.formats.loadfile`; they are not
re-exported here so that a process that reads load files does not carry the PDF libraries.
"""
