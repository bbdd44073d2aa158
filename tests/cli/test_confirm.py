"""The confirmation of what was agreed, printed or written; and the books searched for a payment that is claimed."""

from pathlib import Path

from tests.cli.command import Arctui, misfit


def test_the_subject_is_printed_before_the_text(arctui: Arctui) -> None:
    arctui.call("log", "100", "wbp fri 1200 ach tony")
    before = arctui.json("history")
    shown = arctui.call("confirm", "100")
    assert (shown.code, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[0] == "Subject: Payment of 1,200.00 USD agreed for Fri 20 Nov 2026"
    assert lines[2] == "Dear Tony Marsh,"
    assert "You will pay 1,200.00 USD by bank transfer on Friday 20 November 2026." in lines
    assert arctui.json("history") == before


def test_the_document_has_the_file_only_where_one_was_written(arctui: Arctui) -> None:
    arctui.call("log", "100", "wbp fri 1200 ach tony")
    document = arctui.json("confirm", "birch works")
    assert misfit(document, {"account": str, "subject": str, "text": str}) == ""
    assert "file" not in document
    path = Path(arctui.json("confirm", "100", "--write")["file"])
    assert path.read_text(encoding="utf-8") == f"Subject: {document['subject']}\n\n{document['text']}\n"


def test_what_was_written_is_printed_and_stands_in_the_file_of_the_account(arctui: Arctui) -> None:
    arctui.call("log", "100", "wbp fri 1200 ach tony")
    written = arctui.call("confirm", "100", "--write")
    assert written.out.strip() == str(arctui.folder / "book.json.documents" / "100 confirmation 2026-11-16.txt")
    again = arctui.call("confirm", "100", "--write")
    assert again.out == written.out
    notes = [a["note"] for a in arctui.json("account", "100")["activities"]]
    assert notes.count("confirmation of 1,200.00 for Fri 20 Nov written: 100 confirmation 2026-11-16.txt") == 1
    assert len(notes) == 2


def test_without_an_agreement_there_is_one_clear_line(arctui: Arctui) -> None:
    refused = arctui.call("confirm", "100")
    assert (refused.code, refused.out) == (1, "")
    assert refused.notes == [
        "arctui: nothing was agreed on this account that is still to come: there is nothing to confirm"
    ]


def test_where_the_folder_cannot_be_written_nothing_is_noted(arctui: Arctui) -> None:
    arctui.call("log", "100", "wbp fri 1200 ach tony")
    (arctui.folder / "book.json.documents").write_text("", encoding="utf-8")
    before = arctui.json("history")
    refused = arctui.call("confirm", "100", "--write")
    assert refused.code == 1
    assert "book.json.documents cannot be made" in refused.err
    assert arctui.json("history") == before


def test_a_claim_of_payment_is_answered_out_of_the_books(arctui: Arctui) -> None:
    payments = "Customer,Date,Amount,Method,Reference\nCedar Farm,2026-11-13,450.00,Check,4411\n"
    arctui.feed(payments, "payments.csv", "--payments")
    logged = arctui.call("log", "100", "paid", "nov", "12", "450", "check", "--", "no.", "4411")
    assert logged.code == 0, logged
    assert "450.00 on Fri 13 Nov by check, ref 4411, stands on Cedar Farm (200)" in logged.out
    found = arctui.json("log", "200", "paid 450")["in_books"]
    assert found[0] == "found: 450.00 on Fri 13 Nov by check, ref 4411, no invoice is named"
    assert arctui.json("log", "300", "na")["in_books"] == []
