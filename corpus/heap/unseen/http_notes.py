"""Notes on the home network: a small HTTP server with routes, headers, forms, templates and streamed pages."""
import json
import socket

MAX_BODY = 300
REASONS = {200: "OK", 201: "Created", 303: "See Other", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 413: "Too Large"}
ROW = "<li>#{id} <b>{title}</b>: {text} <a href='/delete?id={id}'>x</a></li>"
HEAD = "<html><head><title>{title}</title></head><body><h1>{title} ({count})</h1><ul>"
TAIL = """</ul><form method="post" action="/notes"><input name="title"><input name="text"><button>add</button></form></body></html>"""
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


class HttpError(Exception):
    def __init__(self, status, detail=""):
        super().__init__(status, detail)
        self.status = status
        self.detail = detail


class Request:
    def __init__(self, raw):
        head, separator, self.body = raw.partition(b"\r\n\r\n")
        if not separator:
            raise HttpError(400, "no end of headers")
        first, *lines = head.decode().split("\r\n")
        try:
            self.method, target, self.version = first.split()
        except ValueError:
            raise HttpError(400, first)
        self.path, _, query = target.partition("?")
        self.query = parse_form(query)
        self.headers = {}
        for line in lines:
            name, found, value = line.partition(":")
            if found:
                self.headers[name.strip().lower()] = value.strip()
        if int(self.headers.get("content-length", "0")) > MAX_BODY:
            raise HttpError(413)

    @property
    def form(self):
        kind = self.headers.get("content-type", "")
        if kind.startswith("application/json"):
            return json.loads(self.body)
        return parse_form(self.body.decode())


def unquote(text):
    out = bytearray()
    i = 0
    while i < len(text):
        c = text[i]
        if c == "%":
            out.append(int(text[i + 1 : i + 3], 16))
            i += 2
        else:
            out.append(32 if c == "+" else ord(c))
        i += 1
    return out.decode()


def parse_form(text):
    pairs = (item.split("=", 1) for item in text.split("&") if "=" in item)
    return {unquote(key): unquote(value) for key, value in pairs}


def escape(text):
    return "".join([ESCAPES.get(c, c) for c in str(text)])


notes = {}
routes = {}


def route(path, *methods):
    def add(function):
        for method in methods or ("GET",):
            routes[method, path] = function
        return function
    return add


@route("/")
def index(request):
    yield HEAD.format(title="Notes", count=len(notes))
    for ident in sorted(notes, reverse=True):
        yield ROW.format(id=ident, **{k: escape(v) for k, v in notes[ident].items()})
    yield TAIL


@route("/notes", "POST", "PUT")
def add(request):
    form = request.form
    if not form.get("title"):
        raise HttpError(400, "title is missing")
    ident = max(notes) + 1 if notes else 1
    notes[ident] = {"title": form["title"], "text": form.get("text", "")}
    return 303, "/"


@route("/notes")
def listing(request):
    wanted = request.query.get("q", "").lower()
    found = [dict(note, id=ident) for ident, note in notes.items() if wanted in note["title"].lower()]
    return 200, json.dumps(found)


@route("/delete")
def delete(request):
    if notes.pop(int(request.query.get("id", -1)), None) is None:
        raise HttpError(404)
    return 303, "/"


def send(client, status, body="", *headers):
    lines = ["HTTP/1.0 %d %s" % (status, REASONS[status]), "Connection: close"]
    lines.extend(headers)
    client.send(("\r\n".join(lines) + "\r\n\r\n" + body).encode())


def handle(client):
    request = Request(client.recv(1024))
    handler = routes.get((request.method, request.path))
    if handler is None:
        raise HttpError(405 if any(path == request.path for _, path in routes) else 404)
    result = handler(request)
    if isinstance(result, tuple):
        status, body = result
        if status == 303:
            send(client, status, "", "Location: " + body)
        else:
            send(client, status, body, "Content-Type: application/json", "Content-Length: %d" % len(body))
    else:
        send(client, 200, "", "Content-Type: text/html")
        for part in result:
            client.send(part.encode())


server = socket.socket()
server.bind(socket.getaddrinfo("0.0.0.0", 8080)[0][-1])
server.listen(1)
while True:
    try:
        client, address = server.accept()
    except OSError:
        continue
    try:
        handle(client)
    except HttpError as e:
        send(client, e.status, e.detail)
        print(address[0], e.status)
    except (OSError, ValueError) as e:
        print(address[0], repr(e))
    finally:
        client.close()
