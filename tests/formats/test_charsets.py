"""Text that nothing says the encoding of: the likeliest one is found in a sentence or two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.charsets import guessed_encoding

SAMPLES = {
    "Japanese": "これは情報公開法に基づく開示請求の回答です。会議の議事録も含まれています。",
    "traditional Chinese": "根據資訊公開法，本機關提供下列文件供您參考。請於三十日內提出異議。",
    "simplified Chinese": "根据信息公开法，本机关提供下列文件供您参考。请于三十日内提出异议。",
    "Korean": "정보공개법에 따라 다음 문서를 제공합니다. 회의록은 첨부 파일과 같습니다.",
    "Russian": "В соответствии с законом о свободе информации направляем вам копии документов.",
    "Spanish": "De acuerdo con la ley, la Secretaría envía las páginas. El señor Núñez firmó el acta de la reunión.",
    "French": "Conformément à la loi, nous vous envoyons les pages demandées, où l'été est cité.",
    "Polish": "Zgodnie z ustawą przesyłamy żądane strony. Protokół posiedzenia został dołączony. Źródło: ministerstwo.",
    "Greek": "Σύμφωνα με τον νόμο σας αποστέλλουμε τα ζητούμενα έγγραφα.",
    "Hebrew": "בהתאם לחוק חופש המידע אנו שולחים לכם את המסמכים המבוקשים.",
    "Arabic": "وفقا لقانون حرية المعلومات نرسل إليكم الوثائق المطلوبة.",
    "English": "The café’s owner said “no” – twice — and left.",
}
PAIRS = [
    ("Japanese", "cp932"), ("Japanese", "euc_jp"), ("Japanese", "iso2022_jp"), ("traditional Chinese", "big5"),
    ("simplified Chinese", "gb18030"), ("Korean", "cp949"), ("Russian", "cp1251"), ("Russian", "koi8_r"),
    ("Russian", "cp866"), ("Spanish", "cp1252"), ("Spanish", "cp437"), ("Spanish", "cp850"), ("Spanish", "mac_roman"),
    ("French", "cp1252"), ("French", "cp437"), ("Polish", "cp1250"), ("Polish", "iso8859_2"), ("Greek", "cp1253"),
    ("Hebrew", "cp1255"), ("Arabic", "cp1256"), ("English", "cp1252"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding"), PAIRS, ids=[f"{language} in {name}" for language, name in PAIRS])
def test_a_sentence_is_enough(language, encoding):
    """A memo without a byte order mark must still read well; another encoding with the same letters will do."""
    data = SAMPLES[language].encode(encoding)
    assert data.decode(guessed_encoding(data)) == SAMPLES[language]


@given(st.binary(max_size=200))
def test_any_bytes_have_a_likeliest_encoding(data):
    """The guess never fails, and names what Python can decode."""
    data.decode(guessed_encoding(data), "replace")
