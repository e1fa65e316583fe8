"""What the operating system says of a file that it would not open, read or write, in plain Danish."""

import errno

_REASONS = {
    errno.EACCES: "der er ikke adgang",
    errno.EPERM: "der er ikke adgang",
    errno.EROFS: "disken kan kun læses",
    errno.ENOENT: "den findes ikke",
    errno.ENOTDIR: "et led på vejen er ikke en mappe",
    errno.EISDIR: "det er en mappe",
    errno.EEXIST: "den findes allerede",
    errno.ENOSPC: "disken er fuld",
    errno.EDQUOT: "der er ikke mere plads til dig på disken",
    errno.EFBIG: "filen er for stor til disken",
    errno.EIO: "disken svarer med fejl",
    errno.ENODEV: "drevet er ikke tilsluttet",
    errno.ENXIO: "drevet er ikke tilsluttet",
    errno.ESTALE: "netværksdrevet svarer ikke længere",
    errno.ETIMEDOUT: "netværksdrevet svarer ikke",
    errno.EHOSTDOWN: "netværksdrevet svarer ikke",
    errno.ENAMETOOLONG: "navnet er for langt",
    errno.ELOOP: "genveje fører i ring",
    errno.EMFILE: "for mange filer er åbne",
    errno.ENFILE: "for mange filer er åbne",
    errno.ENOMEM: "der er ikke hukommelse nok",
    errno.EBUSY: "den er i brug",
    errno.ETXTBSY: "den er i brug",
    errno.EINVAL: "navnet eller stedet kan ikke bruges",
}


def describe_os_error(error: OSError) -> str:
    """Return the reason of `error` as a clause without a full stop; an unusual one by its number."""
    if error.errno is None:
        return "systemfejl uden nummer"
    return _REASONS.get(error.errno, f"systemfejl {error.errno}")
