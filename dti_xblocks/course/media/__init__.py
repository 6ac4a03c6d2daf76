"""The pictures of a course, made by code: people and things posed in three dimensions, lit as in a film at night, and painted
in flat planes. A scene is a short text file; `dti-course media` builds the pictures that are out of date.

What draws needs the packages of the extra `media`, and is imported only when a picture is drawn. What reads scene files and
checks finished pictures (`scene`, `index`, `checks`, `gallery`) needs nothing of them.

Coordinates are metres: x to the right, y up, z towards the viewer. A figure at rest faces +z. Angles are degrees.
"""
