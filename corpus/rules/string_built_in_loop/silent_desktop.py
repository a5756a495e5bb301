# No firmware: a desktop's memory is another matter.
import serial

port = serial.Serial("/dev/ttyACM0")
text = b""
while not text.endswith(b">>> "):
    text += port.read(1)
print(text)
