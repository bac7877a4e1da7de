"""The reporting platform: a Django site with an app per noun, its database, its worker and its command line."""
