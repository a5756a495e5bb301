# The requests of the first ESP32SPI releases hold no response of their own.
import time

import adafruit_esp32spi.adafruit_esp32spi_requests as requests
import board

while True:
    forecast = requests.get("http://weather.example/forecast").json()  # expect: "`forecast` still holds"
    for hour in forecast["list"]:
        print(board.board_id, hour["main"]["temp"])
    time.sleep(600)
