"""Mail as records: messages, mailboxes, calendars and cards, in every kind of file they come in.

Comes in: a file. Goes out: its facts as found and in one form, what it says as pages, the files inside it in order,
what was broken; of mailboxes their messages, each with its exact bytes. Nothing is fetched, run or verified.
"""

from vaughn.formats.mail.signs import mail_type

__all__ = ["mail_type"]
