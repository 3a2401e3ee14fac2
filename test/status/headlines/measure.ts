import type { HeadlineTable } from './table.ts'

/** A document about a product. */
const card: HeadlineTable = {
  question: {
    question: 'Will Nimbus publish the model card of Orion 5?',
    subject: ['Orion 5'],
    context: ['Nimbus'],
    kind: 'measure',
  },
  rows: [
    ['Nimbus publishes model card of Orion 5', 'happened'],
    ['Nimbus publishes Orion 5 model card', 'happened'],
    ['Nimbus releases the model card for Orion 5', 'happened'],
    ['Orion 5 model card published by Nimbus', 'happened'],
    ['Nimbus: Orion 5 Model Card', 'happened'],
    ['Nimbus to publish Orion 5 model card next week', 'announced 2025-06-16..2025-06-22'],
    ['Nimbus will publish the model card of Orion 5', 'announced'],
    ['Nimbus promises model card for Orion 5', 'announced'],
    ['Nimbus delays Orion 5 model card', 'delayed'],
    ['Nimbus withdraws Orion 5 model card', 'cancelled'],
    ['Nimbus may publish Orion 5 model card', 'rumoured'],
    ['Nimbus releases Orion 5', 'none'],
    ['Nimbus introduces Orion 5', 'none'],
    ['Nimbus has not published the Orion 5 model card', 'none'],
    ['Critics ask where the Orion 5 model card of Nimbus is', 'none'],
    ['Where is the Orion 5 model card, Nimbus?', 'none'],
    ['Nimbus publishes Orion 5 mini model card', 'none'],
    ['Experts: Nimbus should publish Orion 5 model card', 'none'],
  ],
}

/** Measures that must be named beside the subject. */
const safety: HeadlineTable = {
  question: {
    question: 'Which safety measures will Nimbus take for its open-weight model?',
    subject: ['open-weight model', 'open weights'],
    context: ['Nimbus'],
    about: ['safety', 'risk', 'safeguard', 'red team'],
    kind: 'measure',
  },
  rows: [
    ['Nimbus publishes safety report on its open-weight model', 'happened'],
    ['Nimbus releases safety tests of open-weight models', 'happened'],
    ['Nimbus announces red team for its open-weight model', 'announced'],
    ['Nimbus delays open-weight model for safety tests', 'none'],
    ['Nimbus opinion: the risks of open weights', 'none'],
    ['Is the open-weight model of Nimbus a safety risk?', 'none'],
  ],
}

/** The subject is the document itself. */
const code: HeadlineTable = {
  question: {
    question: 'Will the EU publish the code of conduct for ports?',
    subject: ['code of conduct'],
    context: ['EU', 'ports'],
    kind: 'measure',
  },
  rows: [
    ['EU publishes code of conduct for ports', 'happened'],
    ['EU delays code of conduct for ports', 'delayed'],
    ['EU to publish code of conduct for ports in July', 'announced 2025-07-01..2025-07-31'],
    ['Harbour firms will sign the EU code of conduct', 'none'],
    ['Ports promise to follow the EU code of conduct, which sets a standard', 'none'],
  ],
}

/** A rule that a firm makes for its users. */
const rule: HeadlineTable = {
  question: {
    question: 'Will Gridly check the age of all its users?',
    subject: ['Gridly'],
    about: ['age', 'age verification'],
    kind: 'measure',
  },
  rows: [
    ['Gridly will require age verification for chat', 'announced'],
    ['Gridly to require age checks', 'announced'],
    ['Gridly announces age verification', 'announced'],
    ['Gridly now requires age verification', 'happened'],
    ['Gridly rolls out age checks', 'happened'],
    ['Gridly introduces age estimation for teens', 'happened'],
    ['Gridly delays age verification', 'delayed'],
    ['Gridly scraps age verification', 'cancelled'],
    ['Gridly could require age checks', 'rumoured'],
    ['Gridly launches maps in the age of cameras that follow you', 'none'],
    ['Gridly introduces skates', 'none'],
    ['Gridly launches game for all ages', 'none'],
    ['Gridly blocks users in Kronia over age law', 'none'],
    ['Gridly begins to age badly', 'none'],
    ['Lawmakers want Gridly to check age of users', 'none'],
  ],
}

/** Whom a firm keeps out, with other names for them. */
const barring: HeadlineTable = {
  question: {
    question: 'Will Chatterbox keep minors away from its bots?',
    subject: ['Chatterbox'],
    context: ['minors', 'children', 'teens'],
    kind: 'measure',
  },
  rows: [
    ['Chatterbox to bar children from its bots', 'announced'],
    ['Chatterbox bans teens from chatting', 'happened'],
    ['Chatterbox restricts minors to one hour', 'happened'],
    ['Chatterbox puts off ban for children', 'delayed'],
    ['Chatterbox hires expert on children', 'none'],
    ['Parents sue Chatterbox over harm to children', 'none'],
  ],
}

/** Something that a program is given. */
const provision: HeadlineTable = {
  question: {
    question: 'Will Harbour get a switch that turns off its tracking?',
    subject: ['tracking switch', 'disable tracking'],
    context: ['Harbour'],
    kind: 'measure',
  },
  rows: [
    ['Harbour will ship with a tracking switch', 'announced'],
    ['Harbour will have an option to disable tracking', 'announced'],
    ['Harbour adds tracking switch', 'happened'],
    ['Harbour may get a tracking switch', 'rumoured'],
    ['Harbour users demand tracking switch', 'none'],
  ],
}

export const measureTables = [card, safety, code, rule, barring, provision]
