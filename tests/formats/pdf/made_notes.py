"""PDF files with things over their pages and beside them, made with pikepdf."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

RECTANGLE = (100.0, 700.0, 300.0, 720.0)


def page_with(*notes, fields=(), encryption=False, attached=None, layers=(), info=None, pages=1):
    """Return a PDF whose first page says Paragraph one and has *notes* and form *fields* over it."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    page = pdf.pages[0]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F=font))
    page.Contents = pdf.make_stream(b"BT /F 12 Tf 72 600 Td (Paragraph one) Tj ET")
    made = [pdf.make_indirect(_annotation(**note)) for note in notes]
    widgets = [pdf.make_indirect(_widget(**field)) for field in fields]
    page.Annots = Array([*made, *widgets])
    if widgets:
        pdf.Root.AcroForm = Dictionary(Fields=Array(widgets))
    if layers:
        groups = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in layers]
        pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=Dictionary(OFF=Array(groups[1:])))
    for name, data in (attached or {}).items():
        pdf.attachments[name] = data
    for name, value in (info or {}).items():
        pdf.docinfo[name] = value
    out = io.BytesIO()
    pdf.save(out, encryption=encryption)
    return out.getvalue()


def _annotation(subtype, contents="", author="", rectangle=RECTANGLE, flags=0):
    made = Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=Array(rectangle), F=flags)
    if contents:
        made.Contents = contents
    if author:
        made.T = author
    return made


def _widget(name, value="", kind="Tx", state=None, rectangle=RECTANGLE):
    made = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name("/" + kind), T=name, Rect=Array(rectangle))
    if kind == "Tx":
        made.V = value
    if state is not None:
        made.V = made.AS = Name("/" + state)
        made.AP = Dictionary(N=Dictionary({"/Yes": Dictionary()}))
    return made
