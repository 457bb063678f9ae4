from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.pages import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The agency shall produce all records that are in its custody, and say which of them are not."),
        ("en", "THE AGENCY SHALL PRODUCE ALL RECORDS THAT ARE IN ITS CUSTODY, AND SAY WHICH OF THEM ARE NOT."),
        ("en", "“The agency’s records” are in its custody, and it has to say which of them are not given."),
        ("es", "La persona detenida solicita que se le entregue una copia de los documentos que están en su caso."),
        ("es", "La persona detenida solicita que se le entregue una copia de los documentos que estan en su caso"),
        ("fr", "La personne demande que lui soit remise une copie des documents qui sont dans son dossier."),
        ("pt", "A pessoa detida solicita que lhe seja entregue uma cópia dos documentos que estão no seu processo."),
        ("de", "Die Behörde hat alle Unterlagen herauszugeben, die sich bei ihr befinden, und zu sagen, welche nicht."),
        ("ht", "Moun yo ki nan prizon an mande pou yo ba yo yon kopi tout dokiman ki nan dosye yo a, men yo pa jwenn."),
        ("vi", "Người bị giam giữ yêu cầu được nhận một bản sao của các tài liệu có trong hồ sơ của mình."),
        ("tl", "Ang mga tao na nasa kulungan ay humihingi ng kopya ng lahat ng mga dokumento na nasa kanilang talaan."),
        ("ru", "Задержанный просит выдать ему копию документов, которые находятся в его деле."),
        ("uk", "Затриманий просить видати йому копію документів, які знаходяться у його справі."),
        ("ar", "يطلب المحتجز نسخة من الوثائق الموجودة في ملفه وهي ليست كثيرة"),
        ("fa", "بازداشت شده درخواست می‌کند که یک نسخه از اسناد موجود در پرونده به او داده شود"),
        ("zh", "被拘留者要求获得其档案中的文件副本，但是该机构没有答复。"),
        ("ja", "拘束されている人は、自分の記録にある書類の写しを求めています。"),
        ("ko", "구금된 사람은 자신의 기록에 있는 문서의 사본을 요구하고 있습니다."),
        (None, "SMITH, ALVARO R 07/17/2015 21,000.00 BAIN, J MATTHEW 09/18/2015 37,499.96 KISHI, DANIEL M 12/01/2015"),
        (None, "The agency has it."),
        (None, "0 1 2 3 4 5 6 7 8 9 " * 10),
        (None, ""),
    ],
)  # fmt: skip
def test_the_language_of_a_page_is_told_or_left_open(language, text):
    """A wrong language is worse than none: it decides who is given the page to read."""
    assert language_of(text) == language


def test_a_name_in_another_script_does_not_decide():
    """Mail is full of names."""
    assert language_of("The agency shall produce all of the records that Ивановъ has in his custody.") == "en"


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(text):
    """OCR of a photograph gives anything."""
    told = language_of(text)
    assert told is None or 2 <= len(told) <= 3
