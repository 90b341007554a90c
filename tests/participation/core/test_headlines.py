"""Headlines out of what people wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.core.headlines import opening_words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Diterima. Ayat (2) versi 2 menambahkan jam tutup pasar. Terima kasih.",
         "Diterima. Ayat (2) versi 2 menambahkan jam tutup pasar."),
        ("**Tidak** bisa, lihat [peraturan](https://x.example/y).", "Tidak bisa, lihat peraturan."),
        ("", ""),
    ],
)  # fmt: skip
def test_an_answer_opens_with_words_that_say_something(text, said):
    assert opening_words(text) == said


@given(st.text(max_size=400))
def test_a_headline_is_never_long(text):
    assert len(opening_words(text)) <= 112
