"""The review's domain: model, rules and OLX, standard library only (lxml in `olx`)."""
