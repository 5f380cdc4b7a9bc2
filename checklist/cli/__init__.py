"""The commands that need no web."""

from checklist.cli.packs import lint, pack
from checklist.cli.plans import plan, route, schema, template

commands = (plan, route, lint, template, schema, pack)
