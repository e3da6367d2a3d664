import type { Packet } from "jacdac-ts"
import type { ImageService } from "../../../model/program/program-image"
import { numberType, sensorSpecification } from "../services/own-sensor"
import type * as jacdac from "./jacdac"
import { globalsOf, type Within, type WorldAtWork, type WorldGlobals } from "./world-globals"
import type { WorldScheduler } from "./world-scheduler"

/** jacdac-ts, as far as the world uses it. */
export type Jacdac = typeof jacdac

/** Evaluates the library, with globals in place of the host's. */
export type EvaluateJacdac = (globals: WorldGlobals) => Jacdac

type Bus = InstanceType<Jacdac["JDBus"]>

/** What a world does with what its devices send. */
interface Sends {
    isAway(device: string): boolean
    send(frame: Uint8Array): void
}

/**
 * jacdac-ts as worlds share it, one after the other or several at once: it is evaluated once, so that what
 * V8 has made of it serves the next world, too. Of a world it keeps nothing: its objects are the world's,
 * its globals those of the world that is at work, and of its own it changes nothing that is ever read
 * (`shared-jacdac.test.ts` looks for that) but its catalogue, which is complete from the start.
 */
export class SharedJacdac {
    readonly jacdac: Jacdac
    private readonly ServerBus: ReturnType<typeof serverBus>
    private readonly Promise: PromiseConstructor
    private world: WorldAtWork | undefined

    /** @param own services that are in its catalogue beside those that it comes with */
    constructor(evaluate: EvaluateJacdac, own: readonly ImageService[] = []) {
        const globals = globalsOf(() => {
            if (!this.world) throw new Error("jacdac-ts is called outside of any world")
            return this.world
        })
        this.Promise = globals.Promise
        this.jacdac = evaluate(globals)
        this.ServerBus = serverBus(this.jacdac.JDBus)
        const { jacdac } = this
        const sensor = jacdac.serviceSpecificationFromClassIdentifier(jacdac.SRV_SOIL_MOISTURE)
        if (!sensor || own.length === 0) return
        jacdac.loadServiceSpecifications(
            own.flatMap(service => {
                const type = service.reading === undefined ? undefined : numberType(service.reading)
                return type ? [sensorSpecification(service, type, sensor)] : []
            }),
        )
    }

    /** Calls into the library for a world. */
    readonly within: Within = (world, work) => {
        const before = this.world
        this.world = world
        try {
            return work()
        } finally {
            this.world = before
        }
    }

    /** A bus for servers alone, on which nobody is but who is put there. */
    makeBus(scheduler: WorldScheduler, sends: Sends): Bus {
        const options = { scheduler, client: false, disableRoleManager: true }
        return new this.ServerBus(
            options as ConstructorParameters<Jacdac["JDBus"]>[1],
            sends,
            this.Promise,
        )
    }
}

/**
 * jacdac-ts' own bus keeps a client's picture of every device, and polls, which is most of its work: this
 * one sends alone.
 */
function serverBus(JDBus: Jacdac["JDBus"]) {
    return class ServerBus extends JDBus {
        constructor(
            options: ConstructorParameters<Jacdac["JDBus"]>[1],
            private readonly sends: Sends,
            private readonly promises: PromiseConstructor,
        ) {
            super([], options)
        }
        /** It would announce a device of its own, the client's, and all the others a second time. */
        override start(): void {}
        override sendPacketAsync(packet: Packet): Promise<void> {
            if (!this.sends.isAway(packet.deviceIdentifier)) this.sends.send(packet.toBuffer())
            return this.promises.resolve()
        }
    }
}

/** How many programs' own catalogues are kept: each takes some megabytes. */
const MAX_CATALOGUES = 4

/** The libraries that worlds share, by what is in their catalogues. */
export class SharedJacdacs {
    private readonly shared = new Map<string, SharedJacdac>()

    constructor(private readonly evaluate: EvaluateJacdac) {}

    /** @param services that the program knows, which need not be in the catalogue that all have */
    for(services: readonly ImageService[]): SharedJacdac {
        const common = this.get([])
        const own = services.filter(
            ({ serviceClass, reading }) =>
                reading !== undefined &&
                !common.jacdac.serviceSpecificationFromClassIdentifier(serviceClass),
        )
        return own.length === 0 ? common : this.get(own)
    }

    private get(own: readonly ImageService[]): SharedJacdac {
        const key = JSON.stringify(own)
        const known = this.shared.get(key) ?? new SharedJacdac(this.evaluate, own)
        if (own.length > 0) this.shared.delete(key)
        this.shared.set(key, known)
        // The first is the one without services of its own.
        const [, second] = this.shared.keys()
        if (second !== undefined && this.shared.size > MAX_CATALOGUES) this.shared.delete(second)
        return known
    }
}
