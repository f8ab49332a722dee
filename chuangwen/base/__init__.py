"""What every app stands on: tenants, events, files by content hash, receipts, lists, workbooks, figures, page parts.

Knows nothing of the field: no unit, place, problem or score. Apps register what base must ask them about (file rules,
imports, exports, figures) in their AppConfig.ready.
"""
