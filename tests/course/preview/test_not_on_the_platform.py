"""What works here and not on Open edX is noted."""

from dti_xblocks.course.preview.loader import load
from tests.course.preview.made import in_a_unit


def test_a_video_of_the_static_folder_is_noted(write):
    videos = (
        '<video url_name="here" html5_sources="[&quot;/static/clip.mp4&quot;]"/>'
        '<video url_name="there" html5_sources="[&quot;https://media.example/clip.mp4&quot;]"/>'
    )
    tree = load(write({"course.xml": in_a_unit(videos), "static/clip.mp4": "x"}))
    (warning,) = tree.warnings
    assert warning.startswith('<video url_name="here"> plays /static/clip.mp4 in the preview, but not on Open edX')
