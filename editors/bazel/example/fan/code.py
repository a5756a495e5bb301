import analogio
import board
from lib import readings

sensor = analogio.AnalogIn(board.A0)
values = [0] * 8
for index in range(8):
    values[index] = sensor.value
print(readings.average(values))
