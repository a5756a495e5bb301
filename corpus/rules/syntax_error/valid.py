# New and odd, but valid.
import board

match board.board_id:
    case "pyportal" | "pynt":
        width, height = 320, 240
    case _:
        width, height = 128, 64
if (size := width * height) > 1000: print(f"{size=:>{width // 8}}")
