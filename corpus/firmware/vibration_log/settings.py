"""What may be changed without reading the rest."""

DEPTH = 8
QUIET = 900
SAMPLES = 512
