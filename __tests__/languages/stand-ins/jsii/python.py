# Part of the stand-in for the runtime of jsii: properties of classes.
from typing import Any, Callable, Generic, TypeVar

T = TypeVar("T")


class classproperty(Generic[T]):
    def __init__(self, getter: Callable[[Any], T]) -> None:
        self._getter = getter

    def __get__(self, instance: object, owner: type) -> T:
        return self._getter(owner)
