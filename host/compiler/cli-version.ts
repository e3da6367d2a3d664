/**
 * The one release of `@devicescript/cli` that everything here was established on: its compiler, and
 * the VM inside it. Upstream is archived: it is the last.
 */
export const CLI_VERSION = "2.16.4"
