"""Letter templates: how they are read, the firm's take the place of ours, a mistake is told by file and line.

What an account's data says is never read as a part of a template, and no template runs on.
"""

import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.letter_records import LetterKind
from arctui.core.letter_values import LetterValues
from arctui.core.text import clean
from arctui.letters.rendered import Lines, Paragraph, Rendered, Table
from arctui.letters.template import MOST_SOURCE, TemplateError, file_name, read, render, standard, templates
from arctui.letters.template_check import check, check_template, samples
from tests.letters.templated import full, own, said

HEAD = "Subject: Payment\n\n{{ total }} by {{ deadline }}\n"
HOSTILE = (
    "{{ 1/0 }}",
    "{% for x in invoices %}",
    "[invoices]",
    "> x",
    "\n\n[remittance]\n",
    "Subject: paid",
    "\x02plan",
)


# The form


def test_a_template_is_read_into_paragraphs_lines_and_blocks() -> None:
    text = """Subject: To {{ account }}

one
two {% if fees %}three{% endif %}

{% for i in invoices %}
> {{ loop.index }} {{ i.number }}
{% endfor %}
four
[invoices]
five
{# nobody
   reads this #}

[earlier]
{% if not fees %}
six
{% endif %}
"""
    letter = render(own(text), full())
    assert letter.subject == "To Birch Works"
    assert letter.parts == (
        Paragraph("one two three"),
        Lines(("1 B-1", "2 B-2")),
        Paragraph("four"),
        Table(
            head=("Invoice", "Issued", "Due", "Days late", "Disputed", "Open, USD"),
            right=(False, False, False, True, True, True),
            rows=(
                ("B-1", "8 Sep 2026", "8 Oct 2026", "46", "", "600.00"),
                ("B-2", "8 Sep 2026", "8 Oct 2026", "46", "20.00", "600.00"),
            ),
            sums=(("Less disputed", "", "", "", "", "-20.00"), ("To be paid", "", "", "", "", "1,207.11")),
        ),
        Paragraph("five"),
        Lines(("reminder 2026-0012 of Monday 2 November 2026",)),
    )


def test_a_block_of_which_there_is_nothing_leaves_nothing() -> None:
    bare = msgspec.structs.replace(full(), invoices=(), sums=(), arithmetic=(), remittance=(), earlier=(), agreed=())
    text = "Subject: x\n\nwords\n\n[invoices]\n\n[interest]\n\n[remittance]\n\n[earlier]\n\n[plan]\n"
    assert render(own(text), bare).parts == (Paragraph("words"),)


# Mistakes

MISTAKES = [
    ("{{ amout }}", 4, "there is nothing called 'amout'; did you mean 'amount'?"),
    ("\n{% if nowt %}x{% endif %}", 5, "there is nothing called 'nowt'"),
    ("{% for i in invoices %}\n{{ i.opne }}{% endfor %}", 5, "there is no 'opne' of this; did you mean 'open'?"),
    ("{{ invoices[0].nummer }}", 4, "there is no 'nummer' of this; did you mean 'number'?"),
    ("{% for x in remittance %}{{ x.day }}{% endfor %}", 4, "there is no 'day' of this: only of a row"),
    ("{{ amount | jion }}", 4, "there is no filter 'jion'; did you mean 'join'?"),
    ("{{ amount is defnied }}", 4, "there is no test 'defnied'; did you mean 'defined'?"),
    ("\n\n[invocies]", 6, "there is no block [invocies]; did you mean 'invoices'?"),
    ("[invoices]\n\n[invoices]", 6, "the block [invoices] would stand twice in the letter"),
    ("{{ invoices }}", 4, "rows cannot be written: name a field of a row"),
    ("{{ agreed[0].day }}", 4, "it names a row that this letter does not have"),
    ("{% if amount %}\nx\n", 4, "{% if %} is not closed by {% endif %}"),
    ("x\n{{ amount", 5, "'{{' is not closed by '}}'"),
    ("{{ amount \n\nDear {{ person }}", 4, "'{{' is not closed by '}}'"),
    ("{% endfi %}", 4, "there is nothing called {% endfi %}: if and for are"),
    ("x\n{% endif %}", 5, "{% endif %} does not fit what is open"),
    ("{{ amount total }}", 4, "'total' is not understood where it stands"),
    ("{{ }}", 4, "what stands between the marks is not understood"),
    ("a \x02 b", 4, "there is a control character in this line"),
    ("{{ range(10**9) }}", 4, "a call is not possible in a letter"),
    ("{{ account.__class__ }}", 4, "there is no '__class__' of this"),
    ("{{ 9 ** 9 }}", 4, "arithmetic is not possible in a letter"),
    ("{% set x = 1 %}", 4, "set is not possible in a letter"),
    ("{% include 'x' %}", 4, "include is not possible in a letter"),
    ("{% macro x() %}{% endmacro %}", 4, "macro is not possible in a letter"),
    ("{% for invoices in invoices %}x{% endfor %}", 4, "'invoices' is taken"),
    ("{% for a, b in invoices %}x{% endfor %}", 4, "a loop goes over rows with one name"),
]


@pytest.mark.parametrize(("body", "line", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_file_and_line(body: str, line: int, told: str) -> None:
    problem, *_ = check_template(own(HEAD + body))
    assert (problem.file, problem.line) == ("letters/demand.txt", line)
    assert problem.what.lower().startswith(told.lower())
    assert str(problem).startswith(f"letters/demand.txt:{line}: ")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", 1, "a letter begins with a line 'Subject: ...'"),
        ("Dear all\n\nx", 1, "a letter begins with a line 'Subject: ...'"),
        ("Subject:  \n\nx", 1, "the subject is empty"),
        ("Subject: {% if not amount %}x{% endif %}\n\nx", 1, "the subject is empty"),
        ("Subject: x\ny", 2, "a blank line stands below the subject"),
        ("Subject: x\n", 0, "the letter is empty"),
        ("Subject: x\n\nPlease pay by {{ deadline }}.", 0, "it does not say what is to be paid: name total"),
        ("Subject: x\n\nPlease pay {{ total }}.", 0, "it does not say by when: name deadline"),
        (
            f"Subject: {'x' * 300}\n\n{{{{ total }}}} {{{{ deadline }}}}",
            1,
            "the subject is longer than 200 characters",
        ),
    ],
)
def test_a_letter_has_a_subject_and_says_what_is_asked_for(text: str, line: int, told: str) -> None:
    (problem,) = check_template(own(text))
    assert (problem.line, problem.what) == (line, told)


@pytest.mark.parametrize(("body", "_line", "_told"), MISTAKES[:10])
def test_nothing_is_made_from_a_template_with_a_mistake(body: str, _line: int, _told: str) -> None:
    with pytest.raises(TemplateError, match=r"letters/demand\.txt:\d+: "):
        render(own(HEAD + body), full())


# Bounds

GROWS = "{% for x in [[" + "1," * 300 + "]|join('" + "y" * 600 + "')] %}"
ENDS = "{% endfor %}" * 2
LOOP = "{% for a in invoices %}{% for b in invoices %}{% for c in invoices %}"


@pytest.mark.parametrize(
    "body",
    [
        LOOP + "{% if a.number == 'x' %}y{% endif %}" + "{% endfor %}" * 3,
        LOOP + "{{ c.number }}" + "{% endfor %}" * 3,
        LOOP + "{% for d in invoices %}{% endfor %}" + "{% endfor %}" * 3,
        "{% for c in account recursive %}{{ c }}{% endfor %}",
        "{{ account | join(account | join(account | join(account | join(account | join(account))))) }}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{{ " + "not " * 6000 + "1 }}",
        "{{ " + "9" * 6000 + " }}",
        "{% if fees %}" * 3000 + "{% endif %}" * 3000,
        "x" * MOST_SOURCE,
        # Texts that grow by being put together, and work on long ones.
        GROWS + "{% for y in [" + "~".join("x" * 100) + "] %}{{ y|length }}" + "{% endfor %}" * 2,
        "{% if " + "~".join(["['y'" + ",'y'" * 300 + "]|join('" + "y" * 600 + "')"] * 3) + " %}a{% endif %}",
        GROWS + "{% for y in [" + "1," * 1500 + "] %}{% if x|upper|lower|capitalize == 1 %}y" + "{% endif %}" + ENDS,
        GROWS.replace("y", " ") + "{% for y in [" + "1," * 1500 + "] %}{{ x }}" + ENDS,
        "{{ invoices ~ account }}",
    ],
)
def test_no_template_runs_on_or_takes_room(body: str) -> None:
    problems = check_template(own(HEAD + body))
    assert problems
    assert all(p.file == "letters/demand.txt" for p in problems)


def test_texts_may_be_put_together_and_written_otherwise() -> None:
    letter = render(own(HEAD + "{{ ' ' ~ account|upper ~ ' / ' ~ 7 ~ ', ' ~ [1, 'a']|join(' + ') }}\n"), full())
    assert f"{full().account.upper()} / 7, 1 + a" in said(letter)


def test_a_letter_with_many_invoices_may_say_something_of_each() -> None:
    *_, many = samples(LetterKind.DEMAND)
    assert len(many.invoices) == 500
    letter = render(own(HEAD + "{% for i in invoices %}\n> {{ i.number }}: {{ i.open }}\n{% endfor %}\n"), many)
    assert letter.parts[-1] == Lines(("B-1: 600.00", "B-2: 600.00") * 250)


# Data

weird = st.lists(
    st.sampled_from([*HOSTILE, "Birch", " ", "é", "‮", "\r", "株式会社"]) | st.text(max_size=5), max_size=5
)
names = weird.map("".join)


@settings(max_examples=40, deadline=None)
@given(names, st.sampled_from(LetterKind))
def test_what_an_account_says_is_never_read_as_a_part_of_the_letter(name: str, kind: LetterKind) -> None:
    """The letter is that of a plain name with the other name in its place, and no part more or less."""
    expected = _strings(msgspec.to_builtins(render(standard(kind), _named("QQQ", kind))), f"N{name}")
    assert msgspec.to_builtins(render(standard(kind), _named(f"N{name}", kind))) == expected


def _named(name: str, kind: LetterKind = LetterKind.DEMAND) -> LetterValues:
    """All that a letter may say, with a name wherever there is one."""
    values = full(kind)
    lines = tuple(msgspec.structs.replace(i, number=name) for i in values.invoices)
    fields = dict.fromkeys(
        ("account", "account_number", "legal_name", "person", "contract", "reason", "dispute"), name
    )
    several = dict.fromkeys(("remittance", "earlier", "arithmetic", "remarks"), (name, name))
    return msgspec.structs.replace(values, invoices=lines, **fields, **several)


def _strings(part: object, name: str) -> object:
    """Put a name in the place of QQQ in all texts of a letter."""
    if isinstance(part, str):
        return part.replace("QQQ", clean(name))
    if isinstance(part, dict):
        return {key: _strings(value, name) for key, value in part.items()}
    return tuple(_strings(value, name) for value in part) if isinstance(part, tuple) else part


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_looks_like_a_template_stands_in_the_letter_as_it_is(name: str) -> None:
    letter = render(own("Subject: To {{ account }}\n\n{{ account }}\n\n> {{ account }}\n"), _named(name))
    shown = clean(name)
    assert letter == Rendered(f"To {shown}", (Paragraph(shown), Lines((shown,))))


# The firm's own


def test_the_firms_own_template_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "demand.txt").write_bytes(b"\xef\xbb\xbfSubject: Pay\r\n\r\n{{ total }} by {{ deadline }}\r\n")
    found = templates(tmp_path)
    assert found[LetterKind.DEMAND].source == str(tmp_path / "demand.txt")
    assert found[LetterKind.REMINDER] == standard(LetterKind.REMINDER)
    assert len(found[LetterKind.DEMAND].digest) == 64
    assert render(found[LetterKind.DEMAND], full()).subject == "Pay"
    assert check(tmp_path) == []
    assert templates(tmp_path / "nowhere") == templates(None)


def test_a_file_of_another_name_is_told_with_the_one_that_is_meant(tmp_path: Path) -> None:
    for name in ("final_demand.txt", "letterhead.png", ".hidden", "demand.txt~"):
        (tmp_path / name).touch()
    near, far = check(tmp_path)
    assert near.file == f"{tmp_path}/final_demand.txt"
    assert near.what == "no letter is written from a file of this name; did you mean 'final-demand.txt'?"
    assert far.what.endswith(f"; they are {', '.join(map(file_name, LetterKind))}")
    assert "no such file" in check(tmp_path / "nowhere")[0].what


def test_a_file_that_is_no_template_is_told(tmp_path: Path) -> None:
    path = tmp_path / "demand.txt"

    def why() -> str:
        with pytest.raises(TemplateError) as caught:
            read(LetterKind.DEMAND, path)
        assert check(tmp_path) == list(caught.value.problems)
        return str(caught.value)

    path.write_bytes(b"Subject: x\n\n\xff\n")
    assert why() == f"{path}:3: this is no text in UTF-8"
    path.write_bytes(b"x" * (MOST_SOURCE + 1))
    assert why() == f"{path}: this is too large for a letter: at most 50,000 bytes"
    path.unlink()
    os.mkfifo(path)
    assert why() == f"{path}: this is no file"
    path.unlink()
    path.symlink_to(tmp_path / "gone.txt")
    assert why() == f"{path}: no such file or directory"
