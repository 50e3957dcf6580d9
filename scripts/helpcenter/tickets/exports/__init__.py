"""From files of any helpdesk to cells: mappings, forms, encodings and compressions."""
