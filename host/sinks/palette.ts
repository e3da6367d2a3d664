/** A colour on dark ground, and what stands for it on light ground. */
export interface Color {
    dark: string
    light: string
}

/** Ground, text and lines of every picture. */
export const PAPER: Color = { dark: "#0d1117", light: "#ffffff" }
export const INK: Color = { dark: "#e6edf3", light: "#1f2328" }
export const PALE_INK: Color = { dark: "#8b949e", light: "#59636e" }
export const LINE: Color = { dark: "#30363d", light: "#d1d9e0" }

/**
 * What the bytes of a heap are: blue, grey and the ground, on terminals as in pictures. Kinds of blocks
 * have every other hue, so no colour means two things.
 */
export const QUANTITIES = {
    live: { dark: "#58a6ff", light: "#0969da" },
    garbage: { dark: "#6e7681", light: "#8c959f" },
    free: { dark: "#21262d", light: "#e6eaef" },
    largestFree: { dark: "#c9d1d9", light: "#424a53" },
} as const satisfies Record<string, Color>

/**
 * Kinds of blocks. The large ones are told apart with any kind of colour vision (after Okabe and Ito's
 * set); beside them stand letters on terminals, and words under the pointer in pictures.
 */
export const KINDS = {
    objects: { dark: "#cc79a7", light: "#b0578c" },
    storage: { dark: "#7d6ba8", light: "#6f5ca0" },
    arrays: { dark: "#39c5cf", light: "#1b7c83" },
    texts: { dark: "#2fb58a", light: "#00805c" },
    longTexts: { dark: "#8ddb8c", light: "#4f9a4e" },
    buffers: { dark: "#f0e442", light: "#a38a00" },
    images: { dark: "#e3b341", light: "#9a6700" },
    frames: { dark: "#e07b39", light: "#bc4c00" },
    functions: { dark: "#f6b48f", light: "#d4784a" },
    builtIns: { dark: "#e2a8c8", light: "#99397a" },
    tables: { dark: "#a3476f", light: "#c98bb0" },
    packets: { dark: "#f47067", light: "#cf222e" },
    unknown: { dark: "#f85149", light: "#a40e26" },
} as const satisfies Record<string, Color>

/** The 8 colours of a terminal, then the 8 bright ones. */
export const ANSI: readonly Color[] = [
    PAPER,
    { dark: "#ff7b72", light: "#cf222e" },
    { dark: "#3fb950", light: "#116329" },
    { dark: "#d29922", light: "#9a6700" },
    { dark: "#388bfd", light: "#0550ae" },
    { dark: "#bc8cff", light: "#8250df" },
    KINDS.arrays,
    { dark: "#b1bac4", light: "#6e7781" },
    QUANTITIES.garbage,
    { dark: "#ffa198", light: "#a40e26" },
    { dark: "#56d364", light: "#1a7f37" },
    KINDS.images,
    QUANTITIES.live,
    { dark: "#d2a8ff", light: "#a475f9" },
    { dark: "#56d4dd", light: "#3192aa" },
    { dark: "#ffffff", light: "#24292f" },
]

const same = (color: string): Color => ({ dark: color, light: color })

/** The buttons of a terminal's window, and the boxes of a flame graph with their text. */
export const WINDOW = ["#ff5f57", "#febc2e", "#28c840"].map(same)
export const FLAMES = {
    program: ["#f0a35e", "#eeb04f", "#f39566", "#e8bd5a", "#f2a07a"].map(same),
    library: ["#7fb2ee", "#8aa8f0", "#74bbe6", "#93b4f5"].map(same),
    runtime: ["#a0a3ad"].map(same),
    block: ["#74c69d", "#80cbb2", "#8fce8b", "#6fc2ae"].map(same),
    ink: same("#101418"),
} as const

/** What is another than before, in boxes with dark text: orange and blue, whatever the reader's eyes. */
export const CHANGES = {
    muchMore: same("#f28e4b"),
    more: same("#f7c59f"),
    same: same("#c4c7ce"),
    less: same("#a8cdf0"),
    muchLess: same("#5aa5e6"),
} as const

/** All there is. */
export const COLORS: readonly Color[] = [
    ...[PAPER, INK, PALE_INK, LINE],
    ...Object.values(QUANTITIES),
    ...Object.values(KINDS),
    ...ANSI,
    ...WINDOW,
    ...Object.values(FLAMES).flat(),
    ...Object.values(CHANGES),
]

/**
 * Makes a picture, drawn in dark colours, light where the reader's system is: what stands for each colour
 * is named once, and whoever knows no style sheets sees the dark picture.
 */
export function lightStyle(): string {
    const twins = new Map(COLORS.map(({ dark, light }) => [dark, light]))
    const rules = [...twins].flatMap(([dark, light]) =>
        dark === light
            ? []
            : ["fill", "stroke"].map(what => `[${what}="${dark}"]{${what}:${light}}`),
    )
    return `<style>@media (prefers-color-scheme:light){${rules.join("")}}</style>`
}
