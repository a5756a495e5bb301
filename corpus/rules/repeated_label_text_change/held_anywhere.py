# Labels in lists, tuples, dicts and groups, as attributes, and made by a function.
import board
import displayio
import terminalio
from adafruit_display_text import label, outlined_label

accelerometer = board.ACCELEROMETER
group = displayio.Group()


def make_line(y):
    line = label.Label(terminalio.FONT, color=0xFFFFFF)
    line.y = y
    return line


def title():
    return label.Label(terminalio.FONT, text="Motion")


class Panel:
    def __init__(self, y):
        self.line = label.Label(terminalio.FONT, y=y)
        self.text = "a panel is no label"


axes = [make_line(10), make_line(30), make_line(50)]
for axis in axes:
    group.append(axis)
by_name = {"sum": make_line(70)}
pair = (make_line(90), make_line(110))
panel = Panel(130)
shadow = outlined_label.OutlinedLabel(terminalio.FONT, outline_color=0, outline_size=1)
header = displayio.Group()
header.append(title())
header.append(label.Label(terminalio.FONT))
for row in range(4):
    axes.append(label.Label(terminalio.FONT, y=150 + 12 * row))

while True:  # expect-note: loop-without-collect
    x, y, z = accelerometer.acceleration
    axes[0].text = "X axis: {:6.2f}".format(x)  # expect: "`axes[0].text`"
    by_name["sum"].text = "Sum of all: {:6.2f}".format(x + y + z)  # expect
    pair[1].text = f"Largest: {max(x, y, z):6.2f}"  # expect
    panel.line.text = f"Smallest: {min(x, y, z):6.2f}"  # expect
    panel.text = f"Smallest: {min(x, y, z):6.2f}"
    header[1].text = "Motion {:5.1f}".format(x)  # expect
    shadow.text = "Shadow {:5.1f}".format(y)  # expect
    for index in range(3):
        axes[index].text = "Axis {}: {:6.2f}".format(index, (x, y, z)[index])  # expect
    for line, value in zip(axes, (x, y, z)):
        line.text = "Line: {:8.2f}".format(value)  # expect
