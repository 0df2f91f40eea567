# A stand-in for the package publication, for tests: what a module does not list stays visible.


def publish() -> None:
    pass
