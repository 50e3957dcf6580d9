"""The proofs of privacy are proofs only if they fail where the sync leaks: so it is made to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import sync_proofs
from support import ROOT
from tickets_support import CASES

MUTANTS = yaml.safe_load((CASES / "mutants.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("proof", sync_proofs.PROOFS)
def test_the_sync_stands_every_proof(proof: str) -> None:
    assert sync_proofs.main([proof]) == 0


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant["name"])
def test_a_wrong_sync_is_caught(mutant: dict[str, str], tmp_path: Path) -> None:
    scripts = tmp_path / "scripts"
    shutil.copytree(ROOT / "scripts", scripts, ignore=shutil.ignore_patterns("__pycache__"))
    path = scripts / "helpcenter" / mutant["file"]
    text = path.read_text(encoding="utf-8")
    assert text.count(mutant["old"]) == 1, (
        f"{mutant['file']} no longer holds {mutant['old']!r} once"
    )
    path.write_text(text.replace(mutant["old"], mutant["new"]), encoding="utf-8")
    result = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "sync_proofs.py"), mutant["proof"]],
        env=os.environ | {"PYTHONPATH": f"{scripts}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 1, "this mutant is not caught"
    assert result.stdout.startswith(f"{mutant['proof']}: "), result.stderr


def test_there_are_mutants_for_almost_every_proof() -> None:
    caught = {mutant["proof"] for mutant in MUTANTS}
    assert len(MUTANTS) >= 10
    assert caught == set(sync_proofs.PROOFS)
