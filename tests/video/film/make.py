"""Makes the short film of the tests: stills, a tone, captions in two languages. `python tests/video/film/make.py` needs ffmpeg.

Fourteen seconds: twelve of the film, and two of the other way behind it. What it makes is kept beside it, so that no test needs
ffmpeg.
"""

import shutil
import subprocess
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
SIZE = (320, 180)
# Name of the still, seconds, background, how high the person in the middle stands.
SCENES = (
    ("still-1", 3.0, "#22405c", 60),
    ("still-2", 7.5, "#5c2230", 20),
    ("still-3", 1.5, "#1f4d33", 40),
    ("still-4", 2.0, "#3d3a12", 70),
)
CAPTIONS = {
    "en": ("He cannot breathe.", "<v Dana>Get off him, now!", "The ambulance is here.", "He sits up and breathes."),
    "es": ("No puede respirar.", "<v Dana>¡Quítate de encima, ya!", "Llegó la ambulancia.", "Se sienta y respira."),
}
TIMES = (("00:00.500", "00:02.800"), ("00:05.200", "00:08.000"), ("00:10.600", "00:11.900"), ("00:12.000", "00:14.000"))


def stills() -> None:
    """The pictures, with two people standing and one between them."""
    for name, _seconds, color, height in SCENES:
        picture = Image.new("RGB", SIZE, color)
        draw = ImageDraw.Draw(picture)
        for x in (60, 260):
            draw.ellipse((x - 14, 40, x + 14, 68), fill="#f0d9c0")
            draw.rectangle((x - 18, 70, x + 18, 150), fill="#101820")
        draw.ellipse((146, 150 - height - 28, 174, 150 - height), fill="#d8b08c")
        draw.rectangle((140, 150 - height, 180, 150), fill="#8a8f98")
        picture.save(HERE / f"{name}.jpg", quality=70)
    shutil.copy(HERE / "still-1.jpg", HERE / "film.jpg")


def film() -> None:
    """The pictures one after the other over a tone, as H.264 and AAC that play everywhere."""
    pictures = [part for name, seconds, *_rest in SCENES for part in ("-loop", "1", "-t", str(seconds), "-i", f"{name}.jpg")]
    joined = "".join(f"[{number}:v]" for number in range(len(SCENES)))
    seconds = sum(scene[1] for scene in SCENES)
    command = [
        *("ffmpeg", "-y", "-loglevel", "error", *pictures, "-f", "lavfi", "-t", str(seconds), "-i", "sine=frequency=330"),
        *("-filter_complex", f"{joined}concat=n={len(SCENES)}:v=1:a=0,fps=10,format=yuv420p[v]", "-map", "[v]"),
        *("-map", f"{len(SCENES)}:a", "-c:v", "libx264", "-profile:v", "baseline", "-g", "10", "-crf", "34", "-c:a", "aac"),
        *("-b:a", "16k", "-ac", "1", "-fflags", "+bitexact", "-flags", "+bitexact", "-movflags", "+faststart", "film.mp4"),
    ]
    subprocess.run(command, cwd=HERE, check=True)
    (HERE / "still-4.jpg").unlink()  # the other way is in the film only


def captions() -> None:
    """The captions as WebVTT."""
    for language, lines in CAPTIONS.items():
        cues = [f"{start} --> {end}\n{line}\n" for (start, end), line in zip(TIMES, lines, strict=True)]
        (HERE / f"film-{language}.vtt").write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")


if __name__ == "__main__":
    stills()
    film()
    captions()
