# These take little: a file that stays on disk, tiles, Groups, palettes, samples.
import array
import time

import audiobusio
import audiocore
import board
import displayio

speaker = audiobusio.I2SOut(board.D9, board.D10, board.D11)
wave = array.array("H", [0, 32768] * 8)
dot = displayio.Bitmap(1, 1, 1)
page = displayio.Group()
board.DISPLAY.root_group = page

while True:
    picture = displayio.OnDiskBitmap("/face.bmp")
    inner = displayio.Group()
    inner.append(displayio.TileGrid(picture, pixel_shader=picture.pixel_shader))
    colors = displayio.Palette(1)
    inner.append(displayio.TileGrid(dot, pixel_shader=colors))
    page.append(inner)
    speaker.play(audiocore.RawSample(wave))
    time.sleep(0.1)
    speaker.play(audiocore.WaveFile("/beep.wav"))
    page.pop()
