"""The verifier's words, in English and Indonesian: one row per check, and the last sentences."""

from collections.abc import Mapping

Words = Mapping[str, str]

_ROWS = (
    ("C01", "form and description", "bentuk dan keterangan",
     "the record or its description is malformed"),
    ("C02", "signed checkpoint", "tanda tangan catatan",
     "the newest checkpoint is not as the log signs it"),
    ("C03", "earlier checkpoints", "tanda tangan terdahulu",
     "an earlier checkpoint is not as the log signs it"),
    ("C04", "bundles and tiles", "berkas lembar dan hash",
     "a bundle or tile does not match"),
    ("C05", "chain of entries", "rantai lembar utuh",
     "the chain is broken"),
    ("C06", "roots", "akar pohon",
     "a signed root is not that of the entries"),
    ("C07", "one story for everybody", "tidak ada dua catatan",
     "EQUIVOCATION"),
    ("C08", "shape of entries", "bentuk lembar",
     "an entry is malformed"),
    ("C09", "what people were told", "keterangan kepada warga",
     "the description is not what the log says"),
    ("C10", "versions of the draft", "versi rancangan",
     "a version or its text is not what the log says"),
    ("C11", "phases in order", "urutan tahap",
     "the phases do not follow one another"),
    ("C12", "promised days", "hari yang dijanjikan",
     "the last day was not moved as it may be"),
    ("C13", "known contributions", "pendapat yang dikenal",
     "an entry is about a contribution that it cannot be about"),
    ("C14", "words of contributions", "isi pendapat",
     "a contribution vanished or reads differently"),
    ("C15", "withheld and erased", "ditahan dan dihapus",
     "words are shown that were taken away"),
    ("C16", "removals explained", "alasan penurunan",
     "a removal without rule or reason"),
    ("C17", "answers", "jawaban",
     "an answer is missing or reads differently"),
    ("C18", "figures counted again", "angka dihitung ulang",
     "the figures differ"),
    ("C19", "my receipt", "tanda terima saya",
     "a file handed in does not verify, or shows another entry"),
    ("C20", "summary", "ringkasan",
     "the summary cannot be made"),
)  # fmt: skip

CODES = tuple(code for code, *_ in _ROWS)
"""The checks in the order of their numbers."""

TITLES: Mapping[str, Words] = {
    code: {"en": en, "id": indonesian} for code, en, indonesian, _ in _ROWS
}

FAILURES: Mapping[str, str] = {code: failure for code, _, _, failure in _ROWS}
"""The one failure message of each check, for machines and people alike."""

SUMMARY: Words = {
    "en": "entries {size}, versions {versions}, comments {contributions}, replies {replies},"
    " answered {answered}, waiting {waiting}, held {held}, removed {removed},"
    " withdrawn {withdrawn}, erased {erased}",
    "id": "lembar {size}, versi {versions}, pendapat {contributions}, balasan {replies},"
    " dijawab {answered}, menunggu {waiting}, ditahan {held}, diturunkan {removed},"
    " ditarik {withdrawn}, dihapus {erased}",
}
"""The last check's message."""

SOURCES: Mapping[str, Words] = {
    "paper": {"en": "on paper", "id": "lewat kertas"},
    "counter": {"en": "at the counter", "id": "di loket"},
    "meeting": {"en": "at a meeting", "id": "dalam pertemuan"},
    "sms": {"en": "by SMS", "id": "lewat SMS"},
}
"""How contributions came that were not written on the site, after the summary."""

LAST_SENTENCES: Mapping[int, Words] = {
    0: {
        "en": "This record is whole: nothing was changed or left out unseen. All {passed} checks"
        " passed.",
        "id": "Catatan ini utuh: tidak ada yang diubah atau dihilangkan diam-diam. {passed} dari"
        " {passed} pemeriksaan lulus.",
    },
    1: {
        "en": "Do not trust this record: {failed} of {all} checks failed, {first} first ({title}).",
        "id": "Jangan percayai catatan ini: {failed} dari {all} pemeriksaan gagal, mulai dari"
        " {first} ({title}).",
    },
    2: {
        "en": "Nothing wrong was found, but {missing} of {all} checks lack evidence, from {first}"
        " on ({title}): the record is not whole, or grew while it was read.",
        "id": "Tidak ditemukan kesalahan, tetapi {missing} dari {all} pemeriksaan belum ada"
        " buktinya, mulai dari {first} ({title}): catatan ini tidak utuh, atau bertambah selagi"
        " dibaca.",
    },
    3: {
        "en": "The verifier could not do its work; this says nothing about the consultation.",
        "id": "Pemeriksa ini gagal bekerja; itu tidak berkata apa-apa tentang konsultasinya.",
    },
}
"""The last line, by exit code."""
