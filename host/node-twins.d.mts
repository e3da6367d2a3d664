import type { Plugin } from "esbuild"

/** For esbuild: bundles the structures as Node is to have them. */
export const NODE_TWINS: Plugin
