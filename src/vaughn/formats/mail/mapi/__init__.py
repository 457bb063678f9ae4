"""Properties of Outlook items (MAPI), however they are kept: in MSG files, in TNEF streams, in PST mailboxes.

Comes in: tags, types and bytes. Goes out: values by name, an item as a record.
"""

from vaughn.formats.mail.mapi.properties import MapiName, MapiProperty, Properties, property_bag
from vaughn.formats.mail.mapi.record import MapiAttachment, MapiItem, mapi_record
from vaughn.formats.mail.mapi.values import fixed_value, variable_value

__all__ = [
    "MapiAttachment",
    "MapiItem",
    "MapiName",
    "MapiProperty",
    "Properties",
    "fixed_value",
    "mapi_record",
    "property_bag",
    "variable_value",
]
