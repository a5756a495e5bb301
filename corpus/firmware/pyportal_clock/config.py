"""What differs from kitchen to kitchen."""
URL = "http://192.168.1.20/bins.json"
JSON_PATH = ["next", "colour"]
FETCH_EVERY = 60 * 60
FONT_BIG = "/fonts/Helvetica-Bold-44.bdf"
FONT_SMALL = "/fonts/Arial-16.bdf"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# One row of the chart under the clock, as 16-bit colours, eight rows at a time.
CHART_BYTES = 320 * 2 * 8
