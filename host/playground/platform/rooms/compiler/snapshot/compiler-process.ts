/** A tab has no processes: there is never one of these. */
export class ProcessEnded extends Error {}

export const CompilerProcess = { start: (): undefined => undefined }
