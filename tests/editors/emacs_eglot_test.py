from emacs import check_session


def test_session(workspace):
    check_session(workspace, "eglot")
