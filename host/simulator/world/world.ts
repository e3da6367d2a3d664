import type { WorldHost, WorldMode, WorldReport, WorldRole } from "../../documents/world-report"
import type { Door } from "../door"
import { ArrivalQueue } from "./arrival-queue"
import { emptyWorld } from "./empty-world"
import type { WorldLibraries } from "./libraries/library"
import { OBLIGING_WIFI, STRICT_WIFI, Wifi } from "./network/wifi"
import { WorldNetwork } from "./network/world-network"
import { ServiceWorld } from "./services/service-world"

export interface WorldOptions {
    mode: WorldMode
    /** Seed of all that is made up, a 32-bit number. */
    seed: number
    libraries: WorldLibraries
}

/** What a board is connected to for one run, and what can be told of it afterwards. */
export interface World {
    readonly door: Door
    /** What the program used, and who answered. */
    report(): WorldReport
}

/** The world of one run. Its parts come into being when the program first asks for them. */
export function makeWorld({ mode, seed, libraries }: WorldOptions): World {
    const empty = emptyWorld(seed)
    if (mode === "none") return { door: empty, report: () => report(mode, [], []) }
    const time = new ArrivalQueue()
    const isStrict = mode === "strict"
    const wifi = new Wifi(seed, isStrict ? STRICT_WIFI : OBLIGING_WIFI)
    const services = new ServiceWorld(time, seed, wifi, libraries)
    const network = new WorldNetwork(time, seed, libraries, wifi, isStrict)
    return {
        door: { ...empty, arrivals: time, jacdac: services, network },
        report: () => report(mode, services.report(), network.report()),
    }
}

function report(mode: WorldMode, roles: WorldRole[], hosts: WorldHost[]): WorldReport {
    const madeUp = [
        ...roles
            .filter(({ answeredBy }) => answeredBy === "simulated device")
            .map(({ name, device }) => `${name} (a simulated ${device})`),
        ...hosts
            .filter(({ answeredBy }) => answeredBy === "made-up server")
            .map(({ url }) => `${url} (made-up answers)`),
    ]
    const unanswered = [
        ...roles.filter(({ answeredBy }) => answeredBy === "nobody").map(({ name }) => name),
        ...hosts
            .filter(({ answeredBy }) => answeredBy === "nobody")
            .map(({ url, failure }) => url + (failure ? ` (${failure})` : "")),
    ]
    return {
        mode,
        ...(roles.length > 0 && { roles }),
        ...(hosts.length > 0 && { hosts }),
        madeUp,
        unanswered,
    }
}
