"""Words that announce a number of an order, ticket, parcel, …: such numbers are nobody's secret."""

import re

_NOUNS = (
    r"orders?|tickets?|invoices?|tracking|shipments?|parcels?|packages?|consignment|waybill|awb|deliver(?:y|ies)|cases?"
    r"|ref(?:erence)?s?|confirmation|bookings?|reservation|accounts?|acct|customer|client|member(?:ship)?|serial|sku"
    r"|models?|parts?|products?|items?|articles?|isbn|issn|ean|upc|gtin|asin|imei|vin|mac|polic(?:y|ies)|contracts?|claims?|transactions?"
    r"|txn|receipts?|p\.?o\.?|purchase|rma|returns?|zip|postcode|postal|ssn|social security|passport|licen[cs]e|versions?|builds?"
    r"|release|codes?|pin|otp|vat|tax|ein|tin|steuer|registration|request|issue|bug|error|incident|job|batch|lot|quote|estimate"
    r"|device|firmware|kb|id|ids|uuid|guid|session|room|flight|coupon|voucher|gift card|patent|docket|file|page|port|hash|cve|suite|apt|apartment|unit|floor|box|commit"
    r"|bestellung(?:en)?|auftrag|rechnung(?:en)?|sendung|paket|vorgang|kunde|vertrag|lieferung|seriennummer|artikel|buchung"
    r"|commandes?|factures?|colis|suivi|dossier|contrat|référence|pedidos?|facturas?|seguimiento|envío|caso|reserva|referencia"
    r"|ordin[ei]|fattur[ae]|spedizione|pratica|prenotazione|bestelling(?:en)?|factuur|zending|encomendas?|faturas?|rastreio|rastreamento"
    r"|zamówieni[ea]|faktur[aya]|przesyłk[ai]|ordre|beställning|försändelse|tilaus"
)
_COMPOUND = r"(?!tel|fon|handy|mobil|ruf|fax)\w*(?:bestell|auftrags|rechnungs|sendungs|kunden|vertrags|vorgangs|artikel|serien|paket|liefer|referenz|ticket|konto|steuer|buchungs|order|factuur|klant|volg)\w*(?:nummer|nr|number)"
_LINK = (
    r"(?:numbers?|num|no|nr|nº|n°|ids?|codes?|ref|reference|label|is|was|are|were|the|my|your|our|this|with|of|under|by|placed|called"
    r"|ist|lautet|war|die|der|meine|est|numéro|número|de|du|la|le|mon|ma|es|mi|el|è|numero|il|mio|van|het|mijn)"
)
_ANNOUNCES = re.compile(
    rf"(?:\b(?:{_NOUNS}|{_COMPOUND})\b(?:[\s:;.,#=\"'(\[/\-]|\b[A-Z]{{1,6}}\b)*(?:\b{_LINK}\b[\s:;.#=\"'(\[\-]*){{0,4}}|#\s?|№\s?|\bn[°º]\s?)$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:\d[\d.\-/]*)(?: \d[\d.\-/]*){0,5}\s?(?:,|;|/|&|\band\b|\bor\b|\bund\b|\bet\b|\by\b|\be\b)\s*(?:,|and|or)?\s*#?$",
    re.IGNORECASE,
)


def follows_reference(text: str, start: int) -> bool:
    """Whether the number at `start` is announced as an order, ticket, invoice, tracking, … number."""
    before = text[max(0, start - 90) : start]
    for _ in range(6):  # "orders 123, 456 and 789"
        if _ANNOUNCES.search(before):
            return True
        listed = _LISTED.search(before)
        if not listed:
            return False
        before = before[: listed.start()]
    return False
