"""Brands that the general dictionary misses, or knows with only one of their ingredients.

From general knowledge of the US market: one line a brand, "brand = ingredient + ingredient".
"""

_TABLE = """
actoplus met = pioglitazone + metformin
adacel = tetanus toxoid + diphtheria toxoid + acellular pertussis vaccine
advair = fluticasone + salmeterol
advair diskus = fluticasone + salmeterol
aggrenox = aspirin + dipyridamole
anoro ellipta = umeclidinium + vilanterol
arthrotec = diclofenac + misoprostol
atripla = efavirenz + emtricitabine + tenofovir
augmentin = amoxicillin + clavulanate
avandamet = rosiglitazone + metformin
azor = amlodipine + olmesartan
bactrim = sulfamethoxazole + trimethoprim
benicar hct = olmesartan + hydrochlorothiazide
bevespi = glycopyrrolate + formoterol
biktarvy = bictegravir + emtricitabine + tenofovir alafenamide
boostrix = tetanus toxoid + diphtheria toxoid + acellular pertussis vaccine
breo ellipta = fluticasone + vilanterol
breztri = budesonide + glycopyrrolate + formoterol
caduet = amlodipine + atorvastatin
combivent = ipratropium + albuterol
combivir = lamivudine + zidovudine
complera = emtricitabine + rilpivirine + tenofovir
cosopt = dorzolamide + timolol
descovy = emtricitabine + tenofovir alafenamide
dilantin = phenytoin
diovan hct = valsartan + hydrochlorothiazide
duavee = conjugated estrogens + bazedoxifene
dulera = mometasone + formoterol
duoneb = ipratropium + albuterol
entresto = sacubitril + valsartan
epclusa = sofosbuvir + velpatasvir
excedrin = acetaminophen + aspirin + caffeine
exforge = amlodipine + valsartan
fioricet = butalbital + acetaminophen + caffeine
fortical = calcitonin
gardasil = human papillomavirus vaccine
genvoya = elvitegravir + cobicistat + emtricitabine + tenofovir alafenamide
glucovance = glyburide + metformin
glyxambi = empagliflozin + linagliptin
harvoni = ledipasvir + sofosbuvir
hyzaar = losartan + hydrochlorothiazide
invokamet = canagliflozin + metformin
janumet = sitagliptin + metformin
kaletra = lopinavir + ritonavir
keflex = cephalexin
lorcet = hydrocodone + acetaminophen
lortab = hydrocodone + acetaminophen
lotrel = amlodipine + benazepril
lotrisone = clotrimazole + betamethasone
mavyret = glecaprevir + pibrentasvir
miacalcin = calcitonin
mylanta = aluminum hydroxide + magnesium hydroxide
norco = hydrocodone + acetaminophen
paxlovid = nirmatrelvir + ritonavir
pepto bismol = bismuth subsalicylate
percocet = oxycodone + acetaminophen
percodan = oxycodone + aspirin
plan b = levonorgestrel
prempro = conjugated estrogens + medroxyprogesterone
prevnar = pneumococcal conjugate vaccine
salonpas = methyl salicylate
septra = sulfamethoxazole + trimethoprim
simcor = niacin + simvastatin
sinemet = carbidopa + levodopa
stalevo = carbidopa + levodopa + entacapone
stiolto = tiotropium + olodaterol
stribild = elvitegravir + cobicistat + emtricitabine + tenofovir
suboxone = buprenorphine + naloxone
symbicort = budesonide + formoterol
symbyax = olanzapine + fluoxetine
symdeko = tezacaftor + ivacaftor
symlin = pramlintide
synjardy = empagliflozin + metformin
synthroid = levothyroxine
trelegy ellipta = fluticasone + umeclidinium + vilanterol
tribenzor = olmesartan + amlodipine + hydrochlorothiazide
trijardy = empagliflozin + linagliptin + metformin
trikafta = elexacaftor + tezacaftor + ivacaftor
triumeq = abacavir + dolutegravir + lamivudine
trizivir = abacavir + lamivudine + zidovudine
truvada = emtricitabine + tenofovir
tums = calcium carbonate
twynsta = telmisartan + amlodipine
tylenol with codeine = acetaminophen + codeine
ultracet = tramadol + acetaminophen
vaseretic = enalapril + hydrochlorothiazide
vicodin = hydrocodone + acetaminophen
vosevi = sofosbuvir + velpatasvir + voxilaprevir
vytorin = ezetimibe + simvastatin
xigduo = dapagliflozin + metformin
zestoretic = lisinopril + hydrochlorothiazide
ziac = bisoprolol + hydrochlorothiazide
zubsolv = buprenorphine + naloxone
zyrtec d = cetirizine + pseudoephedrine
claritin d = loratadine + pseudoephedrine
allegra d = fexofenadine + pseudoephedrine
"""


def brands() -> dict[str, tuple[str, ...]]:
    """Return brand (words joined by spaces) → generic names of its ingredients."""
    pairs = (line.split(" = ") for line in _TABLE.strip().splitlines())
    return {brand: tuple(meant.split(" + ")) for brand, meant in pairs}
