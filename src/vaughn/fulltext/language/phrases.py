"""The words in which a query is told to people who do not write one: English and Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said in one language; `{0}`, `{1}` are the parts, `{n}` is a number."""

    language: str
    documents: str
    documents_without: str
    word: str
    begins: str
    ends: str
    holds: str
    pattern: str
    one_edit: str
    edits: str
    beginning: str
    stem: str
    numbers: str
    first: str
    last: str
    phrase: str
    followed: str
    near: str
    beside: str
    before: str
    just_before: str
    not_near: str
    not_beside: str
    both: str
    either: str
    without: str
    in_field: str
    is_value: str
    from_to: str
    from_on: str
    up_to: str
    fields: Mapping[str, str]


ENGLISH = Phrases(
    language="en",
    documents="Documents with {0}.",
    documents_without="Documents {0}.",
    word="“{0}”",
    begins="words that begin with “{0}”",
    ends="words that end in “{0}”",
    holds="words that contain “{0}”",
    pattern="words of the form “{0}” (* any letters, ? one letter, = one digit)",
    one_edit="words spelled like “{0}” with one letter different at most",
    edits="words spelled like “{0}” with {n} letters different at most",
    beginning="{0}, beginning with “{1}”",
    stem="forms of the word “{0}”",
    numbers="whole numbers from {0} to {1}",
    first="the beginning of the document",
    last="the end of the document",
    phrase="the phrase “{0}”",
    followed="{0} directly followed by {1}",
    near="{0} within {n} words of {1}",
    beside="{0} next to {1}",
    before="{0} at most {n} words before {1}",
    just_before="{0} directly before {1}",
    not_near="{0} where no {1} is within {n} words",
    not_beside="{0} where no {1} is next to it",
    both="{0} and {1}",
    either="{0} or {1}",
    without="without {0}",
    in_field="{0} in the field “{1}”",
    is_value="the {0} {1}",
    from_to="the {0} from {1} to {2}",
    from_on="the {0} {1} or later",
    up_to="the {0} {1} or earlier",
    fields=MappingProxyType(
        {
            "subject": "subject",
            "from": "sender",
            "to": "recipient",
            "cc": "copy to",
            "bcc": "blind copy to",
            "author": "author",
            "custodian": "custodian",
            "agency": "agency",
            "production": "production",
            "type": "type of file",
            "file": "file name",
            "exemption": "exemption",
            "code": "code",
            "finding": "finding",
            "language": "language",
            "date": "date",
            "bates": "Bates number",
        }
    ),
)
SPANISH = Phrases(
    language="es",
    documents="Documentos con {0}.",
    documents_without="Documentos {0}.",
    word="«{0}»",
    begins="palabras que empiezan por «{0}»",
    ends="palabras que terminan en «{0}»",
    holds="palabras que contienen «{0}»",
    pattern="palabras de la forma «{0}» (* cualquier número de letras, ? una letra, = una cifra)",
    one_edit="palabras parecidas a «{0}», con una letra distinta como máximo",
    edits="palabras parecidas a «{0}», con {n} letras distintas como máximo",
    beginning="{0}, que empiezan por «{1}»",
    stem="formas de la palabra «{0}»",
    numbers="números enteros de {0} a {1}",
    first="el principio del documento",
    last="el final del documento",
    phrase="la frase «{0}»",
    followed="{0} seguido inmediatamente de {1}",
    near="{0} a {n} palabras o menos de {1}",
    beside="{0} junto a {1}",
    before="{0} como máximo {n} palabras antes de {1}",
    just_before="{0} inmediatamente antes de {1}",
    not_near="{0} donde no hay {1} a {n} palabras o menos",
    not_beside="{0} donde no hay {1} al lado",
    both="{0} y {1}",
    either="{0} o {1}",
    without="sin {0}",
    in_field="{0} en el campo «{1}»",
    is_value="{0} {1}",
    from_to="{0} de {1} a {2}",
    from_on="{0} {1} o posterior",
    up_to="{0} {1} o anterior",
    fields=MappingProxyType(
        {
            "subject": "asunto",
            "from": "remitente",
            "to": "destinatario",
            "cc": "con copia a",
            "bcc": "con copia oculta a",
            "author": "autor",
            "custodian": "custodio",
            "agency": "agencia",
            "production": "entrega",
            "type": "tipo de archivo",
            "file": "nombre de archivo",
            "exemption": "exención",
            "code": "código",
            "finding": "hallazgo",
            "language": "idioma",
            "date": "fecha",
            "bates": "número Bates",
        }
    ),
)
BY_LANGUAGE: Mapping[str, Phrases] = MappingProxyType({one.language: one for one in (ENGLISH, SPANISH)})
