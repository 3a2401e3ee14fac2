/** The statuses that every question has, in the order in which news usually moves through them. */
export const statuses = ['open', 'rumoured', 'announced', 'delayed', 'happened', 'cancelled'] as const

/** Where a question stands. */
export type Status = (typeof statuses)[number]

/** How surely something is said: by the one whose word settles it, as a fact by others, or guardedly. */
export const certainties = ['official', 'reported', 'hedged'] as const
export type Certainty = (typeof certainties)[number]

/** How far an outlet is trusted. `aggregator`s only pass on what others publish. */
export const grades = ['official', 'established', 'other', 'aggregator'] as const
export type Grade = (typeof grades)[number]
