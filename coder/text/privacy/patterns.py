"""The finders whose forms are known: no list and no model needed."""

from __future__ import annotations

from coder.text.privacy.accounts import ACCOUNTS
from coder.text.privacy.birth_dates import BIRTH_DATES
from coder.text.privacy.cards import CARDS
from coder.text.privacy.emails import EMAILS
from coder.text.privacy.handles import HANDLES
from coder.text.privacy.nhs_numbers import NHS_NUMBERS
from coder.text.privacy.ni_numbers import NI_NUMBERS
from coder.text.privacy.phones import PHONES
from coder.text.privacy.postcodes import POSTCODES
from coder.text.privacy.urls import URLS

PATTERNS = (
    EMAILS, URLS, HANDLES, CARDS, ACCOUNTS, NHS_NUMBERS, NI_NUMBERS, PHONES, BIRTH_DATES, POSTCODES,
)  # fmt: skip
