"""Groups keep what they show."""


class Group:
    def __init__(self, scale=1, x=0, y=0):
        self.scale = scale
        self.x = x
        self.y = y
        self.hidden = False
        self.members = []

    def append(self, layer):
        self.members.append(layer)

    def __len__(self):
        return len(self.members)

    def __getitem__(self, index):
        return self.members[index]


def release_displays():
    pass
