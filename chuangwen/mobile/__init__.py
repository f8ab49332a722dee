"""mobile: the phone in the field 现场: today's places, a checklist, its receipt. Delivery only, no models."""
