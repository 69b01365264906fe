"""Several arrays handed over as one: a list of weights, a dictionary of gradients."""

import numpy as np


class Stack(np.ndarray):
    """Several arrays laid end to end as one array of numbers, with the shape of each kept.

    apart : the arrays as they came, a list or a dictionary. shapes : (label, shape) of each, a
    label being what an index looks like in code, such as "[0]" or "['w1']". keys : those of the
    dictionary, or None for a list.
    """

    shapes = ()
    keys = None

    @classmethod
    def of(cls, arrays):
        """Return the Stack of a list, or of a dictionary in the order of its keys' names."""
        if isinstance(arrays, dict):
            held = {key: np.asarray(arrays[key]) for key in sorted(arrays, key=str)}
        else:
            held = dict(enumerate(map(np.asarray, arrays)))
        flat = np.concatenate([np.zeros(0, np.int8), *map(np.ravel, held.values())])
        shapes = [value.shape for value in held.values()]
        return cls.laid(flat, shapes, tuple(held) if isinstance(arrays, dict) else None)

    @classmethod
    def laid(cls, flat, shapes, keys=None):
        """Return the Stack of numbers that lie end to end already.

        flat : array of one axis. shapes : the shape of each array. keys : a dictionary's keys
        in the order of the shapes, or None for a list.
        """
        made = flat.view(cls)
        labels = range(len(shapes)) if keys is None else keys
        made.shapes = tuple((f"[{k!r}]", shape) for k, shape in zip(labels, shapes, strict=True))
        made.keys = keys
        return made

    def apart(self):
        """Return the arrays again, as a list or a dictionary."""
        sizes = [int(np.prod(shape)) for _, shape in self.shapes]
        pieces = np.split(np.asarray(self), np.cumsum(sizes)[:-1]) if sizes else []
        arrays = [p.reshape(s) for p, (_, s) in zip(pieces, self.shapes, strict=True)]
        return arrays if self.keys is None else dict(zip(self.keys, arrays, strict=True))

    def again(self, flat):
        """Return a Stack of other numbers in the same shapes."""
        made = np.array(flat).view(type(self))
        made.shapes, made.keys = self.shapes, self.keys
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
