"""The catalogue of translations: gathers the site's words, checks and compiles it.

    catalogue.py             gather messages, keep their translations, write and compile
    catalogue.py --check     fail when a message is untranslated, doubtful or no longer said
    catalogue.py --compile   only compile

English is the language of the messages themselves; Indonesian stands in messages.po.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.checkers import TranslationError
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
MESSAGES = ROOT / "translations" / "id" / "LC_MESSAGES" / "messages.po"
WIDTH = 100

# Babel believes that Indonesian has two forms; it has one: "3 pendapat", "1 pendapat".
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: id\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "words": None,
    "plural_words": (1, 2),
}


def gather() -> Catalog:
    """Every message that the code and the templates say, untranslated."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = _empty()
    for name, _line, message, _comments, context in extract_from_dir(
        ROOT, methods, options, KEYWORDS, directory_filter=_is_ours
    ):
        found.add(message, locations=[(name, None)], context=context)
    return found


def translated() -> Catalog:
    """Every translation there is."""
    return _read(MESSAGES) if MESSAGES.exists() else _empty()


def joined() -> Catalog:
    """The messages of today with their translations, and nothing else."""
    today, known = gather(), translated()
    for message in _messages(today):
        old = known.get(message.id, context=message.context)
        if old is not None:
            message.string = old.string
            message.flags |= old.flags
    return today


def faults() -> Iterator[str]:
    """What is wrong with the catalogue as it lies in the files."""
    wanted = joined()
    for message in _messages(wanted):
        yield from _faults_of(message, wanted)
    if not MESSAGES.exists() or MESSAGES.read_text() != _text(wanted):
        yield "messages.po is not what the code says today; run scripts/catalogue.py"


def compile_all() -> None:
    """Writes the compiled catalogue that the site reads."""
    compiled = BytesIO()
    write_mo(compiled, _read(MESSAGES))
    fresh = MESSAGES.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(compiled.getvalue())
    fresh.replace(MESSAGES.with_suffix(".mo"))  # at once: several processes may read or write


def main() -> int:
    """Does what the command line asks; 1 when the check finds faults."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--compile", action="store_true")
    asked = parser.parse_args()
    if asked.check:
        found = list(faults())
        print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
        return 1 if found else 0
    if not asked.compile:
        MESSAGES.parent.mkdir(parents=True, exist_ok=True)
        MESSAGES.write_text(_text(joined()))
    compile_all()
    return 0


def _faults_of(message: Message, catalogue: Catalog) -> Iterator[str]:
    said = message.id if isinstance(message.id, str) else message.id[0]
    place = ", ".join(sorted({name for name, _line in message.locations}))
    given = message.string or ""
    strings = [given] if isinstance(given, str) else list(given)
    if not strings or not all(strings):
        yield f"untranslated in {place}: {said!r}"
    elif message.fuzzy:
        yield f"doubtful (fuzzy) in {place}: {said!r}"
    else:
        yield from (f"{said!r}: {error}" for error in _places(message, catalogue))


def _places(message: Message, catalogue: Catalog) -> list[TranslationError]:
    """Faults in the places for values, such as `%(name)s` missing from the translation."""
    return message.check(catalogue)


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _empty() -> Catalog:
    return read_po(BytesIO(HEADER.encode()), locale="id")


def _read(file: Path) -> Catalog:
    text = file.read_text()
    whole = text if text.startswith('msgid ""') else HEADER + text
    return read_po(BytesIO(whole.encode()), locale="id", abort_invalid=True)


def _text(catalogue: Catalog) -> str:
    written = BytesIO()
    write_po(
        written, catalogue, width=WIDTH, omit_header=True, sort_output=True,
        ignore_obsolete=True, include_lineno=False,
    )  # fmt: skip
    return HEADER + written.getvalue().decode().lstrip("\n")


def _is_ours(folder: str) -> bool:
    return Path(folder).name not in {"node_modules", "var", "__pycache__"} and not Path(
        folder
    ).name.startswith(".")


if __name__ == "__main__":
    raise SystemExit(main())
