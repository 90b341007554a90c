"""The conformance corpus: builds `tests/corpus/` anew from the honest and the forged records.

corpus.py            write it
corpus.py --check    fail when what lies there is not what would be written
"""

import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.records.corpus import contents, write_corpus  # noqa: E402 - the path comes first

CORPUS = ROOT / "tests" / "corpus"


def written(folder: Path) -> dict[str, bytes | str]:
    """Every file of a corpus; of a record what it holds, because packing differs by machine."""
    found: dict[str, bytes | str] = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        found[name] = held(path) if path.suffix == ".suara" else path.read_bytes()
    found.pop("README.md", None)
    return found


def held(record: Path) -> str:
    """The hash of what a record holds."""
    with zipfile.ZipFile(record) as archive:
        return contents({name: archive.read(name) for name in archive.namelist()})


def main() -> None:
    """Build into a scratch folder, then compare or replace."""
    with tempfile.TemporaryDirectory() as scratch:
        write_corpus(Path(scratch))
        ours, theirs = written(Path(scratch)), written(CORPUS)
        differing = sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
        if "--check" in sys.argv:
            sys.exit(f"out of date: {', '.join(differing)}" if differing else 0)
        for name in differing:
            place = CORPUS / name
            place.unlink(missing_ok=True)
            if name in ours:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(scratch) / name, place)
        print(f"{len(ours)} files, {len(differing)} changed")


if __name__ == "__main__":
    main()
