import board

a = 1  # fraglint: ignore[FRG201  # expect: "cannot be read"
b = 1  # fraglint: ignore[]  # expect: "cannot be read"
c = 1  # fraglint: ignore-file[FRG201]  # expect: "line of its own"
