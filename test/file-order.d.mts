import type { BaseSequencer } from "vitest/node"

export declare const FileOrder: typeof BaseSequencer
