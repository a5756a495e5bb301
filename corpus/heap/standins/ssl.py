"""Only handed on to adafruit_requests."""


def create_default_context():
    return None
