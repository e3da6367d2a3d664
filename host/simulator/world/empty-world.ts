import { SeededRandom } from "../../base/seeded-random"
import type { WorldReport } from "../../documents/world-report"
import type { Door } from "../door"
import { ArrivalQueue } from "./arrival-queue"

/**
 * A board with nothing connected: inputs follow their pulls, nobody answers on a bus or sends anything,
 * and there is no network. Its random bytes come from a seed.
 */
export function emptyWorld(seed: number): Door {
    return {
        random: new SeededRandom(seed),
        pins: unconnectedPins(),
        i2c: { write: () => false, read: () => undefined, hasNoPins: () => undefined },
        spi: { configure: () => undefined, transfer: () => undefined },
        strips: { send: () => undefined },
        jacdac: {
            sent: () => undefined,
            roleOpened: () => undefined,
            roleChanged: () => undefined,
        },
        network: {
            available: () => false,
            isOpen: () => false,
            open: () => -1,
            write: () => -1,
            close: () => undefined,
        },
        cloud: { isConnected: () => false, upload: () => undefined },
        settings: { all: new Map(), asked: () => undefined },
        arrivals: new ArrivalQueue(),
    }
}

/** The world of a run whose board has nothing connected: nothing is made up, and nobody was asked. */
export function unconnectedWorld(seed: number) {
    const nothing = () => []
    return {
        door: emptyWorld(seed),
        report: (): WorldReport => ({ mode: "none", madeUp: [], unanswered: [] }),
        ...{ screens: nothing, strips: nothing, controls: nothing },
    }
}

/** Degrees Celsius. */
const ROOM_TEMPERATURE = 20

/** A pin without a pull and with nothing at it is read as 0. */
function unconnectedPins(): Door["pins"] {
    const levels = new Map<number, number>()
    return {
        drive: (pin, level) => void levels.set(pin, level),
        release: (pin, _use, pull) => void levels.set(pin, pull === "up" ? 1 : 0),
        level: pin => levels.get(pin) ?? 0,
        analog: () => 0,
        pulse: () => undefined,
        wired: () => undefined,
        temperature: () => ROOM_TEMPERATURE,
    }
}
