"""Where a program uses what is a stand-in on an engine: the part itself asks for other requests."""
import ast

CONSTRUCTOR, USE = "constructor", "use"


def module_names(standins):
    """Top-level modules of the folder."""
    return {one.stem for one in standins.iterdir() if one.suffix == ".py" or one.is_dir()}


def root_of(node):
    """The name that an expression begins with: `a` of `a.b(c)[d].e`; for `self.a.b` it is `self.a`."""
    while isinstance(node, (ast.Attribute, ast.Call, ast.Subscript)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            return f"self.{node.attr}"
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def imported(tree, modules):
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.asname or one.name.split(".")[0] for one in node.names if one.name.split(".")[0] in modules}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in modules:
            names |= {one.asname or one.name for one in node.names}
    return names


def parameters(tree):
    """Names of the parameters that a call gives, by what is called: a function, or a class with a constructor of its own."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            found[node.name] = [one.arg for one in node.args.args]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for one in node.body:
                if isinstance(one, ast.FunctionDef) and one.name == "__init__":
                    found[node.name] = [one.arg for one in one.args.args[1:]]
    return found


def held(tree, names):
    """`names`, what holds the results of their calls, and what they are given as."""
    names, before, given = set(names), None, parameters(tree)
    while before != names:
        before = set(names)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names |= {name for name, one in zip(given.get(node.func.id, []), node.args) if root_of(one) in names}
            elif isinstance(node, ast.Assign) and (root_of(node.value) in names or any(
                    isinstance(one, ast.Call) and root_of(one) in names for one in ast.walk(node.value))):
                names |= {root_of(target) for target in node.targets if isinstance(target, (ast.Name, ast.Attribute))} - {None}
            elif isinstance(node, (ast.For, ast.comprehension)) and root_of(node.iter) in names and isinstance(node.target, ast.Name):
                names.add(node.target.id)
    return names


def lines_of(code, standins, lines):
    """By line of a statement (`lines` maps to it): whether it makes or uses one."""
    tree = ast.parse(code)
    names, found = held(tree, imported(tree, module_names(standins))), {}
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Attribute, ast.Call)) or root_of(node) not in names:
            continue
        at = lines.get(node.lineno, (node.lineno, 0))[0]
        last = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else (
            node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else "")
        if last[:1].isupper():
            found[at] = CONSTRUCTOR
        else:
            found.setdefault(at, USE)
    return found
