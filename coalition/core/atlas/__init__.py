"""The drawn base of the maps: land, borders and graticule of Europe and Africa, as SVG path data.

Made by `build.py` from world-atlas 2.0.2 (Natural Earth 4.1.0, 1:110m, public domain) in the frame of `core.geo`.
"""

import json
from pathlib import Path

_PATHS: dict[str, str] = json.loads((Path(__file__).parent / "paths.json").read_text("utf-8"))

LAND = _PATHS["land"]
BORDERS = _PATHS["borders"]
GRATICULE = _PATHS["graticule"]
CREDIT = _PATHS["credit"]
