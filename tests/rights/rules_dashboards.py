"""Rights on the to-do list and search: everybody signed in, each their own."""

from tests.rights.rules import Rule

RULES = {"dashboards:home": Rule("+"), "dashboards:more": Rule("+"), "dashboards:search": Rule("+")}
