# A watch that builds its page anew on every pass: three labels in a Group of the pass.
import time

import board
import displayio
import rtc
import terminalio
from adafruit_display_text import label

clock = rtc.RTC()
display = board.DISPLAY

while True:
    now = clock.datetime
    hours = label.Label(terminalio.FONT, text="%02d:%02d:%02d" % now[3:6])  # expect: "every pass" "at least"
    day = label.Label(terminalio.FONT, text="%d/%d" % (now.tm_mday, now.tm_mon))  # expect: "before the loop"
    day.y = 15
    title = label.Label(terminalio.FONT, text="Local time")  # expect: "its `text`"
    title.y = 30
    face = displayio.Group()
    face.append(hours)
    face.append(day)
    face.append(title)
    display.root_group = face
    time.sleep(0.5)
