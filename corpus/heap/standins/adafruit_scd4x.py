"""Whether there is a new value, and each quantity, are channels."""
from recorded import read


class SCD4X:
    def __init__(self, i2c_bus):
        self.self_calibration_enabled = True

    def start_periodic_measurement(self):
        pass

    @property
    def data_ready(self):
        return read("data_ready")

    @property
    def CO2(self):
        return read("co2")

    @property
    def temperature(self):
        return read("temperature")

    @property
    def relative_humidity(self):
        return read("humidity")
