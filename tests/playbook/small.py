"""A small script that holds together, and ways to break it."""

WHOLE = """
title = "Small"
start = "reach"
broken = "reach"
commitment = "promise"
dispute = "object"
incoming = "reach"
commonest = ["short"]

[groups]
A = "Money"

[steps.reach]
title = "Reach"
say = ["{person}, please.", "Whoever pays, please."]
replies = [
    { text = "Speaking", to = "promise", reached = true },
    { text = "Nobody", to = "nobody" },
]

[steps.nobody]
title = "No answer"
do = "Nobody is there."
end = "na"

[steps.promise]
title = "Promise"
say = ["Which day?"]
line = "promise"
to = "back"

[steps.back]
title = "Read back"
say = ["{promise}: is that right?", "Is that right?"]
replies = [
    { text = "Yes", to = "close", agreed = true },
    { text = "No", to = "promise" },
]

[steps.object]
title = "Object"
say = ["What is wrong?"]
line = "dispute"
to = "close"

[steps.close]
title = "Close"
say = ["Goodbye."]
end = "line"

[steps.short]
title = "Short"
excuse = "No money"
group = "A"
say = ["How much is missing?"]
ask = ["How much?"]
aim = "A day."
task = "send {account} a statement"
follow_up = { after = "+1b", why = "did {account} get it?" }
replies = [
    { text = "Names a day", to = "promise" },
    { text = "Read out", to = "promise", done = true },
]
"""


def changed(*pairs: tuple[str, str], more: str = "") -> str:
    """The whole script with some of its text replaced, and steps added."""
    text = WHOLE
    for before, after in pairs:
        assert text.count(before) >= 1, before
        text = text.replace(before, after, 1)
    return text + more
