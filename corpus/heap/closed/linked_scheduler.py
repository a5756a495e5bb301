# A linked list of timed tasks as objects: insert in order, run, repeat.
class Task:
    def __init__(self, when, every, action):
        self.when = when
        self.every = every
        self.action = action
        self.next = None


class Scheduler:
    def __init__(self):
        self.first = None
        self.ran = 0

    def add(self, task):
        if self.first is None or task.when < self.first.when:
            task.next = self.first
            self.first = task
            return
        node = self.first
        while node.next is not None and node.next.when <= task.when:
            node = node.next
        task.next = node.next
        node.next = task

    def run_until(self, end):
        while self.first is not None and self.first.when <= end:
            task = self.first
            self.first = task.next
            task.next = None
            task.action(task.when)
            self.ran += 1
            if task.every:
                task.when += task.every
                self.add(task)


trace = []
schedule = Scheduler()
schedule.add(Task(30, 0, lambda t: trace.append("once%d" % t)))
schedule.add(Task(10, 25, lambda t: trace.append("a%d" % t)))
schedule.add(Task(5, 40, lambda t: schedule.add(Task(t + 3, 0, trace_late))))


def trace_late(t):
    trace.append("late%d" % t)


schedule.run_until(100)
print(schedule.ran, len(trace))
print(" ".join(trace))
