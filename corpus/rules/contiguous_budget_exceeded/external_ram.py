# target: micropython/ESP32_GENERIC_S3
# Its heap is estimated, and external RAM counts where a board has some.
frame = bytearray(900000)
