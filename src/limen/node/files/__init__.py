"""Where pictures lie: Django storages, encrypted at rest."""
