"""A program of corpus/heap/open, its stand-ins and one recorded input as one closed program.

On an engine the stand-ins are Python and lie on the heap, which a verdict on the program does not know. Of one file the verdict
is about the very program that the engine runs. It ends where the input does.
"""
import ast
import json
import re

# Where the input ends, and that ends the program as `fraglint measure` has it.
RECORDED = """channels = {channels!r}
places = {places!r}


class EndOfInput(BaseException):
    pass


ended = EndOfInput()


def read(channel):
    place = places[channel]
    if place == len(channels[channel]):
        raise ended
    places[channel] = place + 1
    return channels[channel][place]
"""
IMPORT = re.compile(r"import (\w+)$|from ([\w.]+) import (.+)$")


def parts_of(line):
    """The module of an import that stands alone on its line, and the names that are taken out of it: none for the module itself."""
    found = IMPORT.match(line.strip())
    if not found:
        return None, []
    return found[1] or found[2], [one.strip() for one in found[3].split(",")] if found[3] else []


def blank_of(line):
    return line[:len(line) - len(line.lstrip())]


def top_names(tree):
    """What a module binds, but for what it imports."""
    names = set()
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names.add(statement.name)
        elif not isinstance(statement, (ast.Import, ast.ImportFrom)):
            names |= {one.id for one in ast.walk(statement) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return names


class Renaming(ast.NodeTransformer):
    """Gives the names of a module, and those that it imports, the names that they have in the one file."""

    def __init__(self, names, modules):
        self.names, self.modules, self.local = names, modules, [set()]

    def is_local(self, name):
        return any(name in scope for scope in self.local)

    def new(self, name):
        return name if self.is_local(name) else self.names.get(name, name)

    def visit_Name(self, node):
        node.id = self.new(node.id)
        return node

    def visit_Attribute(self, node):
        if isinstance(node.value, ast.Name) and node.value.id in self.modules and not self.is_local(node.value.id):
            return ast.copy_location(ast.Name(prefix(node.value.id) + node.attr, node.ctx), node)
        return self.generic_visit(node)

    def visit_Global(self, node):
        node.names = [self.names.get(one, one) for one in node.names]
        return node

    def visit_FunctionDef(self, node):
        if len(self.local) == 1:
            node.name = self.new(node.name)
        shared = {name for one in ast.walk(node) if isinstance(one, ast.Global) for name in one.names}
        bound = {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
        bound |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        self.local.append(bound - shared)
        self.generic_visit(node)
        self.local.pop()
        return node

    def visit_ClassDef(self, node):
        if len(self.local) == 1:
            node.name = self.new(node.name)
        node.bases = [self.visit(one) for one in node.bases]
        self.local.append(set())
        node.body = [self.visit(one) for one in node.body]
        self.local.pop()
        return node


def prefix(module):
    return module.replace(".", "_") + "_"


class OneFile:
    def __init__(self, program, standins, channels):
        self.code, self.standins, self.channels = program.read_text(), standins, channels
        self.names = {}  # of each module that is in the file
        self.text = []

    def source_of(self, module):
        """The code of a stand-in; None for what the firmware has itself."""
        if module == "recorded":
            return RECORDED.format(channels=self.channels, places=dict.fromkeys(self.channels, 0))
        path = self.standins.joinpath(*module.split(".")).with_suffix(".py")
        return path.read_text() if path.exists() else None

    def add(self, module):
        """Writes the module, behind those that it imports. False where it is no stand-in."""
        source = self.source_of(module)
        if module in self.names or source is None:
            return source is not None
        tree = ast.parse(source)
        self.names[module] = names = {one: prefix(module) + one for one in top_names(tree)}
        renamed, modules, body = dict(names), set(), []
        for statement in tree.body:
            line = ast.unparse(statement) if isinstance(statement, (ast.Import, ast.ImportFrom)) else ""
            imported, taken = parts_of(line)
            if imported and self.add(imported):
                if not taken:
                    modules.add(imported)
                for name in taken:
                    renamed[name] = names[name] = self.names[imported][name]
            elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
                body.append(statement)
        tree.body = body
        self.text.append(ast.unparse(Renaming(renamed, modules).visit(tree)))
        return True

    def line(self, line):
        module, taken = parts_of(line)
        if len(taken) == 1 and self.add(f"{module}.{taken[0]}"):  # a module out of a package
            return self.space(line, f"{module}.{taken[0]}", taken[0])
        if module is None or not self.add(module):
            return line
        if not taken:
            return self.space(line, module, module)
        return blank_of(line) + "; ".join(f"{one} = {self.names[module][one]}" for one in taken)

    def space(self, line, module, name):
        """A class that stands for the module `name`, with what the program uses of it."""
        used = [one for one in sorted(self.names[module]) if re.search(rf"\b{name}\.{one}\b", self.code)]
        bound = "; ".join(f"{one} = {self.names[module][one]}" for one in used)
        return f"{blank_of(line)}class {name}: {bound or 'pass'}"

    def written(self):
        self.add("recorded")
        lines = ["    " + self.line(one) if one else "" for one in self.code.splitlines()]
        return "\n".join([*self.text, "try:", *lines, "except recorded_EndOfInput:", "    pass", ""])


def one_file(program, standins):
    """The text of the closed program for each recorded input of `program`."""
    for channels in json.loads(program.with_suffix(".json").read_text()):
        yield OneFile(program, standins, channels).written()
