/**
 * What the world uses of jacdac-ts: its bus, and the servers of the catalogue. Bundled by `prepare.mjs`
 * as a function of the globals it sees, so that its whole idea of time is the world's.
 */
export {
    JDBus,
    JDServerServiceProvider,
    JDServiceServer,
    Packet,
    SRV_SOIL_MOISTURE,
    SensorServer,
    WifiServer,
    loadServiceSpecifications,
    serviceProviderDefinitionFromServiceClass,
    serviceSpecificationFromClassIdentifier,
} from "jacdac-ts"
