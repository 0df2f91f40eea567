# A stand-in for the package typing_extensions, for tests: generated packages use its Protocol, also what it has
# only in newer versions of Python.
from typing import TYPE_CHECKING, AbstractSet, ClassVar

if TYPE_CHECKING:
    from typing import Protocol as Protocol
else:

    class Protocol:
        __protocol_attrs__: ClassVar[AbstractSet[str]] = frozenset()
