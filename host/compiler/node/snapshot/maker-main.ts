import { constants, setPriority } from "node:os"
import { sleep } from "../../../base/pause"
import { KeptSnapshot } from "./kept-snapshot"
import { makeSnapshot } from "./make-snapshot"

/** Whoever has started it should be over by then, in milliseconds. */
const WAIT_MS = 4_000

/** `node snapshot-maker.js`: makes the snapshot of the compiler, and ends. */
try {
    setPriority(constants.priority.PRIORITY_LOW)
} catch {
    // Not everywhere.
}
await sleep(WAIT_MS)
const snapshot = KeptSnapshot.open()
if (snapshot) await makeSnapshot(snapshot)
