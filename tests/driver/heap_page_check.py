"""Reads a page of `fraglint heap --format html` from standard input and prints what is wrong with it: elements that do not
close, identifiers that are there twice, links that lead nowhere, anything from elsewhere, scripts, drawings without titles,
tables without headers."""
import collections
import html.parser
import sys

VOID = {"meta", "br", "hr", "img", "link", "input"}
# Attributes by which a page takes something from elsewhere or runs something.
FOREIGN = {"src", "srcset", "action", "data", "poster", "xlink:href"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.mistakes, self.ids, self.links = [], [], collections.Counter(), []
        self.headers, self.titles = [], []

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "iframe", "object", "embed", "link", "base"):
            self.mistakes.append(f"there is a <{tag}>")
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            self.mistakes.append(f"<{tag}> has an attribute twice")
        for name, value in attributes:
            if name == "id":
                self.ids[value] += 1
            elif name == "href":
                self.links.append(value)
            elif name in FOREIGN or name.startswith("on"):
                self.mistakes.append(f"<{tag}> has {name}")
        if tag == "table":
            self.headers.append(0)
        elif tag == "th" and self.headers:
            self.headers[-1] += 1
        elif tag == "svg":
            self.titles.append("aria-hidden" in names)
        elif tag == "title" and self.titles:
            self.titles[-1] = True
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.mistakes.append(f"line {self.getpos()[0]}: </{tag}> closes {self.open[-1:]}")
            return
        self.open.pop()
        if tag == "table" and self.headers.pop() == 0:
            self.mistakes.append("a table has no headers")
        if tag == "svg" and not self.titles.pop():
            self.mistakes.append("a drawing has no title")

    def handle_data(self, text):
        if "\0" in text or "\ufffd" in text:
            self.mistakes.append("there is a NUL or what is no character")


def main():
    page = Page()
    page.feed(sys.stdin.buffer.read().decode("utf-8", errors="strict"))
    page.close()
    if page.open:
        page.mistakes.append(f"not closed: {page.open}")
    page.mistakes += [f"#{name} is there {count} times" for name, count in page.ids.items() if count > 1]
    for link in sorted(set(page.links)):
        if not link.startswith("#") or link[1:] not in page.ids:
            page.mistakes.append(f"{link} leads nowhere")
    print("\n".join(page.mistakes), end="")


main()
