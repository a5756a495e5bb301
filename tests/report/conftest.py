"""What pytest needs to know of the tests here: which fraglint they try."""


def pytest_addoption(parser):
    parser.addoption("--tool", required=True, help="the built fraglint")
