"""mobile: pages for the phone in the field 现场 — today's places, a place's checklist, submitting. Delivery only, no models."""
