"""YAML of a standard: the rulebook's own form, as people exchange it (docs/formats/standard-yaml.md)."""

from pathlib import Path

import yaml

from chuangwen.base.errors import Refused
from chuangwen.standards.spec import Spec

MAX_BYTES = 4 * 2**20
SAMPLES = Path(__file__).parent / "samples"


class _Loader(yaml.SafeLoader):
    """The safe loader without aliases: a few lines of them could unfold into gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases")
        return super().compose_node(parent, index)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def read_yaml(data: bytes) -> Spec:
    """A spec from the bytes of a file; refused when it is too big or no YAML; the shape is not checked."""
    if len(data) > MAX_BYTES:
        raise Refused(f"文件有 {len(data) // 2**20} MB，最多 {MAX_BYTES // 2**20} MB。", field="file")
    try:
        return yaml.load(data.decode("utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError:
        raise Refused("文件不是 UTF-8 编码。请另存为 UTF-8 再导入。", field="file") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行附近" if mark else "里面"
        raise Refused(f"文件{where}的写法不对，读不下去。请对照格式说明核对缩进和引号。", field="file") from None


def write_yaml(spec: Spec) -> str:
    return yaml.dump(spec, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def sample(name: str) -> Spec:
    """One of the invented samples that come with the product: city, window."""
    return read_yaml((SAMPLES / f"{name}.yaml").read_bytes())
