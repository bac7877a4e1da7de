from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casebook", "0002_security"), ("exhibits", "0002_security")]
    operations = [migrations.RunSQL("SELECT exhibits_attach('casebook', 'casebook_casestudy')")]
