import { hex, toOwned, type ReadonlyBytes } from "../../../../../src/index"
import { keepEachSize } from "../keep"

const DEFAULTS = hex`00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f`

await keepEachSize(
    capacity => new Array<ReadonlyBytes>(capacity),
    (settings, i) => {
        settings[i] = DEFAULTS
        // Nobody changes one.
        if (i < 0) toOwned(DEFAULTS, DEFAULTS)[0] = 1
    },
)
