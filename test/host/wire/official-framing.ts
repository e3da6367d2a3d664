import { build } from "esbuild"
import { fromRoot } from "../../vm/harness"

/** jacdac-ts' own end of the wire: what it decodes goes to `onFrame`. */
export interface OfficialFraming {
    push(bytes: Uint8Array): void
    /** Its encoder. */
    encode(frame: Uint8Array): Uint8Array
}

interface JdUsbProto {
    onJDMessage(handler: (frame: Uint8Array) => void): void
    encodeFrame(frame: Uint8Array): Uint8Array[]
}

interface Io {
    onData(bytes: Uint8Array): void
    log(): void
    error(): void
}

/** The official client's decoder and encoder, from its sources: the package does not export them. */
export async function loadOfficialFraming(): Promise<
    (onFrame: (frame: Uint8Array) => void) => OfficialFraming
> {
    const { outputFiles } = await build({
        entryPoints: [fromRoot("node_modules/jacdac-ts/src/jdom/transport/jdusb.ts")],
        bundle: true,
        platform: "node",
        format: "esm",
        write: false,
        // It tells everything it does not like.
        banner: { js: "const console = { debug() {}, error() {} }" },
        logLevel: "error",
    })
    const code = Buffer.from(outputFiles[0]!.contents).toString("base64")
    const { JdUsbProto } = (await import(`data:text/javascript;base64,${code}`)) as {
        JdUsbProto: new (io: Io) => JdUsbProto
    }
    return onFrame => {
        const io: Io = { onData: () => undefined, log: () => undefined, error: () => undefined }
        const proto = new JdUsbProto(io)
        proto.onJDMessage(onFrame)
        return {
            push: bytes => io.onData(bytes),
            encode: frame => Buffer.concat(proto.encodeFrame(frame)),
        }
    }
}
