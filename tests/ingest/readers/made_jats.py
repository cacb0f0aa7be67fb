"""A JATS article made for tests."""

from corpus.document import Document
from ingest.readers import jats
from ingest.readers.base import RawFile

ARTICLE = """<article article-type="{kind}" xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta>
<journal-title>A journal</journal-title></journal-meta><article-meta>{ids}<article-categories>
<subj-group subj-group-type="heading"><subject>{heading}</subject></subj-group></article-categories>
<title-group><article-title>{title}</article-title></title-group>{meta}</article-meta></front>
<body>{body}</body>{back}</article>"""


def article(
    body: str = "<p>Text.</p>",
    meta: str = "",
    ids: str = "<article-id pub-id-type='doi'>10.1000/x</article-id>",
    kind: str = "research-article",
    heading: str = "Article",
    title: str = "A title",
    back: str = "",
) -> Document:
    """Return what is read of an article of these parts."""
    xml = ARTICLE.format(body=body, meta=meta, ids=ids, kind=kind, heading=heading, title=title, back=back)
    (document,) = jats.read(RawFile("a.xml", xml.encode()))
    return document
