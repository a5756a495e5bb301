"""What the examples use of a board."""

board_id = "stand_in"
TX = "TX"
RX = "RX"
