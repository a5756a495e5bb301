"""Builds the site of `./dev docs` out of the Markdown files of the repository.

    site.py OUT

Every page keeps its place: `rules/pages/x.md` becomes `OUT/rules/pages/x.html`, a README.md the index.html of its folder. Files
that pages link to come along. Nothing needs a server or the network. A link to a file or a heading that is not there is an error,
and so is a page that no section takes: `ctest` runs this for its check alone.
"""

import argparse
import json
import os
import posixpath
import re
import shutil
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jinja2
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent

# What the navigation lists: each page in the first section with a pattern that it matches, by the order of the patterns.
SECTIONS = [
    ("Start", ["README.md", "analyzer/manual/getting-started.md", "analyzer/manual/the-heap.md"]),
    ("Reference", ["analyzer/manual/configuration.md", "analyzer/manual/*.md", "editors/README.md", "editors/*.md"]),
    ("Rules", ["rules/pages/README.md", "rules/pages/*.md"]),
    ("The numbers", ["corpus/heap/HOW-THE-NUMBERS-ARE-MADE.md", "corpus/heap/*.md"]),
    ("Development", ["analyzer/README.md", "rules/README.md", "corpus/*.md", "CHANGELOG.md", "tests/*.md"]),
]
RULES = "rules/pages/README.md"  # its headings are the groups of the rules
NOT_OURS = {"node_modules", "build", "fetched", "__pycache__"}


@dataclass
class Part:
    """A heading and the text up to the next one."""

    level: int
    anchor: str
    title: str
    text: str = ""


@dataclass
class Page:
    path: str
    url: str
    tokens: list[Token]
    parts: list[Part] = field(default_factory=list)
    html: str = ""

    @property
    def title(self):
        return self.parts[0].title


def url_of(path):
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "index.html" if name == "README.md" else name.removesuffix(".md") + ".html")


def slug(title, taken):
    """The anchor that GitHub gives a heading."""
    plain = re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")
    count = taken.get(plain, -1) + 1
    taken[plain] = count
    return plain if count == 0 else f"{plain}-{count}"


def plain_text(token):
    return "".join(child.content or (" " if "break" in child.type else "") for child in token.children or [])


# --- Markdown to HTML -------------------------------------------------------------------------------------------------------------


def colour(code, info):
    language, _, file = info.partition(" ")
    if not language and code.startswith("$ "):
        language = "console"
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False)
    body = highlight(code, lexer, HtmlFormatter(nowrap=True))
    caption = f"<figcaption>{file}</figcaption>" if file else ""
    return f'<figure class="code">{caption}<pre tabindex="0"><code>{body}</code></pre></figure>\n'


def markdown():
    parser = MarkdownIt("gfm-like", {"html": True})
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # `code.py` is no address
    rules = parser.renderer.rules
    rules["fence"] = lambda tokens, at, options, env: colour(tokens[at].content, tokens[at].info.strip())
    rules["table_open"] = lambda *_: '<div class="table" tabindex="0"><table>\n'
    rules["table_close"] = lambda *_: "</table></div>\n"
    # Marks for tests, which no reader needs.
    rules["html_block"] = rules["html_inline"] = lambda tokens, at, *_: (
        "" if tokens[at].content.startswith("<!--") else tokens[at].content
    )
    return parser


def read_page(path, parser):
    page = Page(path, url_of(path), parser.parse((ROOT / path).read_text(encoding="utf-8")))
    taken = {}
    heading = None  # that the next token is the text of
    for token in page.tokens:
        if token.type == "heading_open":
            heading = token
        elif heading:
            title = plain_text(token)
            anchor = slug(title, taken)
            heading.attrSet("id", anchor)
            page.parts.append(Part(int(heading.tag[1]), anchor, title))
            mark = f' <a class="anchor" href="#{anchor}" aria-label="Link to this heading">#</a>'
            token.children.append(Token("html_inline", "", 0, content=mark))
            heading = None
        elif page.parts and token.type in ("inline", "fence"):
            page.parts[-1].text += (token.content if token.type == "fence" else plain_text(token)) + "\n"
    if not page.parts or page.parts[0].level != 1:
        raise SystemExit(f"{path}: a page begins with a heading")
    return page


# --- Links ------------------------------------------------------------------------------------------------------------------------


class Links:
    """Turns links between files of the repository into links between pages, and remembers which of them lead nowhere."""

    def __init__(self, pages):
        self.pages = pages
        self.copies = set()  # files that are no pages
        self.mistakes = []

    def relink(self, page):
        for token in page.tokens:
            for child in token.children or []:
                name = {"link_open": "href", "image": "src"}.get(child.type)
                if name:
                    child.attrSet(name, self.target(page, child.attrGet(name)))

    def target(self, page, link):
        where = urlsplit(link)
        if where.scheme or where.netloc:
            return link
        path = page.path
        if where.path:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(where.path)))
            if (ROOT / path / "README.md").is_file():
                path = posixpath.join(path, "README.md")
        known = self.pages.get(path)
        if known:
            if where.fragment and where.fragment not in {part.anchor for part in known.parts}:
                self.mistakes.append(f"{page.path}: `{link}`: {path} has no such heading")
            fragment = "#" + where.fragment if where.fragment else ""
            return (relative(page, known.url) if where.path else "") + fragment
        if path.startswith("..") or not (ROOT / path).is_file():
            self.mistakes.append(f"{page.path}: `{link}`: there is no such file")
        else:
            self.copies.add(path)
        return relative(page, path)


def relative(page, url):
    return posixpath.relpath(url, posixpath.dirname(page.url) or ".")


# --- The site ---------------------------------------------------------------------------------------------------------------------


def markdown_files():
    found = []
    for folder, names, files in os.walk(ROOT):
        names[:] = sorted(name for name in names if name not in NOT_OURS and not name.startswith("."))
        found += [Path(folder, file).relative_to(ROOT).as_posix() for file in sorted(files) if file.endswith(".md")]
    return found


def sections(pages):
    """The title of each section, and its groups of pages: a title, and pages. Only the rules have several."""
    left = dict(pages)
    for title, patterns in SECTIONS:
        taken = []
        for pattern in patterns:
            taken += [left.pop(path) for path in sorted(left) if fnmatch(path, pattern)]
        yield title, groups(pages, taken) if title == "Rules" else [("", taken)]
    if left:
        raise SystemExit(f"no section of the site takes {', '.join(left)}")


def groups(pages, rules):
    """The index of the rules, and the rules below its headings, by the links there."""
    index = pages[RULES]
    titles = {part.anchor: part.title for part in index.parts}
    left = {page.path: page for page in rules if page is not index}
    result = [("", [index])]
    for token in index.tokens:
        if token.type == "heading_open" and token.tag == "h2":
            result.append((titles[token.attrGet("id")], []))
        for child in token.children or []:
            path = posixpath.join(posixpath.dirname(RULES), child.attrGet("href") or "")
            if child.type == "link_open" and path in left:
                result[-1][1].append(left.pop(path))
    if left:
        raise SystemExit(f"{RULES} does not list {', '.join(left)}")
    return result


def search_index(pages):
    """What the script of the search reads: for each heading its address, titles and text."""
    entries = [
        [page.url + ("#" + part.anchor if part.level > 1 else ""), page.title, part.title if part.level > 1 else "",
         " ".join(part.text.split())]
        for page in pages for part in page.parts
    ]
    return "window.searchIndex = " + json.dumps(entries, ensure_ascii=False, separators=(",", ":")) + ";\n"


def build(out):
    parser = markdown()
    pages = {path: read_page(path, parser) for path in markdown_files()}
    navigation = list(sections(pages))
    links = Links(pages)
    for page in pages.values():
        links.relink(page)
    if links.mistakes:
        raise SystemExit("\n".join(links.mistakes))

    shutil.rmtree(out, ignore_errors=True)
    template = jinja2.Environment(autoescape=True, loader=jinja2.FileSystemLoader(HERE), undefined=jinja2.StrictUndefined,
                                  trim_blocks=True, lstrip_blocks=True).get_template("page.html")
    order = [page for _, parts in navigation for _, part in parts for page in part]
    for at, page in enumerate(order):
        page.html = parser.renderer.render(page.tokens, parser.options, {})
        target = out / page.url
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(template.render(
            page=page, navigation=navigation, to=lambda url, page=page: relative(page, url),
            before=order[at - 1] if at else None, after=order[at + 1] if at + 1 < len(order) else None), encoding="utf-8")
    for path in links.copies:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, out / path)
    for name in ("site.css", "site.js"):
        shutil.copyfile(HERE / name, out / name)
    (out / "search-index.js").write_text(search_index(order), encoding="utf-8")
    return len(order)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("out", type=Path)
    count = build(arguments.parse_args().out.resolve())
    print(f"{count} pages", file=sys.stderr)
