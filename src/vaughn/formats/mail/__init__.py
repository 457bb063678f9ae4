"""Mail as records: messages, mailboxes, calendars and cards, in every kind of file they come in.

Comes in: a file. Goes out: its facts as found and in one form, what it says as pages, the files inside it in order,
what was broken; of mailboxes their messages, each with its exact bytes; for the screens its HTML, made safe.
Nothing is fetched, run or verified. Readers are found by the registry (`vaughn.formats.readers`).
"""

from vaughn.formats.mail.identity import message_id_hash
from vaughn.formats.mail.signs import mail_type
from vaughn.formats.mail.view import SafeHtml, html_for_view

__all__ = ["SafeHtml", "html_for_view", "mail_type", "message_id_hash"]
