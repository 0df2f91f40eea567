# Part of the stand-in for the runtime of jsii: the types of arguments, which have to be there, and are not
# compared with what is given.
import typing
from typing import Any, Callable, Dict


def cached_type_hints(stub: Callable[..., Any]) -> Dict[str, Any]:
    return typing.get_type_hints(stub)


def check_type(argname: str, value: object, expected_type: Any) -> None:
    pass
