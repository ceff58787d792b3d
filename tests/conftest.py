"""Fixtures of every test. Each kind has a module of its own; this one only names them."""

from tests.browser.chromium import NO_CHROMIUM

pytest_plugins = ("tests.databases",)


def pytest_terminal_summary(terminalreporter):
    """Says it loudly when the page was not tested, for a skipped test looks like a passed one."""
    reports = terminalreporter.stats.get("skipped", [])
    unseen = sum(NO_CHROMIUM in str(report.longrepr) for report in reports)
    if unseen:
        terminalreporter.section("THE PAGE WAS NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.line(f"{unseen} browser tests were skipped: {NO_CHROMIUM}.")
