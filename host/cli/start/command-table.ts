import type { Command } from "commander"
import type { Act } from "../command-context"

/** Declares a command: its flags, its examples and what it does. */
type AddCommand = (program: Command, act: Act) => void

/** A command as the list of them shows it: nothing else of it is loaded until it is asked for. */
export interface CommandEntry {
    name: string
    /** What it may be given, as its declaration has it: `[entry]`. */
    arguments: string
    summary: string
    load: () => Promise<AddCommand>
}

/** All commands but `help`, in the order of the list. */
export const COMMANDS: readonly CommandEntry[] = [
    {
        name: "sim",
        arguments: "[entry]",
        summary: "run on a simulated board, report its memory",
        load: async () => (await import("../commands/sim")).addSimCommand,
    },
    {
        name: "watch",
        arguments: "[entry]",
        summary: "a board's memory, live",
        load: async () => (await import("../commands/watch")).addWatchCommand,
    },
    {
        name: "compare",
        arguments: "<a> [b]",
        summary: "run two programs the same way, or take two recordings: the difference",
        load: async () => (await import("../commands/compare")).addCompareCommand,
    },
    {
        name: "profile",
        arguments: "[entry]",
        summary: "who allocates and who takes time, by source line",
        load: async () => (await import("../commands/profile")).addProfileCommand,
    },
    {
        name: "snapshot",
        arguments: "[entry]",
        summary: "what is on the heap and what keeps it there",
        load: async () => (await import("../commands/snapshot")).addSnapshotCommand,
    },
    {
        name: "diff",
        arguments: "[a] [b]",
        summary: "what came, went and grew between two moments",
        load: async () => (await import("../commands/diff")).addDiffCommand,
    },
    {
        name: "check",
        arguments: "[entry...]",
        summary: "fail when a program dies, leaks or takes too much: for CI",
        load: async () => (await import("../commands/check")).addCheckCommand,
    },
    {
        name: "init",
        arguments: "",
        summary: "set a project up for check: budgets, a baseline, a workflow for CI",
        load: async () => (await import("../commands/init")).addInitCommand,
    },
    {
        name: "bisect",
        arguments: "[entry...]",
        summary: "which commit broke a budget, and what in it",
        load: async () => (await import("../commands/bisect")).addBisectCommand,
    },
    {
        name: "merge",
        arguments: "<report...>",
        summary: "put the reports of a check's shards together",
        load: async () => (await import("../commands/merge")).addMergeCommand,
    },
    {
        name: "layout",
        arguments: "<file> [type]",
        summary: "what a record takes, field by field, in each layout and on the board",
        load: async () => (await import("../commands/records/layout")).addLayoutCommand,
    },
    {
        name: "generate",
        arguments: "<file> [name]",
        summary: "code for records in a buffer and tables in flash",
        load: async () => (await import("../commands/records/generate")).addGenerateCommand,
    },
    {
        name: "size",
        arguments: "[entry]",
        summary: "what takes the flash: functions, texts, buffers, tables, by file and library",
        load: async () => (await import("../commands/size")).addSizeCommand,
    },
    {
        name: "boards",
        arguments: "[board]",
        summary: "list the boards, their memory and pins",
        load: async () => (await import("../commands/boards")).addBoardsCommand,
    },
    {
        name: "fit",
        arguments: "[entry]",
        summary: "which boards can run a program, and with how much to spare",
        load: async () => (await import("../commands/fit")).addFitCommand,
    },
    {
        name: "fix",
        arguments: "[entry]",
        summary:
            "carry the advice out: edit the source, prove that it does the same, and takes less",
        load: async () => (await import("../commands/fix")).addFixCommand,
    },
    {
        name: "ports",
        arguments: "",
        summary: "list the serial ports and what is known of each",
        load: async () => (await import("../commands/ports")).addPortsCommand,
    },
    {
        name: "flash",
        arguments: "",
        summary: "put the DeviceScript runtime on a board",
        load: async () => (await import("../commands/hardware/flash")).addFlashCommand,
    },
    {
        name: "deploy",
        arguments: "[entry]",
        summary: "build a program and put it on a board",
        load: async () => (await import("../commands/deploy")).addDeployCommand,
    },
    {
        name: "doctor",
        arguments: "",
        summary: "what of this machine and its board is amiss, and what mends it",
        load: async () => (await import("../commands/doctor")).addDoctorCommand,
    },
    {
        name: "fleet",
        arguments: "[config]",
        summary: "many boards' figures into the monitoring you run",
        load: async () => (await import("../commands/fleet")).addFleetCommand,
    },
    {
        name: "lesson",
        arguments: "[name]",
        summary: "a technique beside the ordinary way, measured now",
        load: async () => (await import("../commands/lesson")).addLessonCommand,
    },
    {
        name: "explain",
        arguments: "[word]",
        summary: "what a word on the screen means",
        load: async () => (await import("../commands/explain")).addExplainCommand,
    },
    {
        name: "site",
        arguments: "",
        summary: "the playground: code beside its simulated board, in a browser tab",
        load: async () => (await import("../commands/web/site")).addSiteCommand,
    },
    {
        name: "lsp",
        arguments: "",
        summary: "what types, classes and lines cost, in any editor: a language server",
        load: async () => (await import("../commands/lsp")).addLspCommand,
    },
]
