"""Messages are the channel `mqtt`: [topic, text], null for none, "error" for a lost connection."""
import recorded
from recorded_bytes import as_bytes
from recorded_errors import prepare, read_or_raise

prepare("mqtt", 104)
messages = recorded.channels["mqtt"]
for index in range(len(messages)):
    if isinstance(messages[index], list):
        messages[index] = [as_bytes(part) for part in messages[index]]


class MQTTClient:
    def __init__(self, client_id, server, port=0, user=None, password=None, keepalive=0):
        self.client_id = client_id
        self.server = server
        self.cb = None

    def set_callback(self, f):
        self.cb = f

    def connect(self, clean_session=True):
        return 0

    def subscribe(self, topic, qos=0):
        pass

    def publish(self, topic, msg, retain=False, qos=0):
        pass

    def ping(self):
        pass

    def check_msg(self):
        message = read_or_raise("mqtt")
        if message is not None:
            self.cb(message[0], message[1])
