"""What the tests have run in a sealed fork: code that comes as text, as a student's would."""

import traceback


def main(channel):
    """Run each text that comes, and send back what it left in `result`, or what it raised."""
    while True:
        scope = {"channel": channel}
        try:
            exec(channel.receive(), scope)  # as a student's cell would be
        except BaseException as error:
            last = traceback.format_exception_only(error)[-1].strip()
            channel.send({"raised": type(error).__name__, "said": last})
        else:
            channel.send({"result": scope.get("result")})
