"""Drug classes by their everyday names, and which drugs belong to them (general pharmacology)."""

# ruff: noqa: E501 (one row a line)

from functools import cache

# "names of the class = members". Every name is also recognised in the plural.
_TABLE = """
bisphosphonate, diphosphonate, oral bisphosphonate, iv bisphosphonate, intravenous bisphosphonate = alendronate, risedronate, ibandronate, zoledronate, pamidronate, etidronate, clodronate, tiludronate
statin, hmg coa reductase inhibitor = atorvastatin, rosuvastatin, simvastatin, pravastatin, lovastatin, fluvastatin, pitavastatin
fibrate = gemfibrozil, fenofibrate, bezafibrate
ace inhibitor, acei, angiotensin converting enzyme inhibitor = lisinopril, enalapril, ramipril, captopril, benazepril, fosinopril, quinapril, perindopril, trandolapril, moexipril
arb, angiotensin receptor blocker, angiotensin ii receptor blocker = losartan, valsartan, candesartan, irbesartan, olmesartan, telmisartan, azilsartan, eprosartan
beta blocker, beta adrenergic blocker, beta adrenergic antagonist = metoprolol, atenolol, carvedilol, bisoprolol, propranolol, nebivolol, labetalol, nadolol, timolol, sotalol, esmolol
calcium channel blocker = amlodipine, nifedipine, felodipine, nicardipine, diltiazem, verapamil, isradipine
thiazide, thiazide diuretic = hydrochlorothiazide, chlorthalidone, indapamide, metolazone
loop diuretic = furosemide, torsemide, bumetanide, ethacrynate
potassium sparing diuretic = spironolactone, eplerenone, amiloride, triamterene
alpha blocker = tamsulosin, doxazosin, terazosin, prazosin, alfuzosin, silodosin
nitrate, organic nitrate = nitroglycerin, isosorbide dinitrate, isosorbide mononitrate
nsaid, nonsteroidal anti inflammatory drug, non steroidal anti inflammatory drug = ibuprofen, naproxen, diclofenac, meloxicam, celecoxib, indomethacin, ketorolac, etodolac, nabumetone, piroxicam, sulindac, ketoprofen
opioid, opiate, opioid analgesic = oxycodone, hydrocodone, morphine, fentanyl, tramadol, codeine, hydromorphone, methadone, buprenorphine, oxymorphone, tapentadol
benzodiazepine = alprazolam, lorazepam, diazepam, clonazepam, temazepam, chlordiazepoxide, midazolam, oxazepam, triazolam
ssri, selective serotonin reuptake inhibitor = fluoxetine, sertraline, paroxetine, citalopram, escitalopram, fluvoxamine
snri, serotonin norepinephrine reuptake inhibitor = venlafaxine, duloxetine, desvenlafaxine, levomilnacipran
tricyclic, tricyclic antidepressant, tca = amitriptyline, nortriptyline, imipramine, doxepin, clomipramine, desipramine
maoi, monoamine oxidase inhibitor, mao inhibitor = phenelzine, tranylcypromine, isocarboxazid, selegiline, rasagiline
atypical antipsychotic, second generation antipsychotic = quetiapine, olanzapine, risperidone, aripiprazole, ziprasidone, clozapine, paliperidone, lurasidone
proton pump inhibitor, ppi = omeprazole, esomeprazole, lansoprazole, pantoprazole, rabeprazole, dexlansoprazole
h2 blocker, h2 receptor antagonist, h2 antagonist = famotidine, ranitidine, cimetidine, nizatidine
glp 1 agonist, glp 1 receptor agonist, glp1 agonist, glp 1, glp1, glp 1 ra = semaglutide, liraglutide, dulaglutide, exenatide, tirzepatide, lixisenatide
sglt2 inhibitor, sglt 2 inhibitor = empagliflozin, dapagliflozin, canagliflozin, ertugliflozin, sotagliflozin
dpp 4 inhibitor, dpp4 inhibitor, gliptin = sitagliptin, saxagliptin, linagliptin, alogliptin
sulfonylurea, sulphonylurea = glipizide, glyburide, glimepiride, tolbutamide, chlorpropamide
thiazolidinedione, glitazone = pioglitazone, rosiglitazone
doac, noac, direct oral anticoagulant, factor xa inhibitor = apixaban, rivaroxaban, edoxaban, dabigatran
low molecular weight heparin, lmwh = enoxaparin, dalteparin, tinzaparin
p2y12 inhibitor = clopidogrel, prasugrel, ticagrelor, cangrelor
corticosteroid, glucocorticoid, oral steroid = prednisone, prednisolone, dexamethasone, methylprednisolone, hydrocortisone, betamethasone, triamcinolone
inhaled corticosteroid, inhaled steroid = fluticasone, budesonide, beclomethasone, mometasone, ciclesonide
laba, long acting beta agonist = salmeterol, formoterol, vilanterol, olodaterol, indacaterol
tnf inhibitor, tnf blocker, anti tnf, tnf alpha inhibitor = adalimumab, etanercept, infliximab, golimumab, certolizumab
jak inhibitor, janus kinase inhibitor = tofacitinib, baricitinib, upadacitinib, ruxolitinib, abrocitinib
pcsk9 inhibitor = evolocumab, alirocumab, inclisiran
triptan = sumatriptan, rizatriptan, zolmitriptan, eletriptan, naratriptan
serm, selective estrogen receptor modulator = raloxifene, tamoxifen, bazedoxifene, ospemifene
aromatase inhibitor = anastrozole, letrozole, exemestane
pth analog, pth analogue, parathyroid hormone analog, parathyroid hormone analogue = teriparatide, abaloparatide
sclerostin inhibitor, anti sclerostin antibody, sclerostin antibody = romosozumab
rank ligand inhibitor, rankl inhibitor = denosumab
anti resorptive, antiresorptive, antiresorptive agent, antiresorptive drug = alendronate, risedronate, ibandronate, zoledronate, denosumab, raloxifene, calcitonin
osteoanabolic, anabolic agent, bone forming agent, osteoanabolic agent = teriparatide, abaloparatide, romosozumab
pde5 inhibitor, phosphodiesterase 5 inhibitor = sildenafil, tadalafil, vardenafil, avanafil
5 alpha reductase inhibitor = finasteride, dutasteride
fluoroquinolone, quinolone = ciprofloxacin, levofloxacin, moxifloxacin, ofloxacin, delafloxacin
macrolide = azithromycin, clarithromycin, erythromycin
cephalosporin = cephalexin, cefazolin, ceftriaxone, cefuroxime, cefdinir, cefepime
tetracycline antibiotic = doxycycline, minocycline, tetracycline
aminoglycoside = gentamicin, tobramycin, amikacin, streptomycin
azole antifungal = fluconazole, itraconazole, voriconazole, ketoconazole, posaconazole
antihistamine = cetirizine, loratadine, fexofenadine, diphenhydramine, hydroxyzine, levocetirizine
anticholinergic, antimuscarinic = oxybutynin, tolterodine, trospium, fesoterodine, solifenacin, darifenacin
cholinesterase inhibitor = donepezil, rivastigmine, galantamine
"""


@cache
def classes() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return every name of a class, singular and plural, words joined by spaces → (its first name, members' bases)."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for line in _TABLE.strip().splitlines():
        left, right = line.split(" = ")
        names, members = left.split(", "), tuple(right.split(", "))
        for name in names:
            plural = name[:-1] + "ies" if name.endswith("y") else name + "s"
            found[name] = found[plural] = (names[0], members)
    return found
