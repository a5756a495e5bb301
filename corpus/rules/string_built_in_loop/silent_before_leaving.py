# A pass that comes to the additions is the loop's last.
import board
import wifi

while not wifi.radio.connected:
    try:
        wifi.radio.connect("hall", "secret")
    except ConnectionError:
        print("again")
    if wifi.radio.ap_info is None:
        advice = "Please set the name\n"
        advice += "of your network\n"
        advice += "and its password in " + board.board_id
        raise OSError(advice)
