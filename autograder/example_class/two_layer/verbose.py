"""With a name for everything, columns as matrices, and nothing reused."""

import numpy as np


def forward(x, W1, b1, W2, b2):
    input_column = x.reshape(-1, 1)
    hidden_preactivation_column = np.matmul(W1, input_column) + b1.reshape(-1, 1)
    hidden_activation_column = 1.0 / (1.0 + np.exp(-hidden_preactivation_column))
    logits_column = np.matmul(W2, hidden_activation_column) + b2.reshape(-1, 1)
    exponentials = np.exp(logits_column - logits_column.max())
    probabilities_column = exponentials / exponentials.sum()
    return (
        hidden_preactivation_column.ravel(),
        hidden_activation_column.ravel(),
        logits_column.ravel(),
        probabilities_column.ravel(),
    )


def loss(p, y):
    right_class = np.argmax(y)
    probability_of_right_class = p[right_class]
    return -np.log(probability_of_right_class)


def backward(x, y, W1, b1, W2, b2):
    hidden_preactivation, hidden_activation, logits, probabilities = forward(x, W1, b1, W2, b2)
    dL_dlogits = (probabilities - y).reshape(-1, 1)
    dL_dW2 = dL_dlogits @ hidden_activation.reshape(1, -1)
    dL_db2 = dL_dlogits.ravel()
    dL_dhidden = W2.T @ dL_dlogits
    sigmoid_slope = np.diag(hidden_activation * (1.0 - hidden_activation))
    dL_dpreactivation = sigmoid_slope @ dL_dhidden
    dL_dW1 = dL_dpreactivation @ x.reshape(1, -1)
    dL_db1 = dL_dpreactivation.ravel()
    return dL_dW1, dL_db1, dL_dW2, dL_db2


def train_step(x, y, W1, b1, W2, b2, rate=0.02):
    gradient_W1, gradient_b1, gradient_W2, gradient_b2 = backward(x, y, W1, b1, W2, b2)
    new_W1 = W1.copy() - rate * gradient_W1
    new_b1 = b1.copy() - rate * gradient_b1
    new_W2 = W2.copy() - rate * gradient_W2
    new_b2 = b2.copy() - rate * gradient_b2
    return new_W1, new_b1, new_W2, new_b2
