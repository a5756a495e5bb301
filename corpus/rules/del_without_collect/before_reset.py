# The board starts afresh: nothing comes after.
import alarm
import board
import microcontroller
import time

uart = board.UART()
history = bytearray(8192)
uart.readinto(history)

if history[0]:
    del history
    microcontroller.reset()

if history[1] == 3:
    history = None
    wake = alarm.time.TimeAlarm(monotonic_time=time.monotonic() + 60)
    alarm.exit_and_deep_sleep_until_alarms(wake)
