"""The colours of every chart."""

TEXT, GRID, BAND = "#212b32", "#d8dde0", "#e8edee"
# Each at least 4.5:1 on white, and apart in lightness for print and colour blindness.
BLUE, PLUM, GREY = "#005eb8", "#ae2573", "#4c6272"
