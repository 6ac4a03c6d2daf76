"""PDF/A-3a and PDF/UA-1 in one file: what a file says of itself so that an archive takes it and a screen reader can follow it.

WeasyPrint makes one or the other; the pages are the same for both. So a PDF/A-3u with tags is made, and its metadata say the
rest. PDF/A wants each word of the metadata explained that it does not know itself: that is the long part below. It does without
`rdf:parseType`, which older versions of pyHanko garble when they sign the file.
"""

from __future__ import annotations

VARIANT = "pdf/a-3u"  # every WeasyPrint has it; "pdf/a-3a" came later
_UNICODE, _ACCESSIBLE = b'pdfaid:conformance="U"', b'pdfaid:conformance="A"'
_END = b"</rdf:RDF>"
_ALSO = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li><rdf:Description>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li><rdf:Description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:Description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:Description></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def finish(document, pdf) -> None:
    """WeasyPrint calls this with its document and the PDF before it is written: make its metadata say the whole truth."""
    reference = pdf.catalog["Metadata"]
    metadata = next(each for each in pdf.objects if each.number and each.reference == reference)
    text = b"".join(metadata.stream)
    if text.count(_END) != 1 or text.count(_UNICODE) != 1:
        raise RuntimeError("This WeasyPrint writes other metadata than are known here; the file would be no PDF/A-3a.")
    metadata.stream = [text.replace(_UNICODE, _ACCESSIBLE).replace(_END, _ALSO + _END)]
