/** A term, and what it means in two sentences or so. */
export interface Term {
    /** What people call it; the first is the one that heapscope uses. */
    names: readonly string[]
    means: string
}

/** The words of reports, screens and pictures, and those of the VM that stand in `--json`. */
export const GLOSSARY: readonly Term[] = [
    {
        names: ["heap"],
        means: "The part of a board's memory that a program's objects, arrays, texts, buffers and calls live in. It has one size for good: 64 KiB on most boards, 40 KiB on an ESP32-S2.",
    },
    {
        names: ["used", "used bytes"],
        means: "Bytes in blocks that are not free. Garbage counts too, until a collection frees it.",
    },
    {
        names: ["live", "live bytes"],
        means: "Bytes that the program can still reach, from its variables and from the calls at work. It is what stays after a collection, so a program that keeps more and more shows it here.",
    },
    {
        names: ["garbage"],
        means: "Blocks that nothing reaches any more. They take their place until the next collection.",
    },
    {
        names: ["collection", "gc", "garbage collection"],
        means: "The VM looks for all that is live and frees the rest. It does so when a quarter of the heap was allocated since the last time, or when a request finds no room.",
    },
    {
        names: ["hole", "largest hole", "largest free block"],
        means: "Free bytes in one piece. A request needs one hole as large as itself: many small holes do not help.",
    },
    {
        names: ["fragmentation", "fragmented", "broken up"],
        means: "How much of the free memory is not in the largest hole: 1 - largest hole / free. Small blocks that stay, between others that are gone, keep holes apart: make what is large and stays first.",
    },
    {
        names: ["high-water mark", "at most"],
        means: "The most that was ever used, or ever live, at any moment of the run.",
    },
    {
        names: ["churn", "allocated"],
        means: "Bytes allocated over a time, whether they are kept or not. It costs the board's time, for collections, rather than its memory.",
    },
    {
        names: ["leak"],
        means: "Something that the program keeps more and more of and never lets go: a list, a dictionary, a text, timers, subscriptions. It runs out of memory however large the heap is.",
    },
    {
        names: ["peak"],
        means: "What one call has in hand at once, beside what the program keeps. It must fit, too, if only for a moment.",
    },
    {
        names: ["tight"],
        means: "It ran, but with so little room that one request more, or a slightly larger one, ends it. Take something out, or take a board with more.",
    },
    {
        names: ["call frame", "frame", "activation"],
        means: "What a call of a function takes on the heap: 24 bytes, and 8 for each parameter and variable. It is garbage after the return, unless a function that was made in it is kept.",
    },
    {
        names: ["closure", "bound-function", "bound method"],
        means: "A function together with the call it was made in, or the object it was taken from. Who keeps it keeps all of that.",
    },
    {
        names: ["fields of objects", "elements of arrays", "storage", "bytes"],
        means: "The block that an object keeps its fields in, or an array its elements. It grows by a quarter, and the new one is filled while the old one is still there: both must fit.",
    },
    {
        names: ["object", "map"],
        means: "An object or a dictionary: 16 bytes, and 16 for each field in a block of its own.",
    },
    {
        names: ["array", "list"],
        means: "16 bytes, and 8 for each element in a block of its own, whatever the element is.",
    },
    {
        names: ["buffer"],
        means: "Bytes in one piece: 12 and its length. The smallest way to keep numbers; one written as hex in the source takes no heap at all.",
    },
    {
        names: ["text", "string", "string-jmp"],
        means: "A text made at run time: 9 bytes and its length. One that is written in the source stays in flash and takes no heap.",
    },
    {
        names: ["built-in object", "half-static-map", "short-map"],
        means: "The VM's own objects, such as Math, or a class that the program has added something to.",
    },
    {
        names: ["packet"],
        means: "A Jacdac packet that the program has in hand: what a service was told, or told it.",
    },
    {
        names: ["role"],
        means: "The part that a sensor or an actuator plays in a program: new Temperature() asks for any thermometer. As long as none answers, what is subscribed to it is never called.",
    },
    {
        names: ["retained size", "retained"],
        means: "All bytes that would be free if this one thing were gone: its own, and those that only it leads to.",
    },
    {
        names: ["shallow size", "shallow", "own bytes"],
        means: "The bytes of a thing itself, without what it refers to.",
    },
    {
        names: ["root"],
        means: "Where all that is live begins: the program's variables, its fibers and calls, and the VM's own tables.",
    },
    {
        names: ["structure", "refused", "most"],
        means: "A container of a fixed size that the program's agent reports: how many it holds of how many it can, the most it ever held, and how often it was full and refused one.",
    },
    {
        names: ["estimate", "about"],
        means: "A figure that a running program can only work out of what it sees of its own heap; beside it stands how far it may be off. A snapshot (s) reads the board's memory and is exact.",
    },
    {
        names: ["fiber"],
        means: "A thread of calls that waits and goes on: each timer, subscription and .start() runs in one. What waits for ever keeps its calls for ever.",
    },
    {
        names: ["snapshot"],
        means: "Every object on the heap at one moment, and what holds it.",
    },
    {
        names: ["pin", "pinned"],
        means: "A block that stands between two holes, which would be one without it.",
    },
    {
        names: ["panic"],
        means: "How the VM stops a program: 60004 is out of memory, 60006 too many calls inside each other, 60001 too long without waiting, 60005 an exception that nobody caught.",
    },
    {
        names: ["board time"],
        means: "The time that a program takes of the board's processor: its instructions, the built-in functions, finding room on the heap, and collections. It is counted in what the VM does and told for a Raspberry Pi Pico, so it is the same on every machine; other chips are faster or slower, all programs alike.",
    },
    {
        names: ["board load"],
        means: "Board time as a share of the time that the program ran. Near 100 % the board has no time left to wait, and what comes in is answered late.",
    },
    {
        names: ["deepest call"],
        means: "The most functions that were open at once, each called by the one before. A board ends the program when it is more than 100.",
    },
    {
        names: ["high-water frames", "most frames"],
        means: "The most bytes that the calls at work took of the heap at once. Each open call keeps its parameters and variables there.",
    },
    {
        names: ["longest turn", "turn"],
        means: "The most instructions that ran without a wait. A board ends the program at 131,072 of them, so that one loop cannot stop everything else.",
    },
]

/** The term of a name, however it is written. */
export function findTerm(name: string): Term | undefined {
    const plain = (text: string) =>
        text
            .toLowerCase()
            .replace(/[^a-z]/g, "")
            .replace(/s$/, "")
    return GLOSSARY.find(({ names }) => names.some(known => plain(known) === plain(name)))
}
