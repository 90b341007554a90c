"""The test vectors: writes `docs/vectors/*.json` anew from one election made of seeds.

vectors.py            write them
vectors.py --check    fail when what lies there is not what would be written
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.records.vectors.everything import texts  # noqa: E402 - the path comes first

VECTORS = ROOT / "docs" / "vectors"


def main() -> None:
    """Compare or write every file."""
    made = {VECTORS / f"{name}.json": text for name, text in texts().items()}
    lying = {path: path.read_text("utf-8") for path in VECTORS.glob("*.json")}
    differing = [path for path in {*made, *lying} if made.get(path) != lying.get(path)]
    if "--check" in sys.argv:
        sys.exit(f"out of date: {', '.join(path.name for path in differing)}" if differing else 0)
    for path in differing:
        path.unlink(missing_ok=True)
        if path in made:
            path.write_text(made[path], "utf-8")
    print(f"{len(made)} files, {len(differing)} changed")


if __name__ == "__main__":
    main()
