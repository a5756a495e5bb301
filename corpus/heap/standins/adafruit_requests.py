"""As urequests, from a session."""
import urequests


class Session:
    def __init__(self, socket_pool, ssl_context=None):
        self.socket_pool = socket_pool

    def get(self, url, headers=None, timeout=None):
        return urequests.request()

    def post(self, url, data=None, json=None, headers=None):
        return urequests.request()
