"""Answers are the channel `responses`: {"status": 200, "json": …} or {"status": 200, "text": "…"};
"error" is no connection. They are there before they are asked for, so a request costs nothing."""
import recorded

NO_CONNECTION = OSError(113)


class Response:
    def __init__(self, recorded):
        self.status_code = recorded["status"]
        self.text = recorded.get("text")
        self.parsed = recorded.get("json")

    def json(self):
        return self.parsed

    def close(self):
        pass


responses = recorded.d["responses"]
for index in range(len(responses)):
    if responses[index] != "error":
        responses[index] = Response(responses[index])


def request():
    response = recorded.read("responses")
    if response == "error":
        raise NO_CONNECTION
    return response


def get(url, headers=None, timeout=None):
    return request()


def post(url, data=None, json=None, headers=None):
    return request()
