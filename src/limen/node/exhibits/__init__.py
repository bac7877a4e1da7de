"""Pictures of alerts and case studies: taken from reports or uploaded, masked, described, compared, shown.

An exhibit belongs to a record of another app, named by (kind, record): the app's label and the row's number. It carries
the record's owner, author and audience, copied by the database, so that it is seen exactly when its record is.

**An app with records of its own kind**

1. calls, in a migration that depends on `("exhibits", "0002_security")`,
   `migrations.RunSQL("SELECT exhibits_attach('alerts', 'alerts_alert')")`;
2. registers the kind in the `ready` of its configuration: `holders.register(Holder(Alert, reports=linked))`.
   By default a record's author, examiners and coordinators of its agency change its exhibits while it is a draft or was
   recalled, and it is written at `<label>:edit`; `may_edit=` and `edit_url=` say otherwise;
3. gives its `sharing.kinds.Kind` the sentences of `fitting.missing(record)` and `fitting.unfit(record, audience)`;
4. calls `deleting.go_with([record, ...])` before it deletes records, in the same transaction: rows and files go.

**Adding** (`adding`): `take(record, officer, image)` copies the masked picture of a report, `upload(record, officer,
data)` takes pictures in, masked as far as they are understood, until a person confirms the masks.

**Showing** (`showing`): `viewer_of(record)` is what `exhibits/viewer.html` shows; in a template
`{% load exhibits %}{% exhibits record %}` shows the viewer, `{% exhibit_editor record officer %}` edits them.
`pictures(record)` lists the exhibits alone, as for a print: `picture.exhibit.masked.open()`.
"""
