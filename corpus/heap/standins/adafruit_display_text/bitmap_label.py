"""As label: it keeps its text and draws nothing."""


class Label:
    def __init__(self, font, text="", color=0xFFFFFF, x=0, y=0, scale=1, background_color=None):
        self.font = font
        self.text = text
        self.color = color
        self.x = x
        self.y = y
        self.scale = scale
        self.hidden = False
