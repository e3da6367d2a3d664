import { Relay } from "@devicescript/core"

console.log(Relay.spec.classIdentifier)
