"""What a zygote keeps of those whom it serves, and of the forks that it made for them."""


class Host:
    """Somebody who asks for forks: the socket to it, the user id of its forks, and these."""

    def __init__(self, control, own_uid):
        self.control = control
        self.own_uid = own_uid
        self.forks = {}


class Fork:
    """What the zygote keeps of a fork: whose it is, where it is, where it would complain."""

    def __init__(self, host, number, pid, pidfd, trouble, folder):
        self.host = host
        self.number = number
        self.pid = pid
        self.pidfd = pidfd
        self.trouble = trouble
        self.folder = folder
