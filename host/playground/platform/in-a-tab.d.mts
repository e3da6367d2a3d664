import type { Plugin } from "esbuild"

export const IN_A_TAB: Plugin
