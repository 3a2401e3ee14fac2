// Closed classes of English, and open ones as far as the news uses them. What belongs to a kind is in config/kinds.

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/u))

export const determiners =
  set(`a an the this that these those its his her their our my your any some all both each every
  no another one two three four five six seven several many first second third next last latest new own more most few
  such said same other full big major key long-awaited upcoming future planned proposed controversial`)

export const prepositions =
  set(`about above across after against ahead along alongside amid among around as at before
  behind below beneath beside besides between beyond by despite down during ex except excluding for from in including
  inside into like minus near of off on onto out outside over past per plus regarding since than through throughout
  till to toward towards under underneath unlike until unto up upon via versus vs with within without following
  using based featuring boasting sporting`)

export const conjunctions =
  set(`and or but nor yet so because although though while whereas if unless whether when
  whenever where wherever that which who whom whose what why how`)

/** Words that open a subordinate clause whose content is not asserted. */
export const conditions = set(
  `if unless whether until once when whenever should were provided assuming suppose lest`,
)

/** Words after which another clause begins. */
export const clauseOpeners =
  set(`because although though while whereas if unless whether when whenever where wherever
  that which who whom whose what why how but as after before since until once despite amid so than`)

export const auxiliaries =
  set(`is are was were be been being am has have had having do does did get gets got gotten
  isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't it's they're we're we've i'm they've he's
  she's here's there's that's what's`)

export const futures = set(`will shall 'll it'll we'll they'll he'll she'll i'll you'll`)
export const futureNegations = set(`won't shan't`)
/** Modals that leave open whether it comes. */
export const maybes = set(`could may might would can couldn't can't cannot mightn't wouldn't`)
/** Modals of opinion: what ought to be. */
export const oughts = set(`should must ought needs shouldn't mustn't needn't`)

export const negations =
  set(`not never no none neither nor without n't isn't aren't wasn't weren't hasn't haven't hadn't
  don't doesn't didn't can't cannot couldn't wouldn't shouldn't won't hardly barely nobody nothing unlikely`)

export const adverbs =
  set(`again also already always apparently at-last early earlier even ever eventually finally first
  formally fully further generally gradually immediately indefinitely initially instead just later largely now nearly
  officially once only publicly quickly quietly quite rather really recently reportedly sharply shortly silently simply
  slowly soon still suddenly temporarily then today together tomorrow tonight too twice unanimously very widely yesterday
  yet almost briefly better allegedly likely probably possibly perhaps maybe supposedly presumably globally worldwide
  here there overwhelmingly narrowly`)

/** Words that make what is said a guess or hearsay. */
export const hedges =
  set(`reportedly allegedly apparently possibly perhaps maybe likely probably supposedly presumably
  ostensibly seemingly rumored rumoured rumor rumour rumors rumours rumoured leak leaks leaked leaker tipster tipped
  speculation speculates speculated possible potential potentially hypothetical purported purportedly alleged seems
  seem appears appear suggests suggest suggested hints hint hinted might could may claims insiders`)

/** Verbs that report what somebody says; they do not come between a subject and its verb. */
export const reporting =
  set(`say says said saying tell tells told announce announces announced announcing confirm
  confirms confirmed report reports reported stated write writes wrote reveal reveals revealed note notes
  noted explain explains explained add adds added declare declares declared claim claims claimed insist insists
  admit admits admitted`)

/** Control verbs and adjectives before "to": a plan or promise. */
export const plans =
  set(`plan plans planned planning set slated scheduled expected expects expect due prepare prepares
  prepared preparing promise promises promised promising vow vows vowed commit commits committed pledge pledges pledged
  agree agrees agreed intend intends intended aim aims aiming aimed ready confirmed confirms track gearing gear gears
  about poised going moves move moving decides decided decide ordered orders voted vote votes votes begin begins began
  start starts started starting starting going-to opts opted elected bound preps prepping readies targeting targets
  targeted announces announced gonna continues continue proposes proposed propose tipped hopes hope hoping cleared verge`)

/** Control words before "to": a wish, a demand or a possibility. */
export const wishes =
  set(`want wants wanted wanting urge urges urged ask asks asked asking call calls called calling
  pressured pressure pressures wish wishes seek seeks sought seeking try tries tried trying push pushes pushed pushing
  threaten threatens threatened offer offers offered weigh weighs weighing considers considering consider looks looking
  told tells bid bids attempt attempts demands demand like love need needs needed help helps beg begs begged implores
  encouraged petition petitions fight fights able allowed free forced likely said rumored rumoured believed thought
  reported alleged could might likely easier hard harder best time way ways reason reasons how where what when whether
  tempted request requests requested invited talks talk close nearing near`)

/** Control words before "to" that deny. */
export const refusals =
  set(`refuse refuses refused refusing fail fails failed failing decline declines declined unable
  yet unlikely unwilling forgets neglects hesitates hesitant reluctant stop stops`)

/** Nouns that carry "of", "for" or "to" to what they are about. */
export const bridges =
  set(`release launch rollout roll-out debut arrival availability date deadline support plan plans
  proposal proposals version versions part parts removal deal bill ban sale bid vote motion rules law order decision
  introduction adoption approval passage acquisition takeover purchase merger merge weights access publication
  shipment shipments delivery deliveries preorders price pricing start opening closure shutdown end request agreement
  extension code source copy copies stake share shares control majority rights assets business import imports export
  exports use usage production approvals model models service number minority interest half unit charge ownership fee fees tariff tariffs tax cap penalty sanctions limit limits series family generation line lineup pair trio couple draft beta preview
  production manufacturing manufacture sales development option ability setting enforcement implementation nomination
  appointment confirmation policy requirement restrictions restriction regulation attempt effort`)

export const pronouns = set(`it they he she we i you them him her us this that these those who`)

export const timeWords =
  set(`monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight yesterday
  week month year spring summer autumn fall winter quarter q1 q2 q3 q4 h1 h2 mid late early next this last morning
  afternoon evening noon midnight january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec`)

/** Suffixes of names that make another version or variant of a product. */
export const variants =
  set(`mini pro lite air max plus ultra nano turbo codex micro instant thinking image images vision
  realtime chat coder code instruct base guard embed express premium essentials enterprise server slim fe xl se xt ti
  super oled go classic edition unlimited junior kids flash advanced reasoning
  rc rc1 rc2 rc3 rc4 rc5 beta alpha preview prerelease pre-release nightly canary snapshot dev demo trial prototype
  teaser trailer candidate milestone experimental`)

/** What companies put behind their name: "Acme Aerospace" is Acme. */
export const companyWords =
  set(`inc corp corporation company group holdings ltd plc gmbh computing aerospace space motors robotics semiconductor
  electronics technologies technology systems labs laboratories software pictures studios airlines airways steel
  therapeutics pharmaceuticals biosciences industries networks automotive solutions foundation`)

/** Names of places and their adjectives, to tell one jurisdiction from another. Values that are equal are one place. */
export const places: ReadonlyMap<string, string> = new Map(
  Object.entries({
    us: 'u.s. usa america american americans washington federal congress senate white-house trump biden pentagon',
    eu: 'european europe brussels',
    uk: 'britain british england english scotland wales u.k. starmer westminster',
    china: 'chinese beijing xi',
    russia: 'russian moscow kremlin putin',
    india: 'indian delhi modi',
    japan: 'japanese tokyo',
    korea: 'korean seoul',
    germany: 'german berlin bundestag',
    france: 'french paris macron',
    italy: 'italian rome',
    spain: 'spanish madrid',
    netherlands: 'dutch',
    denmark: 'danish',
    sweden: 'swedish',
    norway: 'norwegian',
    finland: 'finnish',
    switzerland: 'swiss',
    austria: 'austrian',
    poland: 'polish',
    ireland: 'irish dublin',
    australia: 'australian canberra',
    canada: 'canadian ottawa',
    brazil: 'brazilian',
    mexico: 'mexican',
    nepal: 'nepali',
    pakistan: 'pakistani',
    indonesia: 'indonesian',
    vietnam: 'vietnamese',
    malaysia: 'malaysian',
    taiwan: 'taiwanese taipei',
    turkey: 'turkish turkiye',
    israel: 'israeli',
    iran: 'iranian',
    ukraine: 'ukrainian kyiv',
    albania: 'albanian',
    kenya: 'kenyan',
    nigeria: 'nigerian',
    california: 'californian newsom',
    texas: 'texan',
    florida: 'floridian',
    montana: '',
    utah: '',
    virginia: '',
    'new-york': '',
    colorado: '',
    illinois: '',
    ohio: '',
  }).flatMap(([place, names]) => [place, ...names.split(' ').filter(Boolean)].map((name) => [name, place])),
)

/** Places that belong to another: what a member does may move the whole, but does not settle it. */
export const memberStates: Readonly<Record<string, readonly string[]>> = {
  eu: 'germany france italy spain netherlands denmark sweden finland austria poland ireland'.split(' '),
  us: 'california texas florida montana utah virginia new-york colorado illinois ohio'.split(' '),
}

/** Institutions: a question about one is not settled by another. */
export const institutions =
  set(`council parliament commission senate house congress court bundestag ftc fcc fda doj sec
  cma supreme`)

/** Parts of a legislature: where one acts alone, a step is taken, but nothing is decided. */
export const chambers =
  set(`senate house committee subcommittee panel assembly chamber lawmakers legislators senators
  meps delegates representatives`)

/** Frequent verbs of the news in their base form: they part a subject from a verb that is not its own. */
export const commonVerbs =
  set(`accuse add aim allow appear apply argue ask attack back beat become begin believe bet
  blame boost bring build buy call carry catch cause celebrate challenge change claim compare compete confirm consider
  continue create criticize cut deal debate defend demand deny design destroy develop discuss download drive earn embrace
  enable end enter expand explain explore expose face fall fear feel fight find fix follow force gain get give go grow
  happen hate hear help hide hire hit hold hope ignore improve include inspire integrate introduce invest join keep kill
  know lag lead learn leave let like look lose love make manage mean meet move need offer open outperform oppose pay plan
  play power praise predict prefer prepare prevent promise protect prove provide pull push put raise reach read refuse
  remain remember replace represent require respond return reveal rise run save say scan see seem sell send set share show
  sound speak spend spy stand start stay steal stop strike struggle study sue suffer suggest support surpass take talk
  target teach tell test think threaten top track train try turn understand unlock urge use wait walk want warn watch
  weigh win wonder work worry write accept acknowledge anticipate apologize apologise assure avert avoid await betray bless
  boycott breach broaden bypass choose clarify collapse complain concede condemn confront convert convince cripple curb
  damage defeat defy denounce deploy deserve deter dethrone disappoint disclose disrupt dodge dominate eclipse eliminate
  emerge employ encounter encourage endure ensure entice erase escape evade exceed exclude expand explode extend flee
  forbid fuel generate grapple ignite impress inherit inject insist install invite jeopardize justify lament loom lure
  maintain mock negotiate overhaul overtake persist persuade plunge poach postpone preserve proceed publish pursue
  push question reassure rebuke receive reconsider recover recruit regain regret reject rely relinquish remind renew
  reopen repair rescue resist resolve restore retain retire retreat rethink reverse revive risk sacrifice seize settle
  shake shock shrink shun signal slash snub soar solve spark splurge stumble sweep swallow tempt tighten topple transform
  trigger trim tumble unite unravel urge vanish veto violate withhold widen react tease surge speed accelerate intensify ramp slam bash rail top trail rival tout touts hail blast cite`)

/** Verbs that say little by themselves; with the noun of an event they tell how it stands ("wins approval"). */
export const lightVerbs = {
  get: 'win get receive secure obtain gain earn clinch score land garner draw attract snag',
  give: 'grant give award hand',
  make: 'make reach strike ink sign seal cut forge hammer',
  do: 'issue conduct carry stage perform institute impose execute effect levy implement order initiate',
  end: 'complete finalize finalise close conclude consummate wrap finish',
  tell: `announce unveil reveal set schedule plan propose confirm detail publish file submit lodge launch revive resume
    pledge promise target outline release vow fix name disclose prepare`,
  begin: 'begin start open hold enter resume continue kick restart have',
  think: 'consider weigh mull explore eye seek study discuss float evaluate ponder lay want risk',
} as const

/** Forms of these verbs that are as often nouns. */
export const lightNouns =
  set(`issues issue stages stage plans plan schedules schedule details detail names name studies study
  eyes eye hands hand scores score grants grant awards award orders order files file cuts cut floats float lands land
  sets set wins win gains gain draws draw seals seal strikes strike launches launch releases release opens open holds hold
  starts start draws levies levy prices reaches reach pledges pledge promises promise effects effect lays closes close open
  ink lodge wrap finish finishes outline outlines fix fixes snag snags forge hammer earn earnings carry perform`)

/** Nouns that the news takes for each other. */
export const synonyms: readonly ReadonlySet<string>[] = [
  'minor child children kid teen teenager youth underage adolescent',
  'worker employee staff job role position workforce headcount engineer people staffer contractor',
  'deal partnership pact agreement contract',
  'phone smartphone handset',
  'car vehicle ev automobile',
  'chip processor gpu semiconductor',
  'drone uav quadcopter',
  'ad advert advertising advertisement commercial',
  'glasses eyewear specs',
  'law bill act legislation statute',
  'tariff duty levy duties',
  'console handheld',
  'licence license',
  'price cost fee pricing',
  'video clip footage',
  'stake share shares equity',
  'robotaxi taxi cab',
  'report findings study',
  'rocket booster launcher',
  'visa visas',
  'flaw vulnerability bug hole zero-day',
  'airplane plane jet aircraft',
  'lawsuit suit case complaint',
  'certificate cert',
  'app application',
  'vaccine shot jab',
  'movie film',
  'outage disruption blackout',
].map(set)

/** Offices that a person may hold: a question that names one asks who gets it. */
export const offices =
  set(`administrator chief head chair chairman chairwoman chairperson president ceo cfo cto director
  minister secretary leader boss governor mayor judge justice commissioner ambassador pope chancellor premier speaker
  editor coach captain officer nominee successor archbishop bishop king queen prime senator treasurer dean rector`)
