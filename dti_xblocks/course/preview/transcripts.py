"""The video block's `video_config` service: transcripts come from the course's static/ folder."""

from __future__ import annotations

import json
import re

from .confine import MAX_FILE
from .tree import CourseTree

STAMP = r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,4})[.,](\d{1,4})"
TIME = re.compile(rf"(?<!\d){STAMP}\s{{0,9}}-->\s{{0,9}}{STAMP}")
MIME = {
    "srt": "application/x-subrip; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "sjson": "application/json",
}
Cue = tuple[int, int, str]  # start and end in milliseconds, words


class VideoConfigService:
    """The platform's service over `tree.static`; nothing is switched on that needs the network."""

    def __init__(self, tree: CourseTree):
        self.tree = tree

    # -- switches --------------------------------------------------------------------------------------------------------

    def is_hls_playback_enabled(self, _course_id):
        """Off: it needs the network."""
        return False

    def is_youtube_deprecated(self, _course_id):
        """Off."""
        return False

    def is_youtube_blocked_for_course(self, _course_id):
        """Off."""
        return False

    def is_transcript_feedback_enabled(self, _course_id):
        """Off: it needs the network."""
        return False

    def get_public_sharing_context(self, _block, _course_id):
        """Nothing is shared."""
        return {}

    def get_public_video_url(self, _block):
        """Nothing is shared."""
        return ""

    def get_branding_info(self, _country):
        """No other host's logo is shown."""
        return

    def handle_editor_saved(self, _block, _user_id, _old_metadata):
        """There is no video store to update."""

    # -- transcripts -----------------------------------------------------------------------------------------------------

    def available_translations(self, video_block, transcripts, verify_assets=None, is_bumper=False):
        """Languages whose transcript file the course has."""
        found = [lang for lang, name in transcripts.get("transcripts", {}).items() if self._file(name)]
        if "en" not in found and self._english(transcripts.get("sub"), video_block):
            found.append("en")
        if video_block.edx_video_id:
            from edxval import api

            stored = api.get_available_transcript_languages(video_id=video_block.edx_video_id)
            found += [lang for lang in stored if lang not in found]
        return found

    def get_transcript(self, video_block, lang=None, output_format="srt", youtube_id=None, is_bumper=False):
        """(content, file name, MIME type). Raises the block's `TranscriptNotFoundError`."""
        info = video_block.get_transcripts_info(is_bumper=is_bumper)
        lang = lang or video_block.get_default_transcript_language(info)
        path = self._file(info["transcripts"].get(lang)) or (
            self._english(info.get("sub") or youtube_id, video_block) if lang == "en" else None
        )
        if path is not None:
            with path.open(encoding="utf-8-sig", errors="replace") as file:
                text, name = file.read(MAX_FILE), path.name
        else:
            text, name = self._stored(video_block, lang)
        stem, _dot, suffix = name.rpartition(".")
        writer = {"srt": as_srt, "txt": as_text, "sjson": as_sjson}[output_format]
        return writer(read_cues(text, f".{suffix}")), f"{stem}.{output_format}", MIME[output_format]

    @staticmethod
    def _stored(video_block, lang):
        """(text, file name) from the platform's video store, for videos that have an id in it."""
        from edxval import api
        from xblocks_contrib.video.exceptions import TranscriptNotFoundError

        found = api.get_video_transcript_data(video_block.edx_video_id, lang) if video_block.edx_video_id else None
        if not found:
            raise TranscriptNotFoundError(f"The course has no transcript file for {lang}")
        return found["content"].decode("utf-8-sig", "replace"), found["file_name"]

    def _file(self, name):
        return self.tree.static.find(name.removeprefix("/static/")) if name else None

    def _english(self, sub, video_block):
        """Older courses name English by an id: subs_<id>.srt.sjson."""
        for candidate in (sub, getattr(video_block, "youtube_id_1_0", "")):
            if candidate:
                found = self._file(f"subs_{candidate}.srt.sjson") or self._file(candidate)
                if found:
                    return found
        return None


def read_cues(text: str, suffix: str) -> list[Cue]:
    """The cues of SubRip, WebVTT or the platform's own JSON. What is no cue is passed over."""
    return {".sjson": _json_cues, ".srt": _srt_cues}.get(suffix, _vtt_cues)(text)


def _json_cues(text: str) -> list[Cue]:
    try:
        data = json.loads(text)
        cues = zip(data["start"], data["end"], data["text"], strict=False)
        return [(int(start), int(end), str(words)) for start, end, words in cues]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return []


def _srt_cues(text: str) -> list[Cue]:
    """As the platform reads them, with the same library."""
    import pysrt  # comes with the extra `preview`; a server that only has the addresses does without

    try:
        return [(item.start.ordinal, item.end.ordinal, item.text) for item in pysrt.from_string(text)]
    except ValueError:  # a number of more digits than Python takes
        return []


def _vtt_cues(text: str) -> list[Cue]:
    cues = []
    for block in re.split(r"\r?\n\s*\r?\n", text):
        lines = block.strip().splitlines()
        for index, line in enumerate(lines):
            match = TIME.search(line)
            if match:
                parts = [int(part or 0) for part in match.groups()]
                start, end = (((h * 60 + m) * 60 + s) * 1000 + ms for h, m, s, ms in (parts[:4], parts[4:]))
                cues.append((start, end, "\n".join(lines[index + 1 :])))
                break
    return cues


def as_sjson(cues: list[Cue]) -> str:
    """The cues in the platform's own form, which its player asks for."""
    return json.dumps({
        "start": [start for start, _end, _text in cues],
        "end": [end for _start, end, _text in cues],
        "text": [text for _start, _end, text in cues],
    })  # fmt: skip


def as_text(cues: list[Cue]) -> str:
    """The words alone."""
    return "\n".join(text for _start, _end, text in cues)


def as_srt(cues: list[Cue]) -> str:
    """The cues as SubRip, numbered from 1."""
    import pysrt

    items = (pysrt.SubRipItem(number, start, end, text) for number, (start, end, text) in enumerate(cues, 1))
    return "\n".join(str(item) for item in items)
