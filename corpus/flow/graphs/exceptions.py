def handlers(a):
    before()
    try:
        risky()
        if a:
            more()
    except ValueError as error:
        handle(error)
    except (OSError, RuntimeError):
        return
    else:
        fine()
    after()
#   0: before() -> 4
#   3: -> 8 exception, 9 exception
#   4: risky(); a -> 5 true, 6 false, 3 exception
#   5: more() -> 6, 3 exception
#   6: -> 7
#   7: fine() -> 10
#   8: ValueError as error; handle(error) -> 10
#   9: (OSError, RuntimeError); return -> exit
#   10: after() -> exit


def catches_everything():
    try:
        risky()
    except:
        pass
    after()
#   0: -> 4
#   3: -> 5 exception
#   4: risky() -> 6, 3 exception
#   5: pass -> 6
#   6: after() -> exit


def nested():
    try:
        try:
            risky()
        except ValueError:
            handle()
    except OSError:
        outer()
#   0: -> 4
#   3: -> 9 exception
#   4: -> 6
#   5: -> 7 exception, 3 exception
#   6: risky() -> 8, 5 exception
#   7: ValueError; handle() -> 8, 3 exception
#   8: -> 10
#   9: OSError; outer() -> 10
#   10: -> exit


def reraises():
    try:
        risky()
    except OSError:
        raise
#   0: -> 4
#   3: -> 5 exception
#   4: risky() -> 6, 3 exception
#   5: OSError; raise -> raised exception
#   6: -> exit


def groups():
    try:
        risky()
    except* OSError:
        handle()
#   0: -> 4
#   3: -> 5 exception
#   4: risky() -> 6, 3 exception
#   5: OSError; handle() -> 6
#   6: -> exit
