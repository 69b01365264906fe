"""The mistakes of unit 08, as edits of its reference solutions; ids as in the hints' table."""

from autograder.planted import Edit

_AFFINE_OUT = "out = x @ w + b"
_DX = "dx = dout @ w.T"
_DW = "dw = x.T @ dout"
_DB = "db = dout.sum(axis=0)"
_AFFINE_RETURN = "return dx, dw, db"
_SIGMOID_BACK = "return dout * cache * (1 - cache)"
_RELU_BACK = "return dout * (cache > 0)"
_ROWS_SHIFT = "x - x.max(axis=1, keepdims=True)"
_LOG_P = "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))"
_P_LESS_ONE = "dx[rows, y] -= 1"
_LAST = "return loss, dx / len(x)"
_MASK = "p = np.exp(log_p)\n    one_hot = np.zeros(x.shape)\n    one_hot[rows, y] = 1\n    "
_THROUGH_RELU = "dout = relu_backward(dout, relu_caches[layer])"
_THROUGH_AFFINE = "dout, dw, db = affine_backward(dout, affine_caches[layer])"
_GRADIENTS = 'gradients[f"w{layer}"], gradients[f"b{layer}"] = dw, db'
_START = "loss, dout = softmax_loss(out, y)"
_END = "return loss, gradients"
_DIFFERENCES = """\
x = cache
    h, dx = 1e-5, np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        up, down = np.array(x, float), np.array(x, float)
        up[k] += h
        down[k] -= h
        change = relu_forward(up)[0] - relu_forward(down)[0]
        dx[k] = np.sum(change * dout) / (2 * h)
    return dx"""

MISTAKES = {
    # in arrays
    "transposed-gradient": (Edit("affine_backward", _DW, "dw = dout.T @ x"),),
    "untransposed-weights": (
        Edit("affine_backward", _DX, "dx = dout @ w"),
        Edit(
            "network_loss",
            _THROUGH_AFFINE,
            "x, w = affine_caches[layer]\n"
            "        dw, db = x.T @ dout, dout.sum(axis=0)\n"
            "        dout = dout @ w if layer > 1 else dout",
        ),
    ),
    "elementwise-for-product": (
        Edit("affine_forward", "x @ w", "x * w"),
        Edit("affine_backward", _DW, "dw = x * dout"),
    ),
    "gradient-for-weights": (
        Edit("affine_backward", f"{_DX}\n    {_DW}", f"{_DW}\n    dx = dout @ dw.T"),
    ),
    "column-broadcast": (
        Edit("affine_backward", "dout.sum(axis=0)", "dout.sum(axis=0, keepdims=True)"),
        Edit(
            "softmax_loss",
            "np.exp(shifted).sum(axis=1, keepdims=True)",
            "np.exp(shifted).sum(axis=1)",
        ),
    ),
    "inputs-mutated": (
        Edit("affine_backward", _AFFINE_RETURN, "w -= 0.02 * dw\n    return dx, dw, db"),
        Edit(
            "sigmoid_forward",
            "out = 1 / (1 + np.exp(-x))",
            "x *= -1\n    out = 1 / (1 + np.exp(x))",
        ),
        Edit("sigmoid_backward", _SIGMOID_BACK, "dout *= cache * (1 - cache)\n    return dout"),
        Edit("relu_forward", "out = np.maximum(0, x)", "x[x < 0] = 0\n    out = x"),
        Edit("relu_backward", _RELU_BACK, "dout[cache <= 0] = 0\n    return dout"),
        Edit(
            "softmax_loss",
            f"shifted = {_ROWS_SHIFT}",
            "x -= x.max(axis=1, keepdims=True)\n    shifted = x",
        ),
        Edit(
            "network_loss",
            _END,
            "for name in parameters:\n"
            "        parameters[name] = parameters[name] - 0.1 * gradients[name]\n"
            "    return loss, gradients",
        ),
    ),
    "integer-arithmetic": (
        Edit("affine_backward", _DX, "dx = np.zeros_like(x)\n    dx[:] = dout @ w.T"),
        Edit("affine_backward", _DW, "dw = np.zeros_like(w)\n    dw[:] = x.T @ dout"),
        Edit(
            "relu_backward",
            _RELU_BACK,
            "dx = np.zeros_like(cache)\n    dx[cache > 0] = dout[cache > 0]\n    return dx",
        ),
        Edit(
            "sigmoid_forward",
            "out = 1 / (1 + np.exp(-x))",
            "out = np.zeros_like(x)\n    out[:] = 1 / (1 + np.exp(-x))",
        ),
        Edit(
            "softmax_loss",
            f"log_p = {_LOG_P}",
            f"log_p = np.zeros_like(x)\n    log_p[:] = {_LOG_P}",
        ),
        Edit(
            "network_loss",
            _GRADIENTS,
            'for name, gradient in ((f"w{layer}", dw), (f"b{layer}", db)):\n'
            "            gradients[name] = np.zeros_like(parameters[name])\n"
            "            gradients[name][:] = gradient",
        ),
    ),
    "aliased-cache": (
        Edit("sigmoid_backward", _SIGMOID_BACK, "cache *= 1 - cache\n    return dout * cache"),
        Edit(
            "network_loss",
            _END,
            "kept = globals().setdefault('kept', {})\n"
            "    for name, gradient in gradients.items():\n"
            "        if name not in kept or kept[name].shape != gradient.shape:\n"
            "            kept[name] = gradient\n"
            "        kept[name][...] = gradient\n"
            "        gradients[name] = kept[name]\n"
            "    return loss, gradients",
        ),
    ),
    # in the affine gate
    "bias-missing": (
        Edit("affine_forward", _AFFINE_OUT, "out = x @ w"),
        Edit("affine_backward", _DB, "db = np.zeros(dout.shape[1])"),
        Edit(
            "network_loss",
            'w, b = parameters[f"w{layer}"], parameters[f"b{layer}"]',
            'w, b = parameters[f"w{layer}"], 0.0',
        ),
    ),
    "bias-sum-all": (Edit("affine_backward", _DB, "db = np.full(dout.shape[1], dout.sum())"),),
    "bias-mean": (Edit("affine_backward", _DB, "db = dout.mean(axis=0)"),),
    "bias-first-example": (Edit("affine_backward", _DB, "db = dout[0]"),),
    "gradient-overwritten": (
        Edit(
            "affine_backward",
            f"{_DW}\n    {_DB}",
            "for row in range(len(x)):\n"
            "        dw = np.outer(x[row], dout[row])\n"
            "        db = dout[row]",
        ),
    ),
    "gradient-accumulated": (
        Edit(
            "affine_backward",
            _AFFINE_RETURN,
            "kept = globals().setdefault('kept', {})\n"
            "    if kept.get('cache') is cache:\n"
            "        dw, db = dw + kept['dw'], db + kept['db']\n"
            "    kept.update(cache=cache, dw=dw, db=db)\n"
            "    return dx, dw, db",
        ),
        Edit(
            "network_loss",
            _END,
            "sums = globals().setdefault('sums', {})\n"
            "    if np.array_equal(sums.get('X'), X):\n"
            "        gradients = {name: gradients[name] + sums[name] for name in gradients}\n"
            "    sums.update(X=np.array(X), **gradients)\n"
            "    return loss, gradients",
        ),
    ),
    # in the slopes
    "missing-activation-derivative": (
        Edit("sigmoid_backward", _SIGMOID_BACK, "return dout"),
        Edit("network_loss", f"        if layer < depth:\n            {_THROUGH_RELU}\n", ""),
    ),
    "derivative-of-activated": (
        Edit(
            "sigmoid_backward",
            _SIGMOID_BACK,
            "s = 1 / (1 + np.exp(-cache))\n    return dout * s * (1 - s)",
        ),
    ),
    "a-formula-on-z": (
        Edit(
            "sigmoid_backward",
            _SIGMOID_BACK,
            "x = np.log(cache / (1 - cache))\n    return dout * x * (1 - x)",
        ),
    ),
    "relu-mask-from-output": (
        Edit("relu_backward", _RELU_BACK, "return dout * (np.maximum(0, cache) >= 0)"),
    ),
    "skips-a-factor": (
        Edit("affine_backward", _DX, "dx = dout.sum(axis=1, keepdims=True) * np.ones(w.shape[0])"),
        Edit("sigmoid_backward", _SIGMOID_BACK, "return cache * (1 - cache)"),
        Edit("relu_backward", _RELU_BACK, "return 1.0 * (cache > 0)"),
    ),
    "layer-off-by-one": (
        Edit(
            "network_loss",
            _THROUGH_RELU,
            "dout = relu_backward(dout, list(relu_caches.values())[layer - 2])",
        ),
    ),
    "same-layer-reused": (
        Edit("network_loss", _THROUGH_RELU, "dout = relu_backward(dout, relu_caches[depth - 1])"),
    ),
    # at the scores
    "wrong-sign": (
        Edit("affine_backward", "x, w = cache", "x, w = cache\n    dout = -dout"),
        Edit("sigmoid_forward", "np.exp(-x)", "np.exp(x)"),
        Edit("sigmoid_backward", "dout * cache * (1 - cache)", "dout * cache * (cache - 1)"),
        Edit("relu_forward", "np.maximum(0, x)", "np.maximum(0, -x)"),
        Edit("softmax_loss", "loss = -np.mean", "loss = np.mean"),
    ),
    "prediction-for-error": (Edit("softmax_loss", f"    {_P_LESS_ONE}\n", ""),),
    "class-index-as-one-hot": (Edit("softmax_loss", _P_LESS_ONE, "dx[:, y] -= 1"),),
    "softmax-derivative-twice": (
        Edit("softmax_loss", _P_LESS_ONE, f"{_MASK}dx = (p - one_hot) * p * (1 - p)"),
    ),
    "factor-of-two": (Edit("softmax_loss", _LAST, "return loss, 2 * dx / len(x)"),),
    "mean-over-classes": (Edit("softmax_loss", _LAST, "return loss / x.shape[1], dx / x.size"),),
    "no-max-shift": (Edit("softmax_loss", _ROWS_SHIFT, "1.0 * x"),),
    "global-max-shift": (Edit("softmax_loss", "x.max(axis=1, keepdims=True)", "x.max()"),),
    "log-of-zero": (
        Edit(
            "softmax_loss", "-np.mean(log_p[rows, y])", "-np.mean(np.log(np.exp(log_p)[rows, y]))"
        ),
    ),
    # in what is averaged
    "missing-mean": (
        Edit("softmax_loss", "-np.mean(log_p[rows, y])", "-np.sum(log_p[rows, y])"),
        Edit("softmax_loss", "dx / len(x)", "dx"),
    ),
    "double-mean": (
        Edit("affine_backward", _AFFINE_RETURN, "return dx, dw / len(x), db / len(x)"),
        Edit("softmax_loss", _LAST, "return loss, dx / len(x) / len(x)"),
    ),
    # by differences
    "numerical-gradient": (
        Edit(
            "affine_backward",
            f"x, w = cache\n    {_DX}\n    {_DW}\n    {_DB}\n    {_AFFINE_RETURN}",
            "cache = (*cache, np.zeros(dout.shape[1]))\n"
            "    gradients, h = [], 1e-5\n"
            "    for number in range(3):\n"
            "        gradient = np.zeros(cache[number].shape)\n"
            "        for k in np.ndindex(gradient.shape):\n"
            "            up = [np.array(array, float) for array in cache]\n"
            "            down = [np.array(array, float) for array in cache]\n"
            "            up[number][k] += h\n"
            "            down[number][k] -= h\n"
            "            change = affine_forward(*up)[0] - affine_forward(*down)[0]\n"
            "            gradient[k] = np.sum(change * dout) / (2 * h)\n"
            "        gradients.append(gradient)\n"
            "    return tuple(gradients)",
        ),
        Edit("relu_backward", _RELU_BACK, _DIFFERENCES),
        Edit(
            "softmax_loss",
            _LAST,
            "def mean_loss(x):\n"
            "        top = x.max(axis=1, keepdims=True)\n"
            "        lse = np.log(np.exp(x - top).sum(axis=1)) + top[:, 0]\n"
            "        return np.mean(lse - x[rows, y])\n"
            "    h = 1e-5\n"
            "    for k in np.ndindex(x.shape):\n"
            "        up, down = np.array(x, float), np.array(x, float)\n"
            "        up[k] += h\n"
            "        down[k] -= h\n"
            "        dx[k] = (mean_loss(up) - mean_loss(down)) / (2 * h)\n"
            "    return loss, dx",
        ),
        Edit(
            "network_loss",
            _END,
            "def loss_with(name, moved):\n"
            "        out, with_it = X, {**parameters, name: moved}\n"
            "        for layer in range(1, depth + 1):\n"
            '            out = out @ with_it[f"w{layer}"] + with_it[f"b{layer}"]\n'
            "            out = np.maximum(0, out) if layer < depth else out\n"
            "        return softmax_loss(out, y)[0]\n"
            "    for name in parameters:\n"
            "        gradients[name] = np.zeros(parameters[name].shape)\n"
            "        for k in np.ndindex(gradients[name].shape):\n"
            "            up, down = (np.array(parameters[name], float) for _ in range(2))\n"
            "            up[k] += 1e-5\n"
            "            down[k] -= 1e-5\n"
            "            change = loss_with(name, up) - loss_with(name, down)\n"
            "            gradients[name][k] = change / 2e-5\n"
            "    return loss, gradients",
        ),
    ),
}
