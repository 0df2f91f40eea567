# A stand-in for the Python runtime of jsii, for tests: with it, generated packages are type-checked and
# imported. It runs no JavaScript; it writes down in CALLS what a program asks the packages for.
import abc
from enum import Enum
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, Type, TypeVar, Union

from . import python as python

Number = Union[int, float]
T = TypeVar("T")

CALLS: List[Dict[str, Any]] = []

# What came out of each call, in the same order. A call refers to what came out of another one by its place.
_RESULTS: List[object] = []


class JSIIAssembly:
    @classmethod
    def load(cls, name: str, version: str, module: str, filename: str) -> "JSIIAssembly":
        return cls()


class JSIIMeta(type):
    def __new__(
        mcs,
        name: str,
        bases: Tuple[type, ...],
        members: Dict[str, Any],
        *,
        jsii_type: Optional[str] = None,
    ) -> Any:
        if jsii_type is not None:
            members["__jsii_type__"] = jsii_type
        return super().__new__(mcs, name, bases, members)


class JSIIAbstractClass(abc.ABCMeta, JSIIMeta):
    pass


def data_type(
    *, jsii_type: str, jsii_struct_bases: List[Type[Any]], name_mapping: Mapping[str, str]
) -> Callable[[T], T]:
    def decorate(struct: T) -> T:
        setattr(struct, "__jsii_names__", name_mapping)
        return struct

    return decorate


def enum(*, jsii_type: str) -> Callable[[T], T]:
    def decorate(choices: T) -> T:
        setattr(choices, "__jsii_type__", jsii_type)
        return choices

    return decorate


def interface(*, jsii_type: str) -> Callable[[T], T]:
    return _as_it_is


def implements(*interfaces: Type[Any]) -> Callable[[T], T]:
    return _as_it_is


def member(*, jsii_name: str) -> Callable[[T], T]:
    return _as_it_is


def proxy_for(kind: Type[Any]) -> Type[Any]:
    return kind.__jsii_proxy_class__()


def create(kind: Any, made: object, arguments: List[Any]) -> None:
    _call({"new": _name(kind), "arguments": _plain(arguments)}, made)


def invoke(on: object, method: str, arguments: List[Any]) -> Any:
    return _call({"on": _plain(on), "method": method, "arguments": _plain(arguments)})


def sinvoke(kind: Any, method: str, arguments: List[Any]) -> Any:
    return _call({"of": _name(kind), "method": method, "arguments": _plain(arguments)})


def get(on: object, name: str) -> Any:
    return _call({"on": _plain(on), "property": name})


def sget(kind: Any, name: str) -> Any:
    return _call({"of": _name(kind), "property": name})


def set(on: object, name: str, value: Any) -> None:
    raise NotImplementedError("No test needs it.")


def _as_it_is(decorated: T) -> T:
    return decorated


def _call(call: Dict[str, Any], result: Optional[object] = None) -> object:
    made = object() if result is None else result
    CALLS.append(call)
    _RESULTS.append(made)
    return made


def _name(kind: Any) -> str:
    return kind.__jsii_type__


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return {"enum": _name(type(value)), "member": value.name}
    names: Optional[Mapping[str, str]] = getattr(type(value), "__jsii_names__", None)
    if names is not None:
        given = {name: getattr(value, ours) for ours, name in names.items()}
        return {name: _plain(item) for name, item in given.items() if item is not None}
    return {"resultOf": next(place for place, one in enumerate(_RESULTS) if one is value)}
