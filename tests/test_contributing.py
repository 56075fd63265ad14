"""The worked example of CONTRIBUTING.md runs as it is printed: a new kind of source, with nothing else changed."""

import importlib
import re
import sys
from pathlib import Path

import pytest

import ledger287.sources
from ledger287.core.declared import read_yaml
from ledger287.core.problem import declared_kinds
from ledger287.core.source import RegisterError, read_sources, sources

GUIDE = Path(__file__).resolve().parents[1] / "CONTRIBUTING.md"


def test_a_kind_of_source_is_added_as_the_guide_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section = GUIDE.read_text(encoding="utf-8").split("## Add a kind of source")[1].split("\n## ")[0]
    blocks = re.findall(r"(?ms)^```(yaml|python)\n(.*?)^```$", section)
    assert [kind for kind, _ in blocks] == ["yaml", "python", "python"]
    entry, reader, check = (text for _, text in blocks)

    with pytest.raises(RegisterError, match=r"sources\.state_totals\.reading, which is not a module"):
        read_sources(read_yaml(entry))
    folder = tmp_path / "state_totals"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "reading.py").write_text(reader, encoding="utf-8")
    monkeypatch.setattr(ledger287.sources, "__path__", [*ledger287.sources.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    try:
        registered = read_sources(read_yaml(entry))["example-totals"]
        assert registered.kind == "state_totals"
        assert registered.id not in sources()
        module = importlib.import_module(f"ledger287.{registered.reader}")
        assert "unreadable_count" in declared_kinds()["sources.state_totals"]
        exec(compile(check, str(GUIDE), "exec"), vars(module))
    finally:
        for name in [name for name in sys.modules if name.startswith("ledger287.sources.state_totals")]:
            del sys.modules[name]
