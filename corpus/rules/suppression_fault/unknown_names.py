import board

a = 1  # fraglint: ignore[FRG299]  # expect: "`FRG299` is no rule"
b = 1  # fraglint: ignore[bufer-in-loop]  # expect: "did you mean `buffer-in-loop`?"
c = 1  # fraglint: ingore[FRG201]  # expect: "did you mean `ignore`?"
d = 1  # fraglint: ignore[FRG001]  # expect: "cannot be suppressed"
e = 1  # noqa: FRG299  # expect
