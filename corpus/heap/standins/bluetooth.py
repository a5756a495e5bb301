"""A radio that says what it was given to nobody."""


class BLE:
    def active(self, active=True):
        return True

    def gap_advertise(self, interval_us, adv_data=None, resp_data=None, connectable=True):
        pass
