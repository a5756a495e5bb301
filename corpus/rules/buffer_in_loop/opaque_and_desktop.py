# What is compiled to machine code allocates nothing.
import micropython
import machine

uart = machine.UART(1)


@micropython.viper
def mix(length: int):
    while True:
        block = bytearray(2048)
        uart.readinto(block)


mix(3)
