"""Several arrays handed over as one: a list of weights, a dictionary of gradients."""

import numpy as np


class Stack(np.ndarray):
    """Several arrays laid end to end as one array of numbers, with the shape of each kept.

    apart : the arrays as they came, a list or a dictionary. shapes : (label, shape) of each, a
    label being what an index looks like in code, such as "[0]" or "['w1']".
    """

    shapes = ()

    @classmethod
    def of(cls, arrays):
        """Return the Stack of a list, or of a dictionary in the order of its keys' names."""
        if isinstance(arrays, dict):
            held = {key: np.asarray(arrays[key]) for key in sorted(arrays, key=str)}
            shapes = tuple((f"[{key!r}]", value.shape) for key, value in held.items())
        else:
            held = dict(enumerate(map(np.asarray, arrays)))
            shapes = tuple((f"[{key}]", value.shape) for key, value in held.items())
        flat = np.concatenate([np.zeros(0, np.int8), *map(np.ravel, held.values())])
        made = flat.view(cls)
        made.shapes = shapes
        made._keys = tuple(held) if isinstance(arrays, dict) else None
        return made

    def apart(self):
        """Return the arrays again, as a list or a dictionary."""
        sizes = [int(np.prod(shape)) for _, shape in self.shapes]
        pieces = np.split(np.asarray(self), np.cumsum(sizes)[:-1]) if sizes else []
        arrays = [p.reshape(s) for p, (_, s) in zip(pieces, self.shapes, strict=True)]
        return arrays if self._keys is None else dict(zip(self._keys, arrays, strict=True))

    def again(self, flat):
        """Return a Stack of other numbers in the same shapes."""
        made = np.array(flat).view(type(self))
        made.shapes, made._keys = self.shapes, self._keys
        return made

    def place(self, index):
        """Return where an entry stands, such as "[1][0, 2]", from its index end to end."""
        for label, shape in self.shapes:
            size = int(np.prod(shape))
            if index < size:
                inner = ", ".join(str(int(k)) for k in np.unravel_index(index, shape))
                return f"{label}[{inner}]" if shape else label
            index -= size
        raise IndexError(f"Got an index {index} past the end of the {len(self.shapes)} arrays.")


def form(value):
    """Return the shape of an array, or the shapes of all arrays of a Stack with their labels."""
    return value.shapes if isinstance(value, Stack) else value.shape


def arrays_of(value):
    """Return the arrays that a value is made of: those of a Stack, or the one array itself."""
    if not isinstance(value, Stack):
        return [value]
    apart = value.apart()
    return list(apart.values()) if isinstance(apart, dict) else apart
