# target: micropython/RPI_PICO_W
"""The collector under a name that says what I want from it."""
from gc import collect as clean
from gc import mem_free


def roomy(wanted):
    """Makes room, and says whether there is as much as wanted in all."""
    clean()
    return mem_free() > wanted
