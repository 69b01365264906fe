"""Where the nodes of an expression graph stand, and which way its edges take."""


def layout(graph):
    """Return (places, routes) of a Graph.

    places : name -> (column, row), the input in column 0, a node one column after the latest
    of its inputs; rows are centred on 0. routes : for each edge the points (column, row) from
    its start to its end; one that skips a column runs through a free row of it.
    """
    column = {graph.input: 0}
    for node in graph.nodes:
        column[node.name] = 1 + max(column[name] for name in node.inputs)
    standing = [[] for _ in range(1 + max(column.values()))]
    for name, at in column.items():
        standing[at].append(name)
    passing = {}
    for k, (start, end, _) in enumerate(graph.edges):
        for at in range(column[start] + 1, column[end]):
            standing[at].append((k, at))
            passing.setdefault(k, []).append((k, at))
    places = {
        one: (at, row - (len(ones) - 1) / 2)
        for at, ones in enumerate(standing)
        for row, one in enumerate(ones)
    }
    routes = [
        [places[start], *(places[via] for via in passing.get(k, [])), places[end]]
        for k, (start, end, _) in enumerate(graph.edges)
    ]
    return {name: places[name] for name in column}, routes
