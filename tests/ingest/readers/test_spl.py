"""The SPL reader on small labels written here, and what it makes of real ones."""

from pathlib import Path

import pytest

from corpus.document import Document, Role, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile
from ingest.readers.spl import read, sniff
from ingest.readers.xml import parse
from tests.ingest.readers.contract import check_document

SET_ID = "00000000-0000-4000-8000-000000000001"


def label(sections: str, head: str = "", products: str = "") -> RawFile:
    data = (
        f'<document xmlns="urn:hl7-org:v3"><code code="34391-3" displayName="HUMAN PRESCRIPTION DRUG LABEL"/>{head}'
        f'<effectiveTime value="20240229"/><setId root="{SET_ID.upper()}"/><versionNumber value="7"/>'
        f"<component><structuredBody><component><section><code code='48780-1'/><text>not told</text>{products}"
        f"</section></component>{sections}</structuredBody></component></document>"
    )
    return RawFile("label.xml", data.encode())


def section(text: str, code: str = "34067-9", title: str = "1 INDICATIONS AND USAGE", inner: str = "") -> str:
    titled = f"<title>{title}</title>" if title else ""
    return f'<component><section><code code="{code}"/>{titled}<text>{text}</text>{inner}</section></component>'


def document(sections: str, head: str = "", products: str = "") -> Document:
    (found,) = read(label(sections, head, products))
    check_document(found)
    return found


def first(text: str) -> Section:
    return document(section(text)).sections[0]


def printed(section: Section) -> list[tuple[Role, str, str]]:
    cut = section.text
    return [(b.role, cut[b.start : b.end], cut[slice(*b.lead)] if b.lead else "") for b in section.blocks]


def test_a_label_is_told_by_its_root_element() -> None:
    assert sniff(label(""))
    assert not sniff(RawFile("label.xml", b"<document/>"))
    assert not sniff(RawFile("label.xml", b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>'))


def test_the_head_names_the_version() -> None:
    head = "<title>DRUGEX (drug)<br/>tablets</title><author><assignedEntity><representedOrganization><name>Maker"
    head += " Inc.</name></representedOrganization></assignedEntity></author>"
    found = document(section("<paragraph>For pain.</paragraph>"), head)
    assert found.key == f"spl:{SET_ID}"
    assert found.kind is SourceKind.LABEL
    assert (found.title, found.body, found.version) == ("DRUGEX (drug) tablets", "Maker Inc.", "7")
    assert (found.effective, found.year) == ("2024-02-29", 2024)
    assert found.url == f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_ID}"
    assert found.publication_types == ("HUMAN PRESCRIPTION DRUG LABEL",)
    assert found.identifiers == (("setid", SET_ID),)


def test_the_standing_words_of_the_highlights_are_no_title() -> None:
    head = (
        "<title>These highlights do not include all the information needed to use DRUGEX safely and effectively. See"
        " full prescribing information for DRUGEX.<br/>DRUGEX<sup>®</sup> (drug) tablets<br/>Initial U.S. Approval:"
        " 1999</title>"
    )
    assert document(section("Text."), head).title == "DRUGEX® (drug) tablets"


def test_sections_carry_number_code_and_the_codes_of_their_path() -> None:
    inner = section("Fractures fall.", "42229-5", "1.1 Osteoporosis") + section("More.", "42229-5", "")
    one, two, three = document(section("For bones.", inner=inner)).sections
    assert (one.number, one.heading, one.code, one.codes) == ("1", ("INDICATIONS AND USAGE",), "34067-9", ("34067-9",))
    assert (two.number, two.heading) == ("1.1", ("INDICATIONS AND USAGE", "Osteoporosis"))
    assert (two.code, two.codes) == ("42229-5", ("34067-9", "42229-5"))
    assert (three.number, three.heading, three.code) == ("1", ("INDICATIONS AND USAGE",), "42229-5")


def test_a_coded_section_without_title_has_the_standing_name() -> None:
    assert document(section("Do it.", "34068-7", "")).sections[0].heading == ("Dosage and Administration",)


def test_a_contraindication_that_is_only_a_title_is_kept_as_text() -> None:
    inner = section("", "42229-5", "4.1 Active liver disease")
    (found,) = document(section("", "34070-3", "4 CONTRAINDICATIONS", inner)).sections
    assert (found.number, found.heading, found.text) == ("4.1", ("CONTRAINDICATIONS",), "Active liver disease")


def test_highlights_and_product_data_are_not_told_twice() -> None:
    inner = "<excerpt><highlight><text>Short words.</text></highlight></excerpt>"
    (found,) = document(section("Whole words.", inner=inner)).sections
    assert found.text == "Whole words."


def test_a_first_line_that_repeats_the_title_is_left_out() -> None:
    text = (
        "<paragraph><content styleCode='bold'>1 Indications and Usage</content></paragraph><paragraph>Pain.</paragraph>"
    )
    assert first(text).text == "Pain."


def test_inline_markup_keeps_what_it_says() -> None:
    text = (
        "10<sup>9</sup>/L, C<sub>max</sub>, 4.5<sup>a</sup>, <content styleCode='underline'>&lt;</content>5 mg,"
        " [<content>see </content><linkHtml href='#a'> ( 5.1 )</linkHtml> ]. Take"
        "<content styleCode='bold'>care.</content>Rest"
    )
    assert first(text).text == "10⁹/L, Cmax, 4.5ᵃ, ≤5 mg, [see (5.1)]. Take care. Rest"


def test_line_breaks_part_paragraphs_but_not_sentences() -> None:
    text = "<paragraph>WARNING: LIVER<br/>DAMAGE<br/>Stop if:<br/>• jaundice<br/>•itch</paragraph>"
    assert [text for _, text, _ in printed(first(text))] == ["WARNING: LIVER DAMAGE", "Stop if:", "jaundice", "itch"]


def test_lists_become_items_led_by_what_introduces_them() -> None:
    text = (
        "<paragraph>Do not use in:</paragraph><list><item><caption>•</caption>pregnancy</item><item>children:"
        "<list><item>under 2</item></list></item><item><caption>3.</caption>heat</item></list>"
    )
    assert printed(first(text))[1:] == [
        (Role.ITEM, "pregnancy", "Do not use in:"),
        (Role.ITEM, "children:", "Do not use in:"),
        (Role.ITEM, "under 2", "children:"),
        (Role.ITEM, "3. heat", "Do not use in:"),
    ]


def test_tables_have_caption_header_rows_and_notes() -> None:
    text = (
        "<table><caption>Table 1. Doses</caption><thead><tr><th rowspan='2'>Age</th><th colspan='2'>Dose</th></tr>"
        "<tr><th>mg</th><th>mL<footnote ID='n'>Oral.</footnote></th></tr></thead><tfoot><tr><td colspan='3'>Foot."
        "</td></tr></tfoot><tbody><tr><td>2 to 5</td><td>5</td><td>1<footnoteRef IDREF='n'/></td></tr></tbody></table>"
    )
    head = "Age | Dose mg | Dose mL*"
    assert printed(first(text)) == [
        (Role.CAPTION, "Table 1. Doses", ""),
        (Role.HEADER, head, ""),
        (Role.ROW, "2 to 5 | 5 | 1*", head),
        (Role.PARAGRAPH, "Foot.", ""),
        (Role.PARAGRAPH, "* Oral.", ""),
    ]


def test_pictures_leave_only_their_caption() -> None:
    text = "Shown below:<renderMultiMedia referencedObject='m'><caption>Figure 1. Rise</caption></renderMultiMedia>"
    assert printed(first(text)) == [
        (Role.PARAGRAPH, "Shown below:", ""),
        (Role.CAPTION, "Figure 1. Rise", ""),
    ]


def test_a_label_without_title_and_product_is_named_by_its_set_id() -> None:
    assert document(section("Text.")).title == f"FDA label {SET_ID}"


def test_a_label_without_title_is_named_by_its_product() -> None:
    substance = "<ingredientSubstance><name>DRUG SODIUM</name><activeMoiety><activeMoiety><name>DRUG</name>"
    substance += "</activeMoiety></activeMoiety></ingredientSubstance>"
    products = (
        "<subject><manufacturedProduct><manufacturedProduct><name>Drugex<suffix>XR</suffix></name>"
        "<asEntityWithGeneric><genericMedicine><name>drug sodium</name></genericMedicine></asEntityWithGeneric>"
        f"<ingredient classCode='ACTIB'>{substance}</ingredient><ingredient classCode='IACT'><ingredientSubstance>"
        "<name>STARCH</name></ingredientSubstance></ingredient></manufacturedProduct><subjectOf><approval>"
        "<id root='2.16.840.1.113883.3.150' extension='NDA000001'/><code displayName='NDA'/></approval></subjectOf>"
        "</manufacturedProduct></subject>"
    )
    found = document(section("Text."), "<title>Drug Facts</title>", products)
    assert found.title == "Drugex XR (drug sodium)"
    assert (found.drugs, found.brands) == (("drug", "drug sodium"), ("Drugex", "Drugex XR"))
    assert found.identifiers == (("setid", SET_ID), ("application", "NDA000001"))
    assert found.publication_types == ("HUMAN PRESCRIPTION DRUG LABEL", "NDA")


def test_a_label_without_set_id_is_refused() -> None:
    raw = label(section("Text."))
    with pytest.raises(UnreadableFile, match="no set id"):
        read(RawFile(raw.name, raw.data.replace(b"setId", b"otherId")))


def test_a_document_without_text_is_refused_by_its_kind() -> None:
    with pytest.raises(UnreadableFile, match=r"HUMAN PRESCRIPTION DRUG LABEL.*nothing to quote"):
        read(label(section("<paragraph/>")))


@pytest.mark.parametrize(("start", "end"), [("<content>", "</content>"), ("<list><item>", "</item></list>")])
def test_narrative_nested_beyond_reason_is_refused(start: str, end: str) -> None:
    times = 240 // start.count("<")
    try:
        found = read(label(section(start * times + "text" + end * times)))
    except UnreadableFile as refused:
        assert "nested" in refused.reason
    else:
        assert found[0].sections[0].text == "text"


def real(shared: Path, name: str) -> Document:
    path = shared / "data/labels/spl" / f"{name}.xml"
    (found,) = read(RawFile(path.name, path.read_bytes()))
    return found


def section_of(document: Document, number: str) -> Section:
    return next(section for section in document.sections if section.number == number)


@pytest.mark.parametrize(
    ("name", "count", "version", "effective", "title", "tenth", "last"),
    [
        (
            "humira",
            64,
            "1560",
            "2013-09-30",
            "HUMIRA (adalimumab) injection, for subcutaneous use",
            "The recommended dose of HUMIRA for adult patients with rheumatoid arthritis",
            "NDC 0074–9374–02",
        ),
        (
            "lipitor-orig",
            99,
            "11",
            "2014-01-13",
            "LIPITOR® (atorvastatin calcium) Tablets for oral administration",
            "In patients taking cyclosporine or the HIV protease inhibitors",
            "PRINCIPAL DISPLAY PANEL - 80 mg Blister Pack Carton",
        ),
        (
            "otc_4276a9af-4bc4-0e6b-e063-6294a90a774f",
            16,
            "8",
            "2025-10-31",
            "Allergy Relief",
            "Keep out of reach of children. In case of overdose",
            "Allergy Relief",
        ),
        (
            "homeopathic_40e5e7b1-80c7-b406-e063-6394a90ac7e2",
            11,
            "3",
            "2025-10-11",
            "QUENT 4X",
            "Consult a physician if symptoms worsen",
            "Protect from light and heat.",
        ),
        (
            "no-title",
            35,
            "1",
            "2010-07-28",
            "Haloperidol",
            "Rodents given 2 to 20 times the usual maximum human dose",
            "Blister of 30 Tablets",
        ),
    ],
)
def test_real_labels_keep_their_sections(
    shared: Path, name: str, count: int, version: str, effective: str, title: str, tenth: str, last: str
) -> None:
    found = real(shared, name)
    assert (len(found.sections), found.version, found.effective, found.title) == (count, version, effective, title)
    assert found.sections[9].text.startswith(tenth)
    assert found.sections[-1].text.startswith(last)


def test_a_real_boxed_warning_comes_whole_with_its_title(shared: Path) -> None:
    found = real(shared, "humira").sections[0]
    assert (found.code, found.heading) == ("34066-1", ("WARNING: SERIOUS INFECTIONS AND MALIGNANCY",))
    assert found.text.startswith("SERIOUS INFECTIONS\nPatients treated with HUMIRA are at increased risk")
    assert found.text.endswith("[see Warnings and Precautions (5.2)].")
    assert [lead for role, _, lead in printed(found) if role is Role.ITEM] == ["Reported infections include:"] * 3


def test_a_real_dose_table_keeps_its_header(shared: Path) -> None:
    assert (
        Role.ROW,
        "≥30 kg (66 lbs) | 40 mg every other week (HUMIRA Pen or 40 mg Prefilled Syringe)",
        "Pediatric Patients (4 to 17 years) | Dose",
    ) in printed(section_of(real(shared, "humira"), "2.2"))


def test_stacked_cells_of_a_real_table_become_rows(shared: Path) -> None:
    rows = printed(section_of(real(shared, "prescription_41375a05-871b-6afb-e063-6294a90a48f9"), "6.1"))
    head = "Body System/ Adverse Event | Carvedilol (n = 1,142) | Placebo (n = 462)"
    assert (Role.ROW, "Cardiovascular: Postural hypotension | 2 | —", head) in rows


def test_a_real_interaction_table_is_headed_by_its_drugs(shared: Path) -> None:
    rows = printed(section_of(real(shared, "prescription_570974d4-0d5b-4df2-b307-37380511835d"), "7"))
    lithium = [text for role, text, lead in rows if role is Role.ROW and lead == "Lithium"]
    assert lithium[1].startswith("Intervention: | During concomitant use of naproxen oral suspension and lithium")
    assert all("holestyramine" in text for _, text, lead in rows if lead == "Cholestyramine" and "|" in text)


def test_contraindications_that_stand_in_titles_are_read(shared: Path) -> None:
    texts = [s.text for s in real(shared, "lipitor-orig").sections if s.heading == ("CONTRAINDICATIONS",)]
    assert texts[0].startswith("Active liver disease")
    assert texts[1] == "Hypersensitivity to any component of this medication"


def test_boxes_around_doses_lie_in_the_dosage_section(shared: Path) -> None:
    boxed = [s for s in real(shared, "no-title").sections if s.code == "34066-1"]
    assert boxed[0].codes == ("34066-1",)
    assert {s.codes[0] for s in boxed[1:]} == {"34068-7"}


@pytest.mark.parametrize(
    ("name", "drugs", "brands"),
    [
        ("humira", ("adalimumab",), ("Humira",)),
        ("lipitor-orig", ("atorvastatin", "atorvastatin calcium trihydrate", "atorvastatin calcium"), ("Lipitor",)),
        ("no-title", ("haloperidol",), ()),
    ],
)
def test_real_labels_name_drugs_and_brands(
    shared: Path, name: str, drugs: tuple[str, ...], brands: tuple[str, ...]
) -> None:
    found = real(shared, name)
    assert (found.drugs, found.brands) == (drugs, brands)


def test_homeopathic_labels_say_so(shared: Path) -> None:
    found = real(shared, "homeopathic_40e5e7b1-80c7-b406-e063-6394a90ac7e2")
    assert found.publication_types == ("HUMAN OTC DRUG LABEL", "unapproved homeopathic")


def test_all_real_labels_but_those_without_text_are_read(shared: Path) -> None:
    refused = {}
    for path in sorted((shared / "data/labels/spl").glob("*.xml")):
        try:
            for found in read(RawFile(path.name, path.read_bytes())):
                check_document(found)
        except UnreadableFile as error:
            refused[path.name] = error.reason
    assert [name.split("_")[0] for name in refused] == ["METHOXSALEN.xml", "other", "other"]
    assert all("no section with text" in reason for reason in refused.values())


def test_no_character_of_a_real_narrative_is_lost(shared: Path) -> None:
    path = shared / "data/labels/spl/prescription_4221a53d-0185-7219-e063-6394a90a7ff7.xml"
    texts = parse(path.read_bytes()).iterfind(".//{*}component/{*}section/{*}text")
    source = "".join(str(piece) for text in texts for piece in text.itertext())
    (found,) = read(RawFile(path.name, path.read_bytes()))
    kept = "".join(section.text for section in found.sections)
    assert sorted(filter(str.isalnum, source)) == sorted(filter(str.isalnum, kept))
