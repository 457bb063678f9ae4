"""Properties of Outlook items (MAPI), however they are kept: in MSG files, in TNEF streams, in PST mailboxes.

Comes in: tags, types and bytes. Goes out: values by name, an item as a record.
"""

from vaughn.formats.mail.mapi.items import item_lines
from vaughn.formats.mail.mapi.names import names_of
from vaughn.formats.mail.mapi.properties import MapiName, MapiProperty, Properties, property_bag
from vaughn.formats.mail.mapi.record import MapiAttachment, MapiItem, body_forms, mapi_facts, mapi_record
from vaughn.formats.mail.mapi.values import fixed_value, variable_value

__all__ = [
    "MapiAttachment",
    "MapiItem",
    "MapiName",
    "MapiProperty",
    "Properties",
    "body_forms",
    "fixed_value",
    "item_lines",
    "mapi_facts",
    "mapi_record",
    "names_of",
    "property_bag",
    "variable_value",
]
