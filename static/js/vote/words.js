/**
 * The 256 words in which a seed can be written on paper: one a byte.
 *
 * Everyday Indonesian words of four to seven letters, our own choice. No two share their first
 * four letters, and no two are one letter apart, so that a slip of the pen is seen.
 */
const LIST = `
  acar adik alun amplop angin angsa apel arus asri awan badak bakau balon batik bawang bayam
  bebek becak benang benih besar biola biru buku bulan bumbu bunga burung busur butir cabai
  cahaya capung catur cemara cerah ceri cicak cincin cokelat dahan damai danau dapur dayung
  delima desa dingin domba dompet donat duduk dunia durian ekor elang emas ember embun empat
  fajar gading gajah gambar garam garis gelas gitar gunung gurita guru halus hangat harum hening
  hijau hujan humus ikan iklim indah intan irama jahe jambu jamur jati jejak jeruk jingga juara
  jujur kabut kaca kain kapal kayu kebun kecap kedai kelapa kelor kemah kenari kerang kertas
  ketan kijang kilat kipas kolam kopi kotak kubis kuda kunci kuning kursi lada lampu langit laut
  lebah lemari lembut lilin lima lobak luas lumut madu manis mawar meja mekar melati merdu mimpi
  minum minyak mobil murai musim nanas nangka nasi nelayan nyala nyaman nyiur obor ombak oranye
  pagar pagi pakis palem panci pandai panen papan parkit pasir pekan pelita pena pensil pepaya
  perahu petai piano pijar pinang pintu pipi pohon pondok pulau puncak pupuk putih radio rajin
  ramah rambut rantai rebung rindu ringan roda roket rotan roti rujak rumput rusa sabun sahabat
  salak sambal sampan santan satu sawah sedap segar sehat sejuk selada semut sendok senja sepatu
  sepeda serai siang siput sirih subur suling sungai surat talas tangga tari tebing tebu teduh
  telur teman tempe tepung teratai terong tikar timun tirai tomat tugu tunas udang udara ufuk
  ukir unta waduk waktu walet wangi warna warung wayang wortel yoga zaitun zebra
`;

/** Word number i stands for the byte i. */
export const WORDS = LIST.trim().split(/\s+/);

/**
 * The words most like this one: those with its first four letters or at most two letters apart.
 * @param {string} word
 * @returns {string[]} at most three
 */
export function similar(word) {
  const near = WORDS.map((each) => ({ each, far: distance(word, each) }));
  const isNear = (/** @type {{each: string, far: number}} */ { each, far }) =>
    far <= 2 || (word.length >= 4 && each.startsWith(word.slice(0, 4)));
  const sorted = near.filter(isNear).sort((one, other) => one.far - other.far);
  return sorted.slice(0, 3).map(({ each }) => each);
}

/**
 * How many letters must be added, left out or changed to turn one word into the other.
 * @param {string} one
 * @param {string} other
 */
export function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [place, wanted] of [...other].entries()) {
      const changed = (row[place] ?? 0) + Number(letter !== wanted);
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
