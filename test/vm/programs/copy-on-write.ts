import type { ReadonlyBytes } from "../../../src/byte-fields"
import { toOwned } from "../../../src/copy-on-write"
import { hex } from "../../../src/hex"

const DEFAULTS = hex`0a 14 1e`
let settings: ReadonlyBytes = DEFAULTS

function show(): void {
    console.log(`${settings[0]} ${settings[1]} ${settings[2]}, borrowed ${settings === DEFAULTS}`)
}

show()
const first = toOwned(settings, DEFAULTS)
first[1] = 99
settings = first
show()
const second = toOwned(settings, DEFAULTS)
second[2] = 7
console.log(`copied again ${second !== first}`)
show()
console.log(`default ${DEFAULTS[0]} ${DEFAULTS[1]} ${DEFAULTS[2]} ${DEFAULTS.length}`)
