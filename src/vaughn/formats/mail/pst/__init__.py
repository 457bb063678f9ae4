"""Outlook's mailbox files (PST, OST) as containers: every item as a message file of its own ([MS-PST]).

Read by our own code: the one library with a licence to ship (libpff, LGPL) must be compiled, and its Python
face hands out neither messages inside messages nor the names of properties.
"""

from vaughn.formats.mail.pst.pieces import pst_pieces

__all__ = ["pst_pieces"]
