"""Bytes in, values out: the one place that knows file formats and the libraries that read them.

Comes in: a path. Goes out: values of `vaughn.model`, findings, never an exception for one bad file.
Load files are in `vaughn.formats.loadfile`.
"""
