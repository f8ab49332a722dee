"""Strict reading of a standard's plain data: what is missing, unknown or contradictory is refused here."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from rulebook.scoring.errors import SpecError, refuse
from rulebook.scoring.exact import decimal, plain


class Params:
    """The settings of one thing; every one must be taken once, what is left over is unknown."""

    def __init__(self, key: str, data: object) -> None:
        if not isinstance(data, Mapping):
            raise refuse(key, "这里要填一组“名称：值”")
        self.key = key
        self._data: dict[str, object] = {str(name): value for name, value in data.items()}

    def error(self, message: str) -> SpecError:
        """Return an error naming the criterion these settings belong to."""
        return refuse(self.key, message)

    def has(self, name: str) -> bool:
        """Say whether a setting is still there to be taken."""
        return self._data.get(name) is not None

    def take(self, name: str, default: object = None) -> object:
        """Take a setting out, whatever it is; an empty one counts as absent."""
        value = self._data.pop(name, None)
        return default if value is None else value

    def says(self, name: str, word: str) -> bool:
        """Take a setting if it is exactly this word."""
        return str(self._data.get(name)) == word and self.take(name) is not None

    def number(self, name: str, default: str | Fraction | None = None, least: str | None = None) -> Fraction:
        """Take a decimal, not below `least`."""
        raw = self.take(name, default)
        if raw is None:
            raise self.error(f"缺少“{name}”")
        try:
            value = raw if isinstance(raw, Fraction) else decimal(raw)
        except ValueError:
            raise self.error(f"“{name}”要填小数（整数不超过 12 位，小数不超过 6 位），现在是“{raw}”") from None
        if least is not None and value < Fraction(least):
            raise self.error(f"“{name}”不能小于 {least}，现在是 {plain(value, 0)}")
        return value

    def positive(self, name: str, default: str | Fraction | None = None) -> Fraction:
        """Take a decimal above zero."""
        value = self.number(name, default)
        if value <= 0:
            raise self.error(f"“{name}”要大于 0，现在是 {plain(value, 0)}")
        return value

    def share(self, name: str, default: str | None = None) -> Fraction:
        """Take a share, 0 to 1."""
        value = self.number(name, default, least="0")
        if value > 1:
            raise self.error(f"“{name}”是比例，要填 0 到 1，现在是 {plain(value, 0)}")
        return value

    def whole(self, name: str, default: int | None = None, least: int = 0, most: int = 10**9) -> int:
        """Take an integer from `least` to `most`."""
        value = self.number(name, None if default is None else str(default))
        if value.denominator != 1 or not least <= value <= most:
            raise self.error(f"“{name}”要填 {least} 到 {most} 的整数，现在是 {plain(value, 0)}")
        return int(value)

    def choice(self, name: str, options: Iterable[str], default: str | None = None) -> str:
        """Take one of a few words."""
        known = tuple(options)
        value = str(self.take(name, default))
        if value not in known:
            raise self.error(f"“{name}”只能填 {'、'.join(known)}，现在是“{value}”")
        return value

    def flag(self, name: str) -> bool:
        """Take true or false; absent is false."""
        value = self.take(name, False)
        if str(value) not in ("True", "true", "False", "false"):
            raise self.error(f"“{name}”只能填 true 或 false，现在是“{value}”")
        return str(value) in ("True", "true")

    def text(self, name: str, default: str | None = None) -> str:
        """Take a text."""
        value = self.take(name, default)
        if value is None:
            raise self.error(f"缺少“{name}”")
        return str(value)

    def rows(self, name: str) -> Sequence[object]:
        """Take a list; absent is empty."""
        value = self.take(name, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.error(f"“{name}”要填一个列表")
        return value

    def table(self, name: str) -> dict[str, object]:
        """Take a mapping; absent is empty."""
        value = self.take(name, {})
        if not isinstance(value, Mapping):
            raise self.error(f"“{name}”要填一组“名称：值”")
        return {str(key): item for key, item in value.items()}

    def finish(self) -> None:
        """Refuse what nobody asked for."""
        unknown = [name for name, value in self._data.items() if value is not None]
        if unknown:
            raise self.error(f"不认识的参数：{'、'.join(sorted(unknown))}")
