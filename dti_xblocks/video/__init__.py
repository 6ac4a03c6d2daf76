"""The film's domain: model, OLX, rules, captions, what was watched, how answers are judged.

Standard library only (lxml in `olx`).
"""
