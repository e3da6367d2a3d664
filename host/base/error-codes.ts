/** What there is to know of one kind of failure. */
export interface ErrorFacts {
    /** What went wrong, in one sentence. The message of a failure says it of its own case. */
    readonly text: string
    /** An example: a command that fails so, whatever else there is. */
    readonly command?: string
    /** An example that takes more than a command. */
    readonly situation?: string
    /** What to do next. */
    readonly remedy: string
}

/**
 * Every way in which heapscope can fail, once: what is thrown names one of these, `--json` prints its
 * name, and the page `host/base/ERRORS.md` is made of it. A code never changes its meaning; one that
 * is not thrown any more is taken out.
 */
export const ERROR_CODES = {
    // Wrong use.
    E_UNKNOWN_COMMAND: {
        text: "There is no command of this name.",
        command: "heapscope simm",
        remedy: "Take the name that the message suggests; `heapscope --help` lists the commands.",
    },
    E_UNKNOWN_FLAG: {
        text: "The command has no flag of this name.",
        command: "heapscope sim --hepa 40KiB",
        remedy: "Take the name that the message suggests; `heapscope <command> --help` lists the flags.",
    },
    E_ARGUMENTS: {
        text: "An argument is missing, or there is one too many.",
        command: "heapscope compare src/main.ts",
        remedy: "The first line of `heapscope <command> --help` shows what a command takes.",
    },
    E_VALUE: {
        text: "A value is not of the kind that is taken there, or out of its range.",
        command: "heapscope sim --for 10",
        remedy: "Write it as the message says: durations as 250ms, 10s or 24h, sizes as 1500, 2kB or 40KiB.",
    },
    E_FLAG_CONFLICT: {
        text: "Two flags exclude each other, or one needs another.",
        command: "heapscope lesson packed --all",
        remedy: "Leave out or add the flag that the message names.",
    },
    E_UNKNOWN_BOARD: {
        text: "There is no board of this name.",
        command: "heapscope sim --board pcio",
        remedy: "Take an id of `heapscope boards`, or the path of a *.board.json file.",
    },
    E_UNKNOWN_LESSON: {
        text: "There is no lesson of this name.",
        command: "heapscope lesson interming",
        remedy: "Take a name of `heapscope lesson`.",
    },

    E_NO_CONSTANT: {
        text: "A program has no such constant to sweep over.",
        situation:
            "No `const NAME = <number>` of that name stands in it or in a file that it imports.",
        remedy: "Declare it at the top of the program, with a number and nothing else.",
    },

    // Files.
    E_CONFIG: {
        text: "A project's heapscope.config.ts, .js or .json cannot be used.",
        situation: 'A heapscope.config.json that says { "bords": ["pico"] }.',
        remedy: "Mend the setting at the line that the message names.",
    },
    E_SCENARIO: {
        text: "A scenario file cannot be used, or does not fit the program and the board.",
        situation: 'A scenario.json that says { "steps": [{ "at": "10 minutes" }] }.',
        remedy: "Mend what the message names, at its line; host/SCENARIOS.md has all there is.",
    },
    E_SCHEMA: {
        text: "A file's declarations are no records that have a layout.",
        situation: "`heapscope layout src/order.ts`, where a field is of type u12.",
        remedy: "Mend the field at the line that the message names, or name the type that is meant.",
    },
    E_TABLE: {
        text: "A file is no table: rows that have the same columns, each of one kind of value.",
        situation: "`heapscope generate menu.csv`, where a line has a value too many.",
        remedy: "Mend the line that the message names.",
    },
    E_NOT_GENERATED: {
        text: "A file that is in the way was not made by heapscope generate.",
        situation: "`heapscope generate order.ts --out main.ts`.",
        remedy: "Name another file with --out or --host, or move that one away.",
    },
    E_CHANGED: {
        text: "A file was changed by somebody else while its program was being fixed.",
        situation:
            "`heapscope fix --write` has worked for a minute, and an editor has saved the file meanwhile.",
        remedy: "Run it again: nothing was written.",
    },
    E_UNTRUSTED_CODE: {
        text: "A project's own code would run as you, and you have not said that it may.",
        situation: "A clone with a heapscope.config.ts, checked where nobody can be asked.",
        remedy: "Read the file, then run the command once on a terminal, or with --trust-config.",
    },
    E_NO_FILE: {
        text: "The file that was named does not exist.",
        command: "heapscope sim nowhere.ts",
        remedy: "Check the path: it starts at the folder the command runs in.",
    },
    E_READ: {
        text: "The file cannot be read.",
        command: "heapscope watch --replay nowhere.ndjson",
        remedy: "See that it is there, that it is a file, and that you may read it.",
    },
    E_STORE: {
        text: "The folder where a fleet keeps what nobody takes is another fleet's.",
        situation: "Two of `heapscope fleet` that send figures, as the same user.",
        remedy: "Give each a folder of its own with --store.",
    },
    E_WRITE: {
        text: "The file cannot be written.",
        command: "heapscope sim src/main.ts --out no/such/folder/report.json",
        remedy: "Make the folder, free the disk or name another file. Nothing is half-written.",
    },
    E_BOARD_FILE: {
        text: "A *.board.json file is not what it must be.",
        command: "heapscope sim --board wrong.board.json",
        remedy: "Mend the field that the message names; the files in boards/ show how they look.",
    },
    E_RECORDING: {
        text: "The file is no recording, or one of another version.",
        command: "heapscope watch --replay package.json",
        remedy: "Record again with `heapscope sim --record <file>` or `heapscope watch --record <file>`.",
    },
    E_WORLD_RECORD: {
        text: "The file is no record of a world, or not of this run.",
        command: "heapscope sim --play-world package.json",
        remedy: "Record again with `heapscope sim --record-world <file>`, and play it on the same program and board.",
    },
    E_INCIDENT: {
        text: "The file does not tell of a board that died.",
        command: "heapscope sim --as package.json",
        remedy: "`heapscope fleet --incidents <folder>` writes one for each death.",
    },
    E_SNAPSHOT: {
        text: "The file is no snapshot, or a damaged one.",
        command: "heapscope diff package.json package.json",
        remedy: "Take it again with `heapscope snapshot --out <file>`.",
    },
    E_BASELINE: {
        text: "The file is no baseline of a check, or a damaged one.",
        command: "heapscope check src/main.ts --baseline package.json",
        remedy: "Write it again with `heapscope check --update-baseline`, after a conflict of git's too.",
    },
    E_CHECK_REPORT: {
        text: "The file is no report of a check, or not one of those that belong together.",
        command: "heapscope merge package.json",
        remedy: "Write it again with `heapscope check --json`, each shard with the same programs and boards.",
    },
    E_GIT: {
        text: "What is to be compared with is not to be had from git.",
        command: "heapscope check src/main.ts --base no-such-branch",
        remedy: "Fetch the branch that is named, with its history; where there is no git, compare with a file.",
    },
    E_NO_PLACE: {
        text: "The document has no place for the table.",
        situation:
            "`heapscope lesson --all --markdown notes.md`, of a file without the lines around it.",
        remedy: "Put the two lines that the message names where the table is to be.",
    },

    // Programs.
    E_NOT_A_PROGRAM: {
        text: "What was named is no DeviceScript program.",
        command: "heapscope sim package.json",
        remedy: "Name a .ts source, a compiled .devs file or a project's folder with src/main.ts.",
    },
    E_NO_PROJECT: {
        text: "The source is in no DeviceScript project.",
        command: "heapscope sim ../alone.ts",
        remedy: "Put a devsconfig.json that holds {} beside the project's package.json, or run `npx devs init`.",
    },
    E_FOREIGN_PROJECT: {
        text: "The folder that would be the program's project can be written by other users.",
        command: "heapscope sim ../shared/mine.ts",
        remedy: "Give the program a devsconfig.json of its own, or make the folder yours alone.",
    },
    E_COMPILE: {
        text: "The program does not compile.",
        command: "heapscope sim src/broken.ts",
        remedy: "Mend what the compiler says, at the file, line and column it names.",
    },
    E_BYTECODE: {
        text: "The compiled program is damaged, of another version, or not of the sources beside it.",
        command: "heapscope sim damaged.devs",
        remedy: "Build it again with `devs build`, or name its source.",
    },
    E_HEAP_TOO_SMALL: {
        text: "The heap is too small for the program to begin.",
        command: "heapscope sim src/main.ts --heap 256",
        remedy: "Give it more with --heap, or take a board with more memory.",
    },
    E_PROGRAM_TOO_BIG: {
        text: "The board has no room for the program.",
        situation: "Deploying 300 kB of bytecode to a board with 128 KiB for it.",
        remedy: "Make the program smaller, or take another board; `heapscope boards` lists what each has.",
    },
    E_SETTING: {
        text: "A setting of .env.defaults or .env.local does not get onto the board.",
        situation: "A certificate of 5 kB among the settings.",
        remedy: "Shorten it or leave it out; if the board is a real one, see that it is still connected.",
    },
    E_HEAP_CORRUPTED: {
        text: "The program has the VM corrupt its heap.",
        situation:
            "`list.length = 0`: the VM does not shorten an array of which the length is set.",
        remedy: "Make a new array, or take elements out with pop() or splice(), at the line that is named.",
    },
    E_MOMENT: {
        text: "The moment that was to be looked at did not come.",
        command: "heapscope snapshot src/main.ts --at-panic --for 10ms",
        remedy: "Take an earlier moment, a longer --for or another text, as the message says.",
    },
    E_PROGRAM_FAILED: {
        text: "A test expects something of a program that died or was stopped.",
        situation: "`expect(run).toStayUnder(...)` of a run that ended with out of memory.",
        remedy: "See `outcome` of the run: what it says is to be mended first.",
    },
    E_LESSON: {
        text: "A lesson's two programs cannot be compared.",
        situation: "One of them dies, or they print different texts.",
        remedy: "Undo what was changed in devs/lessons, or install heapscope again.",
    },

    // The real board.
    E_NO_BOARD: {
        text: "No board is found at a serial port.",
        situation: "`heapscope watch --port auto`, with none connected",
        remedy: "Plug it in, close other programs that use it, or name its port; `heapscope ports` lists them.",
    },
    E_NO_PORTS: {
        text: "The serial ports of this machine cannot be listed.",
        situation: "`heapscope ports` in a container without /sys.",
        remedy: "Name the port with --port, or have /sys mounted.",
    },
    E_SEVERAL_BOARDS: {
        text: "Several boards are connected, and it is not said which is meant.",
        situation: "`heapscope watch --port auto`, with two connected",
        remedy: "Name its port with --port.",
    },
    E_CONNECT: {
        text: "The port cannot be opened, or closed at once.",
        command: "heapscope watch --port tcp://127.0.0.1:1",
        remedy: "See that the port is right, that it may be used, and that no other program has it open.",
    },
    E_SERVE: {
        text: "The simulated board cannot be served at this address.",
        command: "heapscope sim --serve tcp://192.0.2.1:8082",
        remedy: "Take a free port of this machine; port 0 takes any.",
    },
    E_NO_ANSWER: {
        text: "What is connected does not answer, or stopped answering.",
        situation: "`heapscope watch --port tcp://host:22`, where no board speaks",
        remedy: "See that it is the right port and that DeviceScript's firmware is on the board; reset it.",
    },
    E_LINK_LOST: {
        text: "The connection to the board was lost.",
        situation: "The cable is pulled while a snapshot is read.",
        remedy: "Connect it again and repeat: a board that was left halted then goes on.",
    },
    E_NO_SERVICE: {
        text: "The board does not offer what is needed.",
        situation: "Deploying to firmware that is not DeviceScript's.",
        remedy: "Install DeviceScript's firmware of a current version on it.",
    },
    E_BOARD_BUSY: {
        text: "Somebody else uses the board in the same way.",
        situation: "Two `heapscope snapshot --port auto` at once.",
        remedy: "Close the other one and try again.",
    },
    E_DEPLOY: {
        text: "The board did not get the program, or has another than was sent.",
        situation: "The cable is pulled in the middle of `heapscope deploy`.",
        remedy: "Connect it again and deploy once more; until then it may have no program.",
    },
    E_HALT: {
        text: "The program on the board cannot be halted, or cannot be let go.",
        situation: "A snapshot of a program that sleeps for a minute.",
        remedy: "Try again when the program is doing something; reset the board if it stands still.",
    },
    E_NO_PROGRAM: {
        text: "No program runs on the board that is to be looked at.",
        situation:
            "A snapshot of a board whose program was stopped, or dies whenever it is started.",
        remedy: "Deploy one with `heapscope deploy`, or see with `heapscope watch` what it dies of.",
    },
    E_NO_AGENT: {
        text: "The exact heap is wanted, and the program on the board has no agent that opens it.",
        situation: "`heapscope watch --port auto --exact-every 30s`, of a program without an agent",
        remedy: "Call startMemoryAgent() of heapscope/devs/agent first thing in the program, and deploy it.",
    },
    E_HEAP_UNKNOWN: {
        text: "The board's heap is not where or what it must be.",
        situation: "A snapshot of an ESP32-S2 with --board pico.",
        remedy: "Say which board it is with --board, start the agent first thing, and try again.",
    },
    E_OTHER_RUNTIME: {
        text: "The board's firmware has another version of DeviceScript than the one that is known.",
        situation: "`heapscope snapshot --port auto`, of a board whose firmware was never updated",
        remedy: "Flash the current firmware: `heapscope flash --board <id>`.",
    },
    E_OTHER_PROGRAM: {
        text: "The board runs another program than the one that was named.",
        situation: "`heapscope snapshot --port auto --program src/main.ts`, after a change to it",
        remedy: "Deploy it, or leave --program out.",
    },

    E_FIRMWARE: {
        text: "A file of firmware is damaged, for another chip or board, or too large: nothing was written.",
        situation: "`heapscope flash --board pico --firmware half-a-download.uf2`",
        remedy: "Download it again, or take the one for the board that the message names.",
    },
    E_DOWNLOAD: {
        text: "The firmware could not be downloaded.",
        situation: "`heapscope flash --board pico` without a network",
        remedy: "Download the file that the message names elsewhere, and name it with --firmware.",
    },
    E_BOOT_MODE: {
        text: "The board is not in the mode in which firmware can be written to it, or another chip answers there.",
        situation:
            "`heapscope flash --board esp32s2_bare`, of a board whose BOOT button was not held",
        remedy: "Do what the message says; `heapscope boards <id>` says it, too.",
    },
    E_FLASH: {
        text: "Writing the firmware broke off: the message says what the board has now.",
        situation: "The cable is pulled while `heapscope flash` writes.",
        remedy: "Plug it in, enter the boot mode and flash again: the boot ROM is in the chip and cannot be lost.",
    },

    // The installation.
    E_COMPILER_MISSING: {
        text: "The DeviceScript compiler that heapscope works with has not been made, or not found.",
        situation: "A clone in which `npm ci` was run with --ignore-scripts.",
        remedy: "Run `npm ci` again, or `npm run prepare` in heapscope's folder.",
    },
    E_COMPILER_MISMATCH: {
        text: "The compiler inside the DeviceScript command line is not the one that heapscope knows.",
        situation: "Preparing with a @devicescript/cli other than the pinned one.",
        remedy: "Install exactly the version that heapscope's package.json names.",
    },
    E_EMULATOR_MISSING: {
        text: "The emulator that runs a board's real firmware is not installed, or not the version that is known.",
        situation:
            "`heapscope sim --emulator firmware.uf2 ...` where rp2040js was never installed.",
        remedy: "Install exactly the version that the message names; nothing else needs it.",
    },
    E_MQTT_MISSING: {
        text: "The client of MQTT brokers is not installed.",
        situation:
            "`heapscope fleet --mqtt mqtt://broker:1883` where the package mqtt was never installed.",
        remedy: "Install exactly the version that the message names; nothing else needs it.",
    },
    E_VM_MISSING: {
        text: "heapscope's own VM has not been made.",
        situation: "A clone in which `npm ci` was run with --ignore-scripts.",
        remedy: "Run `npm run prepare` in heapscope's folder.",
    },
    E_PAGE_MISSING: {
        text: "The live page is not there.",
        situation: "The installation was broken off, or `dist/page/` was deleted.",
        remedy: "`npm run prepare` in the package's folder makes it again.",
    },
    E_VM_MISMATCH: {
        text: "The VM inside the DeviceScript compiler is not the one that heapscope knows.",
        situation: "Preparing with a @devicescript/cli other than the pinned one.",
        remedy: "Install exactly the version that heapscope's package.json names.",
    },
    E_INTERRUPTED: {
        text: "It was ended before there was a result: by Ctrl-C, or by a signal.",
        situation: "Ctrl-C while a program is compiled.",
        remedy: "Run it again.",
    },
    E_INTERNAL: {
        text: "A fault of heapscope or of the VM.",
        situation: "Anything that none of the other codes is for.",
        remedy: "HEAPSCOPE_DEBUG=1 shows where it happened: report it, with the command and the program.",
    },
} as const satisfies Record<string, ErrorFacts>

export type ErrorCode = keyof typeof ERROR_CODES

/** All codes, in the order of the page. */
export const ALL_ERROR_CODES = Object.keys(ERROR_CODES) as ErrorCode[]
