"""The pledge's domain: wording, journey, signature and seal, standard library only (lxml in `olx`)."""
