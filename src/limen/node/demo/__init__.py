"""A living data set of agencies, officers and reports that exist nowhere."""
