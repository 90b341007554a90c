/** The voter's words in Indonesian. */

/** @type {import("./messages.js").Language} */
export const indonesian = {
  or: "atau",
  other: {
    title: "Ada yang tidak beres.",
    advice: "Tidak ada yang hilang. Muat ulang halaman ini dan coba lagi; bila tetap terjadi, hubungi panitia.",
  },
  checks: {
    identity: "Naskah pemilihan ini asli",
    policy: "Aturan saksinya sesuai naskah",
    "set-up": "Catatan persiapannya lengkap dan utuh",
    "registrar-keys": "Kunci para pencatat sama untuk semua orang dan tidak bisa menandai suara",
    "check-in-log": "Catatan kehadiran dimulai dari naskah ini",
    "ballot-log": "Kotak suara dimulai dari naskah ini",
    acknowledgements: "Semua wali dan pencatat sudah mengakuinya",
    "same-log": "Kotak suara masih kotak suara yang sama",
  },
  remarks: [
    "Berkas pemulihan suara Anda. RAHASIA: siapa pun yang memegangnya dapat memberikan suara Anda.",
    "Simpan di tempat aman sampai hasil diumumkan, lalu hapus. Jangan dikirim kepada siapa pun,",
    "termasuk panitia: panitia tidak akan pernah memintanya.",
  ],
  errors: {
    "needs-newer-browser": {
      title: "Peramban ini terlalu lama untuk memberikan suara.",
      advice: "Perbarui peramban Anda, atau pakai peramban terbaru di ponsel atau komputer lain. (Yang kurang: {missing}.)",
    },
    "no-storage": {
      title: "Peramban ini tidak mau menyimpan apa pun.",
      advice: "Keluar dari mode penyamaran atau izinkan penyimpanan situs, lalu muat ulang. Tanpa itu suara Anda bisa hilang di tengah jalan.",
    },
    "not-trusted": {
      title: "Berhenti: satu pemeriksaan tidak cocok.",
      advice: "Yang diperiksa: {check}. Jangan lanjutkan di sini. Catat jamnya dan beri tahu panitia serta pemantau; ini bisa berarti seseorang mengutak-atik pemilihan.",
    },
    unreachable: {
      title: "Server tidak terjangkau.",
      advice: "Periksa sambungan internet Anda, lalu coba lagi. Tidak ada yang hilang: langkah ini aman diulang.",
    },
    "signed-out": {
      title: "Anda sudah keluar dari akun.",
      advice: "Masuk lagi, lalu lanjutkan dari langkah ini. Semua yang sudah dibuat masih tersimpan di perangkat ini.",
    },
    "stale-form": {
      title: "Halaman ini sudah terlalu lama terbuka.",
      advice: "Muat ulang halaman ini, lalu lanjutkan. Semua yang sudah dibuat masih tersimpan di perangkat ini.",
    },
    "rate-limited": {
      title: "Terlalu banyak permintaan sekaligus.",
      advice: "Tunggu satu menit, lalu coba lagi.",
    },
    "registrars-silent": {
      title: "{names} tidak menjawab.",
      advice: "Tidak ada yang hilang: kehadiran Anda sudah tersimpan, begitu juga setiap tanda tangan yang sudah datang. Coba lagi beberapa menit lagi; langkah ini aman diulang. Bila tetap begitu, beri tahu panitia pencatat mana yang tidak menjawab.",
    },
    "not-durable": {
      title: "Server belum bisa menyimpan dengan aman.",
      advice: "Karena itu belum ada janji yang diberikan. Coba lagi sebentar lagi; langkah ini aman diulang.",
    },
    "bad-signature": {
      title: "Sebuah tanda tangan dari server tidak sah.",
      advice: "Coba sekali lagi. Bila tetap terjadi, jangan teruskan; beri tahu panitia dan pemantau.",
    },
    "bad-proof": {
      title: "Bukti dari server tidak cocok.",
      advice: "Coba sekali lagi. Bila tetap terjadi, unduh bukti Anda dan beri tahu panitia serta pemantau.",
    },
    "bad-key": {
      title: "Sebuah kunci pemilihan ini tidak boleh dipakai.",
      advice: "Jangan teruskan; beri tahu panitia dan pemantau.",
    },
    "bad-encoding": {
      title: "Jawaban server tidak dapat dibaca.",
      advice: "Muat ulang halaman ini dan coba lagi. Bila tetap terjadi, hubungi panitia.",
    },
    "cannot-open": {
      title: "Amplop suara ini tidak dapat dibuka dengan kode itu.",
      advice: "Pindai lagi kode dari perangkat yang memberikan suara. Bila tetap gagal, berikan suara sekali lagi dan laporkan.",
    },
    "check-in-not-open": {
      title: "Pendaftaran hadir belum dibuka.",
      advice: "Kembalilah pada waktu yang tertera di halaman pemilihan.",
    },
    "check-in-closed": {
      title: "Pendaftaran hadir sudah ditutup.",
      advice: "Setelah ditutup tidak ada yang dapat mendaftar lagi. Yang sudah terdaftar tetap dapat memberikan suara.",
    },
    "unknown-row": {
      title: "Nama Anda tidak ada dalam daftar pemilih.",
      advice: "Bila menurut Anda seharusnya ada, hubungi panitia.",
    },
    "wrong-row": {
      title: "Baris daftar pemilih ini bukan milik akun Anda.",
      advice: "Pastikan Anda masuk dengan akun sendiri. Bila sudah benar, hubungi panitia.",
    },
    "row-struck": {
      title: "Baris Anda dicoret dari daftar pemilih.",
      advice: "Panitia wajib menjelaskan alasannya; tanyakan kepada mereka.",
    },
    "already-checked-in": {
      title: "Anda sudah terdaftar hadir, dengan rahasia lain.",
      advice: "Lanjutkan di perangkat yang dipakai waktu itu, atau pulihkan dengan kata-kata atau berkas pemulihannya. Bila Anda tidak pernah mendaftar, segera lapor kepada panitia.",
    },
    "passkey-required": {
      title: "Untuk nama Anda diperlukan kunci sandi (passkey).",
      advice: "Gunakan kunci sandi yang sudah Anda daftarkan, atau datang ke meja petugas.",
    },
    "bad-evidence": {
      title: "Kunci sandi tidak diterima.",
      advice: "Coba lagi dengan kunci sandi yang Anda daftarkan untuk pemilihan ini.",
    },
    "passkey-not-used": {
      title: "Kunci sandi Anda belum dipakai.",
      advice: "Tidak ada yang hilang: coba lagi. Bila kunci itu ada di ponsel lain, pilih ponsel itu di jendela peramban. Bila tidak terjangkau, meja petugas dapat mendaftarkan Anda hadir.",
    },
    "passkey-elsewhere": {
      title: "Kunci sandi Anda milik alamat lain dari situs ini.",
      advice: "Buka {origin} dan daftar hadir di sana. Halaman di alamat lain tidak dapat memakainya, dan memang tidak boleh.",
    },
    "passkey-unsupported": {
      title: "Peramban ini tidak dapat memakai kunci sandi Anda.",
      advice: "Pakailah perangkat tempat kunci itu didaftarkan, atau peramban yang lebih baru. Atau datanglah ke meja petugas. Tidak ada yang hilang.",
    },
    "passkey-gone": {
      title: "Kunci sandi di baris Anda tidak ada lagi di akun Anda.",
      advice: "Kunci itu dihapus setelah daftar pemilih disusun, dan daftar itu tidak berubah. Meja petugas dapat mendaftarkan Anda hadir.",
    },
    "desk-over": {
      title: "Tautan dari meja petugas ini sudah berakhir.",
      advice: "Mintalah tautan baru kepada petugas. Kunci Anda tetap di perangkat ini, dan belum ada yang ditandatangani.",
    },
    "desk-taken": {
      title: "Perangkat lain sudah memakai tautan ini.",
      advice: "Beri tahu petugas: jangan disahkan, mulailah lagi dengan tautan baru.",
    },
    "voting-not-open": {
      title: "Pemungutan suara belum dibuka.",
      advice: "Suara Anda sudah disegel dan tersimpan di perangkat ini. Kembalilah setelah dibuka untuk mengirimnya.",
    },
    "voting-closed": {
      title: "Pemungutan suara sudah ditutup.",
      advice: "Suara yang sudah masuk tetap dihitung; yang baru tidak diterima lagi.",
    },
    "sequence-taken": {
      title: "Perangkat lain sudah memberikan suara dengan rahasia yang sama.",
      advice: "Bila itu Anda, pilih dan segel sekali lagi: yang terakhir yang dihitung. Bila bukan, segera lapor kepada panitia.",
    },
    "broken-sequence": {
      title: "Suara ini tidak menyambung ke suara Anda sebelumnya.",
      advice: "Pilih dan segel sekali lagi; urutannya akan dicari ulang.",
    },
    "too-many-revisions": {
      title: "Batas mengubah suara sudah tercapai.",
      advice: "Suara terakhir Anda yang dihitung.",
    },
    "not-yet-in-log": {
      title: "Suara Anda sudah diterima dan menunggu giliran dicatat.",
      advice: "Kotak suara mencatat beberapa suara sekaligus agar tidak ada yang tahu siapa mengirim kapan. Buka lagi halaman ini nanti untuk mengambil tanda terima.",
    },
    "unknown-election": {
      title: "Pemilihan ini tidak dikenal di sini.",
      advice: "Periksa alamatnya, atau buka lagi dari halaman pemilihan.",
    },
    "changed-elsewhere": {
      title: "Anda baru saja memberikan suara di tab lain.",
      advice: "Muat ulang halaman ini untuk melihat keadaan terakhir.",
    },
    "not-prepared": {
      title: "Perangkat ini belum tahu apa-apa tentang suara Anda.",
      advice: "Daftar hadir dulu dari halaman pemilihan, atau pulihkan dengan berkas pemulihan.",
    },
    "not-checked-in": {
      title: "Anda belum mendaftar hadir.",
      advice: "Daftar hadir dulu dari halaman pemilihan; setelah itu Anda dapat memberikan suara.",
    },
    "nothing-sealed": {
      title: "Belum ada suara yang disegel.",
      advice: "Pilih dan segel dulu, lalu kirim.",
    },
    "nothing-cast": {
      title: "Belum ada suara yang dikirim dari perangkat ini.",
      advice: "Tanda terima ada setelah suara dikirim.",
    },
    "words-need-sign-in": {
      title: "Kata-kata pemulihan hanya dapat dipakai setelah masuk.",
      advice: "Masuk ke akun Anda dan buka halaman daftar hadir, atau pakai berkas pemulihan.",
    },
    "recovery-word-count": {
      title: "Ada {found} kata, seharusnya {expected}.",
      advice: "Salin lagi dari catatan Anda: {expected} kata, urutannya penting.",
    },
    "recovery-word-unknown": {
      title: "Kata ke-{place}, “{word}”, tidak ada dalam daftar.",
      advice: "Periksa tulisannya. Yang mirip: {similar}.",
    },
    "recovery-words-wrong": {
      title: "Kata-kata ini tidak saling cocok.",
      advice: "Semua kata dikenal, tetapi setidaknya satu salah atau tertukar urutannya. Bandingkan lagi dengan catatan Anda.",
    },
    "recovery-no-file": {
      title: "Ini bukan berkas pemulihan.",
      advice: "Pilih berkas yang Anda simpan waktu mendaftar hadir; namanya dimulai dengan “suara-”.",
    },
    "recovery-damaged": {
      title: "Berkas pemulihan ini rusak.",
      advice: "Ada isi yang berubah atau terpotong. Coba salinan lain, atau pakai kata-kata pemulihan.",
    },
    "recovery-other-election": {
      title: "Berkas pemulihan ini milik pemilihan lain.",
      advice: "Pilih berkas dari pemilihan ini.",
    },
    "recovery-other-seed": {
      title: "Perangkat ini sudah menyimpan rahasia lain untuk pemilihan ini.",
      advice: "Bila Anda mendaftar hadir dari perangkat ini, tidak perlu memulihkan apa pun. Bila tidak, hapus dulu data pemilihan ini dari perangkat.",
    },
    unanswered: {
      title: "Anda belum memilih.",
      advice: "Pilih salah satu, atau “Suara kosong” bila tersedia.",
    },
    "mark-unreadable": {
      title: "Ada angka yang tidak terbaca.",
      advice: "Tulis bilangan bulat, misalnya 3; kosongkan bila 0.",
    },
    "rank-missing": {
      title: "Peringkat {rank} terlewat.",
      advice: "Peringkat harus berurutan: 1, 2, 3, tanpa jeda.",
    },
    "too-few-marks": {
      title: "Pilihan Anda masih kurang.",
      advice: "Tandai sedikitnya {min}; sekarang baru {marks}.",
    },
    "too-many-marks": {
      title: "Pilihan Anda terlalu banyak.",
      advice: "Tandai paling banyak {max}; sekarang {marks}.",
    },
    "score-too-high": {
      title: "Ada nilai yang terlalu tinggi.",
      advice: "Nilai tertinggi ialah {most}.",
    },
    "too-many-points": {
      title: "Poin yang dibagikan terlalu banyak.",
      advice: "Jumlah semua poin paling banyak {points}.",
    },
    "equal-ranks": {
      title: "Dua pilihan berada di peringkat yang sama.",
      advice: "Beri setiap pilihan peringkat yang berbeda.",
    },
  },
};
