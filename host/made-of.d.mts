/** Whether `dist` was made of what is there now, and nothing of it has gone. */
export function isMade(root: string, dist: string): boolean
/** Notes what `dist`, which is complete, was made of. */
export function noteMade(root: string, dist: string): void
