// Verbs that the news takes for each other where they have the same object: a question that no kind knows the verb of is
// answered by headlines with another one.

const groups = `
put place slap impose set lay clap
stop halt cease quit suspend end
catch capture nab seize identify unmask intercept snare
expose reveal unmask uncover identify name out unveil disclose
warn alert caution notify tell inform advise
tell inform notify disclose divulge reveal brief
teach train educate instruct coach tutor
change alter modify revise amend overhaul rework rewrite update renew adjust tweak reform redraw
work function operate run
see view spot glimpse observe photograph picture image witness
hide conceal mask obscure blur bury
suffer face endure experience undergo sustain see report
lock restrict tie limit confine bind
contribute donate give provide commit supply
explain clarify account-for spell-out lay-out
attack strike hit bomb target shell raid assault
damage harm hurt wreck ruin break cripple
destroy wreck ruin demolish raze flatten obliterate level
demolish raze flatten tear-down knock-down pull-down bulldoze level
kill slay murder assassinate
die pass-away
rescue save free recover retrieve bail-out
evacuate clear empty
flood swamp inundate submerge
erupt explode blow
spread expand reach extend
grow rise increase climb jump surge swell expand soar
shrink fall decline drop contract dwindle slump sink plunge tumble
exceed surpass top beat pass outstrip overtake
borrow raise
lend loan advance
donate give contribute hand pledge gift
hand give pass transfer turn-over
share give pass disclose provide open hand-over
move shift transfer relocate migrate bring
separate split divide part
combine unite unify merge join fuse
connect link join tie hook-up wire
disconnect unplug cut-off sever
measure gauge assess test evaluate benchmark
check verify test inspect examine audit screen vet
review examine reassess revisit reconsider study look-into
study examine research investigate explore
count tally
choose pick select name opt-for settle-on go-with plump-for
reject refuse decline turn-down spurn rebuff dismiss throw-out
ask request seek demand call-for
answer respond-to reply-to address
address tackle deal-with confront take-on handle respond-to act-on
fight combat tackle battle counter resist oppose
oppose fight resist object-to come-out-against
back support endorse vote-for side-with throw-weight-behind champion get-behind
praise hail applaud commend
criticize criticise slam blast condemn denounce rebuke censure
punish discipline penalize suspend expel sanction reprimand censure fine
discipline suspend expel punish reprimand censure
suspend bench sideline discipline
expel deport kick-out throw-out remove eject boot
deport expel remove send-back return
honor honour award celebrate recognize recognise
recognize recognise acknowledge accept
acknowledge admit concede accept own-up-to confess-to
deny reject dispute refute
censor block suppress muzzle remove restrict
monitor track watch surveil spy-on follow
protect defend shield safeguard guard secure
secure get win obtain land lock-in
guarantee ensure assure promise pledge
free release liberate let-go
hire recruit employ poach enlist take-on bring-in snap-up
poach recruit hire lure snatch nab
train teach coach build
retrain reskill
promote elevate advance
demote downgrade
upgrade improve modernize modernise refresh enhance
improve boost enhance better refine raise upgrade
worsen deteriorate degrade
downgrade cut lower
repair fix restore mend rebuild
rebuild reconstruct restore
redesign rework revamp overhaul remake restyle
rewrite rework port translate reimplement
translate render localize
invent create devise develop
create make build establish set-up form launch found develop
establish create set-up form found launch
form create set-up establish launch found
found establish create launch set-up start
set-up establish create form launch
design create develop draw-up
write draft pen author compose draw-up
draft draw-up prepare write
record tape capture film
film shoot record
stream broadcast air carry show
broadcast air show stream carry televise
air broadcast show screen stream
perform play stage sing
play perform feature-in star-in
print publish issue mint
delete erase wipe remove purge scrub
archive preserve save store keep
store keep save retain hold preserve
collect gather harvest amass scrape
sell offload flog unload
stock carry sell
import bring-in ship-in
export ship send sell
send ship deliver dispatch supply transfer provide
supply provide deliver furnish ship send
distribute hand-out give-out share
ration limit cap
limit restrict cap curb throttle rein-in curtail constrain
cap limit restrict
curb restrict limit rein-in crack-down-on tighten clamp-down-on curtail
ease relax loosen lift soften
tighten toughen stiffen strengthen harden
slow brake throttle decelerate
speed accelerate fast-track hasten quicken
accelerate speed-up hasten fast-track step-up ramp-up
double triple quadruple multiply
halve cut slash
freeze suspend halt pause block hold
seize confiscate impound take commandeer capture
nationalize nationalise take-over seize
privatize privatise sell
tax levy charge
subsidize subsidise fund support bankroll underwrite
finance fund bankroll pay-for back
spend invest commit pour splash
invest put pour pump plow commit spend
earn make gain
lose shed forfeit miss
miss skip sit-out
attend join visit appear-at
visit tour travel-to go-to
meet see sit-down-with talk-to hold-talks-with
negotiate bargain talk
apologize apologise say-sorry
testify appear give-evidence
confess admit
plead enter
appeal challenge contest fight
challenge appeal contest dispute fight sue-over
contest challenge appeal dispute fight
sign ink seal
tear-up scrap rip-up withdraw-from quit abandon
withdraw pull-out retreat quit leave exit pull retract
retract withdraw take-back pull rescind recant
declassify unseal release publish open
unseal open release declassify publish
seal close lock
open unlock unseal
close shut shutter
unblock restore lift reinstate
ground park idle suspend
dock berth arrive
orbit circle
crash smash plunge
collide crash smash
sink go-down founder
capsize overturn
spill leak dump
leak spill expose
dump dispose-of discharge
clean clear purge
treat cure heal
cure treat heal
vaccinate immunize immunise inoculate
infect contaminate hit
detect find spot discover identify sense
clone copy replicate
copy clone mimic imitate
simulate model
calculate work-out compute
predict forecast
decode decipher crack
crack break solve decipher
decipher decode crack read
map chart
mine extract dig
drill bore dig
dig excavate tunnel
plant grow
harvest reap pick
breed raise
electrify power
power run drive fuel
automate mechanize robotize
digitize digitise scan
encrypt scramble secure
patent protect
trademark register
register sign-up enrol enroll record
unionize unionise organize organise vote-to-join
organize organise run stage
boycott shun snub avoid
snub shun skip boycott
lobby press push
sponsor fund back
advertise promote market
rebrand rename relabel
label mark flag tag
flag mark label report
rate score grade rank
rank rate place
crown name win
dethrone topple unseat oust overtake
topple overthrow oust bring-down unseat
oust remove topple force-out eject unseat
overthrow topple oust
invade enter attack
occupy seize hold take
liberate free retake recapture
surrender yield give-up capitulate
mediate broker arbitrate
broker mediate negotiate
arm equip supply
disarm demobilize
deploy send station post field roll-out
recall summon call-back
summon call-in subpoena order
subpoena summon order
search raid
raid search storm
`

const alike = new Map<string, Set<string>>()
for (const line of groups.trim().split('\n')) {
  const [first = '', ...others] = line.split(' ').map((verb) => verb.replaceAll('-', ' '))
  const known = alike.get(first) ?? new Set()
  for (const other of others) known.add(other)
  alike.set(first, known)
}

/** The verbs that may stand for the one of a question, in their base form; none where nobody takes another for it. */
export function verbsLike(verb: string): readonly string[] {
  return [...(alike.get(verb) ?? [])]
}
