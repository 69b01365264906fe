"""How much address space this process has mapped, where there is no /proc to ask."""

import mmap
import resource


def mapped():
    """Return the bytes of address space in use, to a page, found by halving.

    A mapping of one page is refused exactly when the limit on address space is below what is
    mapped already and that page.
    """
    page = mmap.PAGESIZE
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    low, high = 0, 2**47 if hard == resource.RLIM_INFINITY else hard
    try:
        while high - low > page:
            middle = (low + high) // 2
            resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
            try:
                mmap.mmap(-1, page).close()
            except OSError:
                low = middle
            else:
                high = middle
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    return high
