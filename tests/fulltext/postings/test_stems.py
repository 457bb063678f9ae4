"""Words of one stem are found by how they begin; none of them may begin otherwise."""

from __future__ import annotations

import pytest

from tests.fulltext.postings.test_patterns import vocabulary_of
from vaughn.fulltext.postings.stems import stem, with_stem_of

ENGLISH = [
    "deport", "deported", "deporting", "deportation", "deportations", "deportable", "deporter", "ability", "able",
    "abilities", "abler", "vying", "vie", "dying", "die", "dies", "died", "lying", "lie", "lies", "tying", "tie",
    "ties", "skis", "ski", "sky", "skies", "running", "run", "runs", "runner", "happy", "happily", "happiness",
    "rational", "rationally", "rationale", "nation", "national", "nationally", "agency", "agencies", "agent",
    "sensibility", "sensible", "sensibly", "hopping", "hoping", "hope", "hop", "generously", "generous", "generate",
    "generates", "general", "agreed", "agreement", "feed", "news", "new", "early", "earlier", "only", "gently",
    "gentle", "idly", "idle", "ugly", "singly", "single", "inning", "innings", "outing", "canning", "herring",
    "earring", "proceed", "exceed", "succeed", "bias", "cosmos", "atlas", "andes", "howe", "operations",
    "operational", "operator", "analogous", "analogy", "analogies", "conditional", "vietnamization",
]  # fmt: skip
SPANISH = [
    "deportacion", "deportaciones", "deportar", "deportado", "deportados", "deporta", "nacion", "naciones",
    "nacional", "nacionales", "decision", "decisiones", "abogado", "abogados", "abogada", "ley", "leyes",
    "llegabamos", "llegamos", "comiamos", "comimos", "biologia", "biologias", "logia", "hablar", "hablando",
    "hablabamos", "hablado", "solucion", "soluciones", "revolucion", "revolucionario", "frecuencia", "frecuencias",
    "frecuente", "oyendo", "oir", "cayendo", "caer", "consiguiendo", "conseguir", "rapidamente", "rapido", "amigo",
    "amigos", "amiga", "gigante", "seguir", "siguiendo", "sigue",
]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "others"),
    [
        ("deported", {"deport", "deporting", "deportation", "deportations"}),
        ("dies", {"dying", "die", "died"}),
        ("lie", {"lying", "lies"}),
        ("ability", {"abilities"}),
        ("deportaciones", {"deportacion", "deportado", "deportar"}),
        ("nacion", {"naciones"}),
        ("xyzzy", set()),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_words_of_one_stem_are_found_together(term, others):
    """A request for `deported` means the deportation too."""
    vocabulary = vocabulary_of({*ENGLISH, *SPANISH})
    found = {vocabulary.word(number).decode() for number in with_stem_of(vocabulary, term)}
    assert others <= found
    assert found <= {word for word in (*ENGLISH, *SPANISH) if word[0] == term[0]}


@pytest.mark.parametrize("term", [*ENGLISH, *SPANISH])
def test_no_word_of_the_stem_is_passed_over(term):
    """Only words that begin like the stem are looked at: that must be all of them."""
    vocabulary = vocabulary_of({*ENGLISH, *SPANISH})
    expected = [
        number
        for number in range(len(vocabulary))
        if any(
            stem(vocabulary.word(number).decode(), language) == stem(term, language)
            for language in ("english", "spanish")
        )
    ]
    assert with_stem_of(vocabulary, term).tolist() == expected
