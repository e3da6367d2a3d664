/** What the VM or DeviceScript's library says, and what a program lacks that dies of it. */
const HINTS: readonly [said: RegExp, lacks: (board: string) => string][] = [
    [
        /\bpin \S+ not exposed\b/,
        board => `\`heapscope boards ${board}\` draws the pins that this board has for programs.`,
    ],
    [
        /\bgetting field '(?:gpio|setMode)' of undefined\b/,
        board =>
            "A pin is undefined: `pins` has none that the firmware needs itself, as for the status light, " +
            `and none that the board lacks. \`heapscope boards ${board}\` draws what it has.`,
    ],
    [
        /\bledStripSend not supported\b/,
        () =>
            "The firmware of this chip drives no strip of LEDs; that of every ESP32 does (`--board`).",
    ],
    [
        /\bgetting field 'spec' of undefined\b/,
        () =>
            "A service's class has its `spec` under `ds` alone: " +
            '`import * as ds from "@devicescript/core"`, then `ds.Relay.spec`; imported by name it has none.',
    ],
    [
        /\brows or columns is missing\b/,
        () =>
            "The library hands on what it is given alone: `startCharacterScreenDisplay(display, { columns: 18, rows: 7 })`.",
    ],
]

/**
 * What somebody can do about an exception whose own words do not say it.
 * @param message of the outcome, with what the exception said
 * @param board id of the one it ran on
 */
export function exceptionHints(message: string, board: string): string[] {
    return HINTS.filter(([said]) => said.test(message)).map(([, lacks]) => lacks(board))
}
