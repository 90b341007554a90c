"""Draft regulations as trees of clauses: plain text in, frozen values out.

Pure: no Flask, no SQL, no clock. Bottom to top: `clause` (the types), `source` (cleaned text with
line numbers), `numerals`, `marks` (where a heading or list letter seems to stand, and how sure),
`chains` (which of them really count upwards), `items` (ayat, huruf, angka), `amendment`,
`outline` (BAB, Bagian, Paragraf, Pasal), `preamble`, `parser` (the one door: `parse_draft`).

Beside them, for versions: `passages` (two texts as trees), `likeness`, `matching` (which clause is
which), `settling` (what that means), `comparing` (word by word).
"""
