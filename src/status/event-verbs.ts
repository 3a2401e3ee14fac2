/** Verbs of decisions and events, beside the common ones: in a question they are its verb, in a sentence as often nouns. */
export const eventVerbs: ReadonlySet<string> = new Set(
  `
  weaken abandon abolish accelerate acknowledge acquire activate adapt address adjust admit adopt affirm
  agree align amend annex annul apologize appeal approve arrest assess assign audit award axe ban
  block bomb break cancel cede charge clear close collapse commit compel compensate complete comply
  concede conclude crack curtail condemn confiscate construct convert convict cooperate cross curb cure decide
  declare declassify decline decriminalize default defeat defer delay delete deliver deploy deport
  deprecate detain devalue disable disband disclose discontinue dismantle dismiss dissolve distribute
  divest divide drop dump ease eliminate emerge enact endorse enforce erupt escape establish evacuate
  exceed exclude execute exempt expel expire extend extradite fail file finalize fine finish fire fly
  forbid forgive fork formalize free freeze fulfil fund grant hack halt hand harm hike honor impeach
  implement import impose imprison indict inspect install intervene invade investigate invoke issue
  jail land launch leak legalise legalize liberate license lift limit liquidate list lower mandate
  manufacture merge migrate mitigate moderate monitor nationalise nationalize negotiate nominate
  notify oblige obtain occupy offset order oust overhaul overrule overtake overturn pardon pass patch
  pause penalize permit phase pilot pledge port postpone preorder privatize probe proceed produce
  prohibit prosecute publish punish purchase qualify quash question quit ratify rebrand rebuild recall
  recognise recognize recover redesign reduce refinance reform refund regain regulate reinstate reject
  relax release relicense relocate remove rename renew reopen repair repay repeal replicate report
  rescind rescue reserve reshore resign resolve restart restore restrict restructure resume retain
  retire retract revamp revert review revise revive revoke rewrite roll sanction sanctioned scrap
  screen seize separate settle shift ship shut sign simplify skip slash slow smash solve spin split
  sponsor stabilize step strand strip submit subsidize succeed supersede supply surrender survive
  suspend swap switch tax terminate tighten trade transfer transition triple unban unblock undergo
  unify unionize unveil update upgrade uphold vaccinate verify veto violate void waive wind withdraw
`
    .trim()
    .split(/\s+/u),
)
