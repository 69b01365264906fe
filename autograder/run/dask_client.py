"""A client of a Dask scheduler, or one sentence that says why there is none.

Certificates are Dask's own business: the command, the scheduler and the workers learn them from
Dask's configuration, its files and its environment variables alike.
"""

import asyncio
import logging
import ssl

from autograder.course_error import CourseError

PAGE = "docs/cluster.md"

SPOKE_OTHERWISE = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "IOStream is not idle")
"""What OpenSSL and tornado say of one who answers, or speaks first, in no TLS."""


def open_client(address, seconds):
    """Return a distributed.Client of the scheduler at an address.

    address : such as "tcp://10.0.0.1:8786", or "tls://…" where it is encrypted. seconds : how
    long to try.
    Raises CourseError where distributed is not installed, Dask's configuration or the certificates
    that it names are unfit, no scheduler answers, or one does that speaks otherwise.
    """
    try:
        from distributed import Client, Security
    except ImportError as error:
        raise CourseError(
            f"Got the scheduler {address!r}, but `distributed` is not installed: "
            "`pip install -e '.[cluster]'` in the project's folder brings it."
        ) from error
    except ValueError as error:  # Dask reads its files when it is imported
        raise _unread(error) from error
    # its own words on a scheduler that is gone are a traceback; ours are a sentence
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        security = Security()
    except Exception as error:  # whatever it is, it stands in the configuration
        raise _unread(error) from error
    arguments = _connection_arguments(security)
    address = _address_that_suits(address, security, arguments)
    # a Client that could not start holds up the end of the whole program: none is made before
    try:
        asyncio.run(_reach(address, seconds, arguments))
        return Client(address, timeout=seconds, set_as_default=False, security=security)
    except Exception as error:  # what listens there may send anything, and more than memory holds
        raise CourseError(_why_not(address, error, security)) from error


async def _reach(address, seconds, arguments):
    """Connect to a scheduler, and leave it again; raises what distributed does."""
    from distributed.comm import connect

    try:
        async with asyncio.timeout(seconds + 1):  # connect itself waits on for who stays silent
            comm = await connect(address, timeout=seconds, **arguments)
    except TimeoutError as error:
        raise TimeoutError(str(error) or f"nothing came in {seconds} s") from error
    await comm.close()


def _unread(error):
    return CourseError(
        f"Dask's configuration cannot be read ({_in_one_line(error)}): mend or remove the file, "
        "or the variable DASK_…, that says so."
    )


def _connection_arguments(security):
    try:
        return security.get_connection_args("client")
    except Exception as error:
        files = [security.tls_ca_file, security.tls_client_cert, security.tls_client_key]
        raise CourseError(
            f"The certificates that Dask's configuration names, {_named(*files)}, cannot be used "
            f"({_in_one_line(error)}): {PAGE} says how to make them."
        ) from error


def _address_that_suits(address, security, arguments):
    """Return the address with its scheme; raises CourseError where the certificates forbid it."""
    from distributed.comm.addressing import parse_address

    try:
        scheme, place = parse_address(address)
    except ValueError:
        return address  # whoever connects says why
    encrypted = scheme in ("tls", "wss")
    if encrypted and arguments["ssl_context"] is None:
        raise CourseError(
            f"Got the scheduler {address!r}, but Dask's configuration names no certificates for a "
            f"client (distributed.comm.tls): {PAGE} says how to make and name them."
        )
    if security.require_encryption and not encrypted:
        raise CourseError(
            f"Got the scheduler {address!r}, but Dask's configuration requires encryption "
            f"(distributed.comm.require-encryption): name it as tls://{place}."
        )
    return f"{scheme}://{place}"


def _why_not(address, error, security):
    """Return the sentence on why nobody was reached, from what distributed raised."""
    from distributed.comm import CommClosedError

    got = f"Got the scheduler {address!r}, but "
    hung_up = isinstance(error, CommClosedError)
    trouble = next((one for one in _came_of(error) if isinstance(one, ssl.SSLError)), None)
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return (
            f"{got}{_named(security.tls_ca_file)} does not vouch for its certificate "
            f"({trouble.verify_message}): every machine needs the same ones, see {PAGE}."
        )
    if any(word in f"{error} {trouble}" for word in SPOKE_OTHERWISE):
        plain = f", or name it as {address.replace('tls:', 'tcp:', 1)} in a network of its own"
        return (
            f"{got}what listens there does not speak TLS: start it with certificates, see {PAGE}"
            f"{'' if security.require_encryption else plain}."
        )
    if trouble or (hung_up and address.startswith("tls:")):
        reason = _in_one_line(trouble) if trouble else "it hung up"
        return (
            f"{got}it does not take the certificate {_named(security.tls_client_cert)} "
            f"({reason}): every machine needs the same ones, see {PAGE}."
        )
    if hung_up:
        return (
            f"{got}what listens there hung up at once, as a scheduler does that speaks TLS: name "
            f"it as it says itself, maybe {address.replace('tcp:', 'tls:', 1)}; see {PAGE}."
        )
    reason = "it is no scheduler" if isinstance(error, MemoryError) else _in_one_line(error)
    return (
        f"{got}none answers there ({reason}): start one with `dask scheduler`, and name it as it "
        "says, such as tcp://10.0.0.1:8786."
    )


def _came_of(error):
    """Yield an error and, one by one, what it came of."""
    while error is not None:
        yield error
        error = getattr(error, "real_error", None) or error.__cause__ or error.__context__


def _named(*files):
    """Return what a configuration names, for a sentence; what stands there itself stays there."""
    return ", ".join(
        "one in place" if "\n" in str(file) else str(file) for file in dict.fromkeys(files)
    )


def _in_one_line(error):
    return " ".join(str(error).split())
