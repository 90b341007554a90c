/** Apa yang salah di laman wali dan apa yang bisa dilakukan, dalam bahasa Indonesia. */

/** @typedef {import("../vote/messages.js").Words} Words */

/** @type {Record<string, Words>} */
export const indonesian = {
  "needs-newer-browser": {
    title: "Peramban ini terlalu lama",
    advice:
      "Tidak ada {missing} di dalamnya. Pakailah Chrome atau Edge 133, Firefox 130, Safari 17" +
      " atau yang lebih baru, atau program baris perintah.",
  },
  "no-storage": {
    title: "Peramban ini tidak menyimpan apa pun",
    advice:
      "Jendela pribadi atau sebuah pengaturan mencegahnya menyimpan kunci Anda. Pakailah" +
      " jendela biasa.",
  },
  unreachable: {
    title: "Situs tidak terjangkau",
    advice: "Tidak ada yang hilang. Periksa sambungan Anda dan coba lagi.",
  },
  "key-taken": {
    title: "Sebuah kunci sudah didaftarkan dengan tautan ini",
    advice:
      "Kunci itu dibuat di perangkat atau peramban lain. Kalau bukan oleh Anda, segera minta" +
      " tautan baru kepada penyelenggara.",
  },
  "key-elsewhere": {
    title: "Kunci Anda tidak ada di perangkat ini",
    advice: "Buka laman ini di tempat Anda membuatnya, atau pulihkan cadangan Anda.",
  },
  "no-keys-here": {
    title: "Kunci Anda tidak ada di perangkat ini",
    advice: "Pulihkan cadangan Anda dulu.",
  },
  "not-a-trustee": {
    title: "Rancangan menyebut kunci lain, bukan kunci Anda",
    advice:
      "Tidak ada yang ditandatangani. Beri tahu para wali lain, dan tanyakan sebabnya kepada" +
      " penyelenggara.",
  },
  "bad-setup": {
    title: "Catatan publik upacara tidak benar",
    advice:
      "Tidak ada yang ditandatangani. Beri tahu para wali lain, dan tunjukkan kepada orang yang" +
      " paham.",
  },
  "bad-dealing": {
    title: "Wali {dealer} tidak mengikuti upacara",
    advice: "Semua orang dapat melihatnya di catatan publik. Penyelenggara harus mulai lagi.",
  },
  "round-incomplete": {
    title: "Bagian seseorang belum ada",
    advice: "Tunggu sampai yang lain menyampaikannya, lalu coba lagi.",
  },
  "other-voice": {
    title: "Orang lain berbicara dengan kunci Anda",
    advice:
      "Di catatan ada kata-kata di bawah kunci Anda yang tidak pernah disampaikan perangkat ini." +
      " Kalau Anda tidak memakai salinan cadangan di tempat lain, kunci Anda dicuri: segera" +
      " beri tahu penyelenggara.",
  },
  "other-manifest": {
    title: "Yang dibekukan bukan yang Anda ikuti",
    advice: "Tidak ada yang ditandatangani. Beri tahu para wali lain dan penyelenggara.",
  },
  "other-election": {
    title: "Kunci ini milik pemungutan suara lain",
    advice: "Pilih berkas cadangan untuk pemungutan suara ini.",
  },
  "other-trustee": {
    title: "Ini cadangan orang lain",
    advice: "Pemiliknya {name}. Pilih berkas Anda sendiri, dengan kunci yang Anda daftarkan.",
  },
  "share-missing": {
    title: "Cadangan ini terlalu lama",
    advice:
      "Berkas ini disimpan sebelum upacara selesai dan belum berisi bagian kunci. Pilih berkas" +
      " yang lebih baru.",
  },
  "share-wrong": {
    title: "Cadangan ini tidak cocok dengan pemungutan suara yang dibekukan",
    advice: "Isinya bukan bagian kunci yang Anda terima dalam upacara. Pilih berkas lain.",
  },
  "no-file": {
    title: "Silakan pilih sebuah berkas",
    advice: "Nama berkas cadangan Anda berakhiran “.suara-key”.",
  },
  "bad-key-file": {
    title: "Ini bukan berkas cadangan, atau berkasnya rusak",
    advice: "Namanya berakhiran “.suara-key”. Coba salinan lain.",
  },
  "wrong-passphrase": {
    title: "Kata-kata ini tidak membuka berkas",
    advice: "Periksa satu per satu; urutannya penting. Atau berkas ini telah diubah.",
  },
  "weak-passphrase": {
    title: "Kata sandi ini terlalu mudah",
    advice: "Pakai paling sedikit {least} huruf, atau kata-kata yang diundikan untuk Anda.",
  },
  "nothing-wrong": {
    title: "Semua bagian sudah benar",
    advice: "Tidak ada yang perlu diadukan. Upacara berlanjut.",
  },
  "ended-by-complaint": {
    title: "Upacara berakhir",
    advice: "{name} membagikan bagian yang tidak benar. Penyelenggara memulai lagi.",
  },
  "not-closed": {
    title: "Dalam catatan ini pemungutan suara belum berakhir",
    advice: "Coba lagi setelah penyelenggara menutupnya.",
  },
  "record-not-right": {
    title: "Catatan tidak benar: bagian kunci tetap pada Anda",
    advice: "Tidak ada yang dilepas. {why} Beri tahu para wali lain, dan simpan catatannya.",
  },
  "no-verifier": {
    title: "Pemeriksa tidak ada di situs ini",
    advice: "Tidak ada yang dilepas. Pakailah program baris perintah, atau tanya penyelenggara.",
  },
  "second-close": {
    title: "Berhenti: sebelumnya ditutup dengan cara lain",
    advice:
      "Anda sudah melepas bagian kunci untuk penutupan lain. Seseorang menunjukkan dua kotak" +
      " suara. Sekarang tidak ada yang dilepas. Simpan laman ini, beri tahu para wali lain dan" +
      " umumkan.",
  },
  "close-forgotten": {
    title: "Cadangan ini lebih lama daripada pelepasan Anda",
    advice:
      "Perangkat ini ingat untuk penutupan mana bagian Anda dilepas, dan tetap mengingatnya.",
  },
  "already-done": {
    title: "Ini sudah disampaikan, dengan kata lain",
    advice:
      "Salinan lain dari kunci Anda sudah berbicara. Kalau bukan Anda, beri tahu penyelenggara.",
  },
};

export const other = {
  title: "Ada yang tidak beres",
  advice: "Tidak ada yang hilang. Coba lagi; kalau tetap begitu, beri tahu penyelenggara.",
};
