"""The verifier's words, in English and Indonesian: one row per check, and the last sentences."""

from collections.abc import Mapping

LANGUAGES = ("en", "id")

Words = Mapping[str, str]

TITLES: Mapping[str, Words] = {
    code: {"en": english, "id": indonesian}
    for code, english, indonesian in (
        ("V01", "suite, canonical form, schema", "rumusan pemilihan dikenal"),
        ("V02", "identifiers", "nomor pemilihan cocok"),
        ("V03", "safe parameters", "batas aman"),
        ("V04", "registrars' keys sound", "kunci pendaftar sehat"),
        ("V05", "key certificates", "sertifikat kunci"),
        ("V06", "trustees' ceremony", "upacara wali"),
        ("V07", "election keys", "kunci pemilihan"),
        ("V08", "acknowledgements", "persetujuan wali dan pendaftar"),
        ("V09", "manifest first", "naskah di awal catatan"),
        ("V10", "roots and tiles", "akar pohon"),
        ("V11", "signed checkpoints", "tanda tangan catatan"),
        ("V12", "witness quorum and policy", "kuorum saksi"),
        ("V13", "one story for everybody", "tidak ada dua catatan"),
        ("V14", "chain of entries", "rantai utuh"),
        ("V15", "entries and their order", "urutan lembar"),
        ("V16", "roll", "daftar pemilih"),
        ("V17", "one blind signature per row", "satu tanda tangan per pemilih"),
        ("V18", "voters' authorisation", "kehadiran oleh pemilih sendiri"),
        ("V19", "nothing issued after the end", "tidak ada kehadiran sesudah ditutup"),
        ("V20", "shape of ballots", "bentuk surat suara"),
        ("V21", "key and signature encodings", "penulisan kunci dan tanda tangan"),
        ("V22", "credentials", "hak suara"),
        ("V23", "ballot signatures", "tanda tangan surat suara"),
        ("V24", "sequence of revisions", "urutan perubahan suara"),
        ("V25", "sorted batches", "kelompok terurut"),
        ("V26", "promises kept", "janji kotak suara ditepati"),
        ("V27", "no more ballots than check-ins", "suara tidak melebihi kehadiran"),
        ("V28", "opening and close", "pembukaan dan penutupan"),
        ("V29", "one close", "hanya satu penutupan"),
        ("V30", "trustees' shares", "bagian kunci para wali"),
        ("V31", "keys recovered", "kunci pembuka pulih"),
        ("V32", "ballots opened again", "surat suara dibuka ulang"),
        ("V33", "invalid ballots", "surat suara tidak sah"),
        ("V34", "votes counted again", "suara dihitung ulang"),
        ("V35", "lots", "undian"),
        ("V36", "tally chain", "rantai penghitungan"),
        ("V37", "small styles stay shut", "kelompok kecil tetap tertutup"),
        ("V38", "voting page", "halaman pemungutan suara"),
        ("V39", "my receipt", "tanda terima saya"),
        ("V40", "summary", "ringkasan"),
    )
}

FAILURES: Mapping[str, str] = {
    "V01": "unsupported suite or malformed manifest",
    "V02": "an identifier or hash does not match",
    "V03": "unsafe parameter",
    "V04": "a registrar's key is unsafe",
    "V05": "a key certificate is not valid",
    "V06": "the ceremony is not valid",
    "V07": "an election key does not match the ceremony",
    "V08": "missing acknowledgement",
    "V09": "a log does not begin with the manifest",
    "V10": "a root or tile does not match the entries",
    "V11": "a checkpoint is not as its log signs it",
    "V12": "a witness quorum is not met",
    "V13": "EQUIVOCATION",
    "V14": "the chain is broken",
    "V15": "an entry is malformed or out of place",
    "V16": "the roll does not match the manifest",
    "V17": "a check-in or blind signature is not valid",
    "V18": "a check-in was not authorised",
    "V19": "credentials were issued after the end of check-in",
    "V20": "a ballot is malformed",
    "V21": "a key or signature is not encoded strictly",
    "V22": "a credential is not valid",
    "V23": "a ballot's signature does not verify",
    "V24": "the ballots of one key do not follow one another",
    "V25": "a batch is not sorted, or too small",
    "V26": "a promise was broken",
    "V27": "more ballots than check-ins",
    "V28": "opening or close is not valid",
    "V29": "conflicting close",
    "V30": "a trustee's share is bad",
    "V31": "a key is not recovered",
    "V32": "an opening differs from the published status",
    "V33": "the validity of a ballot differs",
    "V34": "the result differs",
    "V35": "the lots differ",
    "V36": "the tally chain differs",
    "V37": "a small style was opened, or another was not",
    "V38": "the voting page is another",
    "V39": "a file handed in does not verify, or shows another entry",
    "V40": "the summary cannot be made",
}
"""The one failure message of each check, for machines and people alike."""

MARKS = {True: "ok  ", False: "FAIL", None: "... "}
"""How an outcome is marked at the start of a line."""

LAST_SENTENCES: Mapping[int, Words] = {
    0: {
        "en": "The result is right{counts}. No vote was added, removed or changed: "
        "all {passed} checks passed.",
        "id": "Hasilnya benar{counts}. Tidak ada suara yang ditambah, dihapus, atau diganti: "
        "{passed} dari {passed} pemeriksaan lulus.",
    },
    1: {
        "en": "Do not trust this record: {failed} of 40 checks failed, {first} first ({title}).",
        "id": "Jangan percayai catatan ini: {failed} dari 40 pemeriksaan gagal, "
        "mulai dari {first} ({title}).",
    },
    2: {
        "en": "Nothing wrong was found, but {missing} of 40 checks lack evidence, from {first} on "
        "({title}): the election is not finished, or this record is not whole.",
        "id": "Tidak ditemukan kesalahan, tetapi {missing} dari 40 pemeriksaan belum ada buktinya, "
        "mulai dari {first} ({title}): pemilihan belum selesai, atau catatan ini tidak utuh.",
    },
    3: {
        "en": "The verifier could not do its work; this says nothing about the election.",
        "id": "Pemeriksa ini gagal bekerja; itu tidak berkata apa-apa tentang pemilihannya.",
    },
}
"""The last line, by exit code."""

BLANK: Words = {"en": "blank", "id": "kosong"}
NOBODY: Words = {"en": "nobody won", "id": "tidak ada yang menang"}
