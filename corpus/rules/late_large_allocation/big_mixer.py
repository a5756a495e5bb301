# Two halves of 16 KiB behind the joining of the network, on a heap of 128.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import audiobusio
import audiomixer
import board
import socketpool
import wifi

client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
client.connect()
speaker = audiobusio.I2SOut(board.A2, board.A1, board.A0)
mixer = audiomixer.Mixer(voice_count=1, sample_rate=22050, channel_count=1, buffer_size=32768)  # expect: "exactly 16,384 bytes" "above line 10"
speaker.play(mixer)
