def f():
    if x:  # a comment
        return [1,
                2]


while True:
    f()
