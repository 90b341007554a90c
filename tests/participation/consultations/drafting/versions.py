"""Texts as versions, for the tests of matching."""

from dataclasses import replace

from participation.consultations.drafting.clause import Clause
from participation.consultations.drafting.parser import parse_draft
from participation.consultations.drafting.passages import Passage, Version

OLD = """\
Pasal 1
Sumur adalah lubang yang berisi air bersih untuk semua warga kota.
Pasal 2
(1) Sumur dibuka setiap hari dari pagi sampai malam oleh penjaga.
(2) Pemakai wajib membawa timba sendiri dan menutup sumur sesudahnya.
Pasal 3
Dilarang mandi di sumur. Pelanggar membayar denda kepada kas kampung sebesar seratus ribu rupiah.
Pasal 4
Biaya pemeliharaan ditanggung bersama.
Pasal 5
Peraturan ini berlaku sejak tanggal diundangkan oleh kepala desa.
"""
NEW = """\
Pasal 1
Sumur adalah lubang yang berisi air bersih untuk semua warga kota.
Pasal 2
Penjaga dipilih rapat tiap tahun dan digaji desa.
Pasal 3
(1) Sumur dibuka setiap hari dari pagi sampai sore oleh penjaga.
(2) Pemakai wajib membawa timba sendiri dan menutup sumur sesudahnya.
Pasal 4
Dilarang mandi di sumur.
Pasal 5
Pelanggar membayar denda kepada kas kampung sebesar seratus ribu rupiah.
Pasal 6
Peraturan ini berlaku sejak tanggal diundangkan oleh kepala desa.
"""
"""OLD with an article before, one split, one removed, one edited, and the last moved."""


def passage(clause: Clause) -> Passage:
    """A clause without its children."""
    text = "\n".join(filter(None, (clause.title, clause.text)))
    return Passage(clause.id, clause.kind.value, clause.citation, text)


def version(text: str) -> Version:
    """A text as a version."""
    return Version.of(passage(clause) for clause in parse_draft(text).walk())


def amended(law: str, amendment: str) -> tuple[Version, Version, dict[str, Clause]]:
    """A law, the same with the articles that another law quotes put in, and these by number."""
    quoted = {
        clause.number: clause
        for clause in parse_draft(amendment).walk()
        if clause.kind == "pasal" and clause.id.startswith("pasal-i-")
    }
    before = parse_draft(law)
    old = [passage(clause) for clause in before.walk()]
    new: list[Passage] = []
    for one in old:
        article = one.citation.removeprefix("Pasal ").split(" ")[0]
        if not one.citation.startswith("Pasal ") or article not in quoted:
            new.append(one)
        elif one.kind == "pasal":
            new += _quoted(quoted[article])
    added = quoted.keys() - {clause.number for clause in before.articles}
    for number in sorted(added):
        new += _quoted(quoted[number])
    return Version.of(old), Version.of(new), quoted


def _quoted(article: Clause) -> list[Passage]:
    return [
        replace(
            passage(clause),
            id=f"quoted-{clause.id}",
            citation=f"Pasal {article.number}{clause.citation.removeprefix(article.citation)}",
        )
        for clause in article.walk()
    ]
