"""What must hold before anything is built of the sources: the rules a hostile page would break.

A table of its own, because it needs no more than the build itself has installed. What is wrong
with mkdocs.yml, front matter, encodings and sizes, reading the project has already said.
"""

from __future__ import annotations

from helpcenter.lint import file_rules, link_rules, markdown_rules, page_rules, text_rules
from helpcenter.lint.rules import Rules, run
from helpcenter.lint.sources import Reading, each_page, each_source, whole
from helpcenter.problems import Problem

RULES: Rules[Reading] = {
    "attribute-list": each_page(markdown_rules.attribute_list),
    "control-character": each_source(text_rules.control_character),
    "fence-form": each_page(page_rules.fence_form),
    "fence-open": each_page(page_rules.fence_open),
    "file-kind": whole(file_rules.file_kind),
    "file-name": whole(file_rules.file_name),
    "inclusion": each_page(markdown_rules.inclusion),
    "invisible-character": each_source(text_rules.invisible_character),
    "link-absolute": each_page(link_rules.link_absolute),
    "link-external": each_page(link_rules.link_external),
    "look-alike": each_source(text_rules.look_alike),
    "raw-html": each_page(page_rules.raw_html),
    "symlink": each_source(text_rules.symlink),
    "template-code": each_page(page_rules.template_code),
}


def check(reading: Reading) -> list[Problem]:
    """Return all that these rules find."""
    return run(RULES, reading)
