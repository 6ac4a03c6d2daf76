"""What the XBlock classes are made of; the classes stand at one dot (`*_block.py`), which the platform needs for their files."""
