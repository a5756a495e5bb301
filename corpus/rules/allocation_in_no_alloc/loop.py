# A loop that is to ask for nothing; its range and what stands around it may.
import array

from machine import ADC

samples = array.array("H", [0] * 64)
adc = ADC(0)


def take():
    for index in range(len(samples)):  # fraglint: no-alloc
        samples[index] = adc.read_u16()
    return sum(samples)


def copy():
    for index in [1, 2, 3]:  # fraglint: no-alloc
        part = samples[0:8]  # expect: "this loop"
        part[0] = index


take()
copy()
