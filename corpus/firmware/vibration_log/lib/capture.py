# target: circuitpython/feather_m4_express
"""Taking samples and keeping what is of use."""
from settings import SAMPLES


class Trace:
    """When something was loud, and how loud."""

    def __init__(self, when, peak):
        self.when = when
        self.peak = peak


def spectrum_peak(probe):
    """The largest difference of neighbours in a burst of samples."""
    burst = [probe.value for _ in range(SAMPLES)]
    return max(abs(burst[i] - burst[i - 1]) for i in range(1, SAMPLES))
