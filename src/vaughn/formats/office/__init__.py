"""Office files and text as records: words, tables, sheets, slides; what is hidden, changed or locked is told.

Comes in: a `ReadingRequest`. Goes out: a `Reading`, or `FileRefused`. The readers are named in
`vaughn.formats.readers.registry` and loaded when the first file of their type comes.
"""
