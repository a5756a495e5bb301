"""A clock that is set at once; where there is a channel `ntp`, "error" is a server that does not answer."""
import recorded
from recorded_errors import prepare, read_or_raise

prepare("ntp", 110)
is_watched = "ntp" in recorded.channels


def settime():
    if is_watched:
        read_or_raise("ntp")
