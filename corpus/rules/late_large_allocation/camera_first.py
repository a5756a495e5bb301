# Its sides are those of the camera, which stands right above it.
import adafruit_ov7670
import board
import busio
import displayio
from adafruit_bitmap_font import bitmap_font

font = bitmap_font.load_font("/fonts/small.bdf")
font.load_glyphs(b"0123456789")
camera = adafruit_ov7670.OV7670(
    busio.I2C(board.SCL, board.SDA),
    data_pins=[board.PCC_D0, board.PCC_D1],
    clock=board.PCC_CLK,
    vsync=board.PCC_DEN1,
    href=board.PCC_DEN2,
)
frame = displayio.Bitmap(camera.width, camera.height, 65536)
camera.capture(frame)
