"""Fields: what an owner may add to tickets, customers and companies: tags, categories, custom fields.

Owns:      tags, categories, custom_fields
Announces: FieldsChanged
Reacts to: nothing
"""
