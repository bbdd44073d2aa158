"""What people call the columns of a table, in eight languages and in the short words of accounting systems.

Owns words only. English, German, French, Spanish, Italian, Dutch, Portuguese, Polish; SAP and Tally; with accents or
without (`key` folds them). A word may stand for several fields: the values of the column decide.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from arctui.core.text import fold
from arctui.exchange.columns import CONTACT_FIELDS, EMAILS, ITEM_FIELDS, PAYMENT_FIELDS, PHONES, header_key, is_bucket

#: Field: its names in each language, those that are believed more first.
_NAMES: dict[str, str] = {
    "customer": """
        sold to party name, customer name 1, name 1, party, party name, particulars, party's name, ledger name,
        kunde, kundenname, debitor, debitorenname, firma, firmenname, name des kunden, kontoname, kontobezeichnung,
        geschäftspartner, rechnungsempfänger, auftraggeber, name, client, nom du client, nom client, raison sociale,
        société, tiers, nom du tiers, nom, débiteur, intitulé du compte, intitulé, cliente, nombre del cliente,
        nombre cliente, razón social, deudor, empresa, nombre, ragione sociale, nome cliente, intestatario, debitore,
        denominazione, nominativo, klant, klantnaam, naam klant, debiteur, debiteurnaam, relatie, bedrijfsnaam, naam,
        bedrijf, nome do cliente, razão social, devedor, nome, entidade, sacado, kontrahent, nazwa kontrahenta,
        klient, nazwa klienta, nabywca, dłużnik, nazwa, płatnik""",
    "customer_number": """
        customer no, customer number, account, kunnr, cust no, party code, sold to party, ledger code, account code,
        kundennummer, kundennr, kunden nr, kd nr, kdnr, kunde, debitorennummer, debitorennr, debitor nr, debitor,
        debitorenkonto, konto, kontonummer, personenkonto, code client, numéro client, n° client, no client,
        numéro de client, compte, compte client, compte tiers, code tiers, número de cliente, nº cliente,
        código cliente, código de cliente, cod cliente, cuenta, codice cliente, numero cliente, conto, klantnummer,
        klantnr, debiteurnummer, debiteurennummer, debiteurnr, relatienummer, rekening, número do cliente,
        código do cliente, conta, numer klienta, nr klienta, kod kontrahenta, kod klienta, numer kontrahenta,
        akronim""",
    "number": """
        belnr, bill no, bill number, voucher no, vch no, ref no, doc nr, invoice nr, inv no, inv, inv number,
        billing document, rechnungsnummer, rechnungsnr, rechnung nr, rechnung, rg nr, re nr, belegnummer, belegnr,
        beleg nr, beleg, beleg 1, belegfeld 1, dokumentnummer, externe belegnummer, numéro de facture, n° facture,
        no facture, facture, n° de facture, numéro facture, numéro, n° pièce, pièce, numéro de pièce, n°,
        número de factura, nº factura, n.º factura, factura, num factura, número, documento, nº documento,
        numero fattura, n. fattura, nr fattura, fattura, numero documento, n. documento, num doc, numero,
        factuurnummer, factuurnr, factuur, factuur nr, boekstuknummer, boekstuk, número da fatura, nº fatura, fatura,
        número do documento, nota fiscal, nf, número da nota, nr dokumentu, numer dokumentu, numer faktury,
        nr faktury, faktura, dokument, numer""",
    "kind": """
        document type, doc type, blart, voucher type, vch type, belegart, belegtyp, vorgangsart, dokumentart, art,
        buchungsart, type de pièce, type de document, nature, tipo, tipo de documento, tipo documento, tipo doc,
        causale, soort, documentsoort, documenttype, boekstuksoort, tipo do documento, typ dokumentu, rodzaj, typ,
        rodzaj dokumentu""",
    "issued": """
        bldat, budat, bill date, billing date, voucher date, inv date, doc date, rechnungsdatum, rg datum, re datum,
        belegdatum, buchungsdatum, datum, ausstellungsdatum, date de facture, date facture, date de la facture,
        date d'émission, date de pièce, date pièce, date comptable, émise le, fecha de factura, fecha factura, fecha,
        fecha de emisión, fecha emisión, fecha documento, data fattura, data documento, data, data emissione,
        data di emissione, data registrazione, factuurdatum, boekdatum, boekingsdatum, documentdatum,
        data da fatura, data de emissão, emissão, data emissão, data do documento, data wystawienia, data dokumentu,
        data faktury, data sprzedaży, wystawiono""",
    "due": """
        net due date, faedt, due on, due by, pay by, payable by, payment due, due, fälligkeitsdatum, fälligkeit,
        fällig, fällig am, fälligam, zahlbar bis, zahlungsziel, nettofälligkeit, netto fälligkeit, faelligkeit,
        faelligkeitsdatum, faellig am, faellig, date d'échéance, échéance, date échéance, échéance le, à payer le,
        exigible le, fecha de vencimiento, fecha vencimiento, vencimiento, vence, vence el, fecha de pago,
        data scadenza, scadenza, data di scadenza, scade il, vervaldatum, vervaldag, te betalen voor, vervalt,
        uiterste betaaldatum, data de vencimento, vencimento, data vencimento, vence em, termin płatności, termin,
        data płatności, termin zapłaty, płatne do""",
    "amount": """
        dmbtr, wrbtr, bill amount, invoice value, amount in local currency, amount in doc. curr., gross,
        opening amount, ursprungsbetrag, rechnungsbetrag, bruttobetrag, gesamtbetrag, belegbetrag, betrag, brutto,
        summe, umsatz, bruttosumme, montant, montant ttc, total ttc, montant facture, ttc, montant total,
        montant initial, importe, importe total, total factura, importe factura, monto, importo, importo totale,
        totale, totale fattura, importo fattura, totale documento, bedrag, factuurbedrag, totaalbedrag, totaal,
        bedrag incl btw, valor, valor total, valor da fatura, montante, valor do documento, valor original, kwota,
        kwota brutto, wartość brutto, wartość, kwota faktury, razem""",
    "balance": """
        pending amount, pending amt, closing balance, closing, opening balance, amt due, open amt, open, due,
        total open, rest amount, offen, offener betrag, restbetrag, offener posten, saldo, offener saldo,
        offene posten, noch offen, forderung, rückstand, ausstehend, ausstehender betrag, restforderung, op betrag,
        solde, reste à payer, restant dû, montant dû, solde dû, reste dû, encours, montant restant, solde restant,
        pendiente, importe pendiente, saldo pendiente, por cobrar, monto pendiente, residuo, importo residuo, aperto,
        importo aperto, da incassare, da pagare, saldo aperto, openstaand, openstaand bedrag, openstaand saldo,
        openstaande bedrag, nog te betalen, restbedrag, te betalen, em aberto, valor em aberto, saldo em aberto,
        saldo devedor, pendente, valor pendente, por pagar, por liquidar, do zapłaty, pozostało, pozostało do zapłaty,
        należność, nierozliczone, kwota pozostała, saldo należności""",
    "paid": """
        received, paid to date, bezahlt, gezahlt, zahlung, zahlbetrag, bereits bezahlt, payé, réglé, montant payé,
        montant réglé, acompte, pagado, cobrado, importe pagado, pagato, incassato, importo pagato, betaald,
        betaald bedrag, pago, valor pago, recebido, liquidado, zapłacono, zapłacone, kwota zapłacona, rozliczono""",
    "debit": """
        debit, debit amount, dr amount, dr, debits, charges, soll, sollbetrag, débit, debe, cargo, dare, addebito,
        addebiti, debet, débito, winien, wn, obciążenie, obciążenia, withdrawal, withdrawals, paid out, money out""",
    "credit": """
        credit, credit amount, cr amount, cr, credits, haben, habenbetrag, crédit, haber, abono, avere, accredito,
        accrediti, ma, uznanie, uznania, crédito, deposit, deposits, paid in, money in""",
    "sign": """
        shkzg, debit/credit, dr/cr, d/c, s/h, soll/haben, debit credit, soll haben, soll haben kennzeichen,
        s/h kennzeichen, sens, d/h, debe/haber, dare/avere, d/a, debet/credit, bij/af, af bij, débito/crédito, wn/ma,
        strona, dc, sh, drcr""",
    "currency": """
        waers, waerk, curr, cur, document currency, währung, währungscode, waehrung, wkz, wkz umsatz, devise, monnaie,
        code devise, moneda, divisa, código de moneda, valuta, codice valuta, muntsoort, munteenheid, valutacode,
        moeda, código da moeda, waluta""",
    "status": "status, état, statut, estado, stato, situação, stan, zustand, zahlungsstatus, statut de paiement",
    "reference": """
        xblnr, zuonr, assignment, reference key, cheque no, check no, order no, referenz, zuordnung, bestellnummer,
        bestell nr, ihr zeichen, ihre referenz, belegfeld 2, beleg 2, auftragsnummer, auftrag, référence, réf,
        référence client, commande, n° commande, numéro de commande, bon de commande, referencia, pedido, nº pedido,
        orden de compra, su referencia, riferimento, rif, ordine, numero ordine, referentie, kenmerk, uw referentie,
        bestelnummer, inkoopnummer, referência, ordem de compra, odniesienie, numer zamówienia, zamówienie,
        referencja""",
    "terms": """
        terms, payment terms, zterm, credit period, zahlungsbedingung, zahlungsbedingungen, konditionen,
        conditions de paiement, condition de règlement, délai de paiement, condiciones de pago, forma de pago,
        plazo de pago, condizioni di pagamento, termini di pagamento, betalingscondities, betalingstermijn,
        betaalconditie, condições de pagamento, condição de pagamento, prazo de pagamento, warunki płatności""",
    "identity": """
        zahlungsnummer, zahlung nr, transaktionsnummer, transaktions id, n° de paiement, numéro de paiement,
        n° transaction, id de pago, número de pago, id transacción, numero pagamento, id transazione, betalingsnummer,
        transactienummer, número do pagamento, id da transação, numer płatności, id transakcji, numer transakcji,
        transaction id, fitid, bank reference, kundenreferenz""",
    "day": """
        payment date, value date, posting date, transaction date, booking date, clearing date, augdt, zahlungsdatum,
        zahldatum, bezahlt am, zahlungseingang, eingangsdatum, buchungstag, valuta, valutadatum, wertstellung,
        date de paiement, date paiement, date de règlement, date règlement, payé le, date de valeur, date valeur,
        date d'opération, date opération, fecha de pago, fecha pago, fecha de cobro, fecha cobro, fecha valor,
        fecha operación, data pagamento, data di pagamento, data incasso, data valuta, data contabile,
        data operazione, betaaldatum, datum betaling, ontvangen op, rentedatum, boekdatum, data do pagamento,
        data de pagamento, data do recebimento, data valor, data movimento, data do movimento, data zapłaty,
        data wpłaty, data operacji, data księgowania, data waluty""",
    "method": """
        zahlungsart, zahlungsmethode, zahlweg, mode de paiement, mode de règlement, moyen de paiement, método de pago,
        medio de pago, forma de cobro, metodo di pagamento, modalità di pagamento, betaalwijze, betaalmethode,
        forma de pagamento, método de pagamento, meio de pagamento, sposób zapłaty, sposób płatności,
        metoda płatności""",
    "memo": """
        bemerkung, notiz, kommentar, beschreibung, remarque, commentaire, notes, observaciones, nota, concepto, note,
        descrizione, opmerking, omschrijving, observações, descrição, uwagi, opis, narration""",
    "payer": """
        payer, payee, beneficiary, counterparty, counterparty name, name of counterparty, zahlungspflichtiger,
        beguenstigter/zahlungspflichtiger, begünstigter/zahlungspflichtiger, auftraggeber/empfänger,
        auftraggeber/begünstigter, empfänger, zahler, auftraggeber, donneur d'ordre, émetteur, contrepartie,
        ordenante, beneficiario, ordinante, controparte, tegenpartij, naam tegenpartij, tegenrekening naam,
        naam / omschrijving, ordenador, beneficiário, nadawca, nadawca / odbiorca, nadawca/odbiorca,
        dane kontrahenta, nazwa nadawcy""",
    "words": """
        description, narrative, details, transaction details, transaction description, narration, memo,
        verwendungszweck, buchungstext, vorgang/verwendungszweck, text, umsatzdetails, libellé, libellé opération,
        libellé de l'opération, détail, motif, concepto, descripción, movimiento, causale, descrizione,
        descrizione operazione, omschrijving, mededeling, mededelingen, descrição, histórico, descritivo, tytuł,
        tytuł operacji, tytułem, opis operacji, opis""",
    "person": """
        ansprechpartner, kontaktperson, kontakt, bearbeiter, contact, interlocuteur, nom du contact, contacto,
        persona de contacto, contatto, referente, persona di riferimento, contactpersoon, contato,
        pessoa de contacto, pessoa de contato, osoba kontaktowa, osoba""",
    "first_name": "vorname, prénom, nombre de pila, nome di battesimo, voornaam, primeiro nome, imię",
    "last_name": "nachname, nom de famille, apellido, apellidos, cognome, achternaam, sobrenome, apelido, nazwisko",
    "role": """
        funktion, rolle, position, abteilung, fonction, poste, cargo, puesto, ruolo, funzione, functie, stanowisko""",
    "phone": """
        telefon, telefonnummer, tel, tel nr, rufnummer, mobil, handy, mobiltelefon, téléphone, tél, portable,
        téléphone mobile, teléfono, móvil, celular, telefono, cellulare, telefoon, telefoonnummer, mobiel, telefone,
        telemóvel, telemovel, numer telefonu, komórka""",
    "email": """
        e mail adresse, mailadresse, email adresse, courriel, adresse e mail, adresse email, mail, correo,
        correo electrónico, posta elettronica, indirizzo email, e mailadres, emailadres, correio eletrónico,
        correio eletrônico, adres e mail, adres email""",
    "address": """
        adresse, anschrift, straße, strasse, plz, ort, stadt, postleitzahl, hausnummer, rue, code postal, ville,
        dirección, calle, código postal, ciudad, población, provincia, indirizzo, via, cap, città, adres, straat,
        postcode, plaats, woonplaats, endereço, morada, rua, cep, cidade, localidade, ulica, kod pocztowy, miasto,
        miejscowość, address, street, city, town, state, zip, post code""",
    "country": "land, pays, país, paese, nazione, kraj, land iso, ländercode, code pays",
    "credit_limit": """
        credit limit, limit, klimk, kreditlimit, kreditlinie, limite de crédit, plafond, encours autorisé,
        límite de crédito, limite crédito, fido, limite di credito, kredietlimiet, limite de credito, limit kredytowy,
        limit kupiecki""",
    "tax_number": """
        tax number, tax id, vat number, vat id, vat no, gstin, gst no, stceg, ustid, ust id, ust idnr, ust id nr,
        steuernummer, n° tva, numéro de tva, tva intracommunautaire, siret, siren, nif, cif, partita iva, p iva,
        codice fiscale, btw nummer, btwnummer, btw nr, kvk nummer, contribuinte, cnpj, cpf, nipc, nip,
        vat registration number, ein""",
}
#: Known columns that are none of the fields: ages, discounts, aging buckets, what a system keeps for itself.
_OTHER = """
    age, aging, days overdue, days past due, overdue days, days late, line, line no, internal id, class, location,
    skontodatum, skonto, lfd nr, mahnstufe, mahnung, abwarten, tage, tage überfällig, verzugstage, überfällig seit,
    lieferdatum, leistungsdatum, delivery date, ship date, sales rep, salesperson, last payment, jours de retard,
    retard, date de livraison, días de retraso, días vencidos, fecha de entrega, giorni di ritardo, giorni scaduti,
    data consegna, dagen te laat, dagen vervallen, leverdatum, dias de atraso, dias em atraso, data de entrega,
    dni po terminie, dni spóźnienia, data dostawy, tax, vat, mwst, ust, tva, iva, btw, netto, net, net amount, ht,
    montant ht, nettobetrag, prospect, inactive, active, fax, telefax"""

_CUSTOMERS = "cust|kunde|debitor|client|klant|kontrahent|klient|debtor|nabywc"
_INVOICES = "invoice|rechnung|beleg|factu|fattu|fatu|faktur|doc|dokument|billn|billingdoc"
_NO = "(?:n[ur]m|nummer|number|nr|no|n|code|id)"
#: Parts of words that point to a field where the whole name is not known; the first that is found counts.
_STEMS: tuple[tuple[str, str], ...] = (
    ("tax_number", "taxnum|vatnum|ustid|steuernummer|partitaiva|gstin|siret"),
    ("credit_limit", "creditlimit|kreditlimit|limitedecredit|limitecredit|kredietlimiet"),
    ("email", "email|courriel|correoelec|correioelet"),
    ("phone", "phone|telefon|telefoon|mobil|handy"),
    ("due", "duedate|fallig|faellig|echeance|vencim|scaden|verval|terminplat|zahlbarbis"),
    (
        "balance",
        "outstand|openbal|openam|offen|restbetrag|resteapayer|solde|pendient|residu|emaberto",
    ),
    ("balance", "saldo|balance|unpaid|remaining|openstaand|dozaplaty|pozosta"),
    ("customer_number", f"(?:{_CUSTOMERS}).*{_NO}$|(?:code|codice|codigo|numero|kod|nr).*(?:{_CUSTOMERS})"),
    ("number", f"(?:{_INVOICES}).*{_NO}$|(?:numero|num|nr|no).*(?:{_INVOICES})"),
    ("issued", f"(?:{_INVOICES}|issue|emis|wystaw|buchung).*(?:dat|tag)|(?:dat|fecha).*(?:{_INVOICES}|emis|wystaw)"),
    ("day", "(?:pay|zahl|pag|betaal|plat|regle).*dat|dat.*(?:pay|paie|zahl|pag|betal|plat|regle|zaplat)"),
    ("customer", f"(?:{_CUSTOMERS})"),
    ("amount", "amount|betrag|montant|importe|importo|bedrag|kwota|valor|wartosc|summe|total"),
    ("currency", "currency|wahrung|waehrung|devise|moneda|valuta|waluta|moeda"),
    ("words", "verwendungszweck|descri|omschrijv|libelle"),
    ("address", "address|adress|strasse|street|indirizzo|direccion|endereco"),
    ("reference", "referen|bestell|commande|pedido|ordine"),
)

_PAYMENTS = re.compile(r"\b(?:payments?|receipts|zahlungs?\w*|paiements|reglements|pagos|cobros|incassi|pagamenti"
                       r"|betalingen|pagamentos|recebimentos|wplaty|platnosci)\b")  # fmt: skip
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_OF_A_CURRENCY = re.compile(r"[€£$₹]|\b(?:in )?(?:eur|usd|gbp|chf|pln|inr|brl|cad|aud)\b", re.IGNORECASE)


def key(text: str) -> str:
    """Return a name without case, accents, blanks and marks: "N° Facture" is "nofacture"."""
    return header_key(fold(text.replace("°", "o")))


def _keys(text: str) -> Iterator[str]:
    """Return the keys of a name: whole, then without what stands in brackets and without its currency."""
    yield key(text)
    yield key(_OF_A_CURRENCY.sub(" ", _IN_BRACKETS.sub(" ", text)))


@cache
def _fields_by_name() -> dict[str, dict[str, int]]:
    """Return for each name its fields, each with the name's place in the order of belief."""
    found: dict[str, dict[str, int]] = {}
    lists: list[tuple[str, Iterable[str]]] = [
        *(
            (field, names)
            for fields in (ITEM_FIELDS, PAYMENT_FIELDS, CONTACT_FIELDS)
            for field, names in fields.items()
        ),
        ("phone", PHONES),
        ("email", EMAILS),
        *((field, map(key, names.split(","))) for field, names in _NAMES.items()),
    ]
    for field, names in lists:
        for rank, name in enumerate(names):
            found.setdefault(name, {}).setdefault(field, rank)
    found.pop("", None)
    return found


@cache
def _others() -> frozenset[str]:
    return frozenset(map(key, _OTHER.split(",")))


def named(text: str) -> Mapping[str, int]:
    """Return the fields that a column of this name may be, each with how much it is believed (0: most).

    Nothing where the name is not known.
    """
    for name in _keys(text):
        if name in _fields_by_name():
            return _fields_by_name()[name]
    return {}


@lru_cache(maxsize=8192)
def resembles(text: str) -> str:
    """Return the field that parts of a name point to, "" for none."""
    name = key(text)
    return next((field for field, stem in _STEMS if re.search(stem, name)), "")


def is_other(text: str) -> bool:
    """Say whether a column of this name is known to be none of the fields."""
    return is_bucket(text) or any(name in _others() for name in _keys(text))


def speaks_of_payments(title: str) -> bool:
    """Say whether a title is that of a list of payments."""
    return bool(_PAYMENTS.search(fold(title)))
