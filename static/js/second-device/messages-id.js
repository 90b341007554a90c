/** The second device's page in Indonesian. */

/** @type {import("./messages.js").Words} */
export const indonesian = {
  name: "Apakah surat suara saya berisi pilihan saya?",
  about: "Perangkat yang Anda pakai memilih bisa saja tidak jujur. Perangkat kedua ini membuka surat suara yang benar-benar ada di kotak dan menunjukkan isinya. Kode dibaca di sini dan tidak dikirim ke mana pun.",
  language: "English",
  ask: {
    heading: "Baca kodenya",
    code: "Kode yang tampil di perangkat yang Anda pakai memilih",
    codeHint: "Ada di halaman yang menyatakan suara Anda sudah di dalam kotak, di bawah “Periksa dengan perangkat kedua”. Kode itu diawali suara-check.",
    camera: "Pindai dengan kamera",
    aim: "Arahkan kamera ke kodenya.",
    noCamera: "Peramban ini tidak bisa membaca kode dengan kamera. Salin saja teks kodenya, atau buka halaman ini di peramban lain.",
    stop: "Matikan kamera",
    send: "Tunjukkan surat suara saya",
    busy: "Mencari…",
    elsewhere: "Pemungutan suaranya di situs lain, atau kotak suaranya punya alamat sendiri",
    site: "Alamat situs tempat pemungutan suara",
    siteHint: "Misalnya https://suara.example. Hanya alamat ini yang ditanyai, dan rahasia di dalam kode tidak diberitahukan kepadanya.",
    box: "Alamat kotak suara, kalau punya alamat sendiri",
    boxHint: "Boleh dikosongkan.",
  },
  opened: {
    heading: "Isi surat suara Anda",
    election: "Pemungutan suara",
    code: "Kode lacak",
    codeHint: "Harus sama dengan yang tampil di perangkat yang Anda pakai memilih.",
    blank: "Kosong",
    passed: "Yang sudah diperiksa perangkat ini",
    question: "Apakah ini pilihan Anda, dan apakah kode lacaknya sama?",
    yes: "Ya, keduanya benar",
    no: "Tidak, ada yang berbeda",
    limit: "Satu hal yang tidak terlihat oleh pemeriksaan ini: perangkat yang tidak jujur bisa menunjukkan surat suara yang sama kepada dua orang yang pilihannya sama. Mereka akan tahu bila saling membandingkan: tidak boleh ada dua kode lacak yang sama.",
  },
  checks: {
    ballot: "Kotak menyimpan persis surat suara yang disebut kode ini",
    credentials: "Surat itu membawa izin dan tanda tangan seorang pemilih yang sudah hadir",
    opens: "Surat itu terbuka dengan rahasia di dalam kode, dan tidak mungkin berisi hal lain",
  },
  right: {
    heading: "Surat suara Anda berisi pilihan Anda",
    about: "Surat itu akan dibuka dan dihitung seperti yang Anda lihat. Jangan tunjukkan kodenya kepada siapa pun: siapa yang memegangnya bisa membaca pilihan Anda.",
    another: "Periksa surat suara lain",
  },
  wrong: {
    heading: "Pilihlah sekali lagi, dan laporkan",
    broken: "Yang tidak cocok: {why}",
    steps: [
      "Pilihlah sekali lagi sebelum ditutup, sebaiknya di perangkat lain dengan berkas pemulihan Anda. Hanya surat suara terakhir yang dihitung.",
      "Periksa surat suara yang baru dengan cara yang sama.",
      "Catat waktu dan kode lacaknya, lalu beri tahu penyelenggara dan pemantau bahwa sebuah perangkat menyegel isi yang lain dari yang dipilih. Jangan hapus apa pun di perangkat itu.",
    ],
    another: "Periksa surat suara lain",
  },
  troubles: {
    "no-code": {
      title: "Ini bukan kode surat suara.",
      advice: "Kode itu diawali suara-check. dan masih punya tiga bagian yang dipisahkan titik. Salin seluruhnya, atau pindai sekali lagi.",
    },
    "no-address": {
      title: "Ini bukan alamat situs.",
      advice: "Bentuknya seperti https://suara.example.",
    },
    "not-found": {
      title: "Surat suaranya tidak ada di sana.",
      advice: "Di alamat ini tidak ada surat suara atau pemungutan suara itu. Apakah alamatnya benar? Kalau benar, tanyakan lagi semenit kemudian; kalau tetap tidak ada, pilihlah sekali lagi dan laporkan.",
    },
    unreachable: {
      title: "Kotak suara tidak bisa dihubungi.",
      advice: "Periksa sambungan dan alamatnya, lalu coba lagi.",
    },
    "no-camera": {
      title: "Kamera tidak bisa dipakai.",
      advice: "Izinkan kamera untuk halaman ini, atau salin saja teks kodenya.",
    },
  },
};
