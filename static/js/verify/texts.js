/**
 * The verifier's words, in English and Indonesian: those of `ballots/verifier/texts.py`, and a test
 * sees to it.
 */

/** @typedef {{en: string, id: string}} Words */
/** @typedef {keyof Words} Language */

/** What each check looks at. @type {Record<string, Words>} */
export const TITLES = {
  V01: { en: "suite, canonical form, schema", id: "rumusan pemilihan dikenal" },
  V02: { en: "identifiers", id: "nomor pemilihan cocok" },
  V03: { en: "safe parameters", id: "batas aman" },
  V04: { en: "registrars' keys sound", id: "kunci pendaftar sehat" },
  V05: { en: "key certificates", id: "sertifikat kunci" },
  V06: { en: "trustees' ceremony", id: "upacara wali" },
  V07: { en: "election keys", id: "kunci pemilihan" },
  V08: { en: "acknowledgements", id: "persetujuan wali dan pendaftar" },
  V09: { en: "manifest first", id: "naskah di awal catatan" },
  V10: { en: "roots and tiles", id: "akar pohon" },
  V11: { en: "signed checkpoints", id: "tanda tangan catatan" },
  V12: { en: "witness quorum and policy", id: "kuorum saksi" },
  V13: { en: "one story for everybody", id: "tidak ada dua catatan" },
  V14: { en: "chain of entries", id: "rantai utuh" },
  V15: { en: "entries and their order", id: "urutan lembar" },
  V16: { en: "roll", id: "daftar pemilih" },
  V17: { en: "one blind signature per row", id: "satu tanda tangan per pemilih" },
  V18: { en: "voters' authorisation", id: "kehadiran oleh pemilih sendiri" },
  V19: { en: "nothing issued after the end", id: "tidak ada kehadiran sesudah ditutup" },
  V20: { en: "shape of ballots", id: "bentuk surat suara" },
  V21: { en: "key and signature encodings", id: "penulisan kunci dan tanda tangan" },
  V22: { en: "credentials", id: "hak suara" },
  V23: { en: "ballot signatures", id: "tanda tangan surat suara" },
  V24: { en: "sequence of revisions", id: "urutan perubahan suara" },
  V25: { en: "sorted batches", id: "kelompok terurut" },
  V26: { en: "promises kept", id: "janji kotak suara ditepati" },
  V27: { en: "no more ballots than check-ins", id: "suara tidak melebihi kehadiran" },
  V28: { en: "opening and close", id: "pembukaan dan penutupan" },
  V29: { en: "one close", id: "hanya satu penutupan" },
  V30: { en: "trustees' shares", id: "bagian kunci para wali" },
  V31: { en: "keys recovered", id: "kunci pembuka pulih" },
  V32: { en: "ballots opened again", id: "surat suara dibuka ulang" },
  V33: { en: "invalid ballots", id: "surat suara tidak sah" },
  V34: { en: "votes counted again", id: "suara dihitung ulang" },
  V35: { en: "lots", id: "undian" },
  V36: { en: "tally chain", id: "rantai penghitungan" },
  V37: { en: "small styles stay shut", id: "kelompok kecil tetap tertutup" },
  V38: { en: "voting page", id: "halaman pemungutan suara" },
  V39: { en: "my receipt", id: "tanda terima saya" },
  V40: { en: "summary", id: "ringkasan" },
};

/** The one failure message of each check. @type {Record<string, string>} */
export const FAILURES = {
  V01: "unsupported suite or malformed manifest",
  V02: "an identifier or hash does not match",
  V03: "unsafe parameter",
  V04: "a registrar's key is unsafe",
  V05: "a key certificate is not valid",
  V06: "the ceremony is not valid",
  V07: "an election key does not match the ceremony",
  V08: "missing acknowledgement",
  V09: "a log does not begin with the manifest",
  V10: "a root or tile does not match the entries",
  V11: "a checkpoint is not as its log signs it",
  V12: "a witness quorum is not met",
  V13: "EQUIVOCATION",
  V14: "the chain is broken",
  V15: "an entry is malformed or out of place",
  V16: "the roll does not match the manifest",
  V17: "a check-in or blind signature is not valid",
  V18: "a check-in was not authorised",
  V19: "credentials were issued after the end of check-in",
  V20: "a ballot is malformed",
  V21: "a key or signature is not encoded strictly",
  V22: "a credential is not valid",
  V23: "a ballot's signature does not verify",
  V24: "the ballots of one key do not follow one another",
  V25: "a batch is not sorted, or too small",
  V26: "a promise was broken",
  V27: "more ballots than check-ins",
  V28: "opening or close is not valid",
  V29: "conflicting close",
  V30: "a trustee's share is bad",
  V31: "a key is not recovered",
  V32: "an opening differs from the published status",
  V33: "the validity of a ballot differs",
  V34: "the result differs",
  V35: "the lots differ",
  V36: "the tally chain differs",
  V37: "a small style was opened, or another was not",
  V38: "the voting page is another",
  V39: "a file handed in does not verify, or shows another entry",
  V40: "the summary cannot be made",
};

/** How an outcome is marked at the start of a line. */
export const MARKS = new Map([
  [true, "ok  "],
  [false, "FAIL"],
  [null, "... "],
]);

/** The last line, by exit code. @type {Record<number, Words>} */
export const LAST_SENTENCES = {
  0: {
    en:
      "The result is right{counts}. No vote was added, removed or changed: all {passed} " +
      "checks passed.",
    id:
      "Hasilnya benar{counts}. Tidak ada suara yang ditambah, dihapus, atau diganti: " +
      "{passed} dari {passed} pemeriksaan lulus.",
  },
  1: {
    en:
      "Do not trust this record: {failed} of 40 checks failed, {first} first ({title}).",
    id:
      "Jangan percayai catatan ini: {failed} dari 40 pemeriksaan gagal, mulai dari {first} " +
      "({title}).",
  },
  2: {
    en:
      "Nothing wrong was found, but {missing} of 40 checks lack evidence, from {first} on " +
      "({title}): the election is not finished, or this record is not whole.",
    id:
      "Tidak ditemukan kesalahan, tetapi {missing} dari 40 pemeriksaan belum ada buktinya, " +
      "mulai dari {first} ({title}): pemilihan belum selesai, atau catatan ini tidak utuh.",
  },
  3: {
    en:
      "The verifier could not do its work; this says nothing about the election.",
    id:
      "Pemeriksa ini gagal bekerja; itu tidak berkata apa-apa tentang pemilihannya.",
  },
};

/** @type {Words} */
export const BLANK = { en: "blank", id: "kosong" };
/** @type {Words} */
export const NOBODY = { en: "nobody won", id: "tidak ada yang menang" };
