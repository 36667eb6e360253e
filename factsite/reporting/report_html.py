"""Problems → HTML, for the preview: a page of its own, or a block above another page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from factsite.problems import Problem, Severity
from factsite.reporting import report
from factsite.reporting.report import excerpt, place, remarks, visible

MOST = 200
"""Problems that a page shows; after that many, the rest would not be read."""

STYLE = """
#factsite-problems, #factsite-problems * { all: revert; box-sizing: border-box }
#factsite-problems { position: relative; z-index: 2147483647; margin: 0; padding: .5rem 1rem .75rem;
  border-bottom: 4px solid #a4161a; background: #fffaf5; color: #1c1917; text-align: left; direction: ltr;
  font: 16px/1.5 system-ui, sans-serif; color-scheme: light }
#factsite-problems.mild { padding: .25rem 1rem; border-color: #8a6100; border-width: 2px; font-size: 14px }
#factsite-problems summary { font-weight: 700; cursor: pointer }
#factsite-problems ol { margin: 0; padding: 0; list-style: none }
#factsite-problems li { margin: 1rem 0 0; padding: .75rem 0 0; border-top: 1px solid #d6d3d1 }
#factsite-problems p { margin: 0 }
#factsite-problems code, #factsite-problems pre { font: 14px/1.5 ui-monospace, Menlo, Consolas, monospace }
#factsite-problems pre { margin: .5rem 0; padding: .5rem .75rem; overflow-x: auto; background: #f2ece4 }
#factsite-problems mark { background: #ffd9d6; color: inherit; text-decoration: underline #a4161a 2px }
#factsite-problems .place { font-weight: 700; overflow-wrap: anywhere }
#factsite-problems .remark { color: #44403c; white-space: pre-wrap }
"""


def page(problems: Sequence[Problem], heading: str) -> str:
    """A complete page."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(report.summary(problems))}</title>\n</head>\n"
        f'<body style="margin: 0">\n{fragment(problems, heading)}</body>\n</html>\n'
    )


def fragment(problems: Sequence[Problem], heading: str, *, is_open: bool = True) -> str:
    """The same as a block that stands above another page, with a style that neither gives nor takes."""
    mild = all(problem.severity is Severity.WARNING for problem in problems)
    items = "".join(map(_item, problems[:MOST]))
    rest = f"<p>… and {len(problems) - MOST} more.</p>\n" if len(problems) > MOST else ""
    role = 'class="mild" role="region" aria-label="Warnings"' if mild else 'role="alert"'
    return (
        f'<section id="factsite-problems" {role}>\n<style>{STYLE}</style>\n'
        f"<details{' open' if is_open else ''}>\n<summary>{_words(heading)}</summary>\n<ol>\n{items}</ol>\n{rest}"
        "</details>\n</section>\n"
    )


def _item(problem: Problem) -> str:
    where = f'<span class="place">{escape(place(problem))}</span> ' if problem.path else ""
    lines = [f"<p>{where}{problem.severity}[{escape(problem.code)}]</p>", f"<p>{_words(report.said(problem))}</p>"]
    if problem.source_line.strip():
        shown = excerpt(problem)
        marked = f"<mark>{escape(shown.marked) or '&nbsp;'}</mark>" if problem.column else ""
        lines.append(f"<pre>{escape(shown.before)}{marked}{escape(shown.after)}</pre>")
    for name, value in remarks(problem):
        lines.append(f'<p class="remark">{f"{name}: " if name else ""}{_words(value)}</p>')
    return "<li>" + "\n".join(lines) + "</li>\n"


def _words(text: str) -> str:
    """Escaped, with what stands in backticks as code."""
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape("\n".join(map(visible, text.split("\n")))))
