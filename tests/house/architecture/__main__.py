"""Draws docs/architecture.svg anew: `make architecture`."""

from pathlib import Path

from tests.house.architecture.drawing import drawn
from tests.house.architecture.rooms import read_house

ROOT = Path(__file__).parents[3]
PICTURE = ROOT / "docs" / "architecture.svg"

if __name__ == "__main__":
    PICTURE.write_text(drawn(read_house(ROOT)), encoding="utf-8")
    print(PICTURE)
