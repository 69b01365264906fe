"""Which room of the project imports which, read from the code with `ast`."""

import ast
import re
from collections import Counter, defaultdict
from dataclasses import dataclass

PACKAGES = ("autograder", "course")


@dataclass(frozen=True)
class Room:
    """A folder of modules; or those that lie loose in a package, above or below its folders.

    name : such as "course.tasks"; package : its first part; says : what is in it, in words.
    """

    name: str
    package: str
    says: str


@dataclass(frozen=True)
class House:
    """The rooms by name, and how often one imports from another: {(from, to): times}."""

    rooms: dict
    imports: Counter


def read_house(root):
    """Return the House of the project at `root`."""
    files = {}
    for path in sorted(p for package in PACKAGES for p in root.glob(f"{package}/**/*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    folders = {name for name, path in files.items() if path.name == "__init__.py"}
    raw = [
        (module, target)
        for module, path in files.items()
        for target in map(lambda name: _module(name, files), _imported(path, module, folders))
        if target
    ]
    below = _loose_below(raw, folders)

    def room_of(module):
        folder = ".".join(module.split(".")[:2])
        if folder in folders and folder not in PACKAGES:
            return folder
        package = module.partition(".")[0]
        return f"{package}, below" if module in below else package

    imports = Counter((room_of(a), room_of(b)) for a, b in raw if room_of(a) != room_of(b))
    asked = Counter(target for _, target in raw)
    members = defaultdict(list)
    for module in files:
        members[room_of(module)].append(module)
    rooms = {
        name: Room(name, re.split(r"[.,]", name)[0], _says(name, modules, files, asked))
        for name, modules in members.items()
        if name in {room for pair in imports for room in pair}
    }
    return House(rooms, imports)


def _imported(path, module, folders):
    """Yield the dotted names that a file imports, the relative ones made absolute."""
    package = module.split(".") if module in folders else module.split(".")[:-1]
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            # what is imported when it is needed is named in a string
            if "import_module(" in text and node.value.startswith(PACKAGES):
                yield node.value.rstrip(".")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package[: len(package) - node.level + 1] if node.level else []
            base = [*up, *([node.module] if node.module else [])]
            yield from (".".join([*base, alias.name]) for alias in node.names)


def _module(name, files):
    """Return the module of the project that a name lies in; "" where it is somebody else's."""
    while name and name not in files:
        name = name.rpartition(".")[0]
    return name


def _loose_below(raw, folders):
    """Return the loose modules that folders of their package stand on, and what those need."""

    def loose(module):
        return module not in PACKAGES and module not in folders and module.count(".") == 1

    def inside(module, package):
        return module.startswith(f"{package}.") and not loose(module)

    below = {b for a, b in raw if loose(b) and inside(a, b.partition(".")[0])}
    same = [(a, b) for a, b in raw if loose(b) and a.partition(".")[0] == b.partition(".")[0]]
    while more := {b for a, b in same if a in below} - below:
        below |= more
    return below


def _says(name, modules, files, asked):
    """Return a folder's own first words, or the names of the modules that are asked for most."""
    if name in PACKAGES or ", " in name:
        loose = [m for m in modules if m not in PACKAGES and not m.endswith("__main__")]
        most = sorted(loose, key=lambda module: (-asked[module], module))[:4]
        named = ", ".join(module.partition(".")[2] for module in most)
        return f"{named}…" if len(loose) > len(most) else named
    words = ast.get_docstring(ast.parse(files[name].read_text(encoding="utf-8"))) or ""
    return re.split(r"[:;,.]", words.splitlines()[0] if words else "")[0]
