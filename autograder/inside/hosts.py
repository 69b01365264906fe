"""What a zygote keeps of those whom it serves."""


class Host:
    """Somebody who asks for forks: the socket to it, its number, its forks and their user id."""

    def __init__(self, control, number, own_uid):
        self.control = control
        self.number = number
        self.own_uid = own_uid
        self.forks = {}
