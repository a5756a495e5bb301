# Joining a Wi-Fi by the firmware's own driver takes nothing of this heap.
import board
import wifi

uart = board.UART()
wifi.radio.connect("shed", "correct horse")
greeting = bytearray(20000)
uart.readinto(greeting)
print(sum(greeting), wifi.radio.ipv4_address)
