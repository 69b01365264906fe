"""docs/hub.md names the versions that are tested, and files that are there."""

import json
import re
import tomllib

from tests.deploy.machine import ROOT

PAGE = (ROOT / "docs" / "hub.md").read_text(encoding="utf-8")


def test_the_proxy_is_the_one_that_is_tested():
    package = json.loads((ROOT / "tests/browser/package.json").read_text())
    pinned = package["devDependencies"]["configurable-http-proxy"]
    assert re.findall(r"configurable-http-proxy@(\S+)", PAGE) == [pinned]


def test_the_hub_is_of_the_versions_that_the_project_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (named,) = [line for line in project["optional-dependencies"]["hub"] if "jupyterhub" in line]
    assert set(re.findall(r"'(jupyterhub[^']*)'", PAGE)) == {named}


def test_the_files_it_names_are_there():
    named = re.findall(r"(?<![\w~/])deploy/[\w./]+\w", PAGE)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
    for link in re.findall(r"\]\((\.\./[^)#]+)\)", PAGE):
        assert (ROOT / "docs" / link).exists(), link


def test_the_unit_starts_the_hub_where_the_page_puts_it():
    unit = (ROOT / "deploy" / "jupyterhub.service").read_text()
    for place in ("/opt/backprop", "/etc/jupyterhub", "hub.env"):
        assert place in unit and place in PAGE
