"""Words that customers use for the same thing; each line is one group, a phrase is written with spaces."""

from collections.abc import Iterable, Mapping, Sequence

Synonyms = Mapping[str, tuple[str, ...]]
"""What else may be meant, by word or phrase."""

_GROUPS = """
refund, reimbursement, reimburse, money back, chargeback
return, send back, give back
exchange, swap, replacement, replace
delivery, shipping, shipment, dispatch, deliver, ship
parcel, package
courier, carrier
track, tracking, where is
order, purchase
cancel, cancellation, terminate, termination, unsubscribe, stop
invoice, bill, receipt
billing, payment, charge
pay, payment
price, pricing, cost, fee
discount, voucher, coupon, promo code
broken, damaged, defective, faulty, smashed, cracked
missing, lost
late, delayed, delay, overdue
warranty, guarantee
size, sizing, measurements, fit
login, log in, sign in, signin
logout, log out, sign out
password, passcode, passphrase
two factor, 2fa, mfa, two step, authenticator
account, profile
register, sign up, signup, create account
delete, remove, erase
download, export
upload, import
user, member, seat
plan, subscription, tier, package
upgrade, change plan
downgrade, smaller plan
error, failure, crash, bug, problem
slow, lag, performance, sluggish
integration, connector, connect
api, interface, endpoint
token, api key
throttle, rate limit, too many requests, 429
outage, downtime, down, unavailable
wifi, wi-fi, wlan, wireless
vpn, remote access
laptop, notebook, computer, pc, macbook
phone, mobile, cell, smartphone
printer, print, printing
screen, monitor, display
holiday, vacation, leave, time off, pto
sick, ill, illness, sickness
salary, payroll, wage, pay
payslip, pay slip, pay stub
expense, expenses, reimbursement, travel costs
contract, agreement
renewal, renew, extend
meeting room, conference room
badge, key card, access card
email, e-mail, mail
address, street
contact, reach, call
opening hours, office hours, business hours
team, group
report, statement
file, document, attachment
picture, photo, image
colleague, coworker, teammate
new starter, new hire, onboarding
""".strip()

GROUPS: tuple[tuple[str, ...], ...] = tuple(
    tuple(part.strip().replace("-", " ") for part in line.split(",")) for line in _GROUPS.splitlines()
)


def index_of(groups: Iterable[Sequence[str]]) -> Synonyms:
    """All groups by each of their words and phrases."""
    index: dict[str, dict[str, None]] = {}
    for group in groups:
        for phrase in group:
            others = index.setdefault(phrase, {})
            others.update(dict.fromkeys(other for other in group if other != phrase))
    return {phrase: tuple(others) for phrase, others in index.items()}


SYNONYMS = index_of(GROUPS)
LONGEST_PHRASE = 4
