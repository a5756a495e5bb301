"""Answers are the channel `responses`: {"status": 200, "json": …} or {"status": 200, "text": "…"};
"error" is no connection. They are there before they are asked for, so a request costs nothing."""
import recorded
from recorded_errors import prepare, read_or_raise

prepare("responses", 113)


class Response:
    def __init__(self, recorded):
        self.status_code = recorded["status"]
        self.text = recorded.get("text")
        self.parsed = recorded.get("json")

    def json(self):
        return self.parsed

    def close(self):
        pass


responses = recorded.channels["responses"]
for index in range(len(responses)):
    if isinstance(responses[index], dict):
        responses[index] = Response(responses[index])


def request():
    return read_or_raise("responses")


def get(url, headers=None, timeout=None):
    return request()


def post(url, data=None, json=None, headers=None):
    return request()
